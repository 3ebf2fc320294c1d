"""Nothing is learned from what had not come yet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from contested.analyse.forecast.members import Values
from contested.analyse.forecast.rolling import PoolOptions, learned, predicted, said, windows
from contested.analyse.forecast.scores import score
from tests.analyse.forecast.samples import counts

OPTIONS = PoolOptions(leads=(1, 2, 3))


def test_windows_hold_what_came_after() -> None:
    table = counts(20)
    found = windows(table, OPTIONS)
    assert [one.origin for one in found] == list(range(12, 20))
    assert (found[0].came == table[:, 12:15]).all()
    assert found[-1].leads == (1,)
    assert found[2].over(15) == [0]


def test_the_future_does_not_change_what_was_said() -> None:
    table = counts(40)
    other = table.copy()
    other[:, 30:] = 10_000
    one, two = (learned(windows(each, OPTIONS), 30, OPTIONS) for each in (table, other))
    assert one.weights.tolist() == two.weights.tolist()
    assert one.widening == two.widening
    assert one.windows == 18


def test_without_a_past_all_members_weigh_alike() -> None:
    by = learned([], 12, OPTIONS)
    assert (by.weights == by.weights[0]).all()
    assert by.widening is None
    found = predicted(said(counts(12), OPTIONS.leads, OPTIONS), by)
    assert (found.low <= found.high).all()


def test_a_bound_on_windows_keeps_the_first_and_the_last() -> None:
    found = windows(counts(60), PoolOptions(leads=(1,), windows=5))
    assert [one.origin for one in found] == [12, 24, 36, 47, 59]


def test_the_pool_beats_its_worst_member_and_covers() -> None:
    table = np.concatenate([counts(72, seed) for seed in range(8)])
    past, came = table[:, :66], table[:, 66:69]
    by = learned(windows(past, OPTIONS), 66, OPTIONS)
    members = said(past, OPTIONS.leads, OPTIONS)
    pool = predicted(members, by)
    found = score(pool.values, came, (pool.low, pool.high))
    assert found.crps < max(score(each, came).crps for each in members)
    assert found.covered_some == pytest.approx(0.93, abs=0.07)


def test_a_further_member_takes_part() -> None:
    table = counts(60)
    options = PoolOptions(leads=(1,), shrink=0)

    def knows(known: int, leads: Sequence[int]) -> Values:
        return np.repeat(table[:, [known + lead - 1 for lead in leads], None], 120, axis=2)

    by = learned(windows(table[:, :48], options, [knows]), 48, options)
    assert by.weights[-1] > 0.99
