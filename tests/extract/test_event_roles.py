"""Who did it to whom, in the shapes that news gives it: passive, nominal, relative, participial."""

from typing import Any

import pytest

from contested.extract import Extractor
from contested.extract.lexicon import table
from contested.model import Report, report_id


def sides(claim: Any, field: str) -> list[tuple[str | None, str]]:
    return [(r.actor, r.as_written) for r in getattr(claim, field)]


def one(found: list[Any]) -> Any:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "At least nine traders were killed and 14 wounded on Tuesday in El Geneina after shelling"
        " by the paramilitary Rapid Support Forces (RSF).",
        "Six farmers died on Friday in Nyala during shelling by the Rapid Support Forces.",
    ],
)
def test_a_participle_that_names_the_deed_has_its_doer_behind_by(claims: Any, text: str) -> None:
    event = one(claims(text, "event"))
    assert event.type == "shelling"
    assert [actor for actor, _ in sides(event, "initiators")] == ["sudan-rsf"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The number of people killed by a suicide bomber in Pakistan's Hangu district rose to 41"
         " on Sunday.", "a suicide bomber"),
        ("A group of militants in Burkina Faso attacked a post in Djibo on Monday.",
         "A group of militants"),
        ("Pakistani militants attacked a police post in Tank on Monday.", "Pakistani militants"),
    ],
)  # fmt: skip
def test_the_country_they_are_in_is_no_side(claims: Any, text: str, words: str) -> None:
    for event in claims(text, "event"):
        assert all(actor is None for actor, _ in sides(event, "initiators"))
    assert words in [w for e in claims(text, "event") for _, w in sides(e, "initiators")]


def test_soldiers_of_a_state_are_still_of_that_state(claims: Any) -> None:
    event = one(claims("Malian soldiers attacked a camp near Mopti on Monday.", "event"))
    assert event.initiators[0].actor.startswith("mali")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 5 May 2024 militants attacked a police post in Tank.", "militants"),
        ("On 12 March 2023 armed fighters ambushed a convoy near Wana.", "armed fighters"),
    ],
)
def test_a_date_before_the_subject_is_no_part_of_it(claims: Any, text: str, words: str) -> None:
    event = one(claims(text, "event"))
    assert sides(event, "initiators") == [(None, words)]
    assert event.when.earliest == event.when.latest


def test_who_came_to_attack_attacked(claims: Any) -> None:
    text = "Assailants rode into the town of Mopti on Monday to attack a Malian garrison."
    event = one(claims(text, "event"))
    assert event.type.endswith("attack")
    assert sides(event, "initiators") == [(None, "Assailants")]


def test_who_came_to_help_after_an_attack_did_not_attack(claims: Any) -> None:
    text = "Soldiers came to Mopti on Monday to prevent an attack on the market."
    assert all(e.status != "occurred" for e in claims(text, "event"))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The raid on a village near Mopti on Sunday is believed to have been carried out by"
         " JNIM.", "jnim"),
        ("The attack on the base in Bannu on Monday was undertaken by the Hafiz Gul Bahadur"
         " group.", "hafiz-gul-bahadur-group"),
    ],
)  # fmt: skip
def test_what_was_carried_out_by_them_is_their_deed(claims: Any, text: str, actor: str) -> None:
    event = one(claims(text, "event"))
    assert [a for a, _ in sides(event, "initiators")] == [actor]


@pytest.mark.parametrize(
    "text",
    [
        "The army had deployed at least 30 drones at the airport of Nyala on Monday.",
        "The military deployed rockets and mortars in Khost on Friday.",
    ],
)
def test_a_deployment_is_no_attack(claims: Any, text: str) -> None:
    assert claims(text, "event") == []


@pytest.mark.parametrize(
    "text",
    [
        "In Tirah on Monday a militant was neutralized, while two insurgents got injured and were"
        " held by security forces.",
        "On Friday a guard was martyred and his cousin injured in Bannu.",
    ],
)
def test_the_harmed_are_no_doers(claims: Any, text: str) -> None:
    assert [e.initiators for e in claims(text, "event") if e.initiators] == []


def test_those_who_got_injured_are_wounded(claims: Any) -> None:
    text = "Two insurgents got injured and were held by soldiers in Tirah on Monday."
    toll = one([c for c in claims(text, "casualties") if c.effect == "wounded"])
    assert (toll.count.low, toll.victims) == (2, "militants")


def test_a_toll_is_no_target(claims: Any) -> None:
    text = "Two drones struck a hospital in Kharkiv on Monday, killing three nurses."
    event = one(claims(text, "event"))
    assert sides(event, "targets") == [(None, "a hospital")]


def test_a_band_of_fighters_is_whom_it_is_made_of(claims: Any) -> None:
    text = "A large band of rebels attacked two army posts in Chitral on Monday."
    event = one(claims(text, "event"))
    assert sides(event, "initiators") == [(None, "A large band of rebels")]


def test_a_doctors_network_is_not_the_armed_group(extractor: Extractor) -> None:
    text = (
        "Fighters of the Rapid Support Forces shelled a market in Nyala on Sunday. The group denied"
        " it. The medical network was appalled."
    )
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    actors = {
        g.text: g.actor.actor if g.actor else None
        for s in extractor.read(report).sentences
        for g in s.groups
    }
    assert actors["The group"] == "sudan-rsf"
    assert actors["The medical network"] is None


@pytest.mark.parametrize("name", ["civil_words", "collectives", "coming_verbs"])
def test_word_lists_hold_each_word_once(name: str) -> None:
    words = [row["word"] for row in table(name)]
    assert words == list(dict.fromkeys(words))
    assert all(word == word.lower() for word in words)
