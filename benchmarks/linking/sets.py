"""Generated sets as linkers take them: claims, reports, and flat rows of the accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.generate import Options, generate
from contested.model import ActorRef, Claim, EventClaim, Report, When
from contested.world import World

WIDE_KM = 150.0
"""From here on a place is no point: plain linkers are spared a country's middle."""
LONG_DAYS = 7


@dataclass(slots=True)
class LinkingSet:
    """A generated set in memory. `truth` maps event claims to their true incidents."""

    claims: list[Claim] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    truth: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """An account as plain linkers see it. `day` is a proleptic ordinal; null is unknown.

    `actors` are those named on either side, each as what stands at the top of its line; `first`
    and `second` are the highest actor of the initiators and of the targets.
    """

    id: str
    report: str
    truth: str
    type: str
    day: int | None
    place: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    actors: tuple[str, ...]
    first: str | None
    second: str | None


def gathered(options: Options) -> LinkingSet:
    """The whole set of `options` in memory. Raises NoData without UCDP's events."""
    out = LinkingSet()
    for report, _, claims, truth in generate(options):
        out.reports[report.id] = report
        out.claims.extend(claims)
        out.truth.update((c.id, truth[c.id]) for c in claims if c.kind == "event")
    return out


def rows(
    claims: Sequence[Claim], truth: Mapping[str, str], world: World | None = None
) -> Iterator[Row]:
    """A row for every account."""
    world = world or World.load()
    tops: dict[str, str] = {}
    for claim in claims:
        if isinstance(claim, EventClaim):
            yield _row(claim, truth[claim.id], world, tops)


def _row(claim: EventClaim, truth: str, world: World, tops: dict[str, str]) -> Row:
    where = claim.where if claim.where and (claim.where.radius_km or 0) < WIDE_KM else None
    first = _top(claim.initiators, world, tops)
    second = _top(claim.targets, world, tops)
    return Row(
        id=claim.id,
        report=claim.report,
        truth=truth,
        type=claim.type,
        day=_day(claim.when),
        place=where.name if where else None,
        admin1=where.admin1 if where else None,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        actors=tuple(sorted({*first, *second})),
        first=first[0] if first else None,
        second=second[0] if second else None,
    )


def _day(when: When | None) -> int | None:
    """The middle of a time that is no longer than a week."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    first = dt.date.fromisoformat(when.earliest).toordinal()
    last = dt.date.fromisoformat(when.latest).toordinal()
    return (first + last) // 2 if last - first < LONG_DAYS else None


def _top(refs: tuple[ActorRef, ...], world: World, tops: dict[str, str]) -> tuple[str, ...]:
    out = []
    for ref in refs:
        if ref.actor is not None:
            if ref.actor not in tops:
                tops[ref.actor] = world.ancestors(ref.actor)[-1]
            out.append(tops[ref.actor])
    return tuple(dict.fromkeys(out))
