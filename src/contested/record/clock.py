"""The record's own time, which never goes back.

Everything that is stored carries a moment. What the record said as of a date is what carries
that moment or an earlier one, and this holds only if nothing enters later with an earlier
moment: two programs whose clocks differ, or a clock that is set back, must not write into the
past. So a moment is chosen by whoever holds the right to write, when it holds it: now, or where
the record has something of now or later, a microsecond after the newest. A moment that the
caller gives is moved up to the newest one where it is earlier; several changes may be given the
same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from contested.record.codec import stamp
from contested.record.schema import capture, log

TABLES = "tables"
"""What the log calls the making of tables. It is no part of what the record says, and a new
record may be given a history that is older than its file."""

_STEP = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """When the first and the last thing entered the record."""

    first: dt.datetime
    last: dt.datetime


def present() -> dt.datetime:
    """What this machine's clock says."""
    return dt.datetime.now(dt.UTC)


def next_moment(connection: Connection, at: dt.datetime | None) -> str:
    """The moment of what is about to be written by this transaction, which alone may write.

    Raises UsageError for a time without a zone.
    """
    asked, last = stamp(at or present()), newest(connection)
    if last is None or asked > last:
        return asked
    return last if at is not None else stamp(dt.datetime.fromisoformat(last) + _STEP)


def newest(connection: Connection, as_of: str | None = None) -> str | None:
    """The moment of the last thing that was stored, none if there is nothing.

    Every change is in the log, but for a further place in which a known text was found.
    """
    found = [
        connection.scalar(_last(_logged(), log.c.at, log.c.number, as_of)),
        connection.scalar(_last(select(capture.c.at), capture.c.at, capture.c.number, as_of)),
    ]
    return max((each for each in found if each is not None), default=None)


def _logged() -> Select[Any]:
    return select(log.c.at).where(log.c.what != TABLES)


def _last(
    moments: Select[Any], at: Column[str], number: Column[int], as_of: str | None
) -> Select[Any]:
    """The one that came last: numbers rise with moments, and have an index."""
    if as_of is not None:
        moments = moments.where(at <= as_of)
    return moments.order_by(number.desc()).limit(1)


def span(connection: Connection, as_of: str | None = None) -> Span | None:
    """When the first and the last thing entered, up to `as_of`; none if nothing had."""
    last = newest(connection, as_of)
    if last is None:
        return None
    first = connection.scalar(_logged().order_by(log.c.number).limit(1)) or last
    return Span(dt.datetime.fromisoformat(min(first, last)), dt.datetime.fromisoformat(last))
