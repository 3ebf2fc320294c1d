from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.extract.mentions import PlaceMention
from contested.extract.where import PlaceFinder
from contested.extract.where_names import Name, Names
from contested.extract.where_peoples import Peoples
from contested.world import Place, World, fold


class Gazetteer:
    def __init__(self, *places: Place) -> None:
        self._places = {p.id: p for p in places}

    def own_places(self) -> Iterator[Place]:
        yield from (p for p in self._places.values() if p.supplement)

    def wide_names(self) -> Iterator[str]:
        yield from (fold(p.name) for p in self._places.values() if p.kind in ("country", "admin1"))

    def begins_place(self, words: str) -> bool:
        names = [fold(n) for p in self._places.values() for n in (p.name, *p.names)]
        key = fold(words)
        return any(name == key or name.startswith(f"{key} ") for name in names)

    def places_named(self, name: str) -> Sequence[Place]:
        key = fold(name)
        found = [p for p in self._places.values() if key in map(fold, (p.name, *p.names))]
        return sorted(found, key=lambda p: (not p.supplement, -p.population))


def place(
    id_: str,
    name: str,
    kind: str,
    admin1: str | None,
    country: str | None,
    population: int = 0,
    *names: str,
    known: bool = True,
) -> Place:
    return Place(
        id_, name, names, kind, admin1, country, 30.0, 70.0, 9.0, None, population, "test", known
    )


KP = "Khyber Pakhtunkhwa"
WORLD = Gazetteer(
    place("pk", "Pakistan", "country", None, "PK", 200_000_000),
    place("af", "Afghanistan", "country", None, "AF", 40_000_000),
    place("in", "India", "country", None, "IN", 1_300_000_000),
    place("us", "United States", "country", None, "US", 330_000_000, "US", "U.S.", "USA"),
    place("jo", "Jordan", "country", None, "JO", 10_000_000),
    place("fr", "France", "country", None, "FR", 67_000_000, known=False),
    place("nice", "Nice", "town", "Provence", "FR", 342_000, known=False),
    place("reading", "Reading", "town", "England", "GB", 318_000, known=False),
    place("of", "Of", "town", "Trabzon", "TR", 31_000, known=False),
    place("haan", "Haan", "town", "North Rhine", "DE", 29_000, "Khan", known=False),
    place("kp", KP, "admin1", KP, "PK", 35_000_000, "KP", "Khyber-Pakhtunkhwa"),
    place("balochistan", "Balochistan", "admin1", "Balochistan", "PK", 12_000_000),
    place("punjab", "Punjab", "admin1", "Punjab", "PK", 110_000_000),
    place("punjab-in", "Punjab", "admin1", "Punjab", "IN", 27_000_000, known=False),
    place("kurram", "Kurram", "admin2", KP, "PK"),
    place("swat", "Swat", "admin2", KP, "PK"),
    place("nw", "North Waziristan", "admin2", KP, "PK"),
    place("bannu", "Bannu", "town", KP, "PK", 1_300_000),
    place("bannu-district", "Bannu", "admin2", KP, "PK"),
    place("bannu-cantt", "Bannu Cantt", "facility", KP, "PK", 0, "Bannu cantonment"),
    place("chaman", "Chaman", "town", "Balochistan", "PK", 130_000),
    place("mir-ali", "Mir Ali", "town", KP, "PK"),
    place("mir-ali-in", "Mir Ali", "town", "Bihar", "IN", 9_000, known=False),
    place("peshawar", "Peshawar", "town", KP, "PK", 2_000_000),
    place("islamabad", "Islamabad", "capital", "Islamabad", "PK", 1_000_000),
    place("karachi", "Karachi", "town", "Sindh", "PK", 15_000_000),
    place("kandahar", "Kandahar", "town", "Kandahar", "AF", 500_000),
    place("kandahar-province", "Kandahar Province", "admin1", "Kandahar", "AF", 0, "Kandahar"),
    place("boldak", "Spin Boldak", "town", "Kandahar", "AF"),
    place("boldak-district", "Spin Boldak", "admin2", "Kandahar", "AF"),
    place("torkham", "Torkham", "crossing", KP, "PK", 0, "Torkham crossing"),
    place("tribal", "tribal areas", "region", KP, "PK"),
    place("hyderabad", "Hyderabad", "town", "Sindh", "PK", 1_700_000, known=False),
    place("hyderabad-in", "Hyderabad", "town", "Telangana", "IN", 6_800_000, known=False),
)
FINDER = PlaceFinder(WORLD)


def ids(text: str, *prior: str) -> list[str | None]:
    return [m.place for m in FINDER.find(text, prior=prior) if m.literal]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("an attack in Bannu on Monday", ["bannu"]),
        ("an attack in Bannu district", ["bannu-district"]),
        ("in district Bannu", ["bannu-district"]),
        ("near Bannu Cantt", ["bannu-cantt"]),
        ("at the Torkham crossing", ["torkham"]),
        ("in KP province and Khyber-Pakhtunkhwa", ["kp", "kp"]),
        ("in Pakistan’s tribal areas", ["pk", "tribal"]),
        ("PESHAWAR: Police said", ["peshawar"]),
        ("the Spin Boldak district of Kandahar", ["boldak-district", "kandahar-province"]),
        ("in Kandahar", ["kandahar"]),
        ("Khyber Pakhtunkhwa police said", ["kp"]),
        ("Islamabad-based analysts", ["islamabad"]),
        ("they met in Nice, France", ["nice", "fr"]),
    ],
)
def test_names_with_their_types(text: str, places: list[str]) -> None:
    assert ids(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("in Mir Ali, North Waziristan", ["mir-ali", "nw"]),
        ("in Punjab, India", ["punjab-in", "in"]),
        ("in Hyderabad, the old capital of India", ["hyderabad-in", "in"]),
        ("in Chaman, a key border town in Balochistan", ["chaman", "balochistan"]),
    ],
)
def test_what_the_text_puts_a_place_in(text: str, places: list[str]) -> None:
    assert ids(text) == places


def test_the_rest_of_the_report_tells_two_places_apart() -> None:
    assert ids("Police in Karachi and Peshawar went to Hyderabad in Pakistan.")[2] == "hyderabad"
    assert ids("Police in India went to Hyderabad.")[1] == "hyderabad-in"
    assert ids("Police went to Hyderabad.") == ["hyderabad-in"]


def test_the_caller_s_countries_break_a_tie() -> None:
    assert ids("in Hyderabad", "PK") == ["hyderabad"]


@pytest.mark.parametrize(
    "text",
    [
        "Reading is fun, and Of course",
        "Nice words were said",
        "General Khan spoke",
        "Khan told reporters",
        "Karachi Kings won",
        "the University of Karachi",
        "an anti-Islamabad mood",
        "Lashkar-e-Bannu",
        "#Bannu",
        "https://Bannu.example/Karachi",
        "a SWAT team",
        "Us too, told us",
        "in March",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert ids(text) == []


def test_a_person_s_surname_is_no_place_later_on() -> None:
    assert ids("Then Jamil Chaman spoke. Later, Chaman left.") == []


def test_a_first_name_that_is_a_country() -> None:
    assert ids("Then Jordan Peterson spoke.") == []
    assert ids("in Jordan") == ["jo"]


def test_a_mention_carries_the_gazetteer_s_place() -> None:
    (found,) = FINDER.find("in Kurram district", 10)
    assert isinstance(found, PlaceMention)
    assert (found.start, found.end, found.kind) == (13, 28, "admin2")
    where = found.where
    assert (where.name, where.as_written, where.admin1) == ("Kurram", "Kurram district", KP)
    assert (where.country, where.lat, where.lon, where.radius_km) == ("PK", 30.0, 70.0, 9.0)


def test_a_place_in_an_organisation_s_name_is_read_but_not_as_a_where() -> None:
    (found,) = FINDER.find("the University of Karachi")
    assert (found.place, found.literal) == ("karachi", False)


def test_what_the_pipeline_takes_for_a_person_is_no_small_place() -> None:
    text = "Police shot Nice in France."
    assert [m.place for m in FINDER.find(text, names=Names([Name(12, 16, "PERSON")]))] == ["fr"]


PUBLIC = PlaceFinder(World.load(), Peoples(World.load()))


def named(text: str) -> list[tuple[str, str | None, str | None, bool]]:
    return [
        (m.where.as_written, m.where.name, m.where.country, m.literal) for m in PUBLIC.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Sudanese army", ("Sudanese", "Sudan", "SD", False)),
        ("Two Turks were held", ("Turks", "Turkey", "TR", False)),
        ("South African mercenaries", ("South African", "South Africa", "ZA", False)),
        ("the European mission", ("European", "Europe", None, False)),
        ("across Africa", ("Africa", "Africa", None, True)),
        ("Burkinabè forces", ("Burkinabè", "Burkina Faso", "BF", False)),
    ],
)
def test_words_for_a_people_tell_of_a_place_and_are_no_where(
    text: str, found: tuple[str, str | None, str | None, bool]
) -> None:
    assert named(text) == [found]


def test_a_surname_that_is_a_word_for_a_people_is_none() -> None:
    text = "Then Volker Turk spoke."
    assert PUBLIC.find(text, names=Names([Name(5, 16, "PERSON")])) == []


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("in Bowling Green, Ky., police said", ["Kentucky"]),
        ("in Tulsa, OK, police said", ["Oklahoma"]),
        ("farmers of northern B.C. said", ["British Columbia"]),
        ("OK, he said, or ME", []),
        ("built in 300 B.C. by kings", []),
        ("from Cuenca, La Paz and Quito", []),
    ],
)
def test_short_forms_of_states(text: str, states: list[str]) -> None:
    short = [name for _, name, country, _ in named(text) if country in ("US", "CA")]
    assert [name for name in short if name not in ("Bowling Green", "Tulsa")] == states


def test_once_said_where_it_lies_a_name_means_that_place() -> None:
    text = "Police in Paris, Texas, held him. He was taken to a court in Paris on Monday."
    assert {m.where.admin1 for m in PUBLIC.find(text) if m.where.name == "Paris"} == {"Texas"}
    assert named("He was taken to a court in Paris.")[0][2] == "FR"


def test_a_single_other_name_moves_no_great_city() -> None:
    (paris,) = [m for m in PUBLIC.find("A Texas man died in Paris.") if m.where.name == "Paris"]
    assert paris.where.country == "FR"


def test_the_great_town_of_a_province_stands_for_itself() -> None:
    kinds = [m.kind for m in PUBLIC.find("Rebels left Aleppo. Raids went on in Aleppo province.")]
    assert kinds == ["town", "admin1"]


def test_a_small_place_elsewhere_than_the_rest_is_left_out() -> None:
    text = "Shells fell on the village of Vesele, Kherson region, and in Kherson city."
    assert all(m.where.admin1 == "Kherson" for m in PUBLIC.find(text))


def test_an_article_in_small_letters_begins_a_name() -> None:
    (found,) = PUBLIC.find("the siege of el-Fasher")
    assert (found.where.as_written, found.where.country) == ("el-Fasher", "SD")


@pytest.mark.parametrize("text", ["Canada's lake", "on Geary Street", "at Geary Lake", "a Centre"])
def test_no_small_namesakes(text: str) -> None:
    assert {m.where.country for m in PUBLIC.find(text)} <= {"CA"}


_PIECES = st.sampled_from(
    (
        *("Bannu", "Bannu Cantt", "Mir Ali", "KP", "U.S.", "US", "us", "Kurram"),
        *("district", "province", "of", "in", "the", ",", "-", ".", "\n", "’s", "Khan"),
        *("General", "Karachi", "Kings", "University", "town", "Punjab", "India"),
        *("tribal areas", "PESHAWAR", ":", "Nice", "#", "e", "(", ")", "a"),
    )
)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    holds(text)


@given(st.lists(_PIECES, max_size=30), st.sampled_from(["", " "]))
def test_any_mix_of_names(pieces: list[str], gap: str) -> None:
    holds(gap.join(pieces))


def holds(text: str) -> None:
    at = 5
    for found in FINDER.find(text, 5):
        assert at <= found.start < found.end <= len(text) + 5
        assert text[found.start - 5 : found.end - 5] == found.where.as_written
        at = found.end


def test_a_place_in_a_bodys_name_is_no_place_of_the_happening(claims: Any) -> None:
    text = "According to the Sudan Doctors Network, shells killed nine civilians in a market."
    assert all(c.where is None for c in claims(text, "casualties"))
