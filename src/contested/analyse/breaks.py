"""When the level of violence changed: a negative binomial scan, with a second opinion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import Band, band, listed, needed
from contested.analyse.events import Floats, Ints
from contested.analyse.figures import several
from contested.analyse.negbin import dispersion
from contested.analyse.scan import LEAST_PERIODS, LEVEL, SIDE, SIMULATIONS, Found, changes, places
from contested.analyse.series import Measure, Series
from contested.errors import TooFew

NEAR = 2
"""So many periods apart two opinions still are of the same change."""
MOST_LINES = 200
COPIES, RATIOS = 50, 7
"""So many likely levels for each draw, and where their chance begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A change of level: the first period of the new one, and where else it may begin.

    `earliest` and `latest` bound it by likelihood (95%); `drawn_from` and `drawn_to` hold 90% of
    the draws. `before` and `after` are means a period, `ratio` the one over the other with its 90%
    interval, of chance in the counts and of draws together. `chance` is how often a series without
    a change shows as much. `second` is where the other method puts it, null where it sees none
    there.
    """

    period: str
    start: str
    earliest: str
    latest: str
    drawn_from: str
    drawn_to: str
    before: float
    after: float
    ratio: Band | None
    chance: float
    second: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaks:
    """What `breaks` finds, by time. `dispersion` is that of the counts (0: as chance alone).

    `second` are the periods at which the other method sees a change.
    """

    answer: str
    by: str
    measure: Measure
    rows: tuple[Break, ...]
    periods: tuple[str, ...]
    starts: tuple[str, ...]
    values: tuple[float, ...]
    dispersion: float
    second: tuple[str, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def breaks(found: Series, seed: int = 1, level: float = LEVEL) -> Breaks:
    """One or several changes of the level of a series.

    Raises TooFew where there are too few periods or incidents for a change to show.
    """
    _enough(found)
    told = changes(found.point, seed, level)
    second = second_opinion(found.point)
    rows = _rows(found, told, second)
    labels = [period.label for period in found.periods]
    spread = float(dispersion(found.point)[0])
    return Breaks(
        answer=_answer(found, rows, [labels[place] for place in second], spread),
        by=found.by,
        measure=found.measure,
        rows=rows,
        periods=tuple(labels),
        starts=tuple(period.first.isoformat() for period in found.periods),
        values=tuple(found.point.tolist()),
        dispersion=round(spread, 4),
        second=tuple(labels[place] for place in second),
        assumptions=_assumptions(found, level),
        warnings=(*found.warnings, *_related(found, told)),
    )


def _enough(found: Series) -> None:
    if len(found) < LEAST_PERIODS:
        raise TooFew(
            f"{several(len(found), found.by)} are too few to look for a break: {LEAST_PERIODS} are "
            f"needed, {SIDE} on each side of a change. Count by shorter periods, or take a longer "
            "time; `contested analyse change` does the arithmetic of two periods."
        )
    total = int(found.point.sum())
    if total < LEAST_PERIODS:
        raise TooFew(
            f"{total} {found.measure} in {several(len(found), found.by)} are too few for a break "
            "to show. Widen the filters, or count by longer periods."
        )


def second_opinion(counts: Floats) -> list[int]:
    """Changes of the mean of square roots, by ruptures: PELT with squared error.

    Square roots of counts vary nearly alike at every level (Anscombe, 1948, Biometrika 35); the
    noise is taken from steps between neighbours, and a change has to be worth three times its
    logarithmic price (Killick, Fearnhead and Eckley, 2012, JASA 107; Truong, Oudre and Vayatis,
    2020, Signal Processing 167). A Poisson cost would take overdispersion for change. Raises
    ExtraMissing where ruptures is not installed.
    """
    ruptures = needed("ruptures")
    roots = 2 * np.sqrt(counts + 3 / 8)
    noise = float(np.median(np.abs(np.diff(roots))) / (0.6745 * np.sqrt(2)))
    noise = max(noise, float(np.diff(roots).std() / np.sqrt(2)), 1e-6)
    price = 3 * noise**2 * np.log(len(roots))
    search = ruptures.Pelt(model="l2", min_size=SIDE, jump=1).fit(roots.reshape(-1, 1))
    return [int(place) for place in search.predict(pen=price)[:-1]]


def _rows(found: Series, told: list[Found], second: list[int]) -> tuple[Break, ...]:
    ends = [0, *(one.place for one in told), len(found)]
    rows = []
    for n, one in enumerate(told):
        begin, end = ends[n], ends[n + 2]
        drawn = places(_lines(found), np.array([begin, end]))
        low, high = (round(float(q)) for q in np.quantile(drawn, (0.05, 0.95)))
        near = [place for place in second if abs(place - one.place) <= NEAR]
        label = [period.label for period in found.periods]
        rows.append(
            Break(
                period=label[one.place],
                start=found.periods[one.place].first.isoformat(),
                earliest=label[one.first],
                latest=label[one.last],
                drawn_from=label[low],
                drawn_to=label[high],
                before=round(float(found.point[begin : one.place].mean()), 2),
                after=round(float(found.point[one.place : end].mean()), 2),
                ratio=_ratio(found, begin, one.place, end),
                chance=round(one.share, 4),
                second=label[min(near, key=lambda at: abs(at - one.place))] if near else None,
            )
        )
    return tuple(rows)


def _lines(found: Series) -> Floats:
    return found.values[:MOST_LINES]


def _ratio(found: Series, begin: int, place: int, end: int) -> Band | None:
    """The ratio of both levels; null after a level of nothing.

    Each draw has a likely mean of each side beside its own: a gamma one of the total, wider where
    the counts vary more than chance lets them. One incident before a break is no exact level.
    """
    whole = found.point[begin:place].mean()
    if whole <= 0:
        return None
    spread = float(dispersion(found.point)[0])
    chance = np.random.default_rng(RATIOS)
    levels = [
        _likely(found.values[:, first:last], spread, chance)
        for first, last in ((begin, place), (place, end))
    ]
    best = float(found.point[place:end].mean() / whole)
    return band((levels[1] / levels[0]).ravel(), point=best).rounded()


def _likely(counts: Floats, spread: float, chance: np.random.Generator) -> Floats:
    """Likely means behind counts, `COPIES` for each line: a gamma with that of the counts and the
    variance of it, half an incident added (the prior of Jeffreys) so that none is not certain."""
    total = counts.sum(axis=1) + 0.5
    mean = total / counts.shape[1]
    shape = total / (1 + spread * mean)
    return np.asarray(chance.gamma(shape, mean / shape, (COPIES, len(counts))), dtype=np.float64)


def _related(found: Series, told: list[Found]) -> list[str]:
    """A warning where neighbouring periods are alike beyond their levels."""
    ends = [0, *(one.place for one in told), len(found)]
    rest: Ints | Floats = np.concatenate(
        [
            found.point[begin:end] - found.point[begin:end].mean()
            for begin, end in zip(ends, ends[1:], strict=False)  # noqa: RUF007
        ]
    )
    power = float((rest**2).sum())
    alike = float((rest[1:] * rest[:-1]).sum() / power) if power > 0 else 0.0
    if alike <= 2 / np.sqrt(len(rest)):
        return []
    return [
        f"Periods that follow each other are alike beyond their levels (correlation {alike:.2f}): "
        "waves or a slow rise then look like breaks, and more are found than there are."
    ]


def _answer(found: Series, rows: tuple[Break, ...], second: list[str], spread: float) -> str:
    span = f"{found.periods[0].label} to {found.periods[-1].label}"
    beyond = (
        f" (they vary {'as chance does' if spread < 0.01 else 'more than chance alone lets them'}"
    )
    beyond += f", dispersion {spread:.2g})"
    other = f"The second method sees {listed(second)}." if second else "The second sees none."
    if not rows:
        return (
            f"No change of level shows in the {found.measure} by {found.by} from {span}{beyond}. "
            f"That is no proof of none: small changes do not show. {other}"
        )
    parts = [
        f"{'up' if row.after > row.before else 'down'} from {row.before:g} to {row.after:g} a "
        f"{found.by} with {row.period} ({_where(row)})"
        for row in rows
    ]
    agreed = sum(row.second is not None for row in rows)
    return (
        f"{several(len(rows), 'change')} of level in the {found.measure} from {span}{beyond}: "
        f"{'; '.join(parts)}. The second method agrees on {agreed} of {len(rows)}."
    )


def _where(row: Break) -> str:
    if row.earliest == row.latest:
        return "no other place fits"
    return f"anywhere from {row.earliest} to {row.latest}"


def _assumptions(found: Series, level: float) -> tuple[str, ...]:
    said = [
        "Between changes the level is constant and periods are independent; a slow rise shows as "
        "one step or several.",
        f"A change counts where fewer than {level:.0%} of {SIMULATIONS} series without one, of "
        "the same mean and dispersion, show as much (negative binomial scan).",
        f"At least {SIDE} periods on each side: what came in the last ones does not show yet.",
        "Second method: squared error on square roots of the counts (ruptures).",
    ]
    said.append(
        "The interval of a ratio holds 90% of what chance in the counts of both sides and the "
        "draws allow; the place of the change is taken as found."
    )
    if found.undated:
        said.append(f"{several(found.undated, 'incident')} without a date in no period.")
    return tuple(said)
