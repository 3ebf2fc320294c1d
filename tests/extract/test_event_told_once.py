"""One deed told twice in a sentence is one event; whoever did it is its doer, and nobody else."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "type_", "doer"),
    [
        (
            "Rebels killed nine people in a drone strike on the port of Aden on Monday.",
            "drone_strike",
            "Rebels",
        ),
        (
            "Militants killed four officers when they attacked a post in Bannu on Monday.",
            "armed_attack",
            "Militants",
        ),
        (
            "Eight people were killed in a drone strike by the RSF that targeted a quarter of "
            "El Fasher on Monday.",
            "drone_strike",
            "the RSF",
        ),
    ],
)
def test_a_killing_and_what_killed_are_one(claims: Any, text: str, type_: str, doer: str) -> None:
    (event,) = claims(text, "event")
    assert event.type == type_
    assert [r.as_written for r in event.initiators] == [doer]


def test_a_killing_in_answer_to_raids_is_not_those_raids(claims: Any) -> None:
    found = claims(
        "Rebels killed 14 civilians in Beni on Monday in retaliation for army raids.", "event"
    )
    killing = next(e for e in found if e.initiators)
    assert killing.type == "armed_attack"


def test_a_toll_belongs_to_the_killing_beside_it(claims: Any) -> None:
    text = "Gunmen killed a judge in Mosul on Monday and another attack killed two in Kirkuk."
    events = {e.id: e for e in claims(text, "event")}
    judge = next(c for c in claims(text, "casualties") if c.count.low == 1)
    assert events[judge.event_ref].where.name == "Mosul"


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("On Monday militants attacked a post in Bannu.", "militants"),
        (
            "On Saturday night numerous armed individuals attacked the village of Pobe.",
            "numerous armed individuals",
        ),
        (
            "Islamist armed groups carried out an attack on a barracks in Djibo on Monday.",
            "Islamist armed groups",
        ),
        ("A separatist platoon ambushed a convoy near Bamenda on Monday.", "A separatist platoon"),
    ],
)
def test_the_doers_words_hold_no_time_and_need_no_known_actor(
    claims: Any, text: str, doer: str
) -> None:
    (event,) = claims(text, "event")
    assert [r.as_written for r in event.initiators] == [doer]


@pytest.mark.parametrize(
    "text",
    [
        "11 troops killed, 10 wounded in two attacks in Zamboanga on Monday",
        "A base near Ocaña was attacked with grenades on Monday, leaving 20 soldiers injured, two "
        "of them seriously.",
    ],
)
def test_the_harmed_are_not_the_doers(claims: Any, text: str) -> None:
    written = [r.as_written for e in claims(text, "event") for r in e.initiators]
    assert not any("troops" in w or "soldiers" in w for w in written)


@pytest.mark.parametrize(
    ("text", "type_", "target"),
    [
        ("Rebels captured an army outpost near Goma on Monday.", "seizure", "an army outpost"),
        ("Insurgents seized the town of Palma on Wednesday.", "seizure", "the town"),
        ("Two lorries were burned down by armed men in Cali on Thursday.", "arson", None),
        ("Three doctors were wounded in a strike on a hospital in Tripoli on Monday.", "attack",
         "a hospital"),
    ],
)  # fmt: skip
def test_ground_taken_and_things_burnt_are_events(
    claims: Any, text: str, type_: str, target: str | None
) -> None:
    (event,) = claims(text, "event")
    assert event.type == type_
    assert target is None or [r.as_written for r in event.targets] == [target]


@pytest.mark.parametrize(
    "text",
    [
        "Police seized 40 kilograms of explosives in Karachi on Monday.",
        "The bombing was the third major attack in Kabul in the last month.",
        "One of the men was wanted in the murder of a judge in Srinagar.",
        "Security forces of Pakistan are determined to eliminate the menace of terrorism.",
        "A strike on the railways began in Karachi on Monday.",
    ],
)
def test_goods_ranks_charges_and_resolve_are_no_events(claims: Any, text: str) -> None:
    assert claims(text, "event") == []


def test_whom_an_attack_is_blamed_on_is_not_its_target(claims: Any) -> None:
    (event,) = claims("Officials blamed Monday's attack in Mosul on the Islamic State.", "event")
    assert [r.actor for r in event.initiators] == ["islamic-state"]
    assert event.targets == ()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Islamic State said its affiliate was behind Sunday's bombing in Kabul.", "claims"),
        ("Police said the Islamic State was behind Sunday's bombing in Kabul.", "is_blamed"),
    ],
)
def test_who_was_behind_it(claims: Any, text: str, act: str) -> None:
    (found,) = claims(text, "responsibility")
    assert (found.act, found.actor) == (act, "islamic-state")
    assert found.event_ref
