"""The pool: its score is the quadratic, its weights the best there are."""

from __future__ import annotations

import numpy as np
import pytest

from contested.analyse.forecast.members import POINTS, Values
from contested.analyse.forecast.pool import learn, pooled, terms
from contested.analyse.forecast.scores import crps


def said(mean: float, seed: int) -> Values:
    random = np.random.default_rng(seed)
    return np.sort(random.poisson(mean, (30, 2, POINTS)).astype(float), axis=-1)


CAME = np.random.default_rng(9).poisson(20, (30, 2)).astype(float)
MEMBERS = [said(20, 1), said(60, 2), said(12, 3)]


def test_the_score_of_the_mixture_is_the_quadratic() -> None:
    one, other = terms(MEMBERS, CAME)
    whole = one + other
    weights = np.array([0.5, 0.2, 0.3])
    times = zip(MEMBERS, (5, 2, 3), strict=True)
    copies = np.concatenate([np.repeat(m, n, axis=-1) for m, n in times], axis=-1)
    expected = crps(np.sort(copies, axis=-1), CAME).mean()
    assert whole.crps(weights) == pytest.approx(expected)
    assert whole.weight == CAME.size


def test_the_best_weights_are_no_worse_than_any() -> None:
    whole = terms(MEMBERS, CAME)[0] + terms(MEMBERS, CAME)[1]
    best = learn(whole, shrink=0)
    assert best.sum() == pytest.approx(1)
    assert (best >= 0).all()
    assert best[0] > 0.8
    for others in np.random.default_rng(1).dirichlet((1, 1, 1), 200):
        assert whole.crps(best) <= whole.crps(others) + 1e-9


def test_shrinking_is_towards_equal_weights() -> None:
    whole = terms(MEMBERS, CAME)[0]
    assert learn(whole, shrink=1).tolist() == pytest.approx([1 / 3] * 3)
    assert learn(whole, shrink=0.5).min() >= 1 / 6 - 1e-9


def test_the_pool_is_the_mixture() -> None:
    found = pooled(MEMBERS[:2], np.array([0.75, 0.25]))
    assert found.shape == MEMBERS[0].shape
    assert (np.diff(found, axis=-1) >= 0).all()
    assert (found > 40).mean() == pytest.approx(0.25, abs=0.01)
    alone = pooled(MEMBERS, np.array([0.0, 1.0, 0.0]))
    assert (alone == MEMBERS[1]).all()
