"""Incidents as events: their doubts as probabilities, their tolls such that classes add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from contested.analyse.doubts import Chances, PairDoubt, events_of
from contested.analyse.events import VICTIMS
from contested.model import ActorRef, Incident, Responsibility
from tests.analyse.samples import figure, incident, toll


def _blamed(state: Any, *actors: str) -> Incident:
    from dataclasses import replace

    one = incident("i-1", "2025-10-08")
    return replace(one, responsibility=Responsibility(state=state, actors=actors))


def _begun(one: Incident) -> dict[tuple[str, ...], float]:
    events = events_of([one])
    return {events.sides[side]: share for side, share in events.initiators[0]}


def test_claimed_is_certain_and_competing_claims_share() -> None:
    assert _begun(_blamed("claimed", "ttp", "jua")) == {("jua", "ttp"): 1.0}
    assert _begun(_blamed("competing", "ttp", "iskp")) == {("iskp",): 0.5, ("ttp",): 0.5}
    assert _begun(_blamed("denied", "afghan-taliban")) == {("afghan-taliban",): 0.5, (): 0.5}
    assert _begun(_blamed("unknown")) == {("ttp",): 1.0}


def test_unconfirmed_has_a_chance_and_no_place_in_the_point() -> None:
    rows = [
        incident("i-1", "2025-10-08", status="unconfirmed"),
        incident("i-2", "2025-10-08", status="denied"),
        incident("i-3", "2025-10-08", status="disputed"),
    ]
    events = events_of(rows, chances=Chances(unconfirmed=0.6, denied=0.1))
    assert events.chance.tolist() == [0.6, 0.1, 1.0]
    assert events.point.tolist() == [False, False, True]
    assert sum("a convention" in note for note in events.notes) == 2


def test_unknown_victims_hold_only_what_the_named_do_not() -> None:
    whole = toll(12, 12, 12, figure("ispr", 12), victims="unknown")
    soldiers = toll(11, 11, 11, figure("ispr", 11))
    events = events_of([incident("i-1", "2025-10-08", soldiers, whole)])
    assert events.tolls[0, VICTIMS.index("unknown")].tolist() == [1, 1, 1]
    assert np.nansum(events.tolls[0, :, 1]) == 12


def test_no_figure_is_nan_and_an_unsaid_best_is_none_to_high() -> None:
    rows = [incident("i-1", None), incident("i-2", "2025", toll(None, None, 9))]
    events = events_of(rows)
    assert np.isnan(events.tolls[0]).all()
    assert events.tolls[1, 1].tolist() == [0, 0, 9]
    assert (events.first[0], events.last[0]) == (0, 0)
    assert events.last[1] - events.first[1] == 364


def test_an_open_upper_end_is_marked_unless_it_is_denied() -> None:
    said = toll(10, 10, 10, figure("ttp", 10, None))
    denied = toll(10, 10, 10, figure("ttp", 10, None, stance="denies"))
    events = events_of([incident("i-1", "2025", said), incident("i-2", "2025", denied)])
    assert events.open.tolist() == [True, False]


def test_one_that_may_be_two_gets_a_second_row_with_its_own_figures() -> None:
    both = toll(11, 11, 22, figure("ispr", 11), figure("ttp", 22))
    doubts = [
        PairDoubt(one="i-1", other="i-1", chance=0.7, claims=("c-ttp",)),
        PairDoubt(one="i-1", other="i-2", chance=0.2),
        PairDoubt(one="i-1", other="i-gone", chance=0.2),
    ]
    events = events_of([incident("i-1", "2025", both), incident("i-2", "2025")], doubts)
    assert len(events) == 3
    assert events.point.tolist() == [True, True, False]
    assert events.tolls[2, 1].tolist() == [22, 22, 22]
    assert events.pairs.tolist() == [[0, 2], [0, 1]]
    assert events.pair_chance.tolist() == [0.7, 0.2]


def test_what_is_left_keeps_its_pairs_and_sides() -> None:
    rows = [
        incident(f"i-{n}", "2025", initiators=(ActorRef(actor, actor),))
        for n, actor in enumerate(("bla", "ttp", "jua"))
    ]
    doubts = [
        PairDoubt(one="i-0", other="i-1", chance=0.2),
        PairDoubt(one="i-1", other="i-2", chance=0.3),
    ]
    left = events_of(rows, doubts).where(np.array([False, True, True]))
    assert left.ids == ("i-1", "i-2")
    assert left.pairs.tolist() == [[0, 1]]
    assert left.pair_chance.tolist() == [0.3]
    assert [left.side(row[0][0]) for row in left.initiators] == ["ttp", "jua"]
    assert left.sides == ((), ("ttp",), ("jua",))


@pytest.mark.parametrize("edtf", ["2025-10-08/..", None])
def test_a_time_without_an_end_is_undated(edtf: str | None) -> None:
    events = events_of([incident("i-1", edtf)])
    assert not events.dated.any()
    assert events.period() is None
