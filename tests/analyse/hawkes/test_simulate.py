"""Simulation: the rates that theory gives, the same for the same seed, and going on."""

import numpy as np
import pytest

from contested.analyse.hawkes import Baseline, Process, TooMany, forward, simulate
from contested.analyse.hawkes.memory import left
from tests.analyse.hawkes.samples import EXCITATION, observed, process


def test_the_mean_rate_is_that_of_theory() -> None:
    length = 20_000.0
    one = Process(Baseline.equal(length, 1), np.array([[0.4], [0.2]]), EXCITATION, np.full(2, 1.0))
    counts = simulate(one, length, np.random.default_rng(2)).counts() / length
    theory = np.linalg.solve(np.eye(2) - EXCITATION, [0.4, 0.2])
    assert counts == pytest.approx(theory, rel=0.05)


def test_the_same_seed_gives_the_same() -> None:
    one = process()
    assert np.array_equal(observed(one, 4).times, observed(one, 4).times)
    assert not np.array_equal(observed(one, 4).times[:5], observed(one, 5).times[:5])


def test_what_explodes_is_stopped() -> None:
    one = process()
    wild = Process(one.baseline, one.rates, EXCITATION * 5, one.decay)
    with pytest.raises(TooMany):
        simulate(wild, 400.0, np.random.default_rng(1), most=10_000)


def test_going_on_is_like_never_having_stopped() -> None:
    """The mean of the next days, given the past, against its differential equation."""
    one = process(200.0)
    points = observed(one)
    weighs = np.array([left(points, beta) for beta in one.decay])
    rates = one.base(np.array([points.length]))[0]
    runs, days = 4000, 30.0
    tree = forward(one, weighs, rates, days, runs, np.random.default_rng(8))
    counted = np.bincount(tree.marks, minlength=2) / runs
    mean, state, step = np.zeros(2), weighs[0].copy(), 0.001
    for _ in range(round(days / step)):
        rate = rates + one.decay[0] * EXCITATION @ state
        mean += rate * step
        state += (rate - one.decay[0] * state) * step
    assert counted == pytest.approx(mean, rel=0.03)


def test_parents_come_before_their_children() -> None:
    one = process(200.0)
    tree = forward(one, np.zeros((2, 2)), np.array([0.5, 0.5]), 50.0, 20, np.random.default_rng(9))
    child = np.flatnonzero(tree.parent >= 0)
    assert len(child) > 100
    assert np.all(tree.parent[child] < child)
    assert np.all(tree.times[tree.parent[child]] < tree.times[child])
    assert np.all(tree.runs[tree.parent[child]] == tree.runs[child])
