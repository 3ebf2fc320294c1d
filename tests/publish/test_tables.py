"""Laws of the flat tables."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.model import Claim, Count, Incident, Speaker, Where
from contested.model.edtf import when
from contested.publish import COLUMNS, Csv, GeoJson
from contested.publish.geojson import feature
from contested.publish.tables import cell
from contested.publish.words import (
    count_in_words,
    mark,
    numbered,
    quoted,
    span_in_words,
    time_in_words,
    toll_in_words,
    toll_span_in_words,
    victims_in_words,
)
from tests.reconcile.scenes import ARMY, TTP, UNAMA, Scene


def rows(what: str, things: list[object]) -> list[dict[str, str]]:
    out = io.StringIO()
    Csv().write(what, things, out)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(out.getvalue())))


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    out = cell(text)
    assert isinstance(out, str)
    assert not out.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert out.removeprefix("'") == text.removeprefix("'")


def test_numbers_stay_numbers() -> None:
    assert [cell(-3.5), cell(0), cell(None), cell(True)] == [-3.5, 0, "", "true"]


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=list(COLUMNS))
def test_column_names_are_unique_and_explained(columns: tuple[object, ...]) -> None:
    names = [column.name for column in columns]  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
    assert all(column.meaning for column in columns)  # type: ignore[attr-defined]


def test_every_field_of_a_claim_has_a_column() -> None:
    """A field that is added to the contract must not be lost on the way to a table."""
    from dataclasses import fields

    from contested.model.claim import CLAIM_TYPES

    renamed = {
        "count": "count_low",
        "amount": "amount",
        "in_response_to": "answers",
        "period": "when",
    }
    known = {column.name for column in COLUMNS["claims"]}
    for kind in CLAIM_TYPES.values():
        for field in fields(kind):
            assert renamed.get(field.name, field.name) in known, field.name


def test_claim_rows(some_claims: list[Claim]) -> None:
    found = rows("claims", list(some_claims))
    assert found[1]["count_low"] == found[1]["count_high"] == "11"
    assert (found[0]["country"], found[0]["earliest"]) == ("PK", "2025-10-08")
    assert found[0]["initiators"] == "ttp"
    assert found[0]["weapons"] == ""


def test_speaker_chain(some_claims: list[Claim]) -> None:
    chain = (Speaker("Dawn", "dawn", "outlet"), Speaker("a general", None, "official"))
    (row,) = rows("claims", [replace(some_claims[0], speakers=chain)])
    assert (row["speakers"], row["speaker"]) == ("Dawn > a general", "a general")


def test_incident_rows_say_unknown_by_emptiness(some_incidents: list[Incident]) -> None:
    (row,) = rows("incidents", list(some_incidents))
    assert row["killed_security_forces_low"] == "11"
    assert row["killed_security_forces_high"] == "22"
    assert row["killed_civilians_low"] == ""
    assert row["rule"] == "lowest_credible"


def test_a_figure_is_a_row(some_incidents: list[Incident]) -> None:
    assert [row["low"] for row in rows("figures", list(some_incidents))] == ["11", "22"]


def test_an_unknown_place_is_no_point(some_incidents: list[Incident]) -> None:
    (incident,) = some_incidents
    assert feature(incident)["geometry"]["coordinates"] == [70.11, 33.82]
    for where in (None, Where("Somewhere", "somewhere")):
        assert feature(replace(incident, where=where))["geometry"] is None


def test_claims_that_have_no_place_are_no_features(some_claims: list[Claim]) -> None:
    assert GeoJson().write("claims", some_claims, io.StringIO()) == len(some_claims)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(22, 22, "exactly", "22"), "22"),
        (Count(10, None, "at_least", "at least ten"), "at least 10"),
        (Count(None, 5, "at_most", "up to five"), "at most 5"),
        (Count(0, 5, "at_most", "up to five"), "at most 5"),
        (Count(24, None, "dozens", "dozens"), "dozens (24 or more)"),
        (Count(7000, 10000, "range", "7,000 to 10,000"), "7,000–10,000"),
        (Count(45, 55, "about", "about 50"), "about 45–55"),
        (Count(None, None, "none", "several"), "several"),
        (None, ""),
    ],
)
def test_counts_in_words(count: Count | None, words: str) -> None:
    assert count_in_words(count) == words


def test_spans_and_marks_in_words() -> None:
    assert [
        span_in_words(*pair) for pair in [(None, None), (3, None), (None, 4), (2, 2), (1, 9)]
    ] == [
        "unknown",
        "3 or more",
        "up to 4",
        "2",
        "1–9",
    ]
    assert mark("single_source") == "○ single source"


def test_a_toll_that_is_only_a_lower_bound_shows_as_one() -> None:
    scene = Scene()
    scene.says(ARMY, 10, high=None)
    assert toll_in_words(scene.toll()) == "security forces killed: 10+"
    scene.says(UNAMA, 9)
    assert toll_in_words(scene.toll()).startswith("security forces killed: 9–10+, best 9 (")
    scene.says(UNAMA, 10)
    assert "9–10, best" in toll_in_words(scene.toll())
    scene.says(TTP, 22, high=None)
    assert "–22+, best" in toll_in_words(scene.toll())


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a bomber", "“a bomber”"),
        ("“a bomber”", "“a bomber”"),
        ('"a bomber"', "“a bomber”"),
        ("“No,” he said", "‘“No,” he said’"),
        ("he said “no”", "‘he said “no”’"),
    ],
)
def test_quote_marks_are_not_doubled(words: str, shown: str) -> None:
    assert quoted(words) == shown


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2025-10-08", "2025-10-08"),
        ("2002/..", "since 2002"),
        ("../2002", "until 2002"),
        ("2002/2004", "2002 to 2004"),
    ],
)
def test_intervals_are_words(edtf: str, shown: str) -> None:
    assert time_in_words(when(edtf)) == shown


def test_one_is_one() -> None:
    assert [numbered(n, "report") for n in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]
    assert victims_in_words("unknown", 1) == "person"
    assert victims_in_words("civilians") == "civilians"


def test_more_than_is_said_as_it_was() -> None:
    count = Count(13_001, None, "at_least", "More than 13,000")
    assert count_in_words(count) == "more than 13,000"
    assert count_in_words(Count(101, None, "at_least", "over a hundred")) == "more than 100"
    assert count_in_words(Count(13_000, None, "at_least", "more than 13,000")) == "at least 13,000"
    assert count_in_words(Count(8, None, "at_least", "no fewer than eight")) == "at least 8"


def test_a_derived_range_says_more_than_where_all_did(some_incidents: list[Incident]) -> None:
    toll = some_incidents[0].casualties[0]
    count = Count(61, None, "at_least", "more than 60")
    figures = (replace(toll.according_to[0], count=count, stance="asserts", part=False),)
    one = replace(toll, low=61, best=61, high=61, according_to=figures)
    assert toll_span_in_words(one) == "more than 60"
    plain = replace(figures[0], count=Count(61, 61, "exactly", "61"))
    assert toll_span_in_words(replace(one, according_to=(*figures, plain))) == "61"
