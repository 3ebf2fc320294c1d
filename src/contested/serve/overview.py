"""What the overview shows: the numbers, the months with the part that is chosen, what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.analyse import Trend, TrendRow
from contested.analyse.trend import runs
from contested.model import Incident
from contested.serve.asked import Asked
from contested.serve.board import Chosen
from contested.serve.board.board import days_of
from contested.serve.board.clusters import extent
from contested.serve.board.months import months
from contested.serve.board.sums import Facets, Sums, facets, sums
from contested.serve.picture import Timeline, timeline
from contested.serve.source import Source

LOOKS, LISTED = 8, 20
NEEDS_A_LOOK = ("disputed", "unconfirmed", "denied")


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page, of one state of the record.

    `trend` and its pictures are of all times, so that the part chosen can be widened;
    `inside` says of each column whether it touches that part.
    """

    sums: Sums
    facets: Facets
    trend: Trend | None
    counted: Timeline | None
    killed: Timeline | None
    inside: tuple[bool, ...]
    runs: tuple[tuple[TrendRow, TrendRow], ...]
    looks: Sequence[Incident]
    more: int
    listed: Sequence[Incident]
    bounds: Sequence[float] | None


def overview(source: Source, asked: Asked) -> Overview:
    """The overview of what an address asks for."""
    board = source.board
    chosen = board.chosen(asked.query, asked.area, asked.changed)
    timeless = asked.without("since", "until")
    every = board.chosen(timeless.query, asked.area, asked.changed)
    trend = months(every)
    rows = trend.rows if trend else ()
    looks = _looks(chosen)
    ids = chosen.incidents["id"]
    shown = source.shown(ids[looks[:LOOKS]].tolist())
    newest = source.shown(ids[chosen.ordered("newest")[:LISTED]].tolist())
    counted = timeline(rows, "incidents", "incidents")
    return Overview(
        sums=sums(chosen),
        facets=facets(chosen),
        trend=trend,
        counted=counted,
        killed=timeline(rows, "deaths", "killed"),
        inside=_inside(counted, rows, asked),
        runs=tuple(runs(rows)),
        looks=shown,
        more=max(0, len(looks) - LOOKS),
        listed=newest,
        bounds=asked.area or extent(chosen),
    )


def _looks(chosen: Chosen) -> np.ndarray:
    """Rows that need a look: disputed, then unconfirmed, then denied, the newest first."""
    rows = chosen.ordered("newest")
    status = chosen.incidents["status"][rows]
    words = chosen.incidents.words["status"]
    return np.concatenate([rows[status == words.number(one)] for one in NEEDS_A_LOOK])


def _inside(line: Timeline | None, rows: Sequence[TrendRow], asked: Asked) -> tuple[bool, ...]:
    if line is None:
        return ()
    since, until = days_of(asked.query)
    days = {row.period: (_day(row.start), _day(row.end)) for row in rows if row.start}
    return tuple(
        (until is None or days[one.period][0] <= until)
        and (since is None or days[one.period][1] >= since)
        for one in line.columns
    )


def _day(text: str | None) -> int:
    return dt.date.fromisoformat(text or "").toordinal()


@dataclass(frozen=True, slots=True)
class News:
    """What entered since the last visit: incidents that are new or changed."""

    since: dt.datetime
    new: int
    changed: int

    @property
    def moment(self) -> str:
        """The moment as an address has it."""
        return self.since.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def news(source: Source, since: dt.datetime) -> News:
    """What there is now that was not there, or was otherwise, at a moment."""
    incidents = source.board.incidents()
    moment = since.astimezone(dt.UTC).isoformat(timespec="microseconds")
    touched = incidents["at"] > moment
    fresh = touched & (incidents["seq"] == 1)
    new, all_ = int(np.count_nonzero(fresh)), int(np.count_nonzero(touched))
    return News(since, new, all_ - new)
