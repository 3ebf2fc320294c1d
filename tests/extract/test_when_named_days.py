"""Days that a report names round about: a night between two days, the day of an observance."""

from typing import Any

import pytest

from contested.extract.when import TimeReader
from contested.model import edtf as dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Five men were killed in Tank overnight Sunday to Monday.", "2025-03-09/2025-03-10"),
        ("Five men were killed in Tank overnight Monday.", "2025-03-10"),
        ("Two policemen were killed in Tank on the morning of March 8.", "2025-03-08"),
    ],
)
def test_the_day_of_a_claim(claims: Any, text: str, edtf: str) -> None:
    found = claims(text, "casualties")[0]
    assert found.when is not None and found.when.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtfs"),
    [
        (
            "Rain fell on Monday. It comes on the day when the nation is observing Defence and"
            " Martyrs Day.",
            ["2023-09-04", "2023-09-06"],
        ),
        ("They flew 300 sorties in the last year.", []),
        ("They flew 300 sorties last year.", ["2022"]),
    ],
)
def test_the_times_of_a_text(text: str, edtfs: list[str]) -> None:
    reader = TimeReader(dates.when("2023-09-07"))
    assert [m.when.edtf for m in reader.read(text)[0]] == edtfs
