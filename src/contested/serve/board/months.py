"""Incidents and killed a period, from columns: the numbers of `contested.analyse.trend`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.analyse import Trend, TrendRow
from contested.analyse.periods import Step, between
from contested.analyse.trend import UNDATED, UNSURE, Range, assumed, in_words
from contested.serve.board.board import Chosen
from contested.serve.board.columns import UNKNOWN, Mask

DAYS_BY_DAY, DAYS_BY_MONTH = 62, 366 * 25
"""Up to so many days between the first and the last clear one, columns are days, then months."""
MOST_PERIODS = 20_000
FIRST_DAY = np.datetime64("0001-01-01")
UNIT = {"day": "D", "month": "M", "year": "Y"}
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class _Columns:
    """The chosen incidents with what a trend asks of them."""

    first: NDArray[Any]
    last: NDArray[Any]
    sure: Mask
    low: Numbers
    best: Numbers
    high: Numbers
    open: Mask

    @property
    def closed(self) -> Mask:
        """Both ends of the time are known."""
        both: Mask = (self.first != UNKNOWN) & (self.last != UNKNOWN)
        return both

    @property
    def told(self) -> Mask:
        """Somebody gave a figure of the killed."""
        return ~np.isnan(self.high)

    def at(self, mask: Mask) -> _Columns:
        """Some of them."""
        return _Columns(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))


def months(chosen: Chosen, by: Step | None = None) -> Trend | None:
    """The trend of what is chosen, by day, month or year as its length suggests; none of nothing.

    The names of the rules of the tolls are left to `analyse trend`.
    """
    every = _columns(chosen)
    if not len(every.first):
        return None
    dated = every.at((every.first != UNKNOWN) | (every.last != UNKNOWN))
    step = by or _step(dated)
    rows = _periods(dated, step) if len(dated.first) else []
    undated = len(every.first) - len(dated.first)
    answer = in_words(rows, len(every.first), undated, step)
    rest = every.at(~every.closed)
    if len(rest.first):
        rows = [*rows, _undated(rest)]
    words = assumed(
        rules=(),
        unsure=int(np.count_nonzero(~every.sure)),
        silent=int(np.count_nonzero(~every.told)),
        open_ones=int(np.count_nonzero(~dated.closed)),
    )
    return Trend(
        answer=answer, by=step, group=None, rows=tuple(rows), undated=undated,
        assumptions=tuple(words),
    )  # fmt: skip


def _columns(chosen: Chosen) -> _Columns:
    all_, mask = chosen.incidents, chosen.mask
    first, last = all_["earliest"][mask], all_["latest"][mask]
    turned = (first != UNKNOWN) & (last != UNKNOWN) & (first > last)
    first, last = np.where(turned, last, first), np.where(turned, first, last)
    unsure = [all_.words["status"].number(status) for status in UNSURE]
    return _Columns(
        first=first,
        last=last,
        sure=~np.isin(all_["status"][mask], unsure),
        low=all_["killed_low"][mask].astype(np.float64),
        best=all_["killed_best"][mask].astype(np.float64),
        high=all_["killed_high"][mask].astype(np.float64),
        open=all_["killed_open"][mask],
    )


def _step(dated: _Columns) -> Step:
    clear = dated.at(dated.closed & (dated.last - dated.first < DAYS_BY_DAY // 2))
    if not len(clear.first):
        return "month"
    days = int(clear.last.max()) - int(clear.first.min())
    return "day" if days < DAYS_BY_DAY else "month" if days < DAYS_BY_MONTH else "year"


def _index(days: NDArray[Any], step: Step) -> NDArray[np.int64]:
    moments = FIRST_DAY + (days.astype(np.int64) - 1)
    return moments.astype(f"datetime64[{UNIT[step]}]").astype(np.int64)


def _periods(dated: _Columns, step: Step) -> list[TrendRow]:
    known = np.concatenate([dated.first[dated.first != UNKNOWN], dated.last[dated.last != UNKNOWN]])
    ends = known.min(), known.max()
    if step == "day" and ends[1] - ends[0] > MOST_PERIODS:
        step = "month"
    low, high = (int(end) for end in _index(np.array(ends), step))
    number = high - low + 1
    begins = np.where(dated.first == UNKNOWN, 0, _index(dated.first, step) - low)
    stops = np.where(dated.last == UNKNOWN, number - 1, _index(dated.last, step) - low)
    days = [dt.date.fromordinal(int(end)) for end in ends]
    periods = list(between(days[0], days[1], step))
    inside = dated.closed & (begins == stops) & dated.sure
    told = dated.told
    sure = np.bincount(begins[inside], minlength=number)
    killed_sure = _sum(begins, dated.low, inside & told, number)
    may = _touching(begins, stops, np.ones(len(begins)), number)
    may_tell = _touching(begins, stops, told.astype(np.float64), number)
    may_kill = _touching(begins, stops, np.nan_to_num(dated.high), number)
    open_ends = _touching(begins, stops, (dated.open & told).astype(np.float64), number)
    likely, killed = _shares(dated, begins, stops, periods)
    return [
        TrendRow(
            period=period.label,
            start=period.first.isoformat(),
            end=period.last.isoformat(),
            group=None,
            incidents=Range(int(sure[n]), _round(likely[n]), int(may[n])),
            deaths=Range(
                int(killed_sure[n]), _round(killed[n]), int(may_kill[n]), bool(open_ends[n] > 0)
            )
            if may_tell[n] or not may[n]
            else None,
            without_toll=int(may[n] - may_tell[n]),
        )
        for n, period in enumerate(periods)
    ]


def _sum(index: NDArray[Any], weights: Numbers, mask: Mask, number: int) -> Numbers:
    found: Numbers = np.bincount(index[mask], weights[mask], minlength=number).astype(np.float64)
    return found


def _touching(begins: NDArray[Any], stops: NDArray[Any], weights: Numbers, number: int) -> Numbers:
    """The sum of the weights of all that may touch each period."""
    up = np.bincount(begins, weights, minlength=number + 1)
    down = np.bincount(stops + 1, weights, minlength=number + 1)
    found: Numbers = np.rint(np.cumsum(up - down)[:number])
    return found


def _shares(
    dated: _Columns, begins: NDArray[Any], stops: NDArray[Any], periods: list[Any]
) -> tuple[Numbers, Numbers]:
    """Each sure incident and its killed, shared over the periods by the days of its time."""
    number = len(periods)
    fits = dated.closed & dated.sure
    killed = np.where(dated.told, np.nan_to_num(dated.best), 0.0)
    one = fits & (begins == stops)
    likely = np.bincount(begins[one], minlength=number).astype(np.float64)
    deaths = _sum(begins, killed, one, number)
    many = fits & (begins != stops)
    ends = np.array([[p.first.toordinal(), p.last.toordinal()] for p in periods], np.int64)
    spans = np.stack([dated.first[many], dated.last[many]], axis=1)
    different, at = np.unique(spans, axis=0, return_inverse=True)
    counts = np.bincount(at.ravel(), minlength=len(different))
    weights = np.bincount(at.ravel(), killed[many], minlength=len(different))
    for n, (first, last) in enumerate(different.tolist()):
        here = slice(np.searchsorted(ends[:, 1], first), np.searchsorted(ends[:, 0], last, "right"))
        days = np.minimum(ends[here, 1], last) - np.maximum(ends[here, 0], first) + 1
        share = days / (last - first + 1)
        likely[here] += share * counts[n]
        deaths[here] += share * weights[n]
    return likely, deaths


def _undated(rest: _Columns) -> TrendRow:
    """What has no date, and the best of what has an open one: it may be in any period."""
    nowhere = (rest.first == UNKNOWN) & (rest.last == UNKNOWN)
    told, sure = rest.told, rest.sure
    return TrendRow(
        period=UNDATED,
        start=None,
        end=None,
        group=None,
        incidents=Range(
            int(np.count_nonzero(nowhere & sure)), float(np.count_nonzero(sure)), len(rest.first)
        ),
        deaths=Range(
            int(rest.low[nowhere & sure & told].sum()),
            _round(rest.best[sure & told].sum()),
            int(rest.high[told].sum()),
            bool(rest.open[told].any()),
        )
        if told.any()
        else None,
        without_toll=int(np.count_nonzero(~told)),
    )


def _round(value: float) -> float:
    return round(float(value), 2)
