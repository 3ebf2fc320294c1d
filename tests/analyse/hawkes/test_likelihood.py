"""The likelihood against its definition, its gradient against finite differences."""

from dataclasses import replace

import numpy as np
import pytest

from contested.analyse.hawkes import Points, Process, gradient, intensities, log_likelihood
from contested.analyse.hawkes.memory import left, memory
from tests.analyse.hawkes.samples import observed, process

STEP = 1e-6


def by_definition(one: Process, points: Points) -> float:
    total = 0.0
    for i, (t, a) in enumerate(zip(points.times, points.marks, strict=True)):
        rate = one.base(np.array([t]))[0, a]
        for j in range(i):
            beta = one.decay[a]
            age = t - points.times[j]
            rate += one.excitation[a, points.marks[j]] * beta * np.exp(-beta * age)
        total += np.log(rate)
    whole = one.baseline.integrals(np.array([points.length]))[0]
    for a in range(one.dimensions):
        total -= one.rates[a] @ whole
        gone = 1 - np.exp(-one.decay[a] * (points.length - points.times))
        total -= (one.excitation[a, points.marks] * gone).sum()
    return float(total)


@pytest.mark.parametrize("degree", [0, 2])
@pytest.mark.parametrize("decays", [(0.5, 0.5), (0.3, 1.4)])
def test_is_what_the_definition_says(degree: int, decays: tuple[float, float]) -> None:
    one = replace(process(60.0, degree=degree), decay=np.array(decays))
    points = observed(one)
    assert log_likelihood(one, points) == pytest.approx(by_definition(one, points), rel=1e-10)


@pytest.mark.parametrize("degree", [0, 2])
def test_the_gradient_is_that_of_finite_differences(degree: int) -> None:
    one = replace(process(80.0, degree=degree), decay=np.array([0.4, 1.1]))
    points = observed(one)
    found = gradient(one, points)
    for name in ("rates", "excitation", "decay"):
        given, slope = getattr(one, name), getattr(found, name)
        for index in np.ndindex(given.shape):
            ends = []
            for sign in (1, -1):
                moved = given.copy()
                moved[index] += sign * STEP
                ends.append(log_likelihood(replace(one, **{name: moved}), points))
            assert slope[index] == pytest.approx((ends[0] - ends[1]) / (2 * STEP), rel=1e-4), name


def test_the_recursion_is_the_sum_it_stands_for() -> None:
    points = observed(process(100.0))
    found = memory(points, 0.7)
    age = points.times[:, None] - points.times[None, :]
    weights = np.where(age > 0, np.exp(-0.7 * np.maximum(age, 0)), 0.0)
    for m in range(2):
        assert found[:, m] == pytest.approx(weights[:, points.marks == m].sum(axis=1))
    at_end = np.exp(-0.7 * (points.length - points.times))
    assert left(points, 0.7)[1] == pytest.approx(at_end[points.marks == 1].sum())


def test_long_silence_does_not_break_the_recursion() -> None:
    points = Points.of([0.0, 5.0e6, 5.0e6 + 1], [0, 0, 0], 1, 6.0e6)
    assert memory(points, 1.0)[:, 0] == pytest.approx([0.0, 0.0, np.exp(-1.0)])


def test_an_event_without_any_intensity_is_impossible() -> None:
    one = process(60.0)
    points = observed(one)
    none = replace(one, rates=np.zeros_like(one.rates))
    assert intensities(none, points)[0] == 0
    assert log_likelihood(none, points) == -np.inf


def test_points_must_be_in_order_and_inside() -> None:
    with pytest.raises(ValueError, match="ascend"):
        Points(np.array([2.0, 1.0]), np.array([0, 0]), 1, 3.0)
    with pytest.raises(ValueError, match="between"):
        Points(np.array([1.0, 4.0]), np.array([0, 0]), 1, 3.0)
