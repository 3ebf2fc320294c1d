"""Scores are those of the field."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analyse.forecast.scores import crps, ends, interval_score, score

NUMBERS = st.lists(st.integers(0, 500), min_size=2, max_size=40)


@given(NUMBERS, st.integers(0, 500))
def test_crps_is_its_definition(values: list[int], came: int) -> None:
    """The integral of the squared distance of the two distribution functions."""
    ordered = np.sort(np.array(values, dtype=np.float64))
    grid = np.arange(0, 501)
    below = np.searchsorted(ordered, grid, side="right") / len(ordered)
    expected = ((below - (grid >= came)) ** 2).sum()
    assert crps(ordered, np.array(float(came))) == pytest.approx(expected, abs=1e-6)


def test_a_sure_and_right_forecast_scores_none() -> None:
    assert crps(np.full((2, 5), 7.0), np.array([7.0, 9.0])).tolist() == [0, 2]


def test_misses_cost_as_the_level_says() -> None:
    low, high = np.array([2.0, 2.0, 2.0]), np.array([10.0, 10.0, 10.0])
    found = interval_score(low, high, np.array([5.0, 13.0, 0.0]), level=0.9)
    assert found.tolist() == pytest.approx([8, 8 + 60, 8 + 40])


def test_the_scores_are_those_of_scoringrules() -> None:
    field = pytest.importorskip("scoringrules")
    random = np.random.default_rng(1)
    values = np.sort(random.poisson(20, (50, 120)).astype(float))
    came = random.poisson(20, 50).astype(float)
    mine, theirs = crps(values, came), field.crps_ensemble(came, values, estimator="qd")
    assert mine == pytest.approx(theirs)
    low, high = ends(values)
    assert interval_score(low, high, came) == pytest.approx(
        field.interval_score(came, low, high, 0.1)
    )


def test_coverage_of_empty_months_and_others_apart() -> None:
    values = np.tile(np.arange(120.0), (4, 1))
    low, high = ends(values)
    assert (low[0], high[0]) == (6, 113)
    found = score(values, np.array([0.0, 50.0, 60.0, 118.0]))
    assert (found.zero, found.some) == (1, 3)
    assert found.covered_zero == 0
    assert found.covered_some == pytest.approx(2 / 3)
    assert score(values[:1], np.array([3.0])).covered_zero is None
