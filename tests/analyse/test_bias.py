"""Laws of comparing speakers' figures with others' on the same."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace

import pytest

from contested.analyse.bias import BiasRow, bias, contrasts
from contested.analyse.bias.answer import Bias
from contested.analyse.charts.bias import chart
from contested.errors import NothingToAnalyse, TooFew
from contested.model import Figure, Incident, to_plain
from contested.model.terms import Relation
from tests.analyse.samples import figure, incident, toll


def said(voice: str, low: int, relation: Relation, **values: object) -> Figure:
    return replace(figure(voice, low, **values), relation=relation)  # type: ignore[arg-type]


def incidents(ratios: list[tuple[int, int]]) -> list[Incident]:
    """The army on its own dead against the group on its enemy's."""
    return [
        incident(
            f"i-{n}", None, toll(1, 1, 9, said("ispr", own, "own"), said("ttp", enemy, "enemy"))
        )
        for n, (own, enemy) in enumerate(ratios)
    ]


def row(found: Bias, voice: str | None, about: str) -> BiasRow:
    return next(one for one in found.rows if (one.voice, one.about) == (voice, about))


def test_a_party_that_tells_half_is_found_with_its_interval() -> None:
    found = bias(incidents([(n, 2 * n) for n in (10, 12, 20, 31, 8, 50)]))
    own, enemy = row(found, "pakistan-ispr", "own"), row(found, "ttp", "enemy")
    assert own.low is not None
    assert own.high is not None
    assert own.ratio is not None
    assert own.median == 0.5
    assert 0.5 <= own.ratio < 0.65
    assert own.low < 0.5 < own.high < 1
    assert own.above is not None
    assert own.above < 0.025
    assert enemy.ratio == pytest.approx(1 / own.ratio, rel=0.02)
    assert (own.tolls, own.incidents, own.lower, enemy.higher) == (6, 6, 6, 6)
    assert "times what others do" in found.answer


def test_the_fewer_tolls_the_nearer_to_one_and_the_wider() -> None:
    few, many = (bias(incidents([(10, 40)] * n)) for n in (3, 30))
    one, other = (row(found, "pakistan-ispr", "own") for found in (few, many))
    assert one.ratio is not None
    assert other.ratio is not None
    assert 0.25 <= other.ratio < one.ratio < 1
    assert math.log(one.high / one.low) > math.log(other.high / other.low)  # type: ignore[operator]


def test_too_few_are_refused_in_words() -> None:
    found = bias(incidents([(10, 20), (11, 22)]))
    assert all(one.ratio is None and "too few" in one.note for one in found.rows)
    assert row(found, "pakistan-ispr", "own").median == 0.5
    assert "enough tolls" in found.answer
    assert found.warnings
    with pytest.raises(TooFew, match="nothing to draw"):
        chart(found)


def test_one_voice_alone_is_refused() -> None:
    alone = incident("i-1", None, toll(1, 1, 1, said("ispr", 4, "own"), said("ispr", 9, "own")))
    with pytest.raises(NothingToAnalyse, match="nothing to compare"):
        bias([alone])


def test_zeros_have_no_ratio_and_count_as_higher_or_lower() -> None:
    found = bias(incidents([(0, 7), (0, 0), (5, 0)]))
    own = row(found, "pakistan-ispr", "own")
    assert (own.zeros, own.lower, own.higher, own.equal, own.median) == (3, 1, 1, 1, None)
    assert found.between is None
    assert json.dumps(to_plain(found), allow_nan=False)


def test_denials_parts_and_earlier_figures_do_not_count() -> None:
    figures = (
        said("ispr", 5, "own", said="2025-10-08"), said("ispr", 8, "own", said="2025-10-10"),
        said("ttp", 16, "enemy"), said("outlet", 99, "neutral", stance="denies"),
        said("villager", 3, "neutral", part=True),
    )  # fmt: skip
    found = contrasts([incident("i-1", None, toll(5, 8, 16, *figures))])
    assert [(one.voice, one.about) for one in found] == [("pakistan-ispr", "own"), ("ttp", "enemy")]
    assert found[0].log == pytest.approx(math.log(0.5))


def test_people_are_never_named() -> None:
    figures = (said("villager", 30, "neutral"), said("ispr", 10, "own"))
    found = bias([incident("i-1", None, toll(1, 1, 1, *figures))])
    assert {one.voice for one in found.rows} == {None, "witnesses", "pakistan-ispr"}


def test_honest_voices_are_seldom_called_biased() -> None:
    """Over 60 honest records, an interval leaves out 1 at most as often as it promises."""
    chance = random.Random(2)
    wrong = 0
    for _ in range(60):
        pairs = []
        for _ in range(6):
            true = chance.uniform(10, 90)
            own, enemy = (max(round(true * math.exp(chance.gauss(0, 0.2))), 1) for _ in range(2))
            pairs.append((own, enemy))
        own_row = row(bias(incidents(pairs)), "pakistan-ispr", "own")
        wrong += not own_row.low <= 1 <= own_row.high  # type: ignore[operator]
    assert wrong <= 6


def test_the_chart_holds_its_data() -> None:
    drawn = chart(bias(incidents([(n, 2 * n) for n in (10, 12, 20, 31, 8, 50)])))
    assert "times what others do" in drawn["description"]
    assert "pakistan-ispr" in json.dumps(drawn, allow_nan=False)
