"""EDTF dates and the days that they cover."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.model.edtf import between, bounds, when


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12-18", "2022-12-18", "2022-12-18"),
        ("2022-12?", "2022-12-01", "2022-12-31"),
        ("2022-12-18/2022-12-20", "2022-12-18", "2022-12-20"),
        ("2022-11/..", "2022-11-01", None),
        ("../2022-11", None, "2022-11-30"),
        ("[2022-12-18..2022-12-19]", "2022-12-18", "2022-12-19"),
    ],
)
def test_bounds(edtf: str, first: str | None, last: str | None) -> None:
    got = when(edtf)
    assert (got.earliest, got.latest) == (first, last)


@pytest.mark.parametrize(
    "bad", ["", "yesterday", "2022-13", "2022-02-30", "22-1-1", "2022-12-18/x"]
)
def test_what_is_no_date_is_refused(bad: str) -> None:
    with pytest.raises(ValueError):
        bounds(bad)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 900))
def test_an_interval_says_what_it_was_made_of(first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days=days)
    made = between(first, last, "x")
    assert (made.earliest, made.latest) == (first.isoformat(), last.isoformat())
    assert bounds(made.edtf) == (first, last)


def test_whole_months_and_years_are_written_plainly() -> None:
    assert between(dt.date(2022, 12, 1), dt.date(2022, 12, 31), "x").edtf == "2022-12"
    assert between(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "x").edtf == "2022"
