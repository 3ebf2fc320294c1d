"""What PostgreSQL's errors mean, and what to do about them."""

from __future__ import annotations

import importlib
import re
from types import ModuleType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from contested.errors import (
    DiskFull,
    RecordDamaged,
    RecordError,
    RecordLocked,
    RecordMissing,
    RecordUnreachable,
)
from contested.location import Address

KEPT = "What was complete is kept, what was being written is not stored"

_GONE = (
    RecordUnreachable,
    "The connection to {place} was lost ({cause}). " + KEPT + ". See that the server runs, then "
    "do the same again: nothing is stored twice.",
)
_UNREACHED = (
    RecordUnreachable,
    "{place} cannot be reached ({cause}). See that the server runs there and that the address is "
    "right, then do the same again: what was stored before is kept.",
)
_LOCKED = (
    RecordLocked,
    "Another program is writing to {place}. Wait until it has ended, then try again.",
)
_RIGHTS = (
    RecordError,
    "{place} does not allow this ({cause}). Ask who runs the server for the right, or use a "
    "schema of your own: ?schema=NAME.",
)
_READ_ONLY = (
    RecordError,
    "{place} can be read but not written. Open it for writing, and on a server that takes "
    "changes, not on its standby.",
)
_LOST = (
    RecordDamaged,
    "{place} is damaged, or its tables are half of one version and half of another ({cause}). "
    "Restore it from a copy.",
)
_BUSY = (
    RecordUnreachable,
    "The server of {place} takes no connection now ({cause}). Wait a little, then try again.",
)
_FULL = (
    DiskFull,
    "The server of {place} has no room left. Free some space on it and try again: what was "
    "complete is kept, what was being written is not stored.",
)
_UNKNOWN = (RecordError, "{place} cannot be used ({cause}). " + KEPT + ". See the server's log.")

_STATES: dict[str, tuple[type[RecordError], str]] = {
    "08": _GONE,
    "25006": _READ_ONLY,
    "40001": _LOCKED,
    "40P01": _LOCKED,
    "42501": _RIGHTS,
    "42703": _LOST,
    "42P01": _LOST,
    "53100": _FULL,
    "53300": _BUSY,
    "54": (RecordError, "{place} cannot hold this: it is too large ({cause}). Leave it out."),
    "55P03": _LOCKED,
    "57P": _GONE,
    "XX001": _LOST,
    "XX002": _LOST,
}
"""By the beginning of PostgreSQL's error codes, which are the same in every language."""

_REFUSALS: dict[str, tuple[type[RecordError], str]] = {
    'password authentication failed|role ".*" does not exist': (
        RecordUnreachable,
        "{place} does not take the user or the password. Put the right ones into the address, "
        "PGPASSWORD or ~/.pgpass.",
    ),
    "no password supplied": (
        RecordUnreachable,
        "{place} asks for a password. Put it into ~/.pgpass or PGPASSWORD.",
    ),
    'database ".*" does not exist': (
        RecordMissing,
        "There is no such database at {place}. Make it with createdb, or mend the address.",
    ),
    "no pg_hba.conf entry|authentication failed|permission denied": (
        RecordUnreachable,
        "{place} does not let you in ({cause}). Ask who runs the server.",
    ),
    "the database system is |too many |connection slots": _BUSY,
}
"""Before there is a connection there are no codes. A server that speaks another language than
English gets the general message, which has its words in it."""


def driver() -> ModuleType:
    """The driver psycopg. Raises RecordError if it is not installed."""
    try:
        return importlib.import_module("psycopg")
    except ImportError as error:
        raise RecordError(
            "A record on a PostgreSQL server needs the driver psycopg. "
            "Install it: pip install 'contested[postgres]'."
        ) from error


def explain(error: Exception, place: Address) -> RecordError:
    """What an error of the server or of the way to it means for the record at `place`."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = _said(cause, place)
    state = getattr(cause, "sqlstate", None)
    from contested.record.postgres_driver import Refused

    if isinstance(cause, Refused):
        kind, message = _refusal(str(cause))
    elif state is not None:
        kind, message = _meaning(state)
    else:  # without a code it comes from this side: the connection is no more
        kind, message = _GONE if isinstance(cause, driver().OperationalError) else _UNKNOWN
    return kind(message.format(place=place, cause=said))


def _meaning(state: str) -> tuple[type[RecordError], str]:
    for length in (5, 3, 2):
        if state[:length] in _STATES:
            return _STATES[state[:length]]
    return _UNKNOWN


def _refusal(said: str) -> tuple[type[RecordError], str]:
    for words, meaning in _REFUSALS.items():
        if re.search(words, said):
            return meaning
    return _UNREACHED


def _said(cause: object, place: Address) -> str:
    """The first line of what was said, without any password."""
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    said = lines[0].rstrip(".") if lines else type(cause).__name__
    for secret in place.secrets:
        said = said.replace(secret, "…")
    return said


def check_server(connection: Connection, place: Address) -> None:
    """Raise RecordError unless the database can keep every letter and knows its lower case."""
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise RecordError(
            f"{place} keeps its text in {encoding}, which lacks letters. Make a database in "
            "UTF8: createdb --encoding=UTF8 --template=template0 NAME."
        )
    known = "SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'"
    if not connection.scalar(text(known)):
        raise RecordError(
            f"{place} is on a server without ICU, which tells capital from small letters. Use "
            "one that has it, as those of all distributions do."
        )


def check_usage(connection: Connection, schema: str, place: Address) -> None:
    """Raise RecordError if the schema is there but not for this user."""
    allowed = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = :name"
    if connection.scalar(text(allowed), {"name": schema}) is False:
        kind, message = _RIGHTS
        raise kind(message.format(place=place, cause=f"permission denied for schema {schema}"))
