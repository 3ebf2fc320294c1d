"""Intervals that hold as many months of every size as they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from contested.analyse.forecast.conformal import widening

Floats = NDArray[np.float64]


def months(seed: int, size: int = 6000) -> tuple[Floats, Floats, Floats]:
    """Intervals that are far too narrow, worst so for large counts."""
    random = np.random.default_rng(seed)
    level = np.exp(random.normal(1, 1.6, size))
    came = np.where(
        random.random(size) < 0.5, 0, random.poisson(level * random.gamma(1, 1, size))
    ).astype(float)
    return np.floor(level * 0.8), np.ceil(level * 1.2), came


def test_every_bin_is_covered() -> None:
    learned = widening(*months(1), level=0.9)
    low, high, came = months(2)
    low, high = learned.widen(low, high)
    held = (low <= came) & (came <= high)
    for first, last in ((0, 0), (1, 9), (10, 99)):
        inside = (came >= first) & (came <= last)
        assert held[inside].mean() == pytest.approx(0.95, abs=0.06)
        assert held[inside].mean() >= 0.88
    assert (low >= 0).all()
    assert (low == np.rint(low)).all()
    assert (low <= high).all()


def test_rare_sizes_are_read_with_smaller_ones() -> None:
    low = high = np.zeros(500)
    came = np.concatenate((np.zeros(470), np.full(29, 4.0), [5000.0]))
    learned = widening(low, high, came, level=0.9)
    assert learned.edges == (0.0, 1.0)
    assert learned.counts == (470, 30)
    assert widening(low, high, np.zeros(500), 0.9).edges == (0.0,)


def test_an_interval_that_held_is_hardly_moved() -> None:
    low, high = np.full(400, 2.0), np.full(400, 30.0)
    came = np.tile(np.arange(3.0, 29.0), 16)[:400]
    learned = widening(low, high, came, level=0.9)
    found = learned.widen(np.array([2.0]), np.array([30.0]))
    assert found[0][0] >= 2
    assert found[1][0] <= 30


def test_without_a_bin_that_allows_anything_the_interval_stays() -> None:
    learned = widening(np.full(50, 5.0), np.full(50, 9.0), np.full(50, 7.0), level=0.9)
    low, high = learned.widen(np.array([5.0]), np.array([5.0]))
    assert low[0] <= high[0]
