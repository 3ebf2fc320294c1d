"""The terrorism index of a table."""

from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analyse.answer import Band
from contested.analyse.charts.index import chart
from contested.analyse.index import CountryYear, formula, index
from contested.analyse.index_table import Table, country_years
from contested.errors import DatasetError, NothingToAnalyse

HEAD = "country,year,incidents,deaths,injuries,hostages"
TOGO = f"{HEAD}\nTogo,2021,1,0,0,0\nTogo,2022,5,26,16,0\n"


def read(text: str) -> Table:
    lines = csv.DictReader(io.StringIO(text))
    return country_years(lines, list(lines.fieldnames or ()), "t.csv")


def test_togo_in_2022_is_as_published() -> None:
    found = index(read(TOGO).rows)
    newest = found.rows[0]
    assert (newest.year, newest.weighted.best, newest.score.best) == (2022, 1464, 4.9145)
    assert newest.raw.best == 91
    assert "4.9145" in found.answer
    assert "not read in the index's own methodology" in found.assumptions[0]


@pytest.mark.parametrize(
    ("total", "score"), [(0, 0), (8, 0.826319), (16, 1.241050), (32, 1.730864)]
)
def test_scores_that_were_published(total: float, score: float) -> None:
    assert formula().score(total) == pytest.approx(score, abs=5e-6)


def test_five_years_are_weighed_and_the_sixth_is_not() -> None:
    text = f"{HEAD}\n" + "".join(f"A,{year},1,0,0,0\n" for year in range(2015, 2023))
    rows = {row.year: row for row in index(read(text).rows).rows}
    assert [rows[year].weighted.best for year in (2015, 2016, 2019, 2022)] == [16, 24, 31, 31]
    assert [rows[year].years for year in (2015, 2018, 2019, 2022)] == [1, 4, 5, 5]


def test_years_that_are_not_there_are_told() -> None:
    found = index(read(f"{HEAD}\nA,2018,4,0,0,0\nA,2022,1,0,0,0\n").rows)
    assert found.rows[0].weighted.best == 20
    assert "A 2022 (2 of 5)" in " ".join(found.warnings)


@given(
    st.lists(st.floats(0, 1e6), min_size=4, max_size=4),
    st.integers(0, 3),
    st.floats(0, 1e5),
)
def test_more_of_anything_never_lowers_the_score(
    values: list[float], which: int, more: float
) -> None:
    def score(numbers: list[float]) -> float:
        bands = [Band(value, value, value) for value in numbers]
        row = CountryYear(
            country="A",
            year=2020,
            incidents=bands[0],
            deaths=bands[1],
            injuries=bands[2],
            hostages=bands[3],
        )
        return index([row]).rows[0].score.best

    higher = [value + more * (n == which) for n, value in enumerate(values)]
    assert score(higher) >= score(values)


def test_ranges_are_carried_into_the_score() -> None:
    text = (
        "country,year,incidents,deaths,deaths_low,deaths_high\nA,2022,5,26,10,40\nB,2022,9,20,,\n"
    )
    found = index(read(text).rows)
    a = next(row for row in found.rows if row.country == "A")
    assert (a.raw.low, a.raw.best, a.raw.high) == (35, 83, 125)
    assert a.score.low < a.score.best < a.score.high
    assert "B may stand as high" in found.answer
    assert "No injuries are counted" in " ".join(found.warnings)


def test_one_far_above_the_rest_is_alone() -> None:
    answer = index(read(f"{HEAD}\nA,2022,900,0,0,0\nB,2022,1,0,0,0\n").rows).answer
    assert answer.startswith("The highest of 2 countries in 2022: A")
    assert "no range of another reaches it" in answer


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("country,incidents\nA,1\n", "lacks the column year"),
        ("a,b\n1,2\n", "lacks the columns country, year and incidents"),
        (f"{HEAD}\nA,2022,1,,,\nA,2022,2,,,\n", "lines 2 and 3 are both A 2022"),
        (f"{HEAD}\nA,2022,-1,,,\n", "line 2: incidents is -1, below zero"),
        (f"{HEAD}\nA,2022,1,-3,,\n", "line 2: deaths is -3, below zero"),
        (f"{HEAD}\nA,2022,1,nan,,\n", "no number"),
        (f"{HEAD}\nA,2022,1,many,,\n", "“many”"),
        (f"{HEAD}\nA,2022,,1,,\n", "incidents are empty"),
        (f"{HEAD}\nA,22,1,,,\n", "“22” is no year"),
        (f"{HEAD}\nA,2022.5,1,,,\n", "no year"),
        (f"{HEAD}\n,2022,1,,,\n", "there is no country"),
        (
            "country,year,incidents,deaths,deaths_low\nA,2022,1,3,9\n",
            "deaths of 3 is not between its ends 9 and 3",
        ),
    ],
)
def test_a_table_that_does_not_hold_is_refused(text: str, says: str) -> None:
    with pytest.raises(DatasetError) as caught:
        read(text)
    assert says in str(caught.value)
    assert str(caught.value).startswith("t.csv: ")


def test_odd_tables_are_told_of() -> None:
    odd = read("country,year,incidents,deaths,colour\nA,2022,0,,red\nB,2022,0,0,blue\n")
    assert "Not used: colour" in odd.warnings[0]
    assert "Deaths are empty in 1 of 2" in odd.warnings[1]
    found = index(odd.rows, odd.warnings)
    assert {row.score.best for row in found.rows} == {0}
    assert "Every figure is zero" in " ".join(found.warnings)
    high = index(read(f"{HEAD}\nA,2022,1,90000,0,0\n").rows)
    assert "ends at 10" in " ".join(high.warnings)


def test_without_rows_there_is_no_index() -> None:
    with pytest.raises(NothingToAnalyse):
        index(read(f"{HEAD}\n").rows)


def test_the_chart_holds_every_year() -> None:
    drawn = chart(index(read(TOGO).rows))
    values = drawn["data"]["values"]
    assert {value["year"] for value in values} == {"2021", "2022"}
    assert all(math.isfinite(value["high"]) for value in values)
    assert "recovered" in drawn["title"]["subtitle"][0]
    assert drawn["layer"][1]["encoding"]["y"]["scale"]["domain"] == [0, 10]
