"""How long agreements hold: survival with intervals that small numbers can bear.

Product-limit estimate (Kaplan and Meier, 1958). With few endings the interval is the beta product
confidence procedure (Fay, Brittain and Proschan, 2013, Biostatistics 14), which needs no large
sample and is Clopper and Pearson's without censoring; with many, log minus log by lifelines.
Violations are no end; an agreement that ran out by its terms or was replaced is censored there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from contested.analyse.answer import needed
from contested.analyse.ceasefires.agreements import Agreement, Span
from contested.analyse.ceasefires.settle import holds

ALPHA = 0.05
ENDINGS = 3
"""Endings below which no median is told."""
FEW = 20
"""Below so many endings the interval is the beta product one."""
COX_EVENTS = 10
"""Endings for each covariate below which no Cox model is fitted (Peduzzi et al., 1995)."""
WEIBULL_EVENTS = 10
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long one agreement held: days at least and at most, and whether it broke down.

    `broke` is false where it was still in force, ran out or was replaced: then it held at least
    so long (censored).
    """

    agreement: str
    low: int
    high: int
    broke: bool
    mediated: bool

    @property
    def days(self) -> float:
        """The middle of what the words leave."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The share that still holds after so many days, with its 95 % interval."""

    days: float
    at_risk: int
    broke: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """The curve. `median` is the day by which half have broken down, null where not half have, or
    fewer than `ENDINGS` did. The first point is the day on which they began.

    `interval` names the procedure. `models` are sentences on Weibull and Cox models, or on why
    they were refused.
    """

    agreements: int
    broke: int
    points: tuple[Point, ...]
    median: float | None
    median_low: float | None
    median_high: float | None
    interval: str
    models: tuple[str, ...]
    left_out: tuple[str, ...]


def lastings(agreements: Sequence[Agreement], last: int) -> tuple[list[Lasting], list[str]]:
    """How long each agreement held, and why some cannot be used, in words."""
    found, left_out = [], []
    for one in agreements:
        if not holds(one):
            continue
        if not one.start.known:
            left_out.append(f"{one.name}: nobody says when it began")
            continue
        over = one.over
        broke = one.fate in ("broke down", "disputed") and one.end is not None
        end = over if over is not None and over.last is not None else Span(last, last)
        if end.first is None and end.last is not None:
            end = Span(one.start.first, end.last)
        low = max((end.first or 0) - (one.start.last or 0), 0)
        high = (end.last or 0) - (one.start.first or 0)
        if high < 0:
            left_out.append(f"{one.name}: it begins after the last day of the record")
            continue
        found.append(
            Lasting(agreement=one.id, low=min(low, high), high=high, broke=broke,
                    mediated=bool(one.mediators))
        )  # fmt: skip
    return found, left_out


def survive(found: Sequence[Lasting], left_out: Sequence[str], seed: int, draws: int) -> Survival:
    """The curve over `found`; its interval also holds what unsure days make of it.

    Without any lasting the curve is empty and the words say so; nothing is made up.
    """
    broke = sum(one.broke for one in found)
    if not found:
        return Survival(
            agreements=0, broke=0, points=(), median=None, median_low=None, median_high=None,
            interval="none", models=("No agreement has a start: no curve.",),
            left_out=tuple(left_out),
        )  # fmt: skip
    times = np.array([one.days for one in found])
    ended = np.array([one.broke for one in found], dtype=np.bool_)
    grid = np.unique(np.append(times, 0.0))
    share = kaplan_meier(times, ended, grid)
    low, high = _band(times, ended, grid, broke)
    for drawn in _draws(found, seed, draws):
        each = _band(drawn, ended, grid, broke)
        low, high = np.minimum(low, each[0]), np.maximum(high, each[1])
    points = tuple(
        Point(
            days=float(day),
            at_risk=int((times >= day).sum()),
            broke=int((ended & (times == day)).sum()),
            share=round(float(share[n]), 4),
            low=round(float(min(low[n], share[n])), 4),
            high=round(float(max(high[n], share[n])), 4),
        )
        for n, day in enumerate(grid)
    )
    return Survival(
        agreements=len(found),
        broke=broke,
        points=points,
        median=_first(grid, share) if broke >= ENDINGS else None,
        median_low=_first(grid, low) if broke >= ENDINGS else None,
        median_high=_first(grid, high) if broke >= ENDINGS else None,
        interval="beta product" if broke < FEW else "log minus log",
        models=tuple(_models(found)),
        left_out=tuple(left_out),
    )


def _first(grid: Floats, share: Floats) -> float | None:
    below = np.flatnonzero(share <= 0.5)
    return float(grid[below[0]]) if len(below) else None


def _draws(found: Sequence[Lasting], seed: int, draws: int) -> list[Floats]:
    """Days drawn evenly between what the words leave; none where nothing is unsure."""
    low = np.array([one.low for one in found], dtype=np.float64)
    high = np.array([one.high for one in found], dtype=np.float64)
    if (low == high).all():
        return []
    chance = np.random.default_rng(seed)
    return [low + chance.random(len(found)) * (high - low) for _ in range(min(draws, 100))]


def kaplan_meier(times: Floats, ended: Bools, grid: Floats) -> Floats:
    """The share that still holds just after each day of `grid`."""
    out = np.empty(len(grid))
    days = np.unique(times[ended])
    factors = np.array([1 - (ended & (times == day)).sum() / (times >= day).sum() for day in days])
    for n, day in enumerate(grid):
        out[n] = factors[days <= day].prod()
    return out


def _band(times: Floats, ended: Bools, grid: Floats, broke: int) -> tuple[Floats, Floats]:
    if broke < FEW:
        return beta_product(times, ended, grid)
    return _log_log(times, ended, grid)


def beta_product(times: Floats, ended: Bools, grid: Floats) -> tuple[Floats, Floats]:
    """Lower and upper ends just after each day, by moments of the product of betas.

    >>> low, high = beta_product(np.array([1.0, 2.0]), np.array([True, True]), np.array([1.0]))
    >>> float(low[0].round(4)), float(high[0].round(4))
    (0.0126, 0.9874)
    """
    beta = needed("scipy.stats").beta

    low, high = np.zeros(len(grid)), np.ones(len(grid))
    days = np.unique(times[ended])
    for n, day in enumerate(grid):
        mean, second = 1.0, 1.0
        for at in days[days <= day]:
            risk, gone = int((times >= at).sum()), int((ended & (times == at)).sum())
            first, whole = risk - gone + 1, risk + 1
            mean *= first / whole
            second *= first * (first + 1) / (whole * (whole + 1))
        left = int((times > day).sum())
        high[n] = _beta(beta, mean, second, 1 - ALPHA / 2) if mean < 1 else 1.0
        if left:
            mean, second = mean * left / (left + 1), second * left / (left + 2)
            low[n] = _beta(beta, mean, second, ALPHA / 2)
    return low, high


def _beta(beta: Any, mean: float, second: float, share: float) -> float:
    """A quantile of the beta distribution of that mean and second moment."""
    spread = second - mean * mean
    size = mean * (1 - mean) / spread - 1
    return float(beta.ppf(share, mean * size, (1 - mean) * size))


def _log_log(times: Floats, ended: Bools, grid: Floats) -> tuple[Floats, Floats]:
    lifelines = needed("lifelines")
    fitted = lifelines.KaplanMeierFitter(alpha=ALPHA).fit(times, ended)
    table = fitted.confidence_interval_survival_function_
    at = np.searchsorted(table.index.to_numpy(), grid, side="right") - 1
    ends = table.to_numpy()[at]
    return np.nan_to_num(ends[:, 0], nan=0.0), np.nan_to_num(ends[:, 1], nan=1.0)


def _models(found: Sequence[Lasting]) -> list[str]:
    """A Weibull fit and the part of mediation, each only from enough endings on."""
    broke = sum(one.broke for one in found)
    out = []
    if broke < WEIBULL_EVENTS:
        out.append(f"No Weibull model: {broke} of the {WEIBULL_EVENTS} endings that it needs.")
    else:
        out.append(_weibull(found))
    with_and_without = {one.mediated for one in found}
    if len(with_and_without) < 2:
        out.append("No Cox model: all agreements are alike in whether they were mediated.")
    elif broke < COX_EVENTS:
        out.append(
            f"No Cox model of mediation: {broke} of the {COX_EVENTS} endings a covariate that it "
            "needs."
        )
    else:
        out.append(_cox(found))
    return out


def _table(found: Sequence[Lasting]) -> Any:
    pandas = needed("pandas")
    return pandas.DataFrame(
        {
            "days": [max(one.days, 0.5) for one in found],
            "broke": [int(one.broke) for one in found],
            "mediated": [int(one.mediated) for one in found],
        }
    )


def _weibull(found: Sequence[Lasting]) -> str:
    lifelines = needed("lifelines")
    table = _table(found)
    fitted = lifelines.WeibullFitter().fit(table["days"], table["broke"])
    shape = float(fitted.rho_)
    low, high = (float(fitted.summary.loc["rho_", f"coef {end} 95%"]) for end in ("lower", "upper"))
    trend = "less and less likely" if high < 1 else "more and more likely" if low > 1 else "neither"
    how = (
        f"the longer one has held, the {trend} it breaks on a day"
        if trend != "neither"
        else "whether age makes one firmer cannot be told"
    )
    return (
        f"Weibull: median {fitted.median_survival_time_:.0f} days, shape {shape:.2f} "
        f"({low:.2f} to {high:.2f}): {how}."
    )


def _cox(found: Sequence[Lasting]) -> str:
    lifelines = needed("lifelines")
    table = _table(found)
    for value in (0, 1):
        if not table[table["mediated"] == value]["broke"].sum():
            return "No Cox model: none of one kind broke down, so that the ratio has no end."
    fitted = lifelines.CoxPHFitter().fit(table, "days", "broke")
    row = fitted.summary.loc["mediated"]
    return (
        f"Cox: mediated agreements break down at {row['exp(coef)']:.2f} times the rate of others "
        f"({row['exp(coef) lower 95%']:.2f} to {row['exp(coef) upper 95%']:.2f})."
    )
