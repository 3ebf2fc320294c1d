"""Who is said, or says, to have done it."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("The TTP claimed responsibility for the bombing in Hangu.", "claims", "ttp"),
        ("Responsibility for the blast in Hangu was claimed by the TTP.", "claims", "ttp"),
        ("The attack in Quetta was claimed by the Balochistan Liberation Army.", "claims", "bla"),
        ("The TTP denied involvement in the bombing in Hangu on Monday.", "denies", "ttp"),
        ("No group has claimed responsibility for the bombing in Hangu.", "unclaimed", None),
        ("There was no immediate claim of responsibility for the bombing.", "unclaimed", None),
        ("Police blamed the TTP for the bombing in Hangu on Monday.", "is_blamed", "ttp"),
        ("Islamabad accused the TTP of carrying out the bombing in Hangu.", "is_blamed", "ttp"),
    ],
)
def test_acts(claims: Any, text: str, act: str, actor: str | None) -> None:
    found = claims(text, "responsibility")
    assert [(c.act, c.actor) for c in found] == [(act, actor)]


def test_who_blames_is_the_speaker(claims: Any) -> None:
    text = "Police blamed the TTP for the bombing in Hangu on Monday."
    claim = claims(text, "responsibility")[0]
    assert claim.speakers[-1].kind == "official"
    assert claim.stance == "alleges"


def test_blame_for_other_things_is_no_responsibility(claims: Any) -> None:
    text = "The opposition blamed the government for the price of flour in Lahore."
    assert claims(text, "responsibility") == []


def test_a_commander_claims_and_a_spokesman_denies(claims: Any) -> None:
    text = (
        "A bombing hit a mosque in Peshawar on Monday. A TTP commander claimed responsibility for"
        " the bombing. The TTP spokesman denied involvement in the attack."
    )
    found = claims(text, "responsibility")
    assert [(c.act, c.actor) for c in found] == [("claims", "ttp"), ("denies", "ttp")]
    assert len({c.event_ref for c in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two policemen in Bannu on Monday. The attacker was not part of the TTP.",
        "It is unclear whether the gunman was a member of the TTP, police said.",
        "The shooter was part of a wedding party that the TTP later condemned.",
    ],
)
def test_what_is_denied_or_open_blames_nobody(claims: Any, text: str) -> None:
    assert claims(text, "responsibility") == []


@pytest.mark.parametrize(
    ("text", "actor", "speaker"),
    [
        ("The TTP denied that it was behind the bombing in Hangu on Monday.", "ttp", "ttp"),
        ("Kabul denied that the TTP was behind the bombing in Hangu.", "ttp", "afghanistan"),
        ("Kabul denied the TTP's involvement in the bombing in Hangu.", "ttp", "afghanistan"),
        ("The TTP has distanced itself from the bombing in Hangu.", "ttp", "ttp"),
    ],
)
def test_whose_deed_is_denied_and_by_whom(claims: Any, text: str, actor: str, speaker: str) -> None:
    (found,) = claims(text, "responsibility")
    assert (found.act, found.actor, found.speakers[-1].actor) == ("denies", actor, speaker)


def test_who_denies_being_behind_a_blast_does_not_deny_the_blast(claims: Any) -> None:
    text = (
        "A bombing hit a mosque in Peshawar on Monday. The TTP's spokesman, Mohammad Khurasani,"
        " denied that the group was behind the blast."
    )
    (found,) = claims(text, "responsibility")
    event = next(c for c in claims(text, "event") if c.id == found.event_ref)
    assert event.stance != "denies"
    assert event.where is not None


def test_other_denials_are_no_responsibility(claims: Any) -> None:
    text = "The minister denied that prices had risen in Lahore since the attack."
    assert claims(text, "responsibility") == []


@pytest.mark.parametrize("text", ["Attempt was claimed by the Taliban.", "attempt claimed by ISIL"])
def test_an_attempt_that_opens_a_text_has_no_word_before_it(claims: Any, text: str) -> None:
    assert claims(text, "responsibility") == []
