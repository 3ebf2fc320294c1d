"""Listening on 127.0.0.1 until somebody stops it."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

import uvicorn

from contested.errors import ServeError
from contested.pipeline import Record
from contested.pipeline.authors import login
from contested.pipeline.stages import Stages
from contested.record import SqlStore
from contested.serve.app import create_app
from contested.settings import Settings

HOST = "127.0.0.1"


def listen(
    settings: Settings,
    port: int,
    tell: Callable[[str], None],
    as_of: str | None = None,
    read_only: bool = False,
    allow_fetch: bool = False,
) -> None:
    """Serve the record of `settings` until Ctrl-C; `tell` is given the address, with its token.

    `port` 0 takes any that is free; with `as_of` the pages show the record of then, and change
    nothing, as with `read_only`. With `allow_fetch` a page may be fetched from an address that is
    given to add it; else the app never goes to the network. Raises ServeError if the port is
    taken, and the errors of opening a record and of `Record.as_of`.
    """
    token = secrets.token_urlsafe(24)
    changes = not read_only and as_of is None
    store = SqlStore.open(settings.record, create=False, read_only=not changes)
    with Record(store, Stages(settings)) as record, taken(port) as place:
        config = uvicorn.Config(
            create_app(
                record if as_of is None else record.as_of(as_of),
                token,
                changes=changes,
                author=settings.author or (login() if changes else ""),
                fetching=allow_fetch,
                warm=True,
            ),
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
        )
        tell(f"http://{HOST}:{place.getsockname()[1]}/?token={token}")
        try:
            uvicorn.Server(config).run(sockets=[place])
        except KeyboardInterrupt:
            return


def taken(port: int) -> socket.socket:
    """A socket that listens on `port` of this machine, and of no other address of it."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise ServeError(
            f"Port {port} cannot be used ({error.strerror}). --port 0 takes any that is free."
        ) from error
