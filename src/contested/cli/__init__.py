"""The command line: words in, words out; all work is done by `contested.pipeline`.

A further command is a module with a function ``register(app)``, named in `PARTS`.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import contested
from contested.cli import (
    adding,
    analyse,
    briefing,
    changes,
    claims,
    copying,
    crosschecking,
    deciding,
    exporting,
    incidents,
    knowing,
    rating,
    reports,
    reviewing,
    serve,
    showing,
)
from contested.cli.group import Commands, prepare_streams

PARTS = (
    adding,
    incidents,
    claims,
    showing,
    reports,
    rating,
    knowing,
    exporting,
    copying,
    analyse,
    briefing,
    changes,
    serve,
    deciding,
    reviewing,
    crosschecking,
)

app = typer.Typer(
    name="contested",
    cls=Commands,
    help="Turns open reports of armed conflict into a record in which every fact carries who "
    "said it.",
    epilog="Begin with: contested demo",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contested {contested.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    pass


for _part in PARTS:
    _part.register(app)


def main() -> None:
    """The program `contested`."""
    prepare_streams(sys.stdout, sys.stderr)
    app(prog_name="contested")
