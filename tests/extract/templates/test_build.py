"""Incident templates of reports."""

import datetime as dt

import pytest

from contested.extract import Extractor
from contested.extract.templates import Incident, templates
from contested.extract.templates.build import likeliest
from contested.language.encoder.scenes import Happening, Participant, Scene
from contested.language.happenings import Told
from contested.model import Report, report_id
from contested.model.edtf import when
from contested.world import World

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


def test_a_counted_thing_has_its_number_and_no_damage_that_nothing_tells(
    incident: Incident,
) -> None:
    (buses,) = incident.things
    assert (buses.number, buses.kind, buses.effect) == ("3", "TRANSPORT VEHICLE", None)


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
