"""The two-source task: two data sets of the same conflict, to be matched record by record.

Each source tells of an incident at most once, as published event data sets do, and every record
has a day and a point, because MELTT takes no record without. So it is easier than linking
reports: no copies, no asides, nothing vague. All linkers get the same records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.generate import Options, generate
from benchmarks.linking.sets import Row, rows
from contested.model import Claim, EventClaim, Report
from contested.world import World

COVERED = 0.75
"""The chance that a source knows an incident that has been reported."""
SPARE = 1.5


@dataclass(slots=True)
class TwoSources:
    """Records of two sources: rows, the claims and reports behind them, and the true links."""

    first: list[Row] = field(default_factory=list)
    second: list[Row] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)

    @property
    def links(self) -> set[tuple[str, str]]:
        """Pairs of records that tell of one incident."""
        there = {row.truth: row.id for row in self.second}
        return {(row.id, there[row.truth]) for row in self.first if row.truth in there}

    def linked(self, groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The pairs across the sources that share a group."""
        mine: dict[str, list[str]] = defaultdict(list)
        for row in self.first:
            mine[groups[row.id]].append(row.id)
        for row in self.second:
            yield from ((name, row.id) for name in mine.get(groups[row.id], ()))


def two_sources(size: int, options: Options) -> TwoSources:
    """`size` records in two sources, drawn from a generated set. Raises NoData without UCDP's.

    A record is the event that a report is about with the claims that refer to it; a report is
    drawn once, and of an incident the two sources draw different reports where there are two.
    """
    world, rng = World.load(), Random(f"sources {options.seed}")
    out = TwoSources()
    told: dict[str, int] = {}
    for report, _, claims, truth in generate(options):
        if len(out.first) + len(out.second) >= size:
            break
        lead = claims[0]
        if not isinstance(lead, EventClaim):
            continue
        row = next(rows([lead], truth, world))
        if row.day is None or row.lat is None:
            continue
        number = told.get(row.truth, 0)
        told[row.truth] = number + 1
        if number > 1 or rng.random() > COVERED:
            continue
        (out.first if (number + int(row.truth[2:])) % 2 else out.second).append(row)
        out.reports[report.id] = report
        out.claims += [c for c in claims if lead.id in (c.id, c.event_ref)]
    return out


def enough(size: int, seed: int, **more: object) -> Options:
    """Options of a set that is large enough for `size` records."""
    return Options(reports=int(size * SPARE * 2) + 100, seed=seed, **more)  # type: ignore[arg-type]
