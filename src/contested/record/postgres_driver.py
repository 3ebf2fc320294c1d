"""Connections to a PostgreSQL server, on which every text can be stored."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import StrDumper, StrDumperUnknown, TextLoader

from contested.errors import UsageError
from contested.location import HOW, Address

ESCAPE = "\ufdd0"
"""A sign that Unicode leaves to programs for their own use, and that no text holds."""

_ALWAYS: dict[str, Any] = {"client_encoding": "UTF8", "application_name": "contested"}
_UNLESS_SAID: dict[str, Any] = {"connect_timeout": 10, "tcp_user_timeout": 30_000}


class Refused(psycopg.OperationalError):
    """No connection could be made."""


def connector(address: Address, settle: Callable[[Any], None]) -> Callable[[], Any]:
    """What connects to `address`; `settle` is given each new connection.

    Raises UsageError if the address holds what the driver does not know.
    """
    try:
        values = {**_UNLESS_SAID, **conninfo_to_dict(address.url), **_ALWAYS}
    except psycopg.ProgrammingError as error:
        cause = " ".join(str(error).split())
        if any(secret in cause for secret in address.secrets):
            cause = "its password"
        raise UsageError(f"The address {address} cannot be understood: {cause}. {HOW}") from None

    def connect() -> Any:
        try:
            connection = psycopg.connect(**values)
        except psycopg.OperationalError as error:
            raise Refused(str(error)) from error
        with ExitStack() as failed:
            failed.callback(connection.close)
            for dumper in (_Dumper, _DumperUnknown):  # the last one is the default
                connection.adapters.register_dumper(str, dumper)
            for kind in ("text", "varchar"):
                connection.adapters.register_loader(kind, _Loader)
            settle(connection)
            failed.pop_all()
        return connection

    return connect


def escaped(words: str) -> str:
    """Text without the sign NUL, which PostgreSQL cannot store, and from which it can be had."""
    if ESCAPE in words:
        words = words.replace(ESCAPE, ESCAPE + "1")
    return words.replace("\0", ESCAPE + "0") if "\0" in words else words


def plain(words: str) -> str:
    """The text that was escaped."""
    if ESCAPE not in words:
        return words
    return words.replace(ESCAPE + "0", "\0").replace(ESCAPE + "1", ESCAPE)


class _Dumper(StrDumper):
    def dump(self, obj: str) -> Any:
        return super().dump(escaped(obj))


class _DumperUnknown(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(escaped(obj))


class _Loader(TextLoader):
    def load(self, data: Any) -> Any:
        found = super().load(data)
        return plain(found) if isinstance(found, str) else found
