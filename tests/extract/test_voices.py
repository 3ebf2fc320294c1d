"""According to whom: chains of speakers, and how firmly they speak."""

from typing import Any

import pytest


def voices(claims: Any, text: str, kind: str = "casualties") -> list[tuple[str, str]]:
    found = claims(text, kind)
    assert found, text
    return [(s.name, s.kind) for s in found[0].speakers]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Police said two soldiers were killed in Tank on Monday.", "Police", "official"),
        ("Two soldiers were killed in Tank on Monday, police said.", "police", "official"),
        (
            "According to the TTP, 22 soldiers were killed in Kurram on Monday.",
            "the TTP",
            "party",
        ),
        (
            "Witnesses said that two shopkeepers were killed in Tank on Monday.",
            "Witnesses",
            "witness",
        ),
        (
            "The United Nations said that nine civilians were killed in Khost on Monday.",
            "The United Nations",
            "independent",
        ),
    ],
)
def test_the_last_speaker(claims: Any, text: str, name: str, kind: str) -> None:
    assert voices(claims, text)[-1] == (name, kind)


def test_the_outlet_in_its_own_voice_has_no_speaker(claims: Any) -> None:
    assert voices(claims, "Two soldiers were killed in Tank on Monday.") == []


def test_an_outlet_that_was_told_comes_first(claims: Any) -> None:
    chain = voices(claims, "A police officer told Reuters that two men were killed in Tank.")
    assert [kind for _, kind in chain] == ["outlet", "official"]


def test_a_quotation_belongs_to_who_says_it(claims: Any) -> None:
    text = (
        "“Our fighters killed nine soldiers in Tank on Monday and burned a vehicle,” said the"
        " TTP spokesman."
    )
    assert voices(claims, text)[-1][1] == "party"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The TTP claimed that 22 soldiers were killed in Kurram on Monday.", "alleges"),
        ("Police confirmed that 11 soldiers were killed in Kurram on Monday.", "asserts"),
        ("Nine men were reportedly killed in Kurram on Monday.", "unconfirmed"),
        ("The army denied that 22 soldiers were killed in Kurram on Monday.", "denies"),
    ],
)
def test_stance(claims: Any, text: str, stance: str) -> None:
    assert claims(text, "casualties")[0].stance == stance
