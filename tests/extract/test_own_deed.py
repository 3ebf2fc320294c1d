"""A claim of responsibility needs the group itself as the one who speaks."""

from typing import Any

import pytest


def acts(claims: Any, text: str) -> list[tuple[str, str | None]]:
    return [(c.act, c.actor) for c in claims(text, "responsibility")]


@pytest.mark.parametrize(
    "text",
    [
        '"The Rapid Support Forces (RSF) attacked the village of Um Rawaba" on Saturday, said a'
        " statement from a local relief committee.",
        '"The Rapid Support Forces committed a terrible massacre in El Fasher on Sunday," said a'
        " doctors' committee in a statement.",
        "The Rapid Support Forces shelled Nyala on Monday, the governor said.",
        "Militants had ambushed coalition troops in Kunar on Monday, it said in a statement.",
    ],
)
def test_whoever_is_told_of_claims_nothing(claims: Any, text: str) -> None:
    assert [a for a, _ in acts(claims, text) if a == "claims"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The TTP said its fighters attacked a police post in Tank on Monday.",
        '"Our fighters stormed the post in Bannu on Sunday," said TTP spokesman'
        " Mohammad Khurasani.",
    ],
)
def test_a_group_that_tells_of_its_own_deed_claims_it(claims: Any, text: str) -> None:
    assert acts(claims, text) == [("claims", "ttp")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The raid near Mopti on Sunday is believed to have been carried out by JNIM.", "jnim"),
        ("The attack on the base in Bannu on Monday was undertaken by the Hafiz Gul Bahadur group,"
         " the army said.", "hafiz-gul-bahadur-group"),
        ('The mayor blamed "the terrorist group" Ansarul Islam for the raid in Djibo on Monday.',
         "ansar-ul-islam"),
    ],
)  # fmt: skip
def test_who_is_said_to_have_done_it_is_blamed(claims: Any, text: str, actor: str) -> None:
    assert acts(claims, text) == [("is_blamed", actor)]


def test_foreign_troops_are_not_those_of_the_country(claims: Any) -> None:
    text = "Militants ambushed coalition troops in Kunar on Monday."
    event = next(iter(claims(text, "event")))
    assert [r.actor for r in event.targets] == [None]
