"""Incident templates of reports."""

import datetime as dt

import pytest

from contested.extract import Extractor
from contested.extract.templates import Incident, templates
from contested.extract.templates.answers import likeliest
from contested.extract.templates.armed import weapon_kind
from contested.extract.templates.known import known_how
from contested.extract.templates.struck import Struck
from contested.extract.templates.words import nation
from contested.language.encoder.scenes import Happening, Participant, Scene
from contested.language.happenings import Told
from contested.model import Report, report_id
from contested.model.edtf import when
from contested.world import World

CLAIMED, FACT = "CLAIMED OR ADMITTED", "REPORTED AS FACT"
TEXT = (
    "On 5 May 2023 gunmen killed two farmers and Mayor Pedro Gomez in Cali, Colombia. "
    "They burned 3 buses."
)


def part(role: str, words: str, **answers: str) -> Participant:
    start = TEXT.index(words)
    known = {q: {a: 0.9, "NONE": 0.1} for q, a in answers.items()}
    return Participant(role, words, ((start, start + len(words)),), 0.9, known)


@pytest.fixture(scope="module")
def incident(extractor: Extractor) -> Incident:
    report = Report(
        id=report_id(None, TEXT),
        name="t.txt",
        text=TEXT,
        sha256="0" * 64,
        published=when("2023-05-06"),
    )
    happening = Happening(
        (
            part("individual", "gunmen", category="TERRORIST ACT"),
            part("person", "farmers", type="ATTACK", human="CIVILIAN", harm="DEATH"),
            part("person", "Mayor", human="GOVERNMENT OFFICIAL"),
            part("victim", "Pedro Gomez", type="ATTACK", human="GOVERNMENT OFFICIAL"),
            part("target", "buses", type="ARSON", thing="TRANSPORT VEHICLE", damage="NONE"),
        )
    )
    scene = Scene(Told([], 1.0), (happening,))
    (found,) = templates(World.load(), extractor.read(report), scene)
    return found


def test_day_and_place_stand_beside_the_participants(incident: Incident) -> None:
    assert incident.day == dt.date(2023, 5, 5)
    assert incident.by is None
    assert incident.place == ("Colombia", "Cali")


def test_the_type_is_what_most_of_the_struck_say(incident: Incident) -> None:
    assert (incident.type, incident.category) == ("ATTACK", "TERRORIST ACT")


def test_a_name_takes_the_words_beside_it(incident: Incident) -> None:
    gomez = next(p for p in incident.people if p.named)
    assert (gomez.words, gomez.called, gomez.number) == ("Pedro Gomez", ("Mayor",), "1")
    others = [p for p in incident.people if not p.named]
    assert [(p.words, p.number, p.effect) for p in others] == [("farmers", "2", "DEATH")]


def test_a_counted_thing_has_its_number_and_the_damage_that_its_sentence_tells(
    incident: Incident,
) -> None:
    (buses,) = incident.things
    assert (buses.number, buses.kind, buses.effect) == ("3", "TRANSPORT VEHICLE", "SOME DAMAGE")


def test_a_happening_of_no_sure_type_is_none(extractor: Extractor) -> None:
    report = Report(id=report_id(None, TEXT), name="t.txt", text=TEXT, sha256="0" * 64)
    one = part("person", "farmers", human="CIVILIAN")
    unsure = Participant(one.role, one.words, one.at, 0.9, {"type": {"ATTACK": 0.2}})
    scene = Scene(Told([], 1.0), (Happening((unsure,)),))
    assert templates(World.load(), extractor.read(report), scene) == []


def test_places_are_sought_in_the_countries_asked_for_alone(extractor: Extractor) -> None:
    text = (
        "The ministry of the interior in Madrid said that it had asked its embassy in Bogota. "
        "Gunmen killed two farmers in Florencia."
    )
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    start = text.index("farmers")
    one = Participant("person", "farmers", ((start, start + 7),), 0.9, {"type": {"ATTACK": 0.9}})
    scene = Scene(Told([], 1.0), (Happening((one,)),))
    (found,) = templates(World.load(), extractor.read(report), scene, ("CO",))
    assert found.place == ("Colombia", "Florencia")


def test_a_description_of_one_person_is_of_the_name_told_nearest(extractor: Extractor) -> None:
    text = "Gunmen killed Pedro Gomez in Cali. The mayor was 50. Two guards died."
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)

    def at(role: str, words: str) -> Participant:
        start = text.index(words)
        return Participant(role, words, ((start, start + len(words)),), 0.9, {})

    struck = Struck(World.load(), extractor.read(report), "CO")
    found = struck.people(
        [at("victim", "Pedro Gomez")], [at("person", "mayor"), at("person", "Two guards")]
    )
    assert [(p.words, p.called, p.number) for p in found] == [
        ("Pedro Gomez", ("mayor",), "1"),
        ("guards", (), "2"),
    ]


def test_the_nation_named_in_the_words_is_told_where_it_is_foreign(extractor: Extractor) -> None:
    text = "Gunmen killed three Spanish engineers near Cali."
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    start = text.index("Spanish")
    one = Participant("person", "Spanish engineers", ((start, start + 17),), 0.9, {})
    reading = extractor.read(report)
    assert nation(reading, one, "CO") == "ES"
    assert nation(reading, one, "ES") is None


@pytest.mark.parametrize(
    ("text", "kind", "used"),
    [
        ("Men shot two farmers.", "ATTACK", "GUN"),
        ("Men killed two farmers.", "ATTACK", None),
        ("Men killed two farmers.", "BOMBING", "EXPLOSIVE"),
    ],
)
def test_the_deed_tells_what_kind_of_weapon_there_was(
    extractor: Extractor, text: str, kind: str, used: str | None
) -> None:
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    start = text.index("two")
    one = Participant("person", "two farmers", ((start, start + 11),), 0.9, {})
    assert weapon_kind(extractor.read(report), kind, [one]) == used


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The Red Front claimed responsibility for the attack in a communique.", CLAIMED),
        ("Guerrillas of the Red Front attacked the town.", FACT),
    ],
)
def test_words_around_an_organisation_tell_how_it_is_known(
    extractor: Extractor, text: str, how: str
) -> None:
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    start = text.index("Red Front")
    assert known_how(extractor.read(report), [(start, start + 9)]) == how


def test_nobody_knows_of_an_organisation_that_is_not_mentioned(extractor: Extractor) -> None:
    report = Report(id=report_id(None, TEXT), name="t.txt", text=TEXT, sha256="0" * 64)
    assert known_how(extractor.read(report), []) is None


def test_nothing_is_likeliest_where_nothing_is_known() -> None:
    assert likeliest([part("weapon", "buses")], "arm") is None
    none = part("target", "buses", damage="NONE")
    assert likeliest([none], "damage", none=True) is None


def test_a_report_without_a_day_has_the_day_that_it_came_out(extractor: Extractor) -> None:
    text = "Gunmen killed two farmers in Cali, Colombia."
    report = Report(
        id=report_id(None, text),
        name="t.txt",
        text=text,
        sha256="0" * 64,
        published=when("2023-05-06"),
    )
    one = Participant("person", "farmers", ((18, 25),), 0.9, {"type": {"ATTACK": 0.9}})
    scene = Scene(Told([], 1.0), (Happening((one,)),))
    (found,) = templates(World.load(), extractor.read(report), scene)
    assert (found.day, found.by) == (None, dt.date(2023, 5, 6))
