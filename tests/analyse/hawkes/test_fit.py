"""Fits: recovery of what was simulated, and what must not change them."""

import numpy as np
import pytest

from contested.analyse.hawkes import (
    Baseline,
    FitOptions,
    Points,
    Process,
    fit,
    fit_with,
    goodness,
    gradient,
    log_likelihood,
    standard_errors,
)
from contested.analyse.hawkes.spread import bootstrap, copy_of
from tests.analyse.hawkes.samples import EXCITATION, observed, process

LONG = 6000.0


@pytest.fixture(scope="module")
def long() -> tuple[Process, Points]:
    one = process(LONG)
    return one, observed(one)


def test_finds_what_was_simulated_within_three_standard_errors(
    long: tuple[Process, Points],
) -> None:
    one, points = long
    found = fit_with(points, one.baseline, FitOptions()).process
    spread = standard_errors(found, points)
    assert np.all(np.abs(found.excitation - EXCITATION) < 3 * spread.excitation)
    assert np.all(np.abs(found.rates - one.rates) < 3 * spread.rates)
    assert abs(found.decay[0] - 0.5) < 3 * spread.decay[0]
    assert spread.excitation.max() < 0.06


def test_is_a_maximum(long: tuple[Process, Points]) -> None:
    _, points = long
    found = fit_with(points, Baseline.equal(LONG, 2), FitOptions(precision=1e-6))
    slope = gradient(found.process, points)
    assert np.abs(slope.excitation).max() < 0.05
    assert abs(slope.decay.sum()) < 1.0
    assert found.log_likelihood == pytest.approx(log_likelihood(found.process, points))


def test_a_decay_of_each_answering_dimension_can_be_told() -> None:
    baseline = Baseline.equal(LONG, 1)
    one = Process(baseline, np.array([[0.3], [0.3]]), EXCITATION, np.array([0.2, 2.0]))
    found = fit_with(observed(one), baseline, FitOptions(decays="each")).process
    assert 0.1 < found.decay[0] < 0.4
    assert 1.2 < found.decay[1] < 3.5


def test_renaming_the_dimensions_renames_the_answer(long: tuple[Process, Points]) -> None:
    _, points = long
    swapped = Points.of(points.times, 1 - points.marks, 2, points.length)
    one, other = (fit_with(p, Baseline.equal(LONG, 2), FitOptions()) for p in (points, swapped))
    assert other.process.excitation[::-1, ::-1] == pytest.approx(one.process.excitation, abs=2e-3)
    assert other.process.decay == pytest.approx(one.process.decay, rel=5e-3)
    assert other.process.radius == pytest.approx(one.process.radius, abs=2e-3)


def test_another_unit_of_time_scales_rates_and_decay_alone(long: tuple[Process, Points]) -> None:
    _, points = long
    hours = Points(points.times * 24, points.marks, 2, points.length * 24)
    one = fit_with(points, Baseline.equal(LONG, 1), FitOptions()).process
    wide = FitOptions(half_life=(0.25 * 24, 90.0 * 24))
    other = fit_with(hours, Baseline.equal(LONG * 24, 1), wide).process
    assert other.excitation == pytest.approx(one.excitation, abs=2e-3)
    assert other.decay * 24 == pytest.approx(one.decay, rel=5e-3)


def test_without_answers_finds_hardly_any() -> None:
    random = np.random.default_rng(5)
    points = Points.of(random.random(3000) * 2000, random.integers(0, 2, 3000), 2, 2000.0)
    found = fit_with(points, Baseline.equal(2000.0, 1), FitOptions()).process
    assert found.radius < 0.12


def test_a_rise_is_no_answer_where_the_baseline_may_step() -> None:
    random = np.random.default_rng(6)
    times = np.concatenate([random.random(200) * 1000, 1000 + random.random(1000) * 1000])
    points = Points.of(times, np.zeros(1200, int), 1, 2000.0)
    rigid = fit(points, FitOptions(pieces=1)).process.radius
    free = fit(points, FitOptions()).process
    assert free.baseline.size >= 2
    assert free.radius < 0.2 < rigid


def test_the_smooth_baseline_follows_a_slope() -> None:
    random = np.random.default_rng(7)
    times = 1000 * np.sqrt(random.random(2000))
    points = Points.of(times, np.zeros(2000, int), 1, 1000.0)
    found = fit(points, FitOptions(pieces=3, degree=2)).process
    early, late = found.base(np.array([100.0, 900.0]))[:, 0]
    assert late > 4 * early
    assert found.radius < 0.2


def test_a_half_life_that_the_data_do_not_tell_is_at_an_edge() -> None:
    one = process(2000.0, decay=0.005)
    found = fit_with(observed(one), Baseline.equal(2000.0, 1), FitOptions(half_life=(0.25, 20.0)))
    assert found.edge


@pytest.mark.parametrize("kind", ["parametric", "block"])
def test_bootstrap_intervals_hold_the_truth_and_have_the_width_of_the_errors(
    kind: str, long: tuple[Process, Points]
) -> None:
    one, points = long
    found = fit_with(points, one.baseline, FitOptions()).process
    copies = list(bootstrap(found, points, 40, 11, kind))  # type: ignore[arg-type]
    table = np.array([copied.excitation for copied in copies])
    spread = standard_errors(found, points).excitation
    assert np.all(table.std(axis=0) < 1.6 * spread)
    assert np.all(table.std(axis=0) > 0.6 * spread)
    assert np.all(np.abs(table.mean(axis=0) - EXCITATION) < 4 * spread)


def test_a_copy_that_explodes_is_none() -> None:
    one = process(400.0)
    wild = Process(one.baseline, one.rates, EXCITATION * 6, one.decay)
    assert copy_of(wild, observed(one), np.random.default_rng(1)) is None


def test_the_right_model_fits_and_a_plain_one_does_not(long: tuple[Process, Points]) -> None:
    one, points = long
    right = goodness(one, points)
    assert right is not None
    assert right.events == len(points.times)
    assert right.p_value > 0.05
    plain = Process(
        Baseline.equal(LONG, 1), points.counts()[:, None] / LONG, np.zeros((2, 2)), one.decay
    )
    wrong = goodness(plain, points)
    assert wrong is not None
    assert wrong.p_value < 1e-4


def test_few_events_are_not_tested() -> None:
    one = process(400.0)
    assert goodness(one, Points.of([1.0, 2.0], [0, 1], 2, 400.0)) is None
