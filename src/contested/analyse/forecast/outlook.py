"""The forecast of a record: distributions a cell and month ahead, with how good they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import Band
from contested.analyse.draws import Draws
from contested.analyse.forecast.backtest import Backtest, backtest
from contested.analyse.forecast.excited import Excited
from contested.analyse.forecast.members import POINTS, Counts, Values, own_history
from contested.analyse.forecast.panel import (
    MEASURES,
    OTHERS,
    By,
    Measure,
    Panel,
    check,
    label,
    panel,
)
from contested.analyse.forecast.pool import pooled
from contested.analyse.forecast.rolling import (
    Further,
    Learned,
    PoolOptions,
    learned,
    said,
    widened,
    windows,
)
from contested.analyse.forecast.scores import LEVEL, ends
from contested.analyse.forecast.words import answer_of, assumptions_of, warnings_of
from contested.errors import TooFew, UsageError

MOST_AHEAD = 12
WINDOWS = 20
PER_MEMBER = 2400
"""So many values of each member, over all draws, stand for the mixture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastOptions:
    """What to forecast. `ahead` months, the `most` cells with most incidents and the rest as one.

    `last` is the last month that is over (2022-11); `keep_gaps` takes long silences for peace;
    `hawkes` lets the simulated process be one of the members. Raises UsageError where a number
    makes no sense.
    """

    by: By = "admin1"
    ahead: int = 6
    most: int = 8
    last: str | None = None
    level: float = LEVEL
    keep_gaps: bool = False
    hawkes: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.ahead <= MOST_AHEAD:
            raise UsageError(
                f"{self.ahead} months ahead: ask for 1 to {MOST_AHEAD}. Beyond a year a forecast "
                "from counts alone tells nothing."
            )
        if not 1 <= self.most <= 50:
            raise UsageError(f"{self.most} cells: ask for 1 to 50; the rest is one more.")
        if not 0.5 <= self.level <= 0.95:
            raise UsageError(f"An interval of {self.level:g}: give 0.5 to 0.95.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """One cell and month ahead: the middle and interval of the pool, and of own history.

    `low` and `high` are the ends of the widened interval of the asked level, `inner_low` and
    `inner_high` those of the central half, `any` the chance that the month is not empty.
    """

    measure: Measure
    cell: str
    month: str
    lead: int
    low: int
    median: int
    high: int
    inner_low: int
    inner_high: int
    any: float
    own_low: int
    own_median: int
    own_high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a cell's history holds in a month, over the draws."""

    measure: Measure
    cell: str
    month: str
    count: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each member weighs in the pool of a measure, and on how many windows learned."""

    measure: Measure
    windows: int
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What `forecast` finds. `past` is the history that it was made from, for the picture."""

    answer: str
    by: By
    level: float
    rows: tuple[ForecastRow, ...]
    backtests: tuple[Backtest, ...]
    weights: tuple[Weights, ...]
    past: tuple[Past, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def forecast(draws: Draws, options: ForecastOptions | None = None) -> Forecast:
    """Forecast incidents and deaths of every cell for the next months.

    Weights and widening are learned on the past of the record as it stands; every draw is a
    history of its own, and the forecast is the even mixture of what all of them say. Raises
    TooFew for a history too short or with a gap, NothingToAnalyse without any date.
    """
    options = options or ForecastOptions()
    where = panel(draws, options.by, options.most, options.last)
    if where.last < where.first:
        raise TooFew(
            f"No month is over: the first incident is of {label(where.first)} and the last month "
            f"that counts is {label(where.last)}. Name a later one with --last, or add reports."
        )
    silences = check(where, where.counts(draws.point(), "incidents"), options.keep_gaps)
    # What no report tells is drawn; the process is fitted to what they tell, and would miss it.
    simulates = options.hawkes and not draws.options.undercount
    excited = Excited.of(draws, where) if simulates else None
    found = [one for name in MEASURES if (one := _measured(draws, where, name, excited, options))]
    rows = tuple(row for one in found for row in one.rows)
    return Forecast(
        answer=answer_of(rows, [one.test for one in found], options.level, OTHERS),
        by=options.by,
        level=options.level,
        rows=rows,
        backtests=tuple(one.test for one in found),
        weights=tuple(one.weights for one in found),
        past=tuple(row for one in found for row in one.past),
        assumptions=assumptions_of(draws, where.months, [one.weights for one in found]),
        warnings=(*silences, *warnings_of([one.test for one in found], where.names, options.level)),
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    rows: tuple[ForecastRow, ...]
    past: tuple[Past, ...]
    test: Backtest
    weights: Weights


def _measured(
    draws: Draws, where: Panel, measure: Measure, excited: Excited | None, options: ForecastOptions
) -> _Measured | None:
    """The forecast of one measure; None for deaths where nobody gives any figure."""
    point = where.counts(draws.point(), measure)
    if not point.any():
        return None
    pool = PoolOptions(
        leads=tuple(range(1, options.ahead + 1)), level=options.level, windows=WINDOWS
    )
    further, names = _further(point, measure, excited, pool)
    past = windows(point, pool, further)
    by = learned(past, point.shape[1], pool)
    histories = [where.counts(one, measure) for one in draws]
    values = _mixed(histories, point, by, pool, further)
    return _Measured(
        rows=_rows(where, measure, values, by, point, pool),
        past=_past(where, measure, histories, point),
        test=backtest(point, past, pool, measure, where.months),
        weights=Weights(
            measure=measure,
            windows=by.windows,
            weights={
                name: round(float(weight), 3)
                for name, weight in zip(names, by.weights, strict=True)
            },
        ),
    )


def _further(
    point: Counts, measure: Measure, excited: Excited | None, pool: PoolOptions
) -> tuple[list[Further], tuple[str, ...]]:
    """The Hawkes member, where it can be simulated from the whole history."""
    if excited is None or excited.values(point.shape[1], pool.leads, measure) is None:
        return [], pool.members
    return [partial(_simulated, excited, measure, point, pool)], (*pool.members, "hawkes")


def _simulated(
    excited: Excited,
    measure: Measure,
    point: Counts,
    pool: PoolOptions,
    known: int,
    leads: Sequence[int],
) -> Values:
    """What the process says; own history where too little had happened by then."""
    found = excited.values(known, leads, measure)
    return own_history(point[:, :known], leads, pool.look) if found is None else found


def _mixed(
    histories: Sequence[Counts],
    point: Counts,
    by: Learned,
    pool: PoolOptions,
    further: Sequence[Further],
) -> Values:
    """The even mixture of the pools of all draws; what is simulated goes on from the point.

    Of many draws each gives a part of its values, every draw another part.
    """
    thin = max(1, len(histories) * POINTS // PER_MEMBER)
    weights = by.weights / len(histories)
    values: list[Values] = []
    for number, history in enumerate(histories):
        values += [one[..., number % thin :: thin] for one in said(history, pool.leads, pool)]
    simulated = [one(point.shape[1], pool.leads) for one in further]
    count = len(pool.members)
    whole = np.concatenate((np.tile(weights[:count], len(histories)), by.weights[count:]))
    return pooled([*values, *simulated], whole)


def _rows(
    where: Panel,
    measure: Measure,
    values: Values,
    by: Learned,
    point: Counts,
    pool: PoolOptions,
) -> tuple[ForecastRow, ...]:
    low, high = widened(values, by, pool.level)
    inner, outer = ends(values, 0.5)
    own = own_history(point, pool.leads, pool.look)
    own_low, own_high = ends(own, pool.level)
    middle, own_middle = _middle(values), _middle(own)
    return tuple(
        ForecastRow(
            measure=measure,
            cell=cell,
            month=label(where.last + lead),
            lead=lead,
            low=int(low[c, n]),
            median=int(np.clip(middle[c, n], low[c, n], high[c, n])),
            high=int(high[c, n]),
            inner_low=int(inner[c, n]),
            inner_high=int(outer[c, n]),
            any=round(float((values[c, n] > 0).mean()), 3),
            own_low=int(own_low[c, n]),
            own_median=int(own_middle[c, n]),
            own_high=int(own_high[c, n]),
        )
        for c, cell in enumerate(where.names)
        for n, lead in enumerate(pool.leads)
    )


def _middle(values: Values) -> NDArray[np.float64]:
    return np.asarray(values[..., values.shape[-1] // 2])


def _past(
    where: Panel, measure: Measure, histories: Sequence[Counts], point: Counts
) -> tuple[Past, ...]:
    low, high = np.quantile(np.stack(histories), (0.05, 0.95), axis=0)
    return tuple(
        Past(
            measure=measure,
            cell=cell,
            month=month,
            count=Band(
                float(min(low[c, m], point[c, m])),
                float(point[c, m]),
                float(max(high[c, m], point[c, m])),
            ),
        )
        for c, cell in enumerate(where.names)
        for m, month in enumerate(where.months)
    )
