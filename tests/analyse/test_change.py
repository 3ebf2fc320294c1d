"""Before and after a date: half-years as an institute counted them, and months of known shape."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from contested.analyse.change import change
from contested.analyse.charts.change import chart
from contested.analyse.counts import series_of_counts
from contested.analyse.interrupted import interrupted
from contested.analyse.pooled import pooled
from contested.errors import TooFew, UsageError
from tests.analyse.tables import monthly, noisy

ENDED = dt.date(2022, 11, 28)
HALVES = series_of_counts("period,count\n2022-H1,151\n2022-H2,228\n2023-H1,271\n", "halves.csv")
AT = dt.date(2021, 1, 1)


def test_half_years_give_their_arithmetic_and_no_model() -> None:
    found = change(HALVES, ENDED)
    steps = {(step.since, step.until): step.percent for step in found.steps}
    assert steps[("2022-H2", "2023-H1")] == 18.9
    assert steps[("2022-H1", "2023-H1")] == 79.5
    assert "+18.9%" in found.answer
    assert "+79.5%" in found.answer
    assert "no model is fitted" in found.answer
    assert found.expected == ()
    assert any("No model" in words for words in found.warnings)


def test_half_years_show_that_the_rise_began_before_the_ceasefire_ended() -> None:
    found = change(HALVES, ENDED)
    assert (found.began, found.began_before) == ("2022-H2", True)
    assert "began before 2022-11-28" in found.answer
    assert found.verdict == "holds in part"


def test_a_rise_in_the_last_days_of_a_period_alone_is_left_open() -> None:
    found = change(
        series_of_counts("period,count\n2022-H1,151\n2022-H2,160\n2023-H1,271\n", "x"), ENDED
    )
    assert found.began_before is None
    assert "cannot be told" in found.answer


def test_a_rise_after_the_date_begins_after_it() -> None:
    found = change(
        series_of_counts("period,count\n2022-H1,151\n2022-H2,120\n2023-H1,271\n", "x"), ENDED
    )
    assert (found.began, found.began_before) == ("2023-H1", False)


def test_no_later_period_leaves_it_open() -> None:
    found = change(series_of_counts("period,count\n2022-H1,151\n2022-H2,228\n", "x"), ENDED)
    assert found.began_before is None
    assert "no later period" in found.answer


def test_a_run_that_began_long_before() -> None:
    found = change(
        series_of_counts(
            "period,count\n2020,50\n2021,90\n2022,140\n2023,200\n2024,230\n", "years.csv"
        ),
        dt.date(2023, 6, 1),
    )
    assert (found.began, found.began_before) == ("2021", True)


def test_a_zero_has_no_percentage() -> None:
    table = "period,count\n2021,0\n2022,5\n2023,6\n"
    found = change(series_of_counts(table, "x"), dt.date(2022, 1, 1))
    assert found.steps[0].percent is None
    assert "from nothing" in found.answer


def grows(start: int, rate: float = 0.06) -> list[float]:
    return [20.0 * np.exp(rate * max(0, month - start)) for month in range(48)]


def test_a_rise_from_the_date_on_holds() -> None:
    found = change(noisy(grows(24), size=100), AT)
    rows = {row.what: row for row in found.rows}
    assert found.verdict == "holds"
    assert rows["slope after"].low is not None
    assert rows["slope after"].low > 1
    assert rows["slope after"].value == pytest.approx(np.exp(0.06), abs=0.03)
    assert len(found.expected) == len(found.without) == 48


def test_a_rise_that_began_before_the_date_is_said() -> None:
    found = change(noisy(grows(2, 0.05), size=100), AT)
    assert found.began_before is True
    assert found.verdict == "holds in part"
    early = change(noisy(grows(8, 0.08), size=200), AT)
    assert early.began_before is True
    assert early.began is not None
    assert early.began < "2020-06"


def test_a_step_is_a_level_and_no_slope() -> None:
    rows = {row.what: row for row in change(noisy([20] * 24 + [50] * 24, size=100), AT).rows}
    assert rows["level"].low is not None
    assert rows["level"].low > 1.5
    assert rows["slope after"].low is not None
    assert rows["slope after"].low < 1


def test_a_fall_does_not_hold() -> None:
    found = change(noisy([60 * np.exp(-0.04 * n) for n in range(48)]), AT)
    assert found.verdict == "does not hold"


def test_errors_allow_for_neighbours_that_are_alike() -> None:
    wave = [40 + 15 * np.sin(n / 3) for n in range(48)]
    found = change(noisy(wave, size=500), AT)
    assert any("Newey and West" in words for words in found.assumptions)


@pytest.mark.parametrize("alike", [0.0, 0.5])
def test_series_without_a_change_are_rarely_called_changed(alike: float) -> None:
    chance = np.random.default_rng(3)
    after = np.arange(48) >= 24
    used = np.ones(48, dtype=np.bool_)
    alarms = 0
    for _ in range(100):
        waves = np.zeros(48)
        for month in range(1, 48):
            waves[month] = alike * waves[month - 1] + chance.normal(0, 0.3 * np.sqrt(1 - alike**2))
        means = 20 * np.exp(waves * (alike > 0))
        line = chance.poisson(means * chance.gamma(10, 0.1, 48)).astype(np.float64)
        found = interrupted(line[None], line, after, used)
        alarms += found.level.chance < 0.05
        alarms += found.turn.chance < 0.05
    assert alarms <= 20


def test_counts_that_fall_again_have_not_steadily_risen() -> None:
    found = change(
        series_of_counts("year,count\n2020,0\n2021,0\n2022,5\n2023,2\n2024,0\n2025,4\n", "c"), ENDED
    )
    assert found.verdict == "cannot be told"
    assert (
        "nothing in both"
        in change(
            series_of_counts("year,count\n2020,4\n2021,0\n2022,0\n2023,7\n", "c"), ENDED
        ).answer
    )


def test_a_change_says_that_it_knows_no_seasons() -> None:
    found = change(noisy([20] * 48), AT)
    assert any("seasons" in words for words in found.assumptions)


def test_draws_widen_the_interval() -> None:
    series = noisy(grows(24), size=100)
    chance = np.random.default_rng(4)
    doubtful = replace(series, values=chance.poisson(series.point, (40, 48)).astype(float))
    sure, unsure = (
        {row.what: row for row in change(one, AT).rows}["level"] for one in (series, doubtful)
    )
    assert sure.low is not None
    assert sure.high is not None
    assert unsure.low is not None
    assert unsure.high is not None
    assert unsure.high / unsure.low > sure.high / sure.low


def test_a_period_that_holds_the_date_is_on_neither_side() -> None:
    found = change(noisy(grows(24)), dt.date(2021, 1, 15))
    assert any("2021-01 holds 2021-01-15" in words for words in found.assumptions)


def test_few_incidents_are_no_model() -> None:
    found = change(monthly([0] * 23 + [1] * 25), AT)
    assert found.expected == ()
    assert any("only 1 before" in words for words in found.warnings)
    assert found.verdict == "cannot be told"


def test_nothing_is_ever_nan() -> None:
    for series in (monthly([0] * 24 + [20] * 24), monthly([20] * 24 + [0] * 24)):
        found = change(series, AT)
        for row in found.rows:
            for value in (row.value, row.low, row.high, row.chance):
                assert value is None or np.isfinite(value)


def test_a_date_outside_is_refused() -> None:
    with pytest.raises(UsageError, match="outside of what is counted"):
        change(HALVES, dt.date(2030, 1, 1))
    with pytest.raises(TooFew, match="nothing to compare"):
        change(HALVES, dt.date(2022, 2, 1))


def test_rubins_rules() -> None:
    found = pooled(np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5, 0.5]), 40)
    assert found.value == 2
    assert found.error == pytest.approx(np.sqrt(0.25 + 4 / 3))
    assert found.missing == pytest.approx(4 / 3 / (0.25 + 4 / 3))
    assert found.freedom < 40
    alone = pooled(np.array([1.0]), np.array([0.5]), 40)
    assert (alone.error, alone.freedom, alone.missing) == (0.5, 40, 0)
    assert alone.interval()[0] == pytest.approx(1 - 2.0211 * 0.5, abs=1e-3)
    assert pooled(np.zeros(3), np.zeros(3), 5).chance == 1


def test_the_chart_holds_the_model_and_what_was_without_it() -> None:
    drawn = chart(change(noisy(grows(24)), AT))
    values = drawn.get("datasets", drawn)
    assert "had nothing changed" in str(values)
    assert drawn["description"]
