"""Dates as EDTF (ISO 8601-2:2019) strings, and the plain days that they cover.

The part of the standard that reports need: a day, month or year, each perhaps uncertain (``?``)
or approximate (``~``), an interval ``a/b``, an open interval ``a/..`` or ``../b``, and a set of
days ``[a..b]`` ("one of these"). Anything else raises ValueError.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from contested.model.values import When

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")


def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that `edtf` covers, both included; None where it is open.

    >>> bounds("2022-12")
    (datetime.date(2022, 12, 1), datetime.date(2022, 12, 31))
    """
    text = edtf.strip()
    if text.startswith("[") and text.endswith("]") and ".." in text:
        first, last = text[1:-1].split("..", 1)
        return _span(first)[0], _span(last)[1]
    if "/" in text:
        first, last = text.split("/", 1)
        return (
            None if first in ("..", "") else _span(first)[0],
            None if last in ("..", "") else _span(last)[1],
        )
    return _span(text)


def _span(text: str) -> tuple[dt.date, dt.date]:
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no EDTF date: write 2022, 2022-12 or 2022-12-18")
    year = int(found[1])
    if not found[2]:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = int(found[2])
    if not found[3]:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return dt.date(year, month, 1), dt.date(year, month, last)
    day = dt.date(year, month, int(found[3]))
    return day, day


def when(edtf: str, as_written: str = "") -> When:
    """A `When` with its interval worked out. Raises ValueError if `edtf` is no EDTF date."""
    first, last = bounds(edtf)
    return When(
        edtf,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        as_written or edtf,
    )


def between(first: dt.date, last: dt.date, as_written: str) -> When:
    """A `When` that covers `first` to `last`, written as plainly as EDTF allows."""
    if first > last:
        first, last = last, first
    if first == last:
        edtf = first.isoformat()
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and (
        first.year == last.year
    ):
        edtf = f"{first.year:04d}"
    elif (
        first.day == 1
        and (first.year, first.month) == (last.year, last.month)
        and (last.day == calendar.monthrange(last.year, last.month)[1])
    ):
        edtf = f"{first.year:04d}-{first.month:02d}"
    else:
        edtf = f"{first.isoformat()}/{last.isoformat()}"
    return When(edtf, first.isoformat(), last.isoformat(), as_written)
