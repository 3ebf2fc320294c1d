"""What members say is a distribution of whole counts that follows the past."""

from __future__ import annotations

import numpy as np
import pytest

from contested.analyse.forecast.members import MEMBERS, POINTS, MemberOptions, own_history
from tests.analyse.forecast.samples import counts

LEADS = (1, 3, 6)
LOOK = MemberOptions()


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("months", [2, 5, 13, 24, 60])
def test_values_are_sorted_whole_and_none_below_zero(name: str, months: int) -> None:
    found = MEMBERS[name](counts(months), LEADS, LOOK)
    assert found.shape == (4, len(LEADS), POINTS)
    assert np.isfinite(found).all()
    assert (np.diff(found, axis=-1) >= 0).all()
    assert (found >= 0).all()
    assert (found == np.rint(found)).all()


@pytest.mark.parametrize("name", MEMBERS)
def test_more_violence_is_forecast_where_more_was(name: str) -> None:
    found = MEMBERS[name](counts(), LEADS, LOOK).mean(axis=-1)
    assert (found[0] > found[1]).all()
    assert (found[1] > found[2]).all()
    assert (found[3] < 1).all()


@pytest.mark.parametrize("name", MEMBERS)
def test_a_record_of_nothing_forecasts_nothing_much(name: str) -> None:
    found = MEMBERS[name](np.zeros((3, 30)), LEADS, LOOK)
    assert found.mean() < 0.1


def test_own_history_is_the_last_months_alike() -> None:
    past = np.arange(30.0)[None, :]
    found = own_history(past, (1,), LOOK)[0, 0]
    assert sorted(set(found)) == list(range(6, 30))
    assert (np.bincount(found.astype(int))[6:] == POINTS // 24).all()


def test_recent_history_forgets() -> None:
    past = np.concatenate((np.full(30, 50.0), np.full(10, 2.0)))[None, :]
    found = MEMBERS["recent_history"](past, (1,), LOOK)[0, 0]
    assert np.median(found) == 2
    assert (found == 50).mean() == pytest.approx(0.5 ** (10 / 4), abs=0.02)


def test_the_hurdle_keeps_the_share_of_empty_months_and_the_mean() -> None:
    random = np.random.default_rng(1)
    past = np.where(random.random((60, 48)) < 0.4, 1 + random.poisson(9, (60, 48)), 0.0)
    found = MEMBERS["negative_binomial"](past, (1,), MemberOptions(half_life=24))
    assert (found == 0).mean() == pytest.approx(0.6, abs=0.03)
    assert found.mean() == pytest.approx(4, abs=0.4)


def test_analogues_learn_a_rule_that_own_history_cannot_know() -> None:
    """Everywhere a quiet month is followed by a loud one two months later, and so on."""
    past = np.tile(np.array([0.0, 0.0, 30.0, 30.0]), (20, 12))
    past = np.stack([np.roll(row, n % 4) for n, row in enumerate(past)])
    found = MEMBERS["analogues"](past, (1,), MemberOptions(half_life=0.5))
    loud = np.array([row[-4] for row in past]) > 0
    assert found[loud].mean() > 20
    assert found[~loud].mean() < 10
