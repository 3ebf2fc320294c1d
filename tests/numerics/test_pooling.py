"""Laws of partial pooling."""

from __future__ import annotations

import numpy as np
import pytest

from contested.numerics.pooling import (
    Kinds,
    Sums,
    of_contrasts,
    of_level,
    pooled,
    posterior,
    prior,
)

ONE = Kinds(np.zeros(1), np.ones(1))
EIGHT = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
EIGHT_SD = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def contrasts(member: int, values: np.ndarray, sd: np.ndarray) -> Sums:
    design = np.zeros((len(values), 1 + member))
    design[np.arange(len(values)), 1 + np.arange(len(values)) % member] = 1.0
    return of_contrasts(design, values, sd**2)


def test_one_member_is_the_textbook_normal_update() -> None:
    sums = of_contrasts(np.array([[0.0, 1.0]]), np.array([2.0]), np.array([0.5]))
    mean, covariance, _ = posterior(sums, *prior(ONE, [0], 1.0))
    assert mean[1] == pytest.approx(2 * 2 / 2.5)
    assert covariance[1, 1] == pytest.approx(1 / (1 / 2 + 1 / 0.5))


def test_the_marginal_likelihood_is_the_normal_density_of_the_figures() -> None:
    """Against the density of the values themselves, up to a constant in tau."""
    values, variance = np.array([0.3, -0.2, 1.1, 0.4]), np.full(4, 0.09)
    design = np.zeros((4, 3))
    design[np.arange(4), [1, 1, 2, 2]] = 1.0
    sums = of_contrasts(design, values, variance)
    logs, direct = [], []
    for tau in (0.1, 0.5, 1.5):
        mean, covariance = prior(ONE, [0, 0], tau)
        logs.append(posterior(sums, mean, covariance)[2])
        whole = np.diag(variance) + design @ covariance @ design.T
        direct.append(
            -0.5 * np.linalg.slogdet(whole)[1] - 0.5 * values @ np.linalg.solve(whole, values)
        )
    assert np.diff(logs) == pytest.approx(np.diff(direct))


def test_a_level_that_all_share_tells_differences_only() -> None:
    design = np.eye(2)
    one = of_level(design, np.array([1.0, 3.0]), np.full(2, 0.04))
    other = of_level(design, np.array([101.0, 103.0]), np.full(2, 0.04))
    assert one.precision == pytest.approx(other.precision)
    assert one.shift == pytest.approx(other.shift)
    assert one.square == pytest.approx(other.square)


def test_eight_schools_are_drawn_together_as_in_the_books() -> None:
    """Rubin (1981): the school at 28 is drawn to about 11, those between stay in order."""
    sums = contrasts(8, EIGHT / 10, EIGHT_SD / 10)
    found = pooled(lambda _: sums, Kinds(np.zeros(1), np.full(1, 10.0)), [0] * 8, omegas=(0.0,))
    means = [10 * found.mean(1 + n) for n in range(8)]
    assert 8 < 10 * found.mean(0) + 1 < 10.5
    assert 8 < means[0] < 14
    assert means[0] == max(means)
    assert all(abs(pooled_) < abs(raw) + 8 for pooled_, raw in zip(means, EIGHT, strict=True))


def test_intervals_hold_what_they_promise() -> None:
    """Over worlds drawn from the model, about 95 % of the intervals hold the member's bias."""
    chance = np.random.default_rng(4)
    held = tried = 0
    for _ in range(40):
        mu, tau, omega = chance.normal(0, 1), abs(chance.normal(0, 0.5)), abs(chance.normal(0, 0.5))
        truth = mu + tau * chance.normal(size=5)
        design = np.zeros((20, 6))
        design[np.arange(20), 1 + np.arange(20) % 5] = 1.0
        spread = np.sqrt(0.04 + omega**2)
        values = truth[np.arange(20) % 5] + spread * chance.normal(size=20)

        def sums(extra: float, design: np.ndarray = design, values: np.ndarray = values) -> Sums:
            return of_contrasts(design, values, np.full(20, 0.04) + extra**2)

        found = pooled(sums, ONE, [0] * 5)
        for n in range(5):
            low, high = found.interval(1 + n)
            held += low <= truth[n] <= high
            tried += 1
    assert 0.9 <= held / tried <= 0.99


def test_spreads_are_found_again() -> None:
    chance = np.random.default_rng(8)
    truth = chance.normal(0, 0.6, 30)
    at = np.arange(600) % 30
    design = np.zeros((600, 31))
    design[np.arange(600), 1 + at] = 1.0
    values = truth[at] + chance.normal(0, np.sqrt(0.04 + 0.3**2), 600)
    found = pooled(
        lambda omega: of_contrasts(design, values, np.full(600, 0.04) + omega**2), ONE, [0] * 30
    )
    assert found.tau == pytest.approx(0.6, abs=0.15)
    assert found.omega == pytest.approx(0.3, abs=0.05)
    far = int(np.abs(truth).argmax())
    assert (found.above(1 + far) > 0.99) == (truth[far] > 0)


def test_nothing_told_leaves_the_prior() -> None:
    found = pooled(lambda _: Sums.none(2), ONE, [0], taus=(0.5,), omegas=(0.0,))
    low, high = found.interval(0)
    assert low == pytest.approx(-1.96, abs=0.01)
    assert high == pytest.approx(1.96, abs=0.01)
    assert found.above(0) == pytest.approx(0.5)
