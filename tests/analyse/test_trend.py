"""Laws of counting by period."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analyse import Range, Step, Trend, TrendRow, trend
from contested.analyse.trend import runs
from contested.errors import NothingToAnalyse, UsageError
from contested.model import ActorRef, Count, Incident, to_plain
from contested.model.deaths import deaths
from tests.analyse.samples import figure, incident, toll


def row(found: Trend, period: str, group: str | None = None) -> TrendRow:
    return next(r for r in found.rows if (r.period, r.group) == (period, group))


def test_a_day_is_in_its_period_and_empty_periods_stay() -> None:
    found = trend([incident("i-1", "2025-08-08"), incident("i-2", "2025-10-31")])
    assert [r.period for r in found.rows] == ["2025-08", "2025-09", "2025-10"]
    assert row(found, "2025-08").incidents == Range(1, 1, 1)
    assert row(found, "2025-09").incidents == Range(0, 0, 0)


def test_a_time_across_two_periods_is_sure_in_none_and_shared_by_days() -> None:
    found = trend([incident("i-1", "2025-09-30/2025-10-03")])
    assert row(found, "2025-09").incidents == Range(0, 0.25, 1)
    assert row(found, "2025-10").incidents == Range(0, 0.75, 1)


def test_deaths_carry_their_range() -> None:
    one = incident("i-1", "2025-10-08", toll(11, 11, 22, figure("ispr", 11), figure("ttp", 22)))
    two = incident("i-2", "2025-10-09", toll(3, 3, 3, figure("ispr", 3, None)))
    assert row(trend([one, two]), "2025-10").deaths == Range(14, 14, 25, more=True)


def test_what_nobody_counted_is_not_zero() -> None:
    found = row(trend([incident("i-1", "2025-10-08")]), "2025-10")
    assert found.deaths is None
    assert found.without_toll == 1


def test_a_whole_toll_is_not_added_to_its_parts() -> None:
    parts = toll(22, 22, 22, figure("ispr", 22))
    whole = toll(25, 25, 25, figure("outlet", 25), victims="unknown")
    found = row(trend([incident("i-1", "2025-10-08", parts, whole)]), "2025-10")
    assert found.deaths == Range(25, 25, 47)


def test_unconfirmed_and_denied_are_possible_only() -> None:
    sure = incident("i-1", "2025-10-08", toll(5, 5, 5, figure("ispr", 5)), status="denied")
    bare = toll(7, None, 7, figure("ttp", 7, stance="unconfirmed"))
    found = trend([sure, incident("i-2", "2025-10-08", bare)])
    assert row(found, "2025-10").incidents == Range(1, 1, 2)
    assert row(found, "2025-10").deaths == Range(0, 0, 12)
    assert any("1 unconfirmed or denied" in words for words in found.assumptions)


def test_undated_and_open_times_are_told_apart() -> None:
    open_time = incident("i-2", "2025-10-15/..")
    known = [incident(f"i-{n}", f"2025-{n}-20") for n in (10, 11)]
    found = trend([incident("i-1", None), open_time, *known])
    assert found.undated == 1
    assert row(found, "undated").incidents == Range(1, 2, 2)
    assert row(found, "2025-10").incidents == Range(1, 1, 2)
    assert "1 without a date stands apart" in found.answer


def test_only_undated_gives_no_trend_but_an_answer() -> None:
    found = trend([incident("i-1", None)])
    assert [r.period for r in found.rows] == ["undated"]
    assert "none with a date" in found.answer


@pytest.mark.parametrize(
    ("by", "label"),
    [("year", "2025"), ("month", "2025-10"), ("week", "2025-W41"), ("day", "2025-10-08")],
)
def test_periods(by: Step, label: str) -> None:
    assert trend([incident("i-1", "2025-10-08")], by).rows[0].period == label


def test_groups() -> None:
    two_sides = (ActorRef("ttp", "TTP"), ActorRef(None, "gunmen"))
    incidents = [
        incident("i-1", "2025-10-08", initiators=two_sides),
        incident("i-2", "2025-12-08", initiators=(), where=None, type="bombing"),
    ]
    by_actor = trend(incidents, group="actor")
    assert {(r.group, r.period) for r in by_actor.rows} == {
        ("ttp", "2025-10"),
        ("“gunmen”", "2025-10"),
        ("unknown", "2025-12"),
    }
    assert any("several initiators" in words for words in by_actor.assumptions)
    assert {r.group for r in trend(incidents, group="admin1").rows} == {
        "Khyber Pakhtunkhwa (PK)",
        "unknown",
    }
    assert {r.group for r in trend(incidents, group="type").rows} == {"ambush", "bombing"}


def test_refusals_say_what_to_do() -> None:
    with pytest.raises(NothingToAnalyse, match="Widen the filters"):
        trend([])
    with pytest.raises(UsageError, match="by month"):
        trend([incident("i-1", "1900"), incident("i-2", "2025")], "day")


def test_equal_vague_months_make_one_run() -> None:
    found = trend([incident("i-1", "2022/2024"), incident("i-2", "2025-10-08")])
    first, last = runs(found.rows)[0]
    assert (first.period, last.period) == ("2022-01", "2024-12")
    assert "from 2025" not in found.answer
    assert "in 2025-10" in found.answer
    assert "beyond" in found.answer


@st.composite
def _incidents(draw: st.DrawFn) -> list[Incident]:
    found = []
    for n in range(draw(st.integers(1, 6))):
        year = draw(st.integers(2020, 2022))
        edtf = draw(st.sampled_from([None, f"{year}", f"{year}-02", f"{year}-03-31/{year}-04-02"]))
        low = draw(st.none() | st.integers(0, 40))
        best = draw(st.none() | st.integers(0, 40))
        high = draw(st.none() | st.integers(0, 40))
        status = draw(st.sampled_from(["disputed", "denied", "unconfirmed", "corroborated"]))
        said = (figure("ispr", low, high),)
        found.append(incident(f"i-{n}", edtf, toll(low, best, high, *said), status=status))
    return found


@given(_incidents(), st.sampled_from(["year", "month", "week", "day"]))
def test_low_best_high_are_in_order_and_nothing_is_lost(
    incidents: list[Incident], by: Step
) -> None:
    found = trend(incidents, by)
    json.dumps(to_plain(found), allow_nan=False)
    for one in found.rows:
        for value in (one.incidents, one.deaths):
            if value is not None:
                assert all(math.isfinite(n) for n in (value.low, value.best, value.high))
                assert value.low <= value.best + 0.01
                assert value.best <= value.high + 0.01
    sure = sum(i.status not in ("denied", "unconfirmed") for i in incidents)
    if by == "month":
        shared = sum(one.incidents.best for one in found.rows)
        assert shared == pytest.approx(sure, abs=0.01 * len(found.rows))


def test_attackers_taken_out_of_a_toll_are_dead_all_the_same() -> None:
    stated = Count(9, 9, "exactly", "nine")
    people = toll(6, 6, 6, figure("outlet", 6, stated=stated), victims="unknown")
    attackers = toll(3, 3, 3, figure("outlet", 3), victims="militants", attackers=True)
    found = deaths(incident("i-1", "2025-10", people, attackers))
    assert found is not None
    assert (found.low, found.best, found.high) == (9, 9, 9)
