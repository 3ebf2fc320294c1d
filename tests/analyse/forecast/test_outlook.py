"""The forecast of a record, end to end."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from contested.analyse.charts.forecast import chart
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.events import Happening, columns
from contested.analyse.forecast import ForecastOptions, forecast
from contested.analyse.forecast.excited import Excited
from contested.analyse.forecast.panel import panel
from contested.errors import TooFew, UsageError
from contested.model import to_plain
from tests.analyse.forecast.samples import START, draws, events

QUICK = ForecastOptions(ahead=3, hawkes=False)


def finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def test_every_cell_month_and_measure_has_an_interval() -> None:
    found = forecast(draws(), QUICK)
    assert {row.measure for row in found.rows} == {"incidents", "deaths"}
    assert [row.month for row in found.rows[:3]] == ["2022-04", "2022-05", "2022-06"]
    assert len(found.rows) == 2 * 3 * 3
    for row in found.rows:
        assert 0 <= row.low <= row.median <= row.high
        assert row.low <= row.own_high
        assert 0 <= row.any <= 1
    assert finite(to_plain(found))
    json.dumps(to_plain(found), allow_nan=False)


def test_the_answer_says_how_good_it_was_before() -> None:
    found = forecast(draws(), QUICK)
    assert "own history" in found.answer
    assert "Kurram (PK), 2022-04: between" in found.answer
    assert "a stated chance of 90%" in found.answer
    for test in found.backtests:
        assert test.months == test.zero + test.some
        assert test.origins[0] < test.origins[-1] < "2022-04"
        assert test.crps > 0
    assert sum(found.weights[0].weights.values()) == pytest.approx(1, abs=0.01)


def test_the_same_seed_gives_the_same() -> None:
    assert forecast(draws(), QUICK) == forecast(draws(), QUICK)


def test_what_is_not_reported_is_told() -> None:
    assert "What nobody reports is neither" in " ".join(forecast(draws(), QUICK).assumptions)
    more = draw(events(), DrawOptions(count=6, undercount=0.5))
    found = forecast(more, QUICK)
    assert "50% of happenings are taken to be told by no report" in " ".join(found.assumptions)
    plain = forecast(draws(), QUICK).rows[0]
    assert (plain.cell, plain.measure) == (found.rows[0].cell, found.rows[0].measure)
    assert found.rows[0].median > 1.4 * plain.median
    assert "hawkes" not in forecast(more, ForecastOptions(ahead=1)).weights[0].weights


def test_hawkes_takes_part_where_enough_happened() -> None:
    found = forecast(draws(a_month=12), ForecastOptions(ahead=2))
    assert "hawkes" in found.weights[0].weights
    few = forecast(draws(a_month=0.8), ForecastOptions(ahead=2, by="all"))
    assert "hawkes" not in few.weights[0].weights


def test_what_is_simulated_goes_on_at_the_level_of_the_past() -> None:
    drawn = draws(a_month=20, months=36)
    where = panel(drawn, "all", 1)
    excited = Excited.of(drawn, where)
    found = excited.values(34, (1, 2), "incidents")
    dead = excited.values(34, (1, 2), "deaths")
    assert found is not None
    assert dead is not None
    assert found.mean() == pytest.approx(21, rel=0.25)
    assert dead.mean() == pytest.approx(63, rel=0.35)
    assert excited.values(3, (1,), "incidents") is None


def test_without_tolls_only_incidents_are_forecast() -> None:
    found = forecast(draws(dead=False), QUICK)
    assert {row.measure for row in found.rows} == {"incidents"}
    assert "deaths are not forecast" in " ".join(found.warnings)


def test_one_cell_is_forecast_with_a_warning() -> None:
    found = forecast(draws(), ForecastOptions(by="all", ahead=1, hawkes=False))
    assert "one cell only" in " ".join(found.warnings)


def test_a_last_month_before_the_first_is_refused() -> None:
    with pytest.raises(TooFew, match="No month is over"):
        forecast(draws(), ForecastOptions(last="2018-01"))
    day = START.toordinal()
    lone = draw(columns([Happening(id="i", first=day, last=day)], source="t"), DrawOptions(count=1))
    with pytest.raises(TooFew, match="No month is over"):
        forecast(lone, QUICK)
    with pytest.raises(TooFew, match="gap"):
        forecast(draws(), ForecastOptions(last="2030-01"))


@pytest.mark.parametrize(
    "values", [{"ahead": 0}, {"ahead": 13}, {"most": 0}, {"level": 0.2}, {"level": 1.0}]
)
def test_options_that_make_no_sense(values: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        ForecastOptions(**values)


def test_the_fan_shows_the_past_and_what_may_come() -> None:
    found = forecast(draws(), QUICK)
    drawn = chart(found)
    values = drawn["data"]["values"]
    assert len([v for v in values if "middle" in v]) == len(found.rows)
    assert all(v["low"] <= v["high"] for v in values)
    assert found.answer in drawn["description"]
    assert "http" not in json.dumps({k: v for k, v in drawn.items() if k != "$schema"})
    assert np.isfinite([v["high"] for v in values]).all()
