"""The Global Terrorism Index of a country and year, and how far its inputs leave it open.

Raw sum of a year: incidents + 3 deaths + 0.5 injuries + 0.5 hostages. Weighted sum S: the raw
sums of five years with 16, 8, 4, 2 and 1, the newest first. Score: 0.864792 ln(1 + S/5). This
formula was recovered from scores that the Institute for Economics and Peace published, with
which it agrees to the third digit; it was not read in the index's own methodology. The numbers
are in ``data/index.csv``.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from contested.analyse.answer import Band, listed
from contested.errors import NothingToAnalyse

MEASURES = ("incidents", "deaths", "injuries", "hostages")
YEARS = 5
TOP = 10.0
ORIGIN = (
    "The formula (raw = incidents + 3 deaths + 0.5 injuries + 0.5 hostages; S = 16, 8, 4, 2, 1 "
    "over five years, newest first; score = 0.864792 ln(1 + S/5)) was recovered from published "
    "scores. It was not read in the index's own methodology."
)
MEANING = (
    "The published index counts what its own source holds to be terrorism. Other incidents, or "
    "another count of them, give another score: compare scores of one source only."
)


@dataclass(frozen=True, slots=True)
class Formula:
    """The numbers of the index; `years` are the weights, newest first."""

    measures: Mapping[str, float]
    years: tuple[float, ...]
    scale: float
    divisor: float

    def raw(self, values: Mapping[str, float]) -> float:
        """The raw sum of one year; a measure that is not given adds nothing."""
        return sum(self.measures[name] * value for name, value in values.items())

    def weighted(self, raws: Sequence[float]) -> float:
        """The sum over five years, the newest raw sum first; fewer are the newest ones."""
        return sum(weight * raw for weight, raw in zip(self.years, raws, strict=False))

    def score(self, weighted: float) -> float:
        """The score of a weighted sum; from 0 upwards, without an upper end."""
        return self.scale * math.log1p(weighted / self.divisor)


@lru_cache(maxsize=1)
def formula() -> Formula:
    """The packaged numbers."""
    text = (resources.files("contested") / "data" / "index.csv").read_text("utf-8")
    values = {row["name"]: float(row["value"]) for row in csv.DictReader(io.StringIO(text))}
    return Formula(
        measures={name: values[name] for name in MEASURES},
        years=tuple(values[f"year_{n}"] for n in range(YEARS)),
        scale=values["scale"],
        divisor=values["divisor"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryYear:
    """What happened in a country in a year. A measure that nobody counted is None."""

    country: str
    year: int
    incidents: Band
    deaths: Band | None = None
    injuries: Band | None = None
    hostages: Band | None = None

    def end(self, which: str) -> dict[str, float]:
        """The `low`, `best` or `high` of every measure that was counted."""
        known = {name: getattr(self, name) for name in MEASURES}
        return {name: float(getattr(band, which)) for name, band in known.items() if band}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """A country's year. `weighted` is S; `years` are how many of the five years are known.

    A measure is null where nobody counted it.
    """

    country: str
    year: int
    incidents: Band
    deaths: Band | None
    injuries: Band | None
    hostages: Band | None
    raw: Band
    weighted: Band
    score: Band
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What `index` finds, by year (newest first) and score."""

    answer: str
    rows: tuple[IndexRow, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def index(
    table: Sequence[CountryYear], warnings: Sequence[str] = (), assumed: Sequence[str] = ()
) -> Index:
    """Compute the index for every row; years that the table lacks add nothing, and are told.

    Ranges are carried as ends: the lowest of every measure in every year against the highest.
    Raises NothingToAnalyse without rows.
    """
    if not table:
        raise NothingToAnalyse(
            "There is no country and year, so there is no index. Give a table with rows, or "
            "widen the filters."
        )
    known = {(one.country, one.year): one for one in table}
    rows = [_row(one, known) for one in table]
    return finished(rows, warnings, assumed)


def finished(rows: Sequence[IndexRow], warnings: Sequence[str], assumed: Sequence[str]) -> Index:
    """Rows in order, with words."""
    ordered = tuple(sorted(rows, key=lambda row: (-row.year, -row.score.best, row.country)))
    return Index(
        answer=_answer(ordered),
        rows=ordered,
        assumptions=(ORIGIN, *assumed, MEANING),
        warnings=(*warnings, *_doubts(ordered)),
    )


def _row(one: CountryYear, known: Mapping[tuple[str, int], CountryYear]) -> IndexRow:
    use = formula()
    back = [known.get((one.country, one.year - n)) for n in range(YEARS)]
    raws = {
        end: [use.raw(each.end(end)) if each else 0.0 for each in back]
        for end in ("low", "best", "high")
    }
    sums = {end: use.weighted(values) for end, values in raws.items()}
    return IndexRow(
        country=one.country,
        year=one.year,
        incidents=one.incidents,
        deaths=one.deaths,
        injuries=one.injuries,
        hostages=one.hostages,
        raw=Band(raws["low"][0], raws["best"][0], raws["high"][0]),
        weighted=Band(sums["low"], sums["best"], sums["high"]),
        score=Band(*(round(use.score(sums[end]), 4) for end in ("low", "best", "high"))),
        years=sum(each is not None for each in back),
    )


def _answer(rows: Sequence[IndexRow]) -> str:
    newest = [row for row in rows if row.year == rows[0].year]
    first = newest[0]
    said = f"{first.country} in {first.year}: {score_words(first.score)}"
    if len(newest) == 1:
        return f"{said}, from a weighted sum of {first.weighted.words()}."
    others = [row for row in newest[1:] if row.score.high >= first.score.low]
    tail = (
        f"; {listed(row.country for row in others)} may stand as high, as the ranges overlap"
        if others
        else "; no range of another reaches it"
    )
    return f"The highest of {len(newest)} countries in {first.year}: {said}{tail}."


def score_words(score: Band) -> str:
    """``4.914``, or ``4.914 (4.1 to 5.2)``."""
    if score.low == score.high:
        return f"{score.best:.4f}"
    return f"{score.best:.3f} ({score.low:.3f} to {score.high:.3f})"


def _doubts(rows: Sequence[IndexRow]) -> list[str]:
    out = []
    short = [row for row in rows if row.years < YEARS]
    if short:
        names = listed(f"{row.country} {row.year} ({row.years} of {YEARS})" for row in short[:4])
        more = f" and {len(short) - 4} more" if len(short) > 4 else ""
        out.append(
            f"Years that are not there count as years without incidents, which makes a score too "
            f"low: {names}{more}."
        )
    for name in MEASURES[1:]:
        if all(getattr(row, name) is None for row in rows):
            out.append(f"No {name} are counted, so they add nothing: scores are too low by that.")
    if any(row.score.best > TOP for row in rows):
        out.append(
            f"The published index ends at {TOP:g}. A score above it says that more is counted here "
            "than its source counts."
        )
    if all(row.weighted.high == 0 for row in rows):
        out.append("Every figure is zero, so every score is 0: is it the right table?")
    return out
