"""Laws of comparing voices."""

from __future__ import annotations

import math

import pytest

from contested.analyse import voices
from contested.errors import NothingToAnalyse
from contested.model import Incident
from tests.analyse.samples import figure, incident, toll


def pair(n: int, ispr: int, ttp: int) -> Incident:
    return incident(f"i-{n}", None, toll(1, 1, 1, figure("ispr", ispr), figure("ttp", ttp)))


def test_few_incidents_give_no_interval() -> None:
    found = voices([pair(n, 10, 20) for n in range(4)])
    row = found.rows[0]
    assert (row.one, row.other, row.incidents, row.lower) == ("pakistan-ispr", "ttp", 4, 4)
    assert (row.ratio, row.low, row.high) == (0.5, None, None)
    assert row.log_ratio == pytest.approx(-math.log(2), abs=0.001)
    assert "too few incidents (4 of 5)" in row.note
    assert "too few" in found.answer


def test_enough_incidents_give_a_bootstrap_interval_that_stays_the_same() -> None:
    incidents = [pair(n, 10, 20 + n) for n in range(9)]
    found = voices(incidents)
    row = found.rows[0]
    assert row.low is not None
    assert row.high is not None
    assert row.ratio is not None
    assert row.low <= row.ratio <= row.high < 1
    assert voices(incidents) == found
    assert "95% interval" in found.answer


def test_zeros_are_counted_and_have_no_ratio() -> None:
    row = voices([pair(1, 0, 7)]).rows[0]
    assert (row.zeros, row.lower, row.ratio, row.log_ratio) == (1, 1, None, None)
    assert "no ratio can be told" in voices([pair(1, 0, 7)]).answer


def test_the_last_figure_of_a_voice_counts_and_denials_do_not() -> None:
    said = (
        figure("ispr", 5, said="2025-10-08"),
        figure("ispr", 8, said="2025-10-10"),
        figure("ttp", 8),
        figure("outlet", 40, stance="denies"),
        figure("villager", None, None),
    )
    rows = voices([incident("i-1", None, toll(5, 5, 8, *said))]).rows
    assert [(row.one, row.other, row.equal) for row in rows] == [("pakistan-ispr", "ttp", 1)]


def test_people_are_never_named() -> None:
    said = (figure("villager", 30, 40), figure("outlet", 10))
    row = voices([incident("i-1", None, toll(1, 1, 1, *said))]).rows[0]
    assert (row.one, row.other) == ("outlets themselves", "witnesses")
    assert row.ratio == pytest.approx(10 / math.sqrt(1200), abs=0.01)


def test_one_voice_alone_is_refused() -> None:
    with pytest.raises(NothingToAnalyse, match="nothing to compare"):
        voices([incident("i-1", None, toll(1, 1, 1, figure("ispr", 1)))])
