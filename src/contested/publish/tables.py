"""CSV (RFC 4180, UTF-8): one row a claim, an incident, a figure, a grade or a report.

Cells are safe to open in a spreadsheet: text that a spreadsheet would take for a formula gets a
leading apostrophe.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from contested.model import Incident
from contested.publish.columns import COLUMNS
from contested.publish.exporter import Thing, What, check

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """Flat tables; docs/export.md lists every column."""

    name = "csv"
    suffix = ".csv"
    writes: tuple[What, ...] = ("claims", "incidents", "figures", "grades", "reports")

    def write(self, what: What, things: Iterable[Thing], out: TextIO) -> int:
        """Write a head line and one row a thing."""
        check(self, what)
        columns = COLUMNS[what]
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        rows = 0
        for row in _rows(what, things):
            writer.writerow([cell(column.value(row)) for column in columns])
            rows += 1
        return rows


def cell(value: Any) -> str | int | float:
    """A value as a CSV cell: empty for unknown, numbers as numbers, text never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(what: What, things: Iterable[Thing]) -> Iterator[Any]:
    if what not in ("figures", "grades"):
        yield from things
        return
    for thing in things:
        if isinstance(thing, Incident) and what == "grades":
            yield from ((thing, grade) for grade in thing.grades)
        elif isinstance(thing, Incident):
            for toll in thing.casualties:
                for figure in toll.according_to:
                    yield thing, toll, figure
