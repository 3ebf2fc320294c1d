"""The model of party bias: directions, pooling, intervals, and recovery of known biases."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from contested.model import Count, Figure, Speaker
from contested.numerics.pooling import prior as pooled_prior
from contested.reconcile.figures import Given
from contested.reconcile.party_bias import (
    RELATIONS,
    Biases,
    _kinds,
    _observed,
    _without,
    estimate,
    learn,
    prior,
)
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


def by(actor: str, relation: str, low: int) -> Given:
    one = said(relation, low)
    return replace(
        one, figure=replace(one.figure, speakers=(Speaker(actor, actor, "party"),), origin=actor)
    )


def several(first: int, second: int, number: int) -> list[list[Given]]:
    """Two groups that count one enemy, each with a factor of its own, beside a neutral voice."""
    return [
        [said("neutral", 10 + n), by(actor, "enemy", factor * (10 + n))]
        for n in range(number)
        for actor, factor in (("loud", first), ("calm", second))
    ]


def test_voices_of_one_relation_are_told_apart_once_they_speak_often() -> None:
    learnt = learn(several(6, 1, 10), WORLD)
    assert learnt.voices == (("enemy", "calm"), ("enemy", "loud"))
    assert learnt.tau > 0.3
    loud, calm = (estimate([by(actor, "enemy", 60)], WORLD, learnt) for actor in ("loud", "calm"))
    assert loud is not None
    assert calm is not None
    assert loud.best < 20
    assert calm.best > 40
    assert "10 other tolls of this voice" in loud.because
    stranger = estimate([by("new", "enemy", 60)], WORLD, learnt)
    assert stranger is not None
    assert loud.best < stranger.best < calm.best
    assert stranger.high / stranger.low > loud.high / loud.low


def test_with_few_tolls_each_a_relation_has_one_bias() -> None:
    learnt = learn(several(6, 1, 2), WORLD)
    assert (learnt.voices, learnt.tau) == ((), 0.0)


def test_taking_a_toll_out_is_as_if_it_had_never_been_learnt() -> None:
    tolls = several(6, 1, 10)
    learnt, rest = learn(tolls, WORLD), learn(tolls[1:], WORLD)
    again = replace(
        learnt,
        precision=rest.precision - _prior_precision(rest) + _prior_precision(learnt),
        shift=rest.shift - _prior_shift(rest) + _prior_shift(learnt),
    )
    design, values, variance = _observed(tolls[0], learnt)
    mean, covariance = _without(learnt, design, values, variance)
    fresh = design @ again.mean, design @ again.covariance @ design.T
    assert mean == pytest.approx(fresh[0], abs=0.02)
    assert covariance == pytest.approx(fresh[1], abs=0.02)


def _prior_precision(known: Biases) -> np.ndarray:
    member = [RELATIONS.index(relation) for relation, _ in known.voices]
    return np.linalg.inv(pooled_prior(_kinds(WORLD), member, known.tau)[1])


def _prior_shift(known: Biases) -> np.ndarray:
    member = [RELATIONS.index(relation) for relation, _ in known.voices]
    mean, covariance = pooled_prior(_kinds(WORLD), member, known.tau)
    return np.linalg.solve(covariance, mean)
