"""A forecast in words: what may come, how good such words were before, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from contested.analyse.answer import listed
from contested.analyse.draws import Draws
from contested.analyse.forecast.backtest import Backtest

MUCH = 0.02
"""So small a share better or worse than own history is neither."""


class Row(Protocol):
    """The figures of one cell and month that words need."""

    @property
    def measure(self) -> str: ...  # noqa: D102
    @property
    def cell(self) -> str: ...  # noqa: D102
    @property
    def month(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> int: ...  # noqa: D102
    @property
    def median(self) -> int: ...  # noqa: D102
    @property
    def high(self) -> int: ...  # noqa: D102


class Weighed(Protocol):
    """The weights of one measure's members."""

    @property
    def measure(self) -> str: ...  # noqa: D102
    @property
    def weights(self) -> Mapping[str, float]: ...  # noqa: D102
    @property
    def windows(self) -> int: ...  # noqa: D102


def answer_of(rows: Sequence[Row], tests: Sequence[Backtest], level: float, rest: str) -> str:
    """The first month ahead of the cell with most (not of the `rest`), and how good such words
    were before."""
    month = rows[0].month
    named = [row for row in rows if row.month == month and row.cell != rest] or rows
    cell = max((row for row in named if row.measure == rows[0].measure), key=_middle).cell
    said = " and ".join(
        f"between {row.low:,} and {row.high:,} {row.measure} ({row.median:,} in the middle)"
        for row in rows
        if row.month == month and row.cell == cell
    )
    head = f"{cell}, {month}: {said}, each with a stated chance of {level:.0%}."
    return " ".join((head, *map(_tested, tests)))


def _middle(row: Row) -> int:
    return row.median


def _tested(test: Backtest) -> str:
    if test.better is None:
        how = "as good as own history (nothing happened)"
    elif test.better > MUCH:
        how = f"{test.better:.0%} better than own history"
    elif test.better < -MUCH:
        how = f"{-test.better:.0%} worse than own history"
    else:
        how = "no better than own history"
    inside = (
        f"its intervals held {test.covered_some:.0%} of {test.some:,} months with any"
        if test.covered_some is not None
        else "no month had any"
    )
    return f"On the record's own past the forecast of {test.measure} was {how}; {inside}."


def warnings_of(tests: Sequence[Backtest], cells: Sequence[str], level: float) -> tuple[str, ...]:
    """Where the forecast should be doubted, in words."""
    out = []
    for test in tests:
        if test.better is not None and test.better < -MUCH:
            out.append(
                f"Of {test.measure}, own history alone was better on this record's past (CRPS "
                f"{test.crps_own_history:g} against {test.crps:g}): go by its columns."
            )
        if test.covered_some is not None and test.some >= 20 and test.covered_some < level - 0.1:
            out.append(
                f"Intervals of {test.measure} of {level:.0%} held only {test.covered_some:.0%} of "
                "the months in which anything happened: they are too narrow."
            )
        if test.interval_score > test.interval_score_own_history:
            out.append(
                f"Intervals of {test.measure} are wide: by the interval score, which weighs width "
                "against misses, own history's were better on this record's past."
            )
    if len(cells) == 1:
        out.append("There is one cell only: it has no others to learn from.")
    if not any(test.measure == "deaths" for test in tests):
        out.append("Nobody gives a figure of the killed: deaths are not forecast.")
    return tuple(out)


def assumptions_of(
    draws: Draws, months: Sequence[str], weights: Sequence[Weighed]
) -> tuple[str, ...]:
    """What the forecast rests on."""
    out = [
        f"The history is {months[0]} to {months[-1]}, {len(months)} months; what goes on does so "
        "as in these. Nothing outside the counts is known: no ceasefire, no election, no season.",
        "Each month stands alone: ends of several months or cells do not add up.",
        "Weights and the widening of intervals were learned on this record's own past only.",
    ]
    for one in weights:
        known = sorted(one.weights.items(), key=lambda item: -item[1])
        words = listed((f"{name.replace('_', ' ')} {share:.2f}" for name, share in known), 8)
        out.append(f"Members of {one.measure}, learned on {one.windows} past windows: {words}.")
    share = draws.options.undercount
    out.append(
        "This is a forecast of what reports will tell. What nobody reports is neither in the "
        "history nor in the forecast."
        if not share
        else f"{share:.0%} of happenings are taken to be told by no report; they are in the "
        "history and so in the forecast, but not in the backtest nor in any simulation."
    )
    return (*out, *draws.assumptions())
