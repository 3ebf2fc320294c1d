"""Places that no table has: they keep their words, and lie in what the report puts them in."""

from typing import Any

import pytest

from contested.model import Where


def wheres(claims: Any, text: str) -> list[Where]:
    return [c.where for c in claims(text, "event") if c.where is not None]


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("Gunmen attacked Dalbo village on Monday.", "Dalbo", "Dalbo village"),
        ("Gunmen attacked the village of Dalbo on Monday.", "Dalbo", "village of Dalbo"),
        ("Gunmen ambushed a convoy in Orvum district on Monday.", "Orvum district", None),
    ],
)
def test_a_name_that_no_table_has_keeps_its_words(
    claims: Any, text: str, name: str, written: str | None
) -> None:
    (where,) = wheres(claims, text)
    assert (where.name, where.as_written) == (name, written or name)
    assert where.lat is None
    assert where.radius_km is None
    assert where.geonameid is None


def test_it_lies_in_the_place_that_the_report_puts_it_in(claims: Any) -> None:
    (where,) = wheres(claims, "Gunmen attacked Dalbo village in Mopti, Mali, on Monday.")
    assert (where.name, where.geonameid) == ("Dalbo", None)
    assert (where.country, where.admin1) == ("ML", "Mopti")
    assert where.lat == pytest.approx(14.6, abs=1)
    assert where.radius_km is not None
    assert where.radius_km > 50


def test_all_of_a_list_lie_in_what_its_last_is_put_in(claims: Any) -> None:
    (where,) = wheres(
        claims, "Gunmen attacked Dalbo village, Orvum village and Kesti village in Niger State."
    )
    assert (where.name, where.country) == ("Dalbo", "NG")


def test_no_namesake_abroad_stands_for_it(claims: Any) -> None:
    text = (
        "Gunmen killed seven villagers in Kuchi village in Niger State, Nigeria, on Friday. "
        "Police in Kaduna State said so."
    )
    found = wheres(claims, text)
    assert found
    assert {(w.name, w.country) for w in found} == {("Kuchi", "NG")}


@pytest.mark.parametrize(
    "thing", ["Dalbo Hospital", "Dalbo Road", "the Dalbo Cement Company", "Captain Dalbo"]
)
def test_no_road_body_or_person_is_an_unknown_place(claims: Any, thing: str) -> None:
    found = wheres(claims, f"Gunmen attacked soldiers near {thing} in Mopti, Mali, on Monday.")
    assert "Dalbo" not in {w.name for w in found}


@pytest.mark.parametrize(
    "text",
    [
        "The attack targeted the outskirts of Dalbo, a small town in northern Mali, on Monday.",
        "Gunmen attacked Dalbo, a farming village in central Mali, on Monday.",
        "An attack in Mali's Dalbo on Monday killed twelve people.",
        "An attack in Mali’s northern Dalbo on Monday killed twelve people.",
        "A bomb in the centre of Dalbo, in Mali, killed three people on Monday.",
    ],
)
def test_an_unknown_town_is_not_lost_to_its_country(claims: Any, text: str) -> None:
    (where,) = wheres(claims, text)
    assert (where.name, where.country, where.geonameid) == ("Dalbo", "ML", None)


@pytest.mark.parametrize(
    "text",
    [
        "An attack in Somalia's Parliament on Monday killed three people.",
        "An attack on Mali's Junta on Monday killed three people in Bamako.",
        "Burkina Faso's Dalbo visited Mali on Monday after an attack in Bamako.",
    ],
)
def test_what_a_country_owns_is_not_always_a_place(claims: Any, text: str) -> None:
    assert {w.name for w in wheres(claims, text)} <= {"Somalia", "Bamako", "Mali"}
