"""What all answers share: a figure with its interval, and how a missing library is told."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from contested.errors import ExtraMissing, TooFew

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LEVEL = 0.9
"""The share of draws that lies in an interval, unless asked otherwise."""


class Answer(Protocol):
    """What every analysis returns: a finding in words, its rows, and what was assumed."""

    @property
    def answer(self) -> str:
        """The finding in words, with its doubt."""

    @property
    def rows(self) -> Sequence[object]:
        """Frozen dataclasses of plain values."""

    @property
    def assumptions(self) -> Sequence[str]:
        """What was assumed, a sentence each."""


@dataclass(frozen=True, slots=True)
class Band:
    """A figure and the interval in which it lies in `level` of the draws."""

    low: float
    best: float
    high: float

    def words(self, digits: int = 3) -> str:
        """``20 (18 to 25)``; one number where all three are the same."""
        low, best, high = (number(value, digits) for value in (self.low, self.best, self.high))
        return best if low == best == high else f"{best} ({low} to {high})"

    def rounded(self, digits: int = 2) -> Band:
        """The same with so many digits behind the point."""
        return Band(*(round(value, digits) for value in (self.low, self.best, self.high)))


def number(value: float, digits: int = 3) -> str:
    """A number for the eye: whole from 100 on, else with so many significant digits."""
    if abs(value) >= 10 ** (digits - 1) or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def band(values: ArrayLike, level: float = LEVEL, point: float | None = None) -> Band:
    """The middle and the interval of a value over draws (`point`, if given, is its best).

    Percentiles. The interval is widened to hold the point. Raises TooFew where no draw gave a
    finite value.
    """
    import numpy as np

    taken = np.asarray(values, dtype=np.float64).ravel()
    taken = taken[np.isfinite(taken)]
    if not len(taken):
        raise TooFew(
            "No draw of the record gives a figure here. Widen the filters, or add reports."
        )
    tail = (1 - level) / 2
    low, middle, high = np.quantile(taken, (tail, 0.5, 1 - tail))
    best = float(middle) if point is None or not math.isfinite(point) else float(point)
    return Band(min(float(low), best), best, max(float(high), best))


def bands(
    values: ArrayLike, level: float = LEVEL, point: Sequence[float] | None = None
) -> tuple[Band, ...]:
    """A band for every column of `values`, whose lines are draws."""
    import numpy as np

    table = np.asarray(values, dtype=np.float64)
    return tuple(
        band(table[:, n], level, None if point is None else point[n]) for n in range(table.shape[1])
    )


def needed(module: str, extra: str = "analyse") -> ModuleType:
    """The module of that name. Raises ExtraMissing with how to install it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0].replace("_", "-")
        raise ExtraMissing(
            f"This needs {package}, which is not installed. Run: pip install 'contested[{extra}]'"
        ) from error


def listed(names: Iterable[str], most: int = 5) -> str:
    """``a, b and c``; of many the first and how many more."""
    known = list(names)
    if len(known) > most:
        return f"{', '.join(known[:most])} and {len(known) - most} more"
    return " and ".join(filter(None, (", ".join(known[:-1]), known[-1]))) if known else "nothing"
