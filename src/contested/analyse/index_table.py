"""A country-year table as text, checked before anything is computed from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contested.analyse.answer import Band, listed
from contested.analyse.index import MEASURES, CountryYear
from contested.errors import DatasetError

KEYS = ("country", "year")
ENDS = ("_low", "_high")
FIRST_YEAR, LAST_YEAR = 1000, 9999


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table and what is odd about it."""

    rows: tuple[CountryYear, ...]
    warnings: tuple[str, ...]


def country_years(
    lines: Iterable[Mapping[str, str | None]], columns: Sequence[str], name: str
) -> Table:
    """Read lines with these columns: country, year, incidents and, where known, deaths, injuries
    and hostages, each also as `deaths_low` and `deaths_high`. `name` is of the file.

    Raises DatasetError, with the line, for a missing column, two rows of one country and year, a
    year or number that is none, or one below zero.
    """
    known = {*KEYS, *MEASURES, *(measure + end for measure in MEASURES for end in ENDS)}
    missing = [column for column in (*KEYS, "incidents") if column not in columns]
    if missing:
        raise DatasetError(
            name,
            f"it lacks the column{'s' if len(missing) > 1 else ''} {listed(missing)}.",
            "It needs country, year and incidents; deaths, injuries and hostages where known.",
        )
    seen: dict[tuple[str, int], int] = {}
    rows: list[CountryYear] = []
    for number, line in enumerate(lines, start=2):
        row = _Line(name, number, line).row(columns)
        where = seen.setdefault((row.country, row.year), number)
        if where != number:
            raise DatasetError(
                name,
                f"lines {where} and {number} are both {row.country} {row.year}.",
                "Keep one, or add them up.",
            )
        rows.append(row)
    unknown = [column for column in columns if column not in known]
    return Table(tuple(rows), (*_unused(unknown), *_blank(rows, columns)))


def _unused(unknown: Sequence[str]) -> list[str]:
    if not unknown:
        return []
    names = listed(name or "a column without a name" for name in unknown)
    return [f"Not used: {names}. Columns that count are {listed(MEASURES)}."]


def _blank(rows: Sequence[CountryYear], columns: Sequence[str]) -> list[str]:
    out = []
    for name in MEASURES[1:]:
        empty = sum(getattr(row, name) is None for row in rows)
        if name in columns and 0 < empty < len(rows):
            out.append(
                f"{name.capitalize()} are empty in {empty} of {len(rows)} lines and add nothing "
                "there."
            )
    return out


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table, with what names it in messages."""

    name: str
    number: int
    cells: Mapping[str, str | None]

    def row(self, columns: Sequence[str]) -> CountryYear:
        country = self.text("country")
        if not country:
            raise self.wrong("there is no country.", "Name one, or take the line out.")
        bands = {name: self.band(name) for name in MEASURES if name in columns}
        incidents = bands.pop("incidents")
        if incidents is None:
            raise self.wrong("incidents are empty.", "Write 0 where there were none.")
        return CountryYear(country=country, year=self.year(), incidents=incidents, **bands)

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def year(self) -> int:
        value = self.figure("year")
        if value is None or value != int(value) or not FIRST_YEAR <= value <= LAST_YEAR:
            raise self.wrong(f"“{self.text('year')}” is no year.", "Write it like 2022.")
        return int(value)

    def band(self, column: str) -> Band | None:
        best = self.figure(column)
        if best is None:
            return None
        low, high = (self.figure(column + end) for end in ENDS)
        low, high = best if low is None else low, best if high is None else high
        if not low <= best <= high:
            raise self.wrong(
                f"{column} of {best:g} is not between its ends {low:g} and {high:g}.",
                "Correct one of them.",
            )
        return Band(low, best, high)

    def figure(self, column: str) -> float | None:
        text = self.text(column)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.wrong(f"{column} is “{text}”, which is no number.", "Leave it empty.")
        if value < 0:
            raise self.wrong(f"{column} is {text}, below zero.", "Nothing can be counted so.")
        return value

    def wrong(self, problem: str, remedy: str) -> DatasetError:
        return DatasetError(self.name, f"line {self.number}: {problem}", remedy)
