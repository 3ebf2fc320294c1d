"""Laws of setting published totals beside each other."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analyse.charts.statistics import chart
from contested.analyse.doubts import events_of
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.frame import Frame
from contested.analyse.statistics import Statistics, change, check_statistics
from contested.analyse.statistics.arithmetic import fit, numbers
from contested.analyse.statistics.check import Beside
from contested.analyse.statistics.explain import swapped
from contested.errors import NothingToAnalyse, TooFew
from contested.model import StatisticClaim, to_plain
from tests.analyse.samples import figure, incident, toll
from tests.analyse.told import BALOCHISTAN, GROUP, OTHER, REPORTS, statistic

FIRST, SECOND, THIRD = "2022-01-01/2022-06-30", "2022-07-01/2022-12-31", "2023-01-01/2023-06-30"
HALVES = [
    statistic("c-151", 151, FIRST),
    statistic("c-228", 228, SECOND),
    statistic("c-271", 271, THIRD),
]


def check(*claims: StatisticClaim, **known: Any) -> Statistics:
    return check_statistics(claims, Beside(reports=REPORTS, frame=Frame(), **known))


def row(found: Statistics, claim: str) -> Any:
    return next(one for one in found.rows if one.claim == claim)


def test_half_years_give_their_changes_and_how_they_were_rounded() -> None:
    """271 after 228 is +18.9 %, after 151 +79.5 %; +18 is cut off, +79 rounded."""
    found = check(
        *HALVES,
        statistic("c-79", None, THIRD, change=79),
        statistic("c-18", None, THIRD, change=18),
    )
    (year,), (half,) = row(found, "c-79").arithmetic, row(found, "c-18").arithmetic
    assert (year.later, year.earlier, round(year.exact, 1), year.fits) == (
        271,
        151,
        79.5,
        "rounded",
    )
    assert (half.later, half.earlier, round(half.exact, 1), half.fits) == (
        271,
        228,
        18.9,
        "cut off",
    )
    assert "+79.5 %" in year.words
    assert "+18.9 %" in half.words


def test_a_rise_that_began_before_the_day_it_is_credited_to() -> None:
    day = dt.date(2022, 11, 28).toordinal()
    (told,) = check(*HALVES, day=day).credited
    assert told.changes == (51.0, 18.9)
    assert told.early
    assert told.p < told.p_clustered < 0.05
    assert told.rate_before < told.pace < told.rate_after
    assert "began before 2022-11-28" in told.words


def test_a_rise_on_the_day_itself_is_not_called_early() -> None:
    """34 of 184 days at the later pace explain all of the middle total."""
    claims = [
        statistic("c-1", 181, FIRST),
        statistic("c-2", 150 + 34 * 3, SECOND),
        statistic("c-3", 181 * 3, THIRD),
    ]
    (told,) = check(*claims, day=dt.date(2022, 11, 28).toordinal()).credited
    assert not told.early
    assert told.p > 0.5
    nothing = check(*claims[:2], day=dt.date(2022, 11, 28).toordinal())
    assert not nothing.credited
    assert "No three totals" in nothing.answer


def test_a_transposition_stays_two_claims_with_the_clue_beside() -> None:
    found = check(
        statistic("c-558", 558, "2024", measure="killed", actor="ttp"),
        statistic("c-585", 585, "2024", measure="killed", actor="ttp", report="r-2"),
        statistic("c-293", 293, "2023", measure="killed", actor="ttp", report="r-2"),
        statistic("c-90", None, "2024", measure="killed", actor="ttp", change=90),
    )
    assert {"c-558", "c-585"} <= {one.claim for one in found.rows}
    (other,) = [o for o in row(found, "c-585").others if o.claim == "c-558"]
    assert other.verdict == "transposed"
    assert "fits 558 after 293 (+90.4 %) and not 585 (+99.7 %)" in other.why
    assert "Both claims stay" in other.why
    assert "Two digits changed places" in found.answer


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(585, 558, True), (558, 585, True), (558, 558, False), (855, 558, False), (56, 65, True),
     (585, 5580, False), (1234, 1324, True), (123, 321, False)],
)  # fmt: skip
def test_digits_that_changed_places(one: int, other: int, expected: bool) -> None:
    assert swapped(one, other) is expected


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_change_fits_itself_however_it_is_rounded(later: int, earlier: int) -> None:
    exact = change(later, earlier)
    assert exact is not None
    assert fit(exact, math.floor(exact + 0.5 + 1e-9)) == "rounded"
    assert fit(exact, float(math.trunc(exact))) in ("rounded", "cut off")
    assert fit(exact, math.floor(exact) + 3.0) == "no"


def test_no_change_from_zero() -> None:
    assert change(5, 0) is None
    found = check(
        statistic("c-0", 0, FIRST), statistic("c-5", 5, SECOND),
        statistic("c-up", None, SECOND, change=50),
    )  # fmt: skip
    assert row(found, "c-up").arithmetic == ()


def test_a_change_that_its_own_levels_do_not_bear_is_told() -> None:
    found = check(
        statistic("c-1", 100, FIRST), statistic("c-2", 110, SECOND),
        statistic("c-50", None, SECOND, change=50),
    )  # fmt: skip
    (one,) = row(found, "c-50").arithmetic
    assert (one.fits, one.exact) == ("no", 10.0)
    assert found.rows[0].claim == "c-50"


def test_numbers_of_a_sentence_are_neither_years_nor_percentages() -> None:
    assert numbers("rose by 29 percent, from 69 in 2022 to 1,089, or 5.5 pc") == [69, 1089]


def test_a_group_that_claims_more_than_an_institute_counts_of_all() -> None:
    found = check(
        statistic("c-262", 262, "2022", speakers=(OTHER,)),
        statistic("c-367", 367, "2022", actor="ttp", speakers=(GROUP,), stance="alleges"),
    )
    (other,) = row(found, "c-367").others
    assert row(found, "c-367").own
    assert other.verdict == "contradicts"
    assert "counts its own deeds" in other.why
    assert "alleged" in other.why


def test_two_institutes_differ_and_nothing_is_averaged() -> None:
    found = check(statistic("c-1", 376, "2022"), statistic("c-2", 262, "2022", speakers=(OTHER,)))
    assert {o.verdict for one in found.rows for o in one.others} == {"differs"}
    assert {(one.low, one.high) for one in found.rows} == {(376, 376), (262, 262)}


def test_a_part_is_no_rival_of_the_whole_unless_it_is_larger() -> None:
    found = check(
        statistic("c-all", 49, "2022-12"),
        statistic("c-part", 20, "2022-12", where=BALOCHISTAN),
        statistic("c-suicide", 3, "2022-12", measure="suicide_attacks"),
        statistic("c-year", 300, "2022"),
    )
    verdicts = {o.claim: o.verdict for o in row(found, "c-all").others}
    assert verdicts == {"c-part": "whole", "c-suicide": "whole", "c-year": "part"}
    too_many = check(
        statistic("c-a", 9, "2022-12"), statistic("c-b", 20, "2022-12", where=BALOCHISTAN)
    )
    assert row(too_many, "c-a").others[0].verdict == "contradicts"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"where": None, "report": "r-2", "speakers": (OTHER,)}, "names no place"),
        ({"period": "2021-06-01/2022-05-31"}, "only overlap"),
        ({"period": "2022/.."}, "no closed period"),
        ({"period": None}, "no closed period"),
    ],
)
def test_what_is_not_comparable_is_told_with_why(values: dict[str, Any], why: str) -> None:
    period = values.pop("period", "2022")
    found = check(statistic("c-1", 376, "2022"), statistic("c-2", 262, period, **values))
    assert not any(one.others for one in found.rows)
    assert why in row(found, "c-1").apart[0]


def test_deaths_of_those_attacks_are_of_whoever_made_them() -> None:
    found = check(
        statistic("c-482", 482, "2024", actor="ttp"),
        statistic("c-558", 558, "2024", measure="killed", where=None, start=40,
                  quote="Those attacks killed 558 people."),
        statistic("c-1081", 1081, "2024", measure="killed", start=90),
    )  # fmt: skip
    assert row(found, "c-558").actor == "ttp"
    assert "whose and where" in row(found, "c-558").taken[0]
    assert [o.verdict for o in row(found, "c-558").others] == ["part"]


def test_a_record_is_held_against_the_sources_own_other_totals() -> None:
    claims = [
        statistic("c-new", 99, "2023-08", quote="99, the highest since November 2014."),
        statistic("c-old", 49, "2022-12"),
    ]
    assert row(check(*claims), "c-new").rank.verdict == "borne out"
    beaten = check(*claims, statistic("c-more", 120, "2020-05"))
    assert row(beaten, "c-new").rank.verdict == "contradicted"
    foreign = check(*claims, statistic("c-more", 120, "2020-05", speakers=(OTHER,)))
    assert row(foreign, "c-new").rank.verdict == "not checked"
    before = check(*claims, statistic("c-more", 120, "2014-05"))
    assert row(before, "c-new").rank.verdict == "borne out"


def test_a_rank_is_named_as_one() -> None:
    found = check(statistic("c-rank", 2, "2023-08", measure="rank"))
    assert row(found, "c-rank").said == "rank 2"


def test_the_record_is_counted_over_draws() -> None:
    incidents = [
        incident(f"i-{n}", "2022-03-01", toll(2, 3, 5, figure("ispr", 2), figure("ttp", 5)))
        for n in range(4)
    ]
    drawn = draw(events_of(incidents), DrawOptions(count=40))
    claims = (
        statistic("c-a", 9, "2022"),
        statistic("c-k", 30, "2022", measure="killed"),
        statistic("c-ttp", 9, "2022", actor="ttp"),
        statistic("c-bla", 9, "2022", actor="bla"),
        statistic("c-then", 9, "2019"),
        statistic("c-w", 9, "2022", measure="wounded"),
    )
    found = check(*claims, draws=(drawn,))
    counted = {one.claim: one.counted[0] for one in found.rows}
    assert (counted["c-a"].low, counted["c-a"].best, counted["c-a"].high) == (4, 4, 4)
    assert counted["c-k"].low < counted["c-k"].best == 12 < counted["c-k"].high  # type: ignore[operator]
    assert counted["c-ttp"].best == 4
    assert counted["c-bla"].best == 0
    assert counted["c-then"].best is None
    assert "no data for that period" in counted["c-then"].why
    assert "not counted from incidents" in counted["c-w"].why
    assert "could not be counted" in found.warnings[0]
    assert "fewer than published" in " ".join(row(found, "c-a").words)
    json.dumps(to_plain(found), allow_nan=False)
    assert check(*claims, draws=(drawn,)) == found


def test_without_claims_and_without_anything_to_draw() -> None:
    with pytest.raises(NothingToAnalyse, match="Widen the filters"):
        check()
    with pytest.raises(TooFew, match="nothing to draw"):
        chart(check(statistic("c-1", 376, "2022")))


def test_the_chart_holds_its_data_and_words() -> None:
    found = check(statistic("c-1", 376, "2022"), statistic("c-2", 262, "2022", speakers=(OTHER,)))
    drawn = chart(found)
    assert "2 statistics" in drawn["description"]
    assert "http" not in json.dumps(drawn.get("data", {}))
    assert json.dumps(drawn, allow_nan=False)


def test_what_a_number_is_compared_with_is_of_the_same_people() -> None:
    sentence = "There were 293 deaths in 2023, so that the number rose by 90 percent."
    found = check(
        statistic("c-558", 558, "2024", measure="killed", actor="ttp"),
        statistic("c-293", 293, "2023", measure="killed", start=50, quote=sentence, where=None),
        statistic("c-90", None, "2023", measure="killed", change=90, start=50, quote=sentence),
    )
    assert row(found, "c-293").actor == "ttp"
    assert "compared with" in row(found, "c-293").taken[0]
    assert row(found, "c-90").arithmetic[0].fits == "rounded"
