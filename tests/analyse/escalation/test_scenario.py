"""Scenarios: paired runs, changes that do what they say, and refusals."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from contested.analyse.charts.scenario import chart
from contested.analyse.escalation import (
    Ceasefire,
    Change,
    Closure,
    Denial,
    Scenario,
    ScenarioOptions,
    Strike,
    StudyOptions,
    scenario,
)
from contested.analyse.escalation.changes import Thinning, meant_by
from contested.analyse.escalation.scenario import CANNOT_KNOW, survivors
from contested.analyse.hawkes import Tree
from contested.errors import NothingToAnalyse, UsageError
from contested.model import to_plain
from tests.analyse.escalation.samples import FIRST, drawn, happening, rows

OPTIONS = ScenarioOptions(days=120, runs=10, study=StudyOptions(pieces=1))
BEGIN = FIRST + dt.timedelta(days=max(row.first for row in rows()) + 1 - FIRST.toordinal())


def run(*changes: Change) -> Scenario:
    return scenario(drawn(rows(), 10), changes, OPTIONS)


def outcome(found: Scenario, side: str) -> tuple[float, float, float]:
    (row,) = [r for r in found.rows if r.side == side]
    return row.unchanged.best, row.changed.best, row.difference.best


def test_a_ceasefire_takes_out_and_adds_nothing() -> None:
    found = run(Ceasefire(days=60, kept=0.8))
    before, after, difference = outcome(found, "all")
    assert after < before
    assert difference < 0
    assert found.rows[-1].more == 0
    assert "60 days kept at 80%" in found.answer
    assert found.assumptions[: len(CANNOT_KNOW)] == CANNOT_KNOW
    assert any("no rebound" in words for words in found.assumptions)


def test_a_ceasefire_that_nobody_keeps_changes_nothing() -> None:
    found = run(Ceasefire(days=60, kept=0.0))
    assert all(row.difference.low == row.difference.high == 0 for row in found.rows)


def test_one_kept_for_all_days_by_all_leaves_nothing() -> None:
    found = run(Ceasefire(days=120, kept=1.0))
    assert outcome(found, "all")[1] == 0


def test_a_strike_adds_itself_and_its_answers() -> None:
    found = run(Strike(side="army", day=BEGIN + dt.timedelta(days=3)))
    (row,) = [r for r in found.rows if r.side == "army"]
    assert row.difference.low >= 1
    assert row.fewer == 0
    assert found.rows[-1].difference.high > 1


def test_both_runs_share_their_chance() -> None:
    found = run(Strike(side="army", day=BEGIN))
    (row,) = [r for r in found.rows if r.side == "all"]
    assert row.difference.high - row.difference.low < row.unchanged.high - row.unchanged.low


def test_a_denial_hits_its_side_most() -> None:
    found = run(Denial(side="army", by=0.5))
    army, rebels = (outcome(found, side) for side in ("army", "rebels"))
    assert army[2] / army[0] == pytest.approx(-0.55, abs=0.15)
    assert army[2] / army[0] < rebels[2] / rebels[0] < 0


def test_a_front_is_closed_by_its_share() -> None:
    made = [replace(row, admin1="North" if n % 2 else "South") for n, row in enumerate(rows())]
    found = scenario(drawn(made, 10), [Closure(place="north")], OPTIONS)
    before, _, difference = outcome(found, "all")
    assert -0.75 < difference / before < -0.45
    with pytest.raises(UsageError, match="no such front"):
        scenario(drawn(made, 10), [Closure(place="Nowhere")], OPTIONS)


def test_what_was_triggered_goes_with_its_trigger() -> None:
    tree = Tree(
        np.array([1.0, 2.0, 3.0, 9.0]),
        np.array([0, 1, 1, 1]),
        np.zeros(4, np.int64),
        np.array([-1, 0, 1, -1]),
    )
    none = Thinning(0.0, 1.5, np.array([0.0, 1.0]), "", "")
    assert survivors(tree, [none], np.random.default_rng(1)).tolist() == [False, False, False, True]


def test_the_same_seed_gives_the_same() -> None:
    assert run(Ceasefire(days=30, kept=0.5)) == run(Ceasefire(days=30, kept=0.5))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Strike(side="nobody", day=BEGIN), "no side of this model. Its sides are"),
        (Strike(side="army", day=FIRST), "outside of what is simulated"),
        (Ceasefire(days=60, kept=1.5), "a share from 0 to 1"),
        (Ceasefire(days=0), "give 1 or more"),
        (Denial(side="army", by=-1), "a share from 0 to 1"),
    ],
)
def test_changes_that_make_no_sense_say_why(change: Change, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run(change)


def test_nothing_changed_is_refused() -> None:
    with pytest.raises(UsageError, match="Nothing is changed"):
        run()


def test_more_days_than_were_watched_are_refused() -> None:
    with pytest.raises(UsageError, match="longer than"):
        scenario(drawn(rows(), 3), [Denial(side="army")], ScenarioOptions(days=5000))


def test_a_process_that_explodes_is_not_simulated() -> None:
    random = np.random.default_rng(3)
    burst = 400 - random.exponential(25.0, 900)
    made = [happening(n, day, "army") for n, day in enumerate(burst) if day > 0]
    options = ScenarioOptions(days=100, study=StudyOptions(pieces=1))
    with pytest.raises(NothingToAnalyse, match="explodes"):
        scenario(drawn(made, 6), [Denial(side="army")], options)


def test_the_chart_and_the_plain_form_hold_no_nan() -> None:
    found = run(Ceasefire(days=60, kept=0.8))
    json.dumps(to_plain(found), allow_nan=False)
    assert "without the change" in json.dumps(chart(found), allow_nan=False)


def test_a_front_is_found_by_the_first_words_of_its_name() -> None:
    known = {"idlib governorate", "idlib city", "idlibiya", "sy", ""}
    assert meant_by("Idlib", known) == {"idlib governorate", "idlib city"}
    assert meant_by("SY", known) == {"sy"}
    assert meant_by("Homs", known) == set()
    assert meant_by(" ", known) == set()
