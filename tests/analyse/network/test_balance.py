"""The frustration index against counting out every parting."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.analyse.network import balance
from contested.analyse.network.balance import Edge, frustration


def counted_out(edges: list[Edge]) -> int:
    names = sorted({name for edge in edges for name in edge[:2]})
    best = len(edges)
    for camps in product((0, 1), repeat=len(names)):
        side = dict(zip(names, camps, strict=True))
        best = min(best, sum((side[a] == side[b]) != (sign > 0) for a, b, sign in edges))
    return best


pairs = [(f"n{i}", f"n{j}") for i in range(7) for j in range(i)]
graphs = st.dictionaries(st.sampled_from(pairs), st.sampled_from((1, -1)), min_size=1, max_size=14)


@settings(deadline=None)
@given(graphs)
def test_enumerated(signs: dict[tuple[str, str], int]) -> None:
    edges = [(*pair, sign) for pair, sign in signs.items()]
    found = frustration(edges)
    assert found.exact
    assert found.low == counted_out(edges) == len(found.against)


@pytest.mark.parametrize("step", [2, 3, 5])
def test_programmed_and_bounded_agree(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    edges = [(one, other, -1 if n % step == 0 else 1) for n, (one, other) in enumerate(pairs)]
    exact = counted_out(edges)
    monkeypatch.setattr(balance, "ENUMERATED", 2)
    found = frustration(edges)
    assert (found.low, found.high) == (exact, exact)
    monkeypatch.setattr(balance, "PROGRAMMED", 2)
    bounded = frustration(edges)
    assert bounded.low <= exact <= bounded.high
    assert len(bounded.against) == bounded.high


def test_my_enemys_enemy() -> None:
    three = [("a", "b", -1), ("b", "c", -1)]
    assert frustration([*three, ("a", "c", 1)]).high == 0
    assert frustration([*three, ("a", "c", -1)]).low == 1
    assert frustration([]).exact


def test_parts_that_meet_in_one_actor_are_parted_together() -> None:
    left = [("a", "b", -1), ("b", "c", 1), ("a", "c", -1)]
    right = [("c", "d", -1), ("d", "e", 1), ("c", "e", -1), ("e", "f", -1)]
    found = frustration([*left, *right])
    assert found.high == 0
    assert found.against == ()
    assert set(found.camps) == {("a", "d", "e"), ("b", "c", "f")}
