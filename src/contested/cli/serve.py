"""Reading the record in a browser: `serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from contested.cli.options import AsOfOption, RecordOption, settings_of
from contested.cli.output import note
from contested.errors import ServeError

PORT = 8710


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested serve --record my.sqlite")(serve)


def serve(
    record: RecordOption = None,
    as_of: AsOfOption = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="0 takes any that is free.")
    ] = PORT,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="The pages change nothing: to show to others.")
    ] = False,
    allow_fetch: Annotated[
        bool,
        typer.Option("--allow-fetch", help="Fetch a page from an address that is given to add."),
    ] = False,
) -> None:
    """Work on the record in a browser, on this machine only, until Ctrl-C.

    The address that is printed holds a token; without it the pages are refused.
    """
    try:
        from contested.serve.run import listen
    except ModuleNotFoundError as error:
        raise ServeError(
            f"{error.name} is not installed. Install the web part: pip install 'contested[serve]'."
        ) from error
    listen(
        settings_of(record),
        port,
        tell=lambda address: note(f"{address}\nCtrl-C stops it."),
        as_of=as_of,
        read_only=read_only,
        allow_fetch=allow_fetch,
    )
