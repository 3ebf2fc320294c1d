"""Where something was: no namesake in a country that the text rules out, and nobody's home."""

from typing import Any

import pytest


def lands(claims: Any, text: str) -> set[tuple[str, str | None]]:
    return {
        (c.where.as_written, c.where.country) for c in claims(text, "event") if c.where is not None
    }


@pytest.mark.parametrize(
    "put",
    [
        "the eastern Democratic Republic of Congo region of Beni",
        "DRC's Beni",
        "the DR Congo town of Beni",
    ],
)
def test_a_name_is_the_place_in_the_country_that_the_text_says(claims: Any, put: str) -> None:
    found = lands(claims, f"Gunmen attacked a police station in {put} on Monday.")
    assert "CD" in {land for name, land in found if name.endswith("Beni")}
    assert "BO" not in {land for _, land in found}


def test_a_namesake_outside_what_the_text_puts_it_in_is_not_taken(claims: Any) -> None:
    text = (
        "Troops shelled a school in Kani Township, Sagaing Region, in Myanmar on Monday.\n\n"
        "Gunmen attacked a police station in Kani on Tuesday."
    )
    assert "JP" not in {land for _, land in lands(claims, text)}


@pytest.mark.parametrize(
    "home", ["hailing from Swat", "born in Swat", "natives of Swat", "originally from Swat"]
)
def test_a_home_is_not_where_it_happened(claims: Any, home: str) -> None:
    found = lands(claims, f"The TTP attacked civilians on Monday, particularly those {home}.")
    assert not found
    assert lands(claims, "The TTP attacked civilians in Swat on Monday.") == {("Swat", "PK")}
