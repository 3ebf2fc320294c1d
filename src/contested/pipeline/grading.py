"""Who is a source of the record, and how reliable each is taken to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from contested.model import Claim, Report
from contested.model.ratings import Rating
from contested.world import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOf:
    """An outlet or a speaker of the record: its letter and why, and how much comes from it.

    `reports` are those that an outlet published, or in which a speaker is quoted; `claims` those
    that it makes itself: an outlet in its own voice, a speaker as the one closest to the content.
    """

    kind: Literal["outlet", "speaker"]
    subject: str
    name: str
    letter: str
    reason: str
    set_by: str
    basis: str
    reports: int
    claims: int


@dataclass(slots=True)
class _Tally:
    rating: Rating
    kind: Literal["outlet", "speaker"]
    reports: set[str] = field(default_factory=set)
    claims: int = 0


def sources(reports: Iterable[Report], claims: Iterable[Claim], ratings: Ratings) -> list[SourceOf]:
    """Outlets and speakers, outlets first, and of each those with most claims first.

    Speakers are bodies and kinds of voices; who is no known body is counted by the kind, never
    by the name of a person.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    by_id = {report.id: report for report in reports}
    outlets: dict[str, _Tally] = {}
    for id, report in by_id.items():
        rating = ratings.outlet(report)
        outlets[id] = tallies.setdefault(("outlet", rating.subject), _Tally(rating, "outlet"))
        outlets[id].reports.add(id)
    for claim in claims:
        if not claim.speakers:
            if claim.report in outlets:
                outlets[claim.report].claims += 1
            continue
        for speaker in claim.speakers:
            rating = ratings.voice(speaker)
            key = ("speaker", rating.subject)
            tallies.setdefault(key, _Tally(rating, "speaker")).reports.add(claim.report)
        last = ratings.voice(claim.speakers[-1])
        tallies["speaker", last.subject].claims += 1
    found = [_row(tally) for tally in tallies.values()]
    return sorted(found, key=lambda s: (s.kind, -s.claims, -s.reports, s.subject))


def _row(tally: _Tally) -> SourceOf:
    rating = tally.rating
    return SourceOf(
        kind=tally.kind,
        subject=rating.subject,
        name=rating.name,
        letter=rating.letter,
        reason=rating.reason,
        set_by=rating.set_by,
        basis=rating.source,
        reports=len(tally.reports),
        claims=tally.claims,
    )
