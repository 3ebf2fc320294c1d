"""Counts by time over draws, and what looks like missing coverage."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from contested.analyse.banded import trend_of
from contested.analyse.charts.trend import chart
from contested.analyse.counts import period_of, series_of_counts
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.events import Events, Happening, columns
from contested.analyse.series import series
from contested.errors import DatasetError, NothingToAnalyse, UsageError
from tests.analyse.tables import daily, monthly

FEW = DrawOptions(count=20)


def months(number: int, each: int = 3, year: int = 2022) -> list[str]:
    return [
        f"{year + n // 12}-{n % 12 + 1:02d}-{12 + day:02d}"
        for n in range(number)
        for day in range(each)
    ]


def test_incidents_and_deaths_a_period() -> None:
    drawn = draw(daily(["2022-01-10", "2022-01-20", "2022-03-05", ""]), FEW)
    found = series(drawn)
    assert [period.label for period in found.periods] == ["2022-01", "2022-02", "2022-03"]
    assert found.point.tolist() == [2, 0, 1]
    assert (found.values == found.point).all()
    assert found.undated == 1
    assert series(drawn, "year", "deaths").point.tolist() == [6]


def test_no_figure_adds_nothing_to_deaths() -> None:
    assert series(draw(daily(["2022-01-10"], None), FEW), "month", "deaths").point.tolist() == [0]


def test_a_period_that_is_hardly_reached_is_left_out_and_told() -> None:
    found = series(draw(daily([*months(6), "2022-07-01"]), FEW))
    assert found.periods[-1].label == "2022-06"
    assert "2022-07 is left out" in found.warnings[0]
    begun = series(draw(daily(["2021-12-30", *months(6)]), FEW))
    assert begun.periods[0].label == "2022-01"


def test_a_gap_is_told() -> None:
    days = [day for day in months(12, 6) if not "2022-05" <= day[:7] <= "2022-07"]
    found = series(draw(daily(days), FEW))
    assert any("2022-05 to 2022-07" in words and "gap" in words for words in found.warnings)


def test_nothing_with_a_date_is_said() -> None:
    with pytest.raises(NothingToAnalyse, match="has a date"):
        series(draw(daily(["", ""]), FEW))


def test_days_far_apart_are_refused() -> None:
    with pytest.raises(UsageError, match="too far apart"):
        series(draw(daily(["0500-01-01", "2022-01-01"]), FEW), "day")


def sided() -> Events:
    def one(n: int, **values: object) -> Happening:
        day = dt.date(2022, 1, 10 + n).toordinal()
        return Happening(id=f"i-{n}", first=day, last=day, **values)  # type: ignore[arg-type]

    either = (((("ttp",)), 0.5), ((("pakistan",)), 0.5))
    return columns(
        [
            one(0, initiators=either, target=("pakistan", "ttp"), type="clash", country="PK"),
            one(1, initiators=((("ttp", "jua"), 1.0),), type="ambush", admin1="Kurram"),
            one(2, type="ambush", country="PK", admin1="Kurram"),
        ],
        source="test",
    )


def test_an_uncertain_side_is_shared_in_the_best_and_varies_in_the_draws() -> None:
    found = trend_of(draw(sided(), DrawOptions(count=200)), "month", "actor")
    rows = {str(row.group): row.incidents for row in found.rows}
    assert (rows["ttp"].low, rows["ttp"].best, rows["ttp"].high) == (1, 1.5, 2)
    assert (rows["pakistan"].low, rows["pakistan"].best, rows["pakistan"].high) == (0, 0.5, 1)
    assert rows["jua"].best == rows["unknown"].best == 1
    assert "Most of them" in found.answer


@pytest.mark.parametrize(
    ("group", "best"),
    [
        ("target", {"pakistan": 1, "ttp": 1, "unknown": 2}),
        ("type", {"clash": 1, "ambush": 2}),
        (
            "admin1",
            {"province unknown (PK)": 1, "Kurram (country unknown)": 1, "Kurram (PK)": 1},
        ),
    ],
)
def test_groups(group: str, best: dict[str, float]) -> None:
    found = trend_of(draw(sided(), FEW), "month", group)  # type: ignore[arg-type]
    assert {row.group: row.incidents.best for row in found.rows} == best


def test_the_undated_stand_apart_and_the_silent_are_not_zero() -> None:
    found = trend_of(draw(daily(["2022-01-10", ""], None), FEW))
    january, undated = found.rows
    assert (january.period, january.deaths, january.without_toll) == ("2022-01", None, 1)
    assert (undated.period, undated.start) == ("undated", None)
    assert "1 without a date stands apart" in found.answer


def test_too_many_groups_and_periods_are_refused() -> None:
    with pytest.raises(UsageError, match="too many"):
        rows = [
            Happening(id=f"i-{n}", first=738000 + n * 300, last=738000 + n * 300, type=f"t{n}")
            for n in range(60)
        ]
        trend_of(draw(columns(rows, source="test"), FEW), "day", "type")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-H2", "2022-07-01", "2022-12-31"),
        ("H1 2023", "2023-01-01", "2023-06-30"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-W01", "2022-01-03", "2022-01-09"),
        ("2022-05-03", "2022-05-03", "2022-05-03"),
    ],
)
def test_periods_as_they_are_written(text: str, first: str, last: str) -> None:
    found = period_of(text)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_a_table_of_counts() -> None:
    found = monthly([3, 0, 5])
    assert (found.by, found.point.tolist(), len(found.values)) == ("month", [3, 0, 5], 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("period,count\n", "no row"),
        ("when,how many\n2022,3\n", "columns are"),
        ("period,count\n2022\n", "line 2 has 1 cells"),
        ("period,count\n2022,many\n", "no count"),
        ("period,count\n2022,-1\n", "no count"),
        ("period,count\n2022,1.5\n", "no count"),
        ("period,count\n2022,nan\n", "no count"),
        ("period,count\nspring,3\n", "no period"),
        ("period,count\n2022-W99,3\n", "no period"),
        ("period,count\n2022,3\n2022,4\n", "comes twice"),
        ("period,count\n2022,3\n2023-H1,4\n", "mixes periods"),
        ("period,count\n2021,3\n2023,4\n", "periods are missing"),
    ],
)
def test_counts_that_cannot_be_used_are_said(text: str, words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        series_of_counts(text, "counts.csv")


def test_draws_of_a_vague_day_fall_into_several_periods() -> None:
    first = dt.date(2022, 1, 17).toordinal()
    events = columns([Happening(id="i", first=first, last=first + 29)], source="test")
    found = series(draw(events, DrawOptions(count=400)))
    assert found.values.sum(axis=1).tolist() == [1.0] * 400
    assert np.allclose(found.values.mean(axis=0), [0.5, 0.5], atol=0.08)


def test_the_table_shows_the_interval_that_the_sentence_names() -> None:
    drawn = draw(daily(["2022-01-10", "2022-01-20"] * 9, None), DrawOptions(undercount=0.3))
    found = trend_of(drawn)
    first = found.rows[0]
    assert first.incidents_band is not None
    shown = first.incidents
    assert (shown.low, shown.high) == (first.incidents_band.low, first.incidents_band.high)
    counts = np.diff(drawn.offsets)
    assert shown.high < counts.max()


def test_a_month_that_the_data_hardly_touch_is_no_fall() -> None:
    days = [f"2019-{month:02}-{day:02}" for month in (10, 11) for day in range(1, 31)]
    found = trend_of(draw(daily([*days, "2019-12-01"]), FEW))
    assert found.partial == ("2019-12",)
    assert any("1 of the 31 days of 2019-12" in words for words in found.warnings)
    spec = chart(found)
    text = str(spec)
    assert "datum.whole" in text
    assert "!datum.whole" in text
    whole = trend_of(draw(daily(days), FEW))
    assert whole.partial == ()
    assert "datum.whole" not in str(chart(whole))


def test_the_period_with_most_killed_is_named_where_it_is_another() -> None:
    def one(n: int, day: str, killed: float) -> Happening:
        at = dt.date.fromisoformat(day).toordinal()
        tolls = (None, (killed, killed, killed), None, None)
        return Happening(id=f"i-{n}", first=at, last=at, tolls=tolls)

    rows = [one(n, f"2022-01-{n:02}", 1.0) for n in range(1, 6)]
    rows.append(one(9, "2022-02-03", 500.0))
    said = trend_of(draw(columns(rows, source="test"), FEW)).answer
    assert "The month with most is 2022-01" in said
    assert "Most were killed in 2022-02: 500" in said
