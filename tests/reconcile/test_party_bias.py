"""The model of party bias: directions, pooling, intervals, and recovery of known biases."""

from __future__ import annotations

import math
import random

import pytest

from contested.model import Count, Figure
from contested.reconcile.figures import Given
from contested.reconcile.party_bias import Biases, estimate, learn, prior
from contested.world import World
from tests.reconcile.scenes import ARMY, TTP, Scene

WORLD = World.load()


def said(relation: str, low: int, high: int | None = -1) -> Given:
    top = low if high == -1 else high
    figure = Figure(
        count=Count(low, top, "exactly", str(low)), speakers=(), stance="asserts", said=None,
        origin=relation, claims=(relation,), relation=relation,  # type: ignore[arg-type]
    )  # fmt: skip
    return Given(figure, relation)


def test_own_losses_are_raised_and_the_enemys_lowered() -> None:
    own, enemy = (
        estimate([said("own", 11)], WORLD, None),
        estimate([said("enemy", 22)], WORLD, None),
    )
    neutral = estimate([said("neutral", 15)], WORLD, None)
    assert own is not None
    assert enemy is not None
    assert neutral is not None
    assert own.best > 11
    assert enemy.best < 22
    assert neutral.best == 15
    assert own.low < own.best < own.high


def test_two_sides_meet_between_their_numbers_with_less_doubt() -> None:
    both = estimate([said("own", 11), said("enemy", 22)], WORLD, None)
    alone = estimate([said("own", 11)], WORLD, None)
    assert both is not None
    assert alone is not None
    assert 11 <= both.best <= 22
    assert math.log(both.high / both.low) < math.log(alone.high / alone.low)
    assert "prior" in both.because


def test_a_neutral_voice_weighs_most() -> None:
    found = estimate([said("own", 11), said("enemy", 40), said("neutral", 14)], WORLD, None)
    assert found is not None
    assert abs(found.best - 14) <= 2


def test_the_records_own_pairs_move_the_bias_the_more_the_more_there_are() -> None:
    pair = [said("neutral", 10), said("enemy", 40)]
    means = [learn([pair] * n, WORLD).of("enemy")[0] for n in (0, 1, 5, 50)]
    assert means == sorted(means)
    assert means[0] == pytest.approx(WORLD.party_bias["enemy"].log_bias)
    assert means[-1] == pytest.approx(math.log(4), abs=0.1)


def test_known_biases_are_found_again() -> None:
    chance = random.Random(7)
    truth = {"own": -0.7, "enemy": 0.9, "neutral": 0.0}
    tolls = []
    for _ in range(200):
        true = chance.uniform(2.5, 5)
        tolls.append([
            said(r, round(math.exp(true + bias + chance.gauss(0, 0.15))))
            for r, bias in truth.items()
        ])  # fmt: skip
    learnt = learn(tolls, WORLD)
    for relation, bias in truth.items():
        assert learnt.of(relation)[0] == pytest.approx(bias, abs=0.12)  # type: ignore[arg-type]


def test_intervals_hold_what_they_promise() -> None:
    """Over worlds drawn from the prior, about 90 % of the intervals hold the true number."""
    chance = random.Random(11)
    held = 0
    for _ in range(400):
        true = chance.uniform(3, 5)
        figures = []
        for relation in ("own", "enemy"):
            row = WORLD.party_bias[relation]
            bias = chance.gauss(row.log_bias, row.sd)
            figures.append(said(relation, round(math.exp(true + bias + chance.gauss(0, 0.2)))))
        found = estimate(figures, WORLD, None)
        assert found is not None
        held += found.low <= math.exp(true) <= found.high
    assert 0.86 <= held / 400 <= 0.96


def test_a_toll_does_not_teach_its_own_estimate() -> None:
    odd = [said("neutral", 10), said("enemy", 400)]
    learnt = learn([odd], WORLD)
    mine, fresh = estimate(odd, WORLD, learnt), estimate(odd, WORLD, None)
    assert mine is not None
    assert fresh is not None
    assert (mine.best, mine.low, mine.high) == (fresh.best, fresh.low, fresh.high)


def test_one_voice_or_one_relation_teaches_nothing() -> None:
    before = prior(WORLD)
    after = learn([[said("own", 4)], [said("neutral", 4), said("neutral", 9)]], WORLD)
    assert isinstance(after, Biases)
    assert after.of("own") == pytest.approx(before.of("own"))
    assert not after.pairs


def test_none_and_nothing() -> None:
    assert estimate([], WORLD, None) is None
    none = estimate([said("own", 0)], WORLD, None)
    assert none is not None
    assert (none.best, none.low, none.high) == (0, 0, 0)


def test_a_bound_is_less_certain_than_a_number() -> None:
    exact, bound = (
        estimate([said("neutral", 10, high)], WORLD, None) for high in (10, None)
    )  # fmt: skip
    assert exact is not None
    assert bound is not None
    assert bound.high - bound.low > exact.high - exact.low


def test_the_rule_in_a_whole_record() -> None:
    scene = Scene()
    scene.says(ARMY, 11)
    scene.says(TTP, 22, stance="alleges")
    toll = scene.toll(rule="party_bias")
    assert toll.interval is not None
    assert toll.interval[0] <= (toll.best or 0) <= toll.interval[1]
    assert (toll.low, toll.high) == (11, 22)
    assert "counting its own losses" in toll.because
