"""Who is heard: not the accused, not a place, not the harmed; officials by their titles."""

from typing import Any

import pytest


def last(claims: Any, text: str, kind: str = "event") -> list[tuple[str, str | None, str]]:
    return [
        (c.speakers[-1].name, c.speakers[-1].actor, c.speakers[-1].kind)
        for c in claims(text, kind)
        if c.speakers
    ]


ACCUSED = "The Kutum Resistance Committees said an RSF drone strike in Kutum killed eight people."


@pytest.mark.parametrize(
    "behind",
    [
        '"Drone attacks on homes continue: a drone struck a market, killing six people," the group'
        " said.",
        "The group said six people were killed in another strike on a market.",
        "It said six people were killed in another strike on a market.",
    ],
)
def test_a_body_that_accuses_is_the_group(claims: Any, behind: str) -> None:
    heard = last(claims, f"{ACCUSED}\n\n{behind}", "casualties")
    assert heard
    assert {name for name, _, _ in heard} == {"the Kutum Resistance Committees"} or {
        name for name, _, _ in heard
    } == {"The Kutum Resistance Committees"}


def test_words_that_accuse_a_side_are_not_its_own(claims: Any) -> None:
    text = (
        "The Rapid Support Forces hold most of Nyala.\n\n"
        '"The Rapid Support Forces killed nine villagers in Nyala on Monday," the group said.'
    )
    assert all(actor is None for _, actor, _ in last(claims, text, "casualties"))


def test_a_side_that_tells_of_its_own_raid_is_heard(claims: Any) -> None:
    text = (
        "The TTP has stepped up its raids.\n\n"
        "The TTP attacked an army post in Tank on Monday, the group said in a statement."
    )
    assert "ttp" in [actor for _, actor, _ in last(claims, text)]


def test_another_who_tells_of_a_deed_claims_nothing(claims: Any) -> None:
    text = (
        "In a grim deed added to the Rapid Support Forces' long record of abuses, the Rapid Support"
        " Forces shelled a market in Nyala on Sunday, said the Doctors Network on social media."
    )
    assert [c.act for c in claims(text, "responsibility") if c.act == "claims"] == []
    assert {name for name, _, _ in last(claims, text)} == {"the Doctors Network"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("At least 20 children were among the dead in the raid on Tank, said a nurse at the"
         " hospital and an official of the shadow government, which is in exile.", "a nurse"),
        ("Nine people died in raids in the eastern Democratic Republic of Congo, local officials"
         " and experts have said, blaming a militia.", "local officials"),
        ("Two health workers said nine people were killed in Tank.", "Two health workers"),
    ],
)  # fmt: skip
def test_places_and_the_harmed_are_no_sources(claims: Any, text: str, name: str) -> None:
    heard = [n for kind in ("event", "casualties") for n, _, _ in last(claims, text, kind)]
    assert heard
    assert set(heard) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "“Two men were killed in Tank on Monday,” SSP Asif Khan told reporters.",
        "Two men were killed in the city of Tank on Monday, its mayor Asif Khan said.",
        "Colonel Asif Khan said two men were killed in Tank on Monday.",
        "Asif Khan, the region's governor, said two men were killed in Tank on Monday.",
        "President Asif Khan spoke, and Mayor Asif Khan said two men were killed in Tank.",
    ],
)
def test_titles_make_officials(claims: Any, text: str) -> None:
    assert [kind for _, _, kind in last(claims, text, "casualties")] == ["official"]


def test_a_name_alone_is_no_official(claims: Any) -> None:
    text = "Asif Khan said two men were killed in Tank on Monday."
    assert [kind for _, _, kind in last(claims, text, "casualties")] == ["independent"]


@pytest.mark.parametrize(
    "text",
    [
        'According to a shopkeeper, "it was a slaughter in Mopti", estimating that "around twenty"'
        ' villagers were killed and mentioning "many wounded". "The brave guards, helped by the'
        ' army, also struck back at the raiders", he added.',
        "According to a shopkeeper, \"it's a slaughter that's taken place in Mopti\", estimating"
        ' that "around thirty" VDP were killed in the raid and mentioning "many wounded". "The'
        ' brave guards, helped by the army, also struck back at the raiders", he added.',
        '"They came at night," a shopkeeper said, adding that the rebels killed 12 people in Mopti.'
        ' "The guards, who had no weapons, fled to the hills", he said.',
    ],
)
def test_whoever_a_quotation_tells_of_is_no_voice(claims: Any, text: str) -> None:
    found = claims(text, "casualties")
    assert found
    assert {tuple(s.name for s in c.speakers) for c in found} == {("a shopkeeper",)}


def test_a_name_in_marks_is_still_a_voice(claims: Any) -> None:
    (one,) = claims('"Islamic State" said it killed 12 soldiers in Mopti on Monday.', "casualties")
    assert [s.actor for s in one.speakers] == ["islamic-state"]
