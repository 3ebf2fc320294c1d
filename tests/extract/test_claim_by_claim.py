"""Classes of fault found by reading reports of many wars claim by claim, in words of our own."""

from typing import Any

import pytest


def harmed(claims: Any, text: str) -> list[tuple[Any, ...]]:
    return sorted((c.effect, c.count.low, c.victims) for c in claims(text, "casualties"))


def one(found: list[Any]) -> Any:
    assert len(found) == 1, found
    return found[0]


def doers(event: Any) -> list[tuple[str | None, str]]:
    return [(r.actor, r.as_written) for r in event.initiators]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Masked “bandits” killed two Chadian soldiers and wounded five others during an ambush"
            " near Gao on Sunday, the army said.",
            [("killed", 2, "security_forces"), ("wounded", 5, "security_forces")],
        ),
        (
            "Residents of Gao said the toll was 13 killed and five injured after the raid on"
            " Sunday.",
            [("killed", 13, "unknown"), ("wounded", 5, "unknown")],
        ),
        (
            "A rocket attack on the market in Gao on Tuesday killed at least 18 and wounded 130"
            " people.",
            [("killed", 18, "unknown"), ("wounded", 130, "unknown")],
        ),
        (
            "Herat saw 63 civilian casualties on Monday (30 killed, 33 injured), the mission said.",
            [
                ("killed", 30, "civilians"),
                ("killed_or_wounded", 63, "civilians"),
                ("wounded", 33, "civilians"),
            ],
        ),
        (
            "A clinic in Gao reported three deaths, including a girl, and 14 injuries from Monday's"
            " shelling.",
            [("killed", 1, "civilians"), ("killed", 3, "unknown"), ("wounded", 14, "unknown")],
        ),
        (
            "A doctor in Gao said the hospital received nine bodies and about 30 injured people"
            " after Monday's shelling.",
            [("killed", 9, "unknown"), ("wounded", 30, "unknown")],
        ),
        (
            "A patrol lost two men and seven others were wounded in an ambush near Gao on Sunday.",
            [("killed", 2, "unknown"), ("wounded", 7, "unknown")],
        ),
        (
            "Bandits raided Gao on Friday, killing three of them, the chairman said.",
            [("killed", 3, "unknown")],
        ),
    ],
)
def test_two_effects_are_two_numbers(claims: Any, text: str, expected: Any) -> None:
    assert harmed(claims, text) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "An attack by the ELN in Arauca on Friday left six army members dead and another"
            " wounded.",
            [("killed", 6, "security_forces"), ("wounded", 1, "security_forces")],
        ),
        (
            "Shelling in Kherson on Monday killed a girl and wounded another one.",
            [("killed", 1, "civilians"), ("wounded", 1, "civilians")],
        ),
        (
            "A bomb killed two policemen in Baidoa on Monday. Three others were wounded in the"
            " attack, an officer said.",
            [("killed", 2, "security_forces"), ("wounded", 3, "security_forces")],
        ),
        (
            "The army reported 21 civilian deaths in Gao on Monday.",
            [("killed", 21, "civilians")],
        ),
        (
            "Three soldiers and one police official were killed in an ambush in Gao on Friday.",
            [("killed", 1, "security_forces"), ("killed", 3, "security_forces")],
        ),
        (
            "Two alleged Jaish-e-Mohammed (JeM) militants and a civilian were killed in a clash in"
            " Shopian on Tuesday.",
            [("killed", 1, "civilians"), ("killed", 2, "militants")],
        ),
    ],
)
def test_others_and_vague_nouns_have_the_class_beside_them(
    claims: Any, text: str, expected: Any
) -> None:
    assert harmed(claims, text) == sorted(expected)


def test_bodies_that_are_found_are_dead(claims: Any) -> None:
    text = "On Sunday the bodies of nine herders were found near Gao, a security source said."
    assert harmed(claims, text) == [("killed", 9, "civilians")]
    assert harmed(claims, "The bodies of nine herders were buried near Gao on Sunday.") == []


def test_a_toll_that_a_party_gives_for_the_other_side(claims: Any) -> None:
    text = (
        "Al-Shabaab attacked a convoy in Baidoa on Monday. The group's spokesman said the death"
        " toll on the army's side was seven soldiers."
    )
    assert harmed(claims, text) == [("killed", 7, "security_forces")]


def test_a_doubted_name_does_not_doubt_the_death(claims: Any) -> None:
    text = "Two alleged Jaish militants were killed in a clash in Shopian on Tuesday."
    assert {c.stance for c in claims(text)} == {"asserts"}


def test_people_in_a_country_are_no_part_of_its_state(claims: Any) -> None:
    text = "Gunmen killed nine farmers in northern Niger on Monday, a local source said."
    told = claims(text)
    assert one([c for c in told if c.kind == "casualties"]).side is None
    assert one([c for c in told if c.kind == "event"]).targets == ()


def test_a_state_behind_of_further_on_is_not_what_is_struck(claims: Any) -> None:
    text = "Armed men attacked some villages in Rafi area of Niger State on Friday."
    assert [r.actor for r in one(claims(text, "event")).targets] == [None]


def test_they_are_the_people_who_came_last(claims: Any) -> None:
    text = (
        "The governor of Niger said troops were on their way. The bandits came on Friday. They"
        " abducted 30 villagers near Minna."
    )
    assert all(r.actor is None for c in claims(text, "event") for r in c.initiators)


def test_the_place_before_a_dash_speaks_for_nobody(claims: Any) -> None:
    text = "Bamako – The army reported on Monday that four troops were killed near Gao."
    toll = one(claims(text, "casualties"))
    assert [s.name for s in toll.speakers] == ["The army"]


def test_who_a_name_speaks_for_stands_beside_it(claims: Any) -> None:
    text = (
        "Yusuf Dahir, al Shabaab's operations spokesman, said they killed nine soldiers in Baidoa"
        " on Monday."
    )
    assert [(s.actor, s.kind) for s in one(claims(text, "casualties")).speakers] == [
        ("al-shabaab", "party")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The group carries out frequent attacks on hotels in Mogadishu.",
        "The workers' union staged a strike in Gao on Monday.",
        "A fire burned for hours in Gao on Sunday.",
    ],
)
def test_habits_and_ranks_are_no_happenings(claims: Any, text: str) -> None:
    assert claims(text, "event") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "A truck bomb killed nine people in Gao on Monday. The attack was the deadliest single"
            " bombing in the city since 2003.",
            "car_bombing",
        ),
        ("The army launched an air strike on Gao on Monday, the second such raid.", "airstrike"),
        (
            "The RSF shelled a market in El Fasher on Monday, killing nine civilians and wounding"
            " three others.",
            "shelling",
        ),
        ("In Gao, three bombs went off before midnight on Sunday in two bars.", "bombing"),
        ("Fighters burned and looted shops in Gao on Friday.", "arson"),
    ],
)
def test_a_happening_is_told_once(claims: Any, text: str, kind: str) -> None:
    assert one(claims(text, "event")).type == kind


@pytest.mark.parametrize(
    "text",
    [
        "On Saturday the division accused the RSF of shelling several districts of El Fasher"
        " with mortars, killing seven civilians.",
        "The RSF targeted residential neighbourhoods in El Fasher with artillery on Monday.",
    ],
)
def test_what_somebody_is_accused_of_has_its_doer(claims: Any, text: str) -> None:
    assert [a for a, _ in doers(one(claims(text, "event")))] == ["sudan-rsf"]


def test_an_accusation_takes_no_day_from_another_attack(claims: Any) -> None:
    text = (
        "The RSF shelled El Fasher on Monday, the army said. On Saturday the committee accused the"
        " RSF of shelling two camps, killing seven civilians."
    )
    last = claims(text, "casualties")[-1]
    assert last.when is None or last.when.edtf != "2025-03-10"


@pytest.mark.parametrize(
    "text",
    [
        "An attack by the ELN on the army has left five soldiers dead.\n\nThe attack, which took"
        " place on Friday in a rural district, involved mines, the army said.",
        "Armed men wounded five soldiers during an ambush in central Mali, the army said on"
        " Wednesday.\n\nThe soldiers were escorting a truck on Tuesday when the men ambushed"
        " them, the army said.",
        "A bombing in Gao was claimed by the Islamic State group.\n\nThe bombing killed 12 people"
        " on Monday, police said.",
    ],
)
def test_the_attack_of_an_undated_lead_is_dated_further_down(claims: Any, text: str) -> None:
    lead, again = claims(text, "event")
    assert lead.when == again.when is not None
    assert "when" in lead.carried and "when" not in again.carried
    assert again.event_ref == lead.id


def test_another_attack_is_not_the_one_of_the_lead(claims: Any) -> None:
    text = (
        "An attack by the ELN on the army has left five soldiers dead.\n\nAnother attack on the"
        " army took place on Friday in Arauca."
    )
    assert all(e.event_ref is None for e in claims(text, "event"))


def test_a_deed_blamed_in_a_later_sentence(claims: Any) -> None:
    text = (
        "A blast tore through a market in Gao on Monday.\n\nThe attack is believed to have been"
        " carried out by the Islamic State group."
    )
    told = claims(text)
    blamed = one([c for c in told if c.kind == "responsibility"])
    assert (blamed.act, blamed.actor) == ("is_blamed", "islamic-state")
    assert blamed.event_ref == next(c for c in told if c.kind == "event").id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ten militants were killed and three soldiers wounded, one of them badly, when fighters"
            " attacked a base in Gao on Friday.",
            [("killed", 10, "militants"), ("wounded", 3, "security_forces")],
        ),
        (
            "Four soldiers were killed and another wounded in what the army called a cowardly"
            " attack in Gao on Friday.",
            [("killed", 4, "security_forces"), ("wounded", 1, "security_forces")],
        ),
        ("Police found the body of a trader in Gao on Friday.", [("killed", 1, "civilians")]),
    ],
)
def test_clauses_without_an_auxiliary(claims: Any, text: str, expected: Any) -> None:
    assert harmed(claims, text) == sorted(expected)


def test_two_of_them_are_a_part(claims: Any) -> None:
    text = (
        "Four people, two of them children, were killed when a shell hit a house in Kherson on"
        " Friday."
    )
    told = {c.count.low: c for c in claims(text, "casualties")}
    assert told[2].part_of == told[4].id
    assert told[2].victims == "civilians"


def test_a_time_right_before_the_verb_is_its_own(claims: Any) -> None:
    text = (
        "Gunmen suspected to be rebels on Wednesday night killed seven persons and abducted 150"
        " others in Gao."
    )
    assert {c.when.edtf for c in claims(text) if c.kind in ("event", "casualties")} == {
        "2025-03-12"
    }


def test_due_to_is_no_future(claims: Any) -> None:
    text = "Two women were injured in Kherson due to a drone attack on Thursday."
    assert one(claims(text, "casualties")).when.edtf == "2025-03-13"


def test_media_that_say_something_are_no_fighters(claims: Any) -> None:
    text = (
        "Rebels told The Gazette they were safe. State-run media, in reports on the fighting, did"
        " not mention the strikes. Instead, they said: “Troops raided Gao on Monday, and the"
        " rebels torched some houses.”"
    )
    arson = next(c for c in claims(text, "event") if c.type == "arson")
    assert [s.name for s in arson.speakers] == ["State-run media"]
    assert not [c for c in claims(text, "responsibility") if c.act == "claims"]


def test_the_number_killed_in_a_month_is_a_total(claims: Any) -> None:
    text = (
        "A total of 79 Afghan civilians were killed and another 99 injured in Afghanistan in July"
        " 2018, according to the mission.\n\nThe number of civilians killed in the month in"
        " attacks was 71, while the number of injured was 82."
    )
    totals = {(c.measure, c.count.low) for c in claims(text, "statistic")}
    assert {("killed", 71), ("wounded", 82)} <= totals
    assert claims(text, "casualties") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A car bomb at a station in Baghdad killed 18 on Wednesday. The attack also wounded"
            " 34.",
            [("killed", 18, "unknown"), ("wounded", 34, "unknown")],
        ),
        (
            "The army summarily executed at least 22 villagers in Gao on Friday, a rights group"
            " said.",
            [("killed", 22, "civilians")],
        ),
        (
            "A total of 36 members of the outlawed National Front (FNL) and a soldier have been"
            " killed in clashes in Gao.",
            [("killed", 1, "security_forces"), ("killed", 36, "militants")],
        ),
        (
            "A 47-year-old man was later shot and killed on Friday in Gao.",
            [("killed", 1, "unknown")],
        ),
        ("Police found 12 bodies of civilians in Gao on Friday.", [("killed", 12, "civilians")]),
        (
            "The army said four soldiers had been killed and six wounded in Gao on Friday.",
            [("killed", 4, "security_forces"), ("wounded", 6, "security_forces")],
        ),
        ("Soldiers were killed 30 minutes later in Gao on Friday.", []),
    ],
)
def test_the_verb_is_active_or_passive_as_the_words_have_it(
    claims: Any, text: str, expected: Any
) -> None:
    assert harmed(claims, text) == sorted(expected)


def test_a_list_that_spells_out_its_number_is_its_parts(claims: Any) -> None:
    text = "In Gao on Friday, two people, a farmer and a soldier, were killed."
    told = claims(text, "casualties")
    whole = one([c for c in told if c.count.low == 2])
    assert [c.part_of for c in told if c.count.low == 1] == [whole.id, whole.id]


def test_a_spate_of_attacks_is_no_attack(claims: Any) -> None:
    text = "A soldier was killed in Gao on Friday, the latest in a spate of attacks in the town."
    assert claims(text, "event") == []


def test_burnt_houses_do_not_make_an_attack_arson(claims: Any) -> None:
    text = "Rebels attacked the city of Gao on Friday, killing people and burning houses."
    assert one(claims(text, "event")).type != "arson"
