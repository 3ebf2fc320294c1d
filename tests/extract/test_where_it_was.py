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


@pytest.mark.parametrize(
    "aside",
    [
        "close to the Niger and Chad borders",
        "near the border with Niger",
        "with rifles made in Niger",
        "in a vehicle bound for Niger",
        "who fought the Niger-backed militia",
    ],
)
def test_a_country_named_in_passing_is_not_where_it_happened(claims: Any, aside: str) -> None:
    assert not lands(claims, f"Gunmen killed three soldiers on Monday {aside}.")


@pytest.mark.parametrize("mark", [" —", " (Wire) -", ":"])
def test_where_a_report_is_filed_is_not_where_it_happened(claims: Any, mark: str) -> None:
    assert not lands(claims, f"PESHAWAR{mark} Gunmen killed three soldiers on Monday, police said.")
    found = lands(claims, f"PESHAWAR{mark} Gunmen killed three soldiers here on Monday.")
    assert {land for _, land in found} <= {"PK"}


@pytest.mark.parametrize(
    "put",
    [
        "Shiroro local government area of Niger State",
        "the Niger State area of Shiroro",
        "Shiroro, Niger State",
        "Niger State's Shiroro district",
    ],
)
def test_the_finest_of_nested_places_is_where_it_happened(claims: Any, put: str) -> None:
    text = f"Bandits attacked a convoy in {put} on Friday, killing six and kidnapping two people."
    told = [*claims(text, "event"), *claims(text, "casualties")]
    assert {c.where.name for c in told if c.where is not None} == {"Shiroro"}


def test_where_somebody_speaks_is_not_where_it_happened(claims: Any) -> None:
    text = "A spokesman told reporters in Geneva that gunmen had killed three farmers on Monday."
    assert not lands(claims, text)


@pytest.mark.parametrize(
    ("put", "least", "most"),
    [("in Djugu", 1, 10), ("near Djugu", 15, 15), ("40 km east of Djugu", 40, 40)],
)
def test_near_a_place_is_wider_than_it(claims: Any, put: str, least: int, most: int) -> None:
    text = f"Gunmen attacked a camp {put} in Ituri province in DR Congo on Monday."
    (where,) = {c.where for c in claims(text, "event")}
    assert where.name == "Djugu"
    assert least <= where.radius_km <= most
