"""What an analysis of claims has to know of the reports that they stand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contested.model import Claim, Report, When


@dataclass(frozen=True, slots=True)
class About:
    """Of a report: its name, its outlet, and the first and last day on which it may have been
    published (proleptic ordinals); null where nothing says so."""

    name: str
    outlet: str | None = None
    first: int | None = None
    last: int | None = None


Reports = Mapping[str, About]


def about(reports: Iterable[Report]) -> dict[str, About]:
    """What analyses need of `reports`, by id."""
    return {
        report.id: About(
            report.name,
            report.outlet.value if report.outlet else None,
            *days(report.published),
        )
        for report in reports
    }


def days(when: When | None) -> tuple[int | None, int | None]:
    """First and last day of a time as ordinals, null where it is open or unknown.

    A time that ends before it begins is turned round.
    """
    if when is None:
        return None, None
    first, last = (
        dt.date.fromisoformat(day).toordinal() if day else None
        for day in (when.earliest, when.latest)
    )
    return (
        (last, first) if first is not None and last is not None and last < first else (first, last)
    )


def day_in_words(day: int) -> str:
    """``2022-11-28`` for an ordinal."""
    return dt.date.fromordinal(day).isoformat()


def who_says(claim: Claim, reports: Reports) -> str:
    """The voice closest to the content: its actor, its name, or the outlet itself."""
    voice = claim.voice
    if voice is not None:
        return voice.actor or voice.name
    known = reports.get(claim.report)
    return (known.outlet if known and known.outlet else None) or claim.name
