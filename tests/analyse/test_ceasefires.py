"""Laws of gathering agreements, of how long they hold, and of the violence around them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from contested.analyse.ceasefires import Agreement, Ceasefires, ceasefires, gathered
from contested.analyse.ceasefires.answer import Around
from contested.analyse.ceasefires.survive import Lasting, beta_product, kaplan_meier, survive
from contested.analyse.charts.ceasefires import chart
from contested.analyse.doubts import events_of
from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.frame import Frame
from contested.analyse.told import About
from contested.errors import NothingToAnalyse, TooFew, UsageError
from contested.model import ActorRef, AgreementClaim, Speaker, to_plain
from tests.analyse.samples import incident
from tests.analyse.told import agreement

LAST = dt.date(2023, 12, 31).toordinal()
REPORTS = {f"r-{n}": About(f"{n}.txt", "Desk", LAST, LAST) for n in range(1, 9)}
ARMY = (Speaker("the army", "pakistan-military", "official"),)


def published(day: str) -> About:
    at = dt.date.fromisoformat(day).toordinal()
    return About("x.txt", "Desk", at, at)


def gather(*claims: AgreementClaim, **reports: About) -> list[Agreement]:
    known = REPORTS | {f"r-{name[1:]}": about for name, about in reports.items()}
    return gathered(claims, known, Frame(), LAST)


def answer(*claims: AgreementClaim, **values: Any) -> Ceasefires:
    options = DrawOptions(count=20)
    return ceasefires(claims, Around(reports=REPORTS, frame=Frame(), options=options, **values))


def drawn(*days: str, actor: str = "ttp") -> Draws:
    rows = [
        incident(f"i-{n}", day, initiators=(ActorRef(actor, actor),)) for n, day in enumerate(days)
    ]
    return draw(events_of(rows), DrawOptions(count=20))


def test_claims_on_one_agreement_are_one_with_every_voice() -> None:
    (one,) = gather(
        agreement("c-1", "agreed", "2022-06-02", mediators=("afghan-taliban",)),
        agreement("c-2", "took_effect", "2022-06-03", report="r-2"),
        agreement("c-3", "violated", "2022-08-01", stance="alleges", speakers=ARMY),
        agreement("c-4", "ended", "2022-11-28", report="r-3"),
        agreement("c-5", "ended", "2022-11", report="r-4", parties=("ttp",)),
    )
    assert one.start.words() == "2022-06-03"
    assert one.end is not None
    assert one.end.words() == "2022-11-28"
    assert (one.fate, one.mediators) == ("broke down", ("afghan-taliban",))
    assert [act.claim for act in one.acts] == ["c-1", "c-2", "c-3", "c-5", "c-4"]
    assert [(act.claim, act.says) for act in one.violations] == [("c-3", "pakistan-military")]
    assert one.acts[0].quote == "c-1 agreed."
    assert not one.disputes


def test_a_violation_is_no_end() -> None:
    (one,) = gather(
        agreement("c-1", "agreed", "2022-06-02"), agreement("c-2", "violated", "2022-06-09")
    )
    assert (one.fate, one.end, one.over) == ("in force", None, None)


def test_the_next_agreement_takes_the_place_of_one_that_nobody_ended() -> None:
    first, second = gather(
        agreement("c-1", "took_effect", "2023-10-15", days=2.0),
        agreement("c-2", "extended", "2023-10-17"),
        agreement("c-3", "agreed", None, report="r-2"),
        r2=published("2023-10-19"),
    )
    assert first.fate == "replaced"
    assert first.over is not None
    assert second.start.last == dt.date(2023, 10, 19).toordinal()
    assert second.fate == "in force"


def test_an_undated_agreement_begins_after_what_its_report_tells_of_the_one_before() -> None:
    first, second = gather(
        agreement("c-1", "took_effect", "2023-10-15", days=2.0),
        agreement("c-2", "violated", "2023-10-17"),
        agreement("c-3", "agreed", None),
        r1=published("2023-10-19"),
    )
    assert second.start.words() == "2023-10-17 to 2023-10-19"
    assert "still speaks of the one before" in second.notes[1]
    assert first.violations


def test_terms_end_it_unless_it_was_extended() -> None:
    (one,) = gather(agreement("c-1", "took_effect", "2023-10-15", days=2.0))
    assert (one.fate, one.over and one.over.words()) == ("ran out", "2023-10-17")
    (longer,) = gather(
        agreement("c-1", "took_effect", "2023-10-15", days=2.0),
        agreement("c-2", "extended", "2023-10-17"),
    )
    assert (longer.fate, longer.over) == ("in force", None)


def test_voices_that_contradict_each_other_stay_side_by_side() -> None:
    (ends,) = gather(
        agreement("c-1", "took_effect", "2022-06-03"),
        agreement("c-2", "ended", "2022-09-01"),
        agreement("c-3", "ended", "2022-11-28", report="r-2"),
        agreement("c-4", "ended", "2022-11-28", report="r-3"),
    )
    assert ends.end is not None
    assert ends.end.words() == "2022-11-28"
    assert "2022-09-01" in ends.disputes[0]
    assert len(ends.acts) == 4
    (denied,) = gather(
        agreement("c-1", "took_effect", "2022-06-03"),
        agreement("c-2", "ended", "2022-11-28"),
        agreement("c-3", "ended", "2022-11-28", stance="denies", speakers=ARMY, report="r-2"),
    )
    assert denied.fate == "disputed"
    assert "pakistan-military: it did not" in denied.disputes[0]


def test_an_end_before_its_start_is_told_and_not_used() -> None:
    found = answer(
        agreement("c-1", "took_effect", "2022-06-03", days=90.0),
        agreement("c-2", "collapsed", "2022-06-01", days=90.0),
    )
    assert "before it began" in " ".join(found.warnings)
    assert found.rows[0].ended != "2022-06-01"
    assert json.dumps(to_plain(found), allow_nan=False)


def test_other_parties_types_and_times_are_other_agreements() -> None:
    found = gather(
        agreement("c-1", "agreed", "2022-06-02"),
        agreement("c-2", "agreed", "2022-06-02", parties=("bla", "pakistan")),
        agreement("c-3", "ongoing", "2022-06-02", type="talks"),
        agreement("c-4", "ended", "2022-07-01"),
        agreement("c-5", "agreed", "2023-06-02"),
        agreement("c-6", "agreed", None, parties=()),
    )
    assert sorted(act.claim for one in found for act in one.acts) == [f"c-{n}" for n in range(1, 7)]
    assert len(found) == 5
    home = {act.claim: one.id for one in found for act in one.acts}
    assert home["c-1"] == home["c-4"]
    assert len({home[f"c-{n}"] for n in (1, 2, 3, 5, 6)}) == 5


def test_gathering_does_not_hang_on_the_order_of_claims() -> None:
    claims = [
        agreement("c-1", "agreed", "2022-06-02"),
        agreement("c-2", "took_effect", "2022-06-03", report="r-2"),
        agreement("c-3", "ended", None, parties=("ttp",), report="r-3"),
        agreement("c-4", "agreed", None, report="r-4", mediators=("qatar",)),
        agreement("c-5", "violated", "2022-08-01"),
    ]
    assert gather(*claims) == gather(*claims[::-1])


def test_nothing_dated_is_told_and_makes_no_curve() -> None:
    reports = {"r-1": About("1.txt")}
    found = ceasefires([agreement("c-1", "agreed", None)], Around(reports=reports, frame=Frame()))
    assert found.last is None
    assert found.survival.points == ()
    assert "cannot be told" in found.answer
    with pytest.raises(TooFew, match="No agreement has a day"):
        chart(found)


def test_refusals() -> None:
    with pytest.raises(NothingToAnalyse, match="ceasefires and talks"):
        answer()
    with pytest.raises(UsageError, match="1 or more"):
        answer(agreement("c-1", "agreed", "2022-06-02"), longest=0)


# ---- survival ------------------------------------------------------------------------------


def lasting(days: int, broke: bool = True, mediated: bool = False) -> Lasting:
    return Lasting(agreement=f"a-{days}", low=days, high=days, broke=broke, mediated=mediated)


def test_without_censoring_the_interval_is_that_of_clopper_and_pearson() -> None:
    times = np.arange(1.0, 9.0)
    low, high = beta_product(times, np.ones(8, dtype=np.bool_), times)
    for n in range(8):
        left = 8 - (n + 1)
        assert high[n] == pytest.approx(beta.ppf(0.975, left + 1, 8 - left), abs=0.01)
        assert low[n] == pytest.approx(beta.ppf(0.025, left, 9 - left) if left else 0.0, abs=0.01)


def test_the_interval_holds_what_it_promises_with_few_and_censored() -> None:
    """Over exponential lives with censoring, at least 95 % hold the true share after 10 days."""
    chance = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        life, cut = chance.exponential(15, 8), chance.exponential(25, 8)
        low, high = beta_product(np.minimum(life, cut), life <= cut, np.array([10.0]))
        held += bool(low[0] <= np.exp(-10 / 15) <= high[0])
    assert held / 400 >= 0.94


def test_the_curve_agrees_with_lifelines() -> None:
    from lifelines import KaplanMeierFitter

    chance = np.random.default_rng(5)
    times, ended = chance.integers(1, 40, 60).astype(float), chance.random(60) < 0.6
    grid = np.unique(times)
    known = KaplanMeierFitter().fit(times, ended).survival_function_at_times(grid).to_numpy()
    assert kaplan_meier(times, ended, grid) == pytest.approx(known)


def test_few_endings_refuse_median_and_models() -> None:
    found = survive([lasting(10), lasting(20, broke=False, mediated=True)], [], 1, 10)
    assert found.median is None
    assert found.interval == "beta product"
    assert "1 of the 10" in found.models[0]
    assert "1 of the 10" in found.models[1]
    assert all(0 <= p.low <= p.share <= p.high <= 1 for p in found.points)


def test_enough_endings_give_models() -> None:
    chance = np.random.default_rng(9)
    lives = [
        lasting(int(chance.exponential(200 if n % 2 else 40)) + 1, mediated=bool(n % 2))
        for n in range(60)
    ]
    found = survive(lives, [], 1, 10)
    assert found.interval == "log minus log"
    assert found.median is not None
    assert found.models[0].startswith("Weibull: median")
    assert "times the rate of others" in found.models[1]
    one_kind = survive(
        [lasting(n + 1, mediated=bool(n % 2), broke=not n % 2) for n in range(40)], [], 1, 5
    )
    assert "none of one kind broke down" in one_kind.models[1]


def test_unsure_days_widen_the_interval() -> None:
    sure = survive([lasting(n) for n in (10, 20, 30, 40)], [], 1, 50)
    vague = [
        Lasting(agreement="a", low=n - 9, high=n + 9, broke=True, mediated=False)
        for n in (10, 20, 30, 40)
    ]
    unsure = survive(vague, [], 1, 50)
    assert sum(p.high - p.low for p in unsure.points) > sum(p.high - p.low for p in sure.points)
    assert survive(vague, [], 1, 50) == unsure


# ---- violence ------------------------------------------------------------------------------


def test_windows_are_of_one_length_and_overlaps_are_told() -> None:
    days = [f"2022-{month:02d}-{day:02d}" for month in range(1, 13) for day in (5, 15, 25)]
    found = answer(
        agreement("c-1", "took_effect", "2022-06-01"),
        agreement("c-2", "ended", "2022-07-01"),
        agreement("c-3", "agreed", "2022-07-10", report="r-2"),
        agreement("c-4", "ended", "2022-08-10", report="r-2"),
        draws=drawn(*days),
    )
    assert found.violence is not None
    first = found.violence.windows[:3]
    assert [one.part for one in first] == ["before", "during", "after"]
    assert {one.days for one in first} == {30}
    assert all(one.rate_low <= one.rate <= one.rate_high for one in found.violence.windows)
    assert any(one.overlaps for one in found.violence.windows)
    assert "must not be added" in " ".join(found.warnings)
    assert json.dumps(chart(found), allow_nan=False)


def test_violence_of_others_does_not_count() -> None:
    days = [f"2022-{month:02d}-05" for month in range(1, 13)]
    claims = (
        agreement("c-1", "took_effect", "2022-06-01"), agreement("c-2", "ended", "2022-07-01"),
    )  # fmt: skip
    found = answer(*claims, draws=drawn(*days, actor="bla"))
    assert found.violence is not None
    assert {one.incidents for one in found.violence.windows} == {0}
    assert all(one.killed is None and one.rate_high > 0 for one in found.violence.windows)


def test_clustered_counts_widen_the_interval() -> None:
    claims = (
        agreement("c-1", "took_effect", "2022-06-01"), agreement("c-2", "ended", "2022-07-01"),
    )  # fmt: skip
    even = [(dt.date(2022, 1, 1) + dt.timedelta(days=5 * n)).isoformat() for n in range(60)]
    bursts = ["2022-01-01"] * 27 + ["2022-06-10"] * 6 + ["2022-10-20"] * 27
    widths = []
    for days in (even, bursts):
        found = answer(*claims, draws=drawn(*days))
        assert found.violence is not None
        during = next(one for one in found.violence.windows if one.part == "during")
        assert during.incidents == 6
        widths.append(during.rate_high - during.rate_low)
    assert widths[1] > 1.5 * widths[0]


@pytest.mark.parametrize(
    ("day", "why"), [("2019-06-01", "no incident is of its time"), ("2022-01-05", "does not reach")]
)
def test_a_time_without_data_is_refused_in_words(day: str, why: str) -> None:
    end = (dt.date.fromisoformat(day) + dt.timedelta(days=20)).isoformat()
    found = answer(
        agreement("c-1", "took_effect", day),
        agreement("c-2", "ended", end),
        draws=drawn("2022-01-05", "2022-12-05"),
    )
    assert found.violence is not None
    assert not found.violence.windows
    assert why in found.violence.left_out[0]
