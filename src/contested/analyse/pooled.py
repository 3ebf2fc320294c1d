"""One estimate from many draws, by Rubin's rules."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import Band, needed
from contested.analyse.events import Floats


@dataclass(frozen=True, slots=True)
class Pooled:
    """An estimate, its standard error and degrees of freedom; `missing` is the part of its
    variance that comes from what differs between draws."""

    value: float
    error: float
    freedom: float
    missing: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval of Student's t at that level."""
        half = float(needed("scipy.stats").t.ppf((1 + level) / 2, self.freedom)) * self.error
        return self.value - half, self.value + half

    def ratio(self, level: float = 0.95, periods: float = 1.0) -> Band:
        """exp of it, over so many periods, with its interval: a coefficient of logarithms."""
        low, high = self.interval(level)
        ends = (math.exp(max(-30.0, min(30.0, v * periods))) for v in (low, self.value, high))
        return Band(*ends)

    @property
    def chance(self) -> float:
        """Two-sided p of there being nothing."""
        if self.error <= 0:
            return 1.0
        return float(2 * needed("scipy.stats").t.sf(abs(self.value / self.error), self.freedom))


def pooled(values: Floats, errors: Floats, freedom: float) -> Pooled:
    """Combine the estimates of draws: within plus between variance.

    Rubin, 1987, Multiple Imputation for Nonresponse in Surveys, ch. 3, with the degrees of
    freedom of Barnard and Rubin, 1999, Biometrika 86; `freedom` is that of one draw.
    """
    count = len(values)
    value, within = float(np.mean(values)), float(np.mean(np.square(errors)))
    between = float(np.var(values, ddof=1)) if count > 1 else 0.0
    total = within + (1 + 1 / count) * between
    if total <= 0:
        return Pooled(value, 0.0, freedom, 0.0)
    missing = (1 + 1 / count) * between / total
    observed = (freedom + 1) / (freedom + 3) * freedom * (1 - missing)
    if missing <= 1e-12:
        return Pooled(value, math.sqrt(total), freedom, 0.0)
    large = (count - 1) / missing**2
    both = 1 / (1 / max(large, 1e-9) + 1 / max(observed, 1e-9))
    return Pooled(value, math.sqrt(total), max(both, 1.0), missing)
