"""A country-year table as text, checked before anything is computed from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contested.analyse.answer import Band, listed
from contested.analyse.index import MEASURES, CountryYear
from contested.errors import UsageError

KEYS = ("country", "year")
ENDS = ("_low", "_high")
FIRST_YEAR, LAST_YEAR = 1000, 9999


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table and what is odd about it."""

    rows: tuple[CountryYear, ...]
    warnings: tuple[str, ...]


def country_years(lines: Iterable[Mapping[str, str | None]], columns: Sequence[str]) -> Table:
    """Read lines with these columns: country, year, incidents and, where known, deaths, injuries
    and hostages, each also as `deaths_low` and `deaths_high`.

    Raises UsageError, with the line, for a missing column, two rows of one country and year, a
    year or number that is none, or one below zero.
    """
    known = {*KEYS, *MEASURES, *(name + end for name in MEASURES for end in ENDS)}
    missing = [name for name in (*KEYS, "incidents") if name not in columns]
    if missing:
        raise UsageError(
            f"The table lacks the column{'s' if len(missing) > 1 else ''} {listed(missing)}. "
            f"It needs country, year and incidents; deaths, injuries and hostages where known."
        )
    seen: dict[tuple[str, int], int] = {}
    rows: list[CountryYear] = []
    blanks = dict.fromkeys((name for name in MEASURES if name in columns), 0)
    for number, line in enumerate(lines, start=2):
        row = _row(line, number, columns)
        where = seen.setdefault((row.country, row.year), number)
        if where != number:
            raise UsageError(
                f"Lines {where} and {number} are both {row.country} {row.year}. Keep one, or add "
                "them up."
            )
        for name in blanks:
            blanks[name] += getattr(row, name) is None
        rows.append(row)
    warnings = []
    unknown = [name for name in columns if name not in known]
    if unknown:
        warnings.append(f"Not used: {listed(unknown)}. Columns that count are {listed(MEASURES)}.")
    for name, empty in blanks.items():
        if 0 < empty < len(rows):
            warnings.append(
                f"{name.capitalize()} are empty in {empty} of {len(rows)} lines and add nothing "
                "there."
            )
    return Table(tuple(rows), tuple(warnings))


def _row(line: Mapping[str, str | None], number: int, columns: Sequence[str]) -> CountryYear:
    country = (line.get("country") or "").strip()
    if not country:
        raise UsageError(f"Line {number} has no country. Name one, or take the line out.")
    bands = {name: _band(line, name, number) for name in MEASURES if name in columns}
    incidents = bands.pop("incidents")
    if incidents is None:
        raise UsageError(f"Line {number} has no incidents. Write 0 where there were none.")
    return CountryYear(country=country, year=_year(line, number), incidents=incidents, **bands)


def _year(line: Mapping[str, str | None], number: int) -> int:
    value = _number(line, "year", number)
    if value is None or value != int(value) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise UsageError(f"Line {number}: {line.get('year') or 'nothing'} is no year, like 2022.")
    return int(value)


def _band(line: Mapping[str, str | None], name: str, number: int) -> Band | None:
    best = _number(line, name, number)
    if best is None:
        return None
    low, high = (_number(line, name + end, number) for end in ENDS)
    low, high = best if low is None else low, best if high is None else high
    if not low <= best <= high:
        raise UsageError(
            f"Line {number}: {name} of {best:g} is not between its ends {low:g} and {high:g}."
        )
    return Band(low, best, high)


def _number(line: Mapping[str, str | None], name: str, number: int) -> float | None:
    text = (line.get(name) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"Line {number}: {name} is “{text}”, which is no number. Leave it empty.")
    if value < 0:
        raise UsageError(f"Line {number}: {name} is {text}. It cannot be below zero.")
    return value
