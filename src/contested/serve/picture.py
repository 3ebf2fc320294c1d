"""Where the marks of a picture stand, in per cent of its width: pure numbers, drawn by templates.

A picture has no fixed width, so that its words stay as large on a telephone as on a desk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse import Range, TrendRow
from contested.analyse.trend import core, span
from contested.model import Count, Figure, Toll
from contested.model.values import MOST
from contested.publish.words import count_in_words

LEFT, RIGHT = 3.0, 96.0
OPEN_ROOM = 1.2
MOST_LABELS = 6
WIDEST = 6.0
NOTHING = Range(0, 0, 0)
Shape = Literal["dot", "bar", "open", "most", "none"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from 0 to `top` as positions."""

    top: float

    def at(self, value: float) -> float:
        """Where a number stands."""
        return round(LEFT + (RIGHT - LEFT) * min(max(value, 0), self.top) / self.top, 2)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """A few round numbers with their positions."""
        step = _step(self.top)
        return [(n, self.at(n)) for n in range(0, int(self.top) + 1, step)]


def _step(top: float) -> int:
    """A round step that gives at most five numbers above zero."""
    least = max(top / 5, 1)
    power = 10 ** math.floor(math.log10(least))
    return int(next(k * power for k in (1, 2, 5, 10) if k * power >= least))


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: from `x1` to `x2`, drawn as `shape`; `words` say the same."""

    shape: Shape
    x1: float
    x2: float
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The derived range and best; null where there is none."""

    x: float
    width: float
    best: float | None


@dataclass(frozen=True, slots=True)
class TollPicture:
    """The scale of a toll, its grey band and a mark for each figure."""

    scale: Scale
    band: Band | None
    marks: tuple[Mark, ...]


def toll_picture(toll: Toll) -> TollPicture:
    """A picture of everything said of one toll."""
    counts = [figure.count for figure in toll.according_to]
    ends = [end for count in counts for end in (count.low, count.high) if end is not None]
    ends += [end for end in (toll.low, toll.best, toll.high) if end is not None]
    top = float(min(max(ends, default=1), MOST) or 1)
    if any(count.high is None and count.low is not None for count in counts):
        top *= OPEN_ROOM
    scale = Scale(top)
    return TollPicture(scale, _band(toll, scale), tuple(_mark(f, scale) for f in toll.according_to))


def _band(toll: Toll, scale: Scale) -> Band | None:
    if toll.low is None and toll.high is None:
        return None
    first = scale.at(toll.low or 0)
    last = scale.at(toll.high) if toll.high is not None else RIGHT
    best = None if toll.best is None else scale.at(toll.best)
    return Band(first, round(max(last - first, 0), 2), best)


def _mark(figure: Figure, scale: Scale) -> Mark:
    count, words = figure.count, count_in_words(figure.count)
    shape, low, high = _shape(count)
    last = 100.0 if shape == "open" else scale.at(high)
    return Mark(shape, scale.at(low), last, words)


def _shape(count: Count) -> tuple[Shape, float, float]:
    if count.low is None:
        return ("none", 0, 0) if count.high is None else ("most", 0, count.high)
    if count.high is None:
        return "open", count.low, count.low
    if count.low == count.high:
        return "dot", count.low, count.low
    return "bar", count.low, count.high


@dataclass(frozen=True, slots=True)
class Column:
    """One period of the timeline: positions across, heights from the ground, in per cent."""

    period: str
    x: float
    width: float
    low: float
    best: float
    high: float
    words: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns from left to right, and the number that the full height stands for.

    `beyond` counts the periods at the ends that are not drawn: only vague times touch them.
    """

    columns: tuple[Column, ...]
    top: int
    beyond: int


def timeline(
    rows: Sequence[TrendRow], what: Literal["incidents", "deaths"], noun: str
) -> Timeline | None:
    """A column a period of the trend; None where no period has any."""
    every_row = [row for row in rows if row.start is not None]
    dated = core(every_row)
    top = max((value.high for row in dated if (value := getattr(row, what))), default=0)
    if not top:
        return None
    width = min(100 / len(dated), WIDEST)
    every = math.ceil(len(dated) / MOST_LABELS)
    columns = []
    for n, row in enumerate(dated):
        value = getattr(row, what) or NOTHING
        columns.append(
            Column(
                period=row.period,
                x=round(n * width, 3),
                width=round(width, 3),
                low=round(100 * value.low / top, 2),
                best=round(100 * value.best / top, 2),
                high=round(100 * value.high / top, 2),
                words=f"{row.period}: {noun} {span(getattr(row, what))}",
                label=row.period if n % every == 0 else None,
            )
        )
    return Timeline(tuple(columns), int(top), len(every_row) - len(dated))
