"""Responsibility: who said what, when, through which channel, and who takes what back."""

from __future__ import annotations

import pytest

from contested.model import ActorRef, Speaker
from contested.reconcile.channels import channel
from tests.reconcile.scenes import ARMY, Scene

COMMANDER = Speaker("Sarbakaf Mohmand", "jamaat-ul-ahrar", "party")
SPOKESMAN = Speaker("The TTP's spokesman", "ttp", "party")
GROUP = Speaker("the TTP", "ttp", "party")
KABUL = Speaker("Kabul", "afghanistan", "official")
CLAIMED = "Sarbakaf Mohmand, a commander of the Pakistani Taliban, claimed it on Twitter."
DENIED = "The TTP's spokesman, Mohammad Khurasani, denied that the group was behind the blast."


def bare() -> Scene:
    """Nobody is named as having done it."""
    return Scene(initiators=())


def test_a_spokesmans_denial_of_a_commanders_claim_is_exactly_that() -> None:
    scene = bare()
    scene.blames(COMMANDER, "claims", "jamaat-ul-ahrar", "2025-10-08", CLAIMED)
    scene.blames(SPOKESMAN, "denies", "ttp", "2025-10-10", DENIED)
    incident = scene.incident()
    found = incident.responsibility
    words = (
        "claimed by Sarbakaf Mohmand, a commander; denied by Mohammad Khurasani, the spokesman, "
        "of the same group, Tehrik-i-Taliban Pakistan"
    )
    assert found.state == "competing"
    assert found.accounts == (words,)
    assert words in incident.accounts
    assert incident.status == "disputed"
    assert [(v.act, v.person, v.role, v.speaks_for, v.said) for v in found.according_to] == [
        ("claims", "Sarbakaf Mohmand", "commander", "jamaat-ul-ahrar", "2025-10-08"),
        ("denies", "Mohammad Khurasani", "spokesperson", "ttp", "2025-10-10"),
    ]
    assert found.according_to[0].channel == "social_media"
    assert found.according_to[0].channel_as_written == "Twitter"


@pytest.mark.parametrize(
    ("first", "then", "state", "words"),
    [
        ("claims", "denies", "denied", "first claimed by the TTP (2025-10-08), then withdrawn"),
        ("denies", "claims", "claimed", "first denied by the TTP (2025-10-08), then claimed after"),
    ],
)
def test_one_voice_takes_back_what_it_said(first: str, then: str, state: str, words: str) -> None:
    scene = bare()
    scene.blames(GROUP, first, "ttp", "2025-10-08")
    scene.blames(GROUP, then, "ttp", "2025-10-10")
    found = scene.incident().responsibility
    assert found.state == state
    assert found.retracted == ("ttp",)
    assert found.accounts[0].startswith(words)


def test_yes_and_no_on_one_day_compete() -> None:
    scene = bare()
    scene.blames(GROUP, "claims", "ttp")
    scene.blames(GROUP, "denies", "ttp")
    found = scene.incident().responsibility
    assert (found.state, found.retracted) == ("competing", ())


def test_a_third_partys_denial_is_an_opinion() -> None:
    scene = bare()
    scene.blames(KABUL, "denies", "ttp")
    scene.blames(ARMY, "is_blamed", "ttp")
    found = scene.incident().responsibility
    assert found.state == "attributed"
    assert [v.own for v in found.according_to] == [False, False]
    scene.blames(GROUP, "denies", "ttp")
    assert scene.incident().responsibility.state == "denied"


def test_a_third_partys_denial_does_not_make_a_claim_compete() -> None:
    scene = bare()
    scene.blames(GROUP, "claims", "ttp")
    scene.blames(KABUL, "denies", "ttp")
    assert scene.incident().responsibility.state == "claimed"


def test_two_groups_that_both_claim_it_compete() -> None:
    scene = bare()
    scene.blames(GROUP, "claims", "ttp")
    scene.blames(Speaker("the BLA", "bla", "party"), "claims", "bla")
    found = scene.incident().responsibility
    assert found.state == "competing"
    assert "each for itself" in found.accounts[0]


def test_a_front_name_is_shown_with_what_it_is_a_front_of() -> None:
    scene = bare()
    scene.blames(Speaker("TRF", "the-resistance-front", "party"), "claims", "the-resistance-front")
    found = scene.incident().responsibility
    assert (found.fronts[0].actor, found.fronts[0].of) == (
        "the-resistance-front",
        "lashkar-e-taiba",
    )
    assert "The Resistance Front, a front name of" in found.accounts[0]
    assert found.fronts[0].source in found.accounts[0]


def test_one_statement_in_two_reports_is_one_voice() -> None:
    scene = bare()
    for day in ("2025-10-08", "2025-10-09"):
        scene.blames(COMMANDER, "claims", "jamaat-ul-ahrar", day)
    (voice,) = scene.incident().responsibility.according_to
    assert len(voice.claims) == 2
    assert voice.said == "2025-10-08"


def test_told_by_others_only() -> None:
    scene = Scene(initiators=(ActorRef("ttp", "TTP"),))
    scene.report(None, "2025-10-08")
    assert scene.incident().responsibility.state == "attributed"


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("The BLA claimed the attack in a post on Telegram.", "social_media", "Telegram"),
        ("The group released a video that shows the raid.", "video", "video"),
        ("Speaking by phone from an undisclosed place, he claimed it.", "phone_call", "by phone"),
        ("A message on the group’s website claimed the raid.", "publication", "website"),
        ("The FIR names the TTP.", "court", "FIR"),
        ("The fir trees burnt.", "unknown", ""),
        ("In a statement to reporters the group claimed it.", "statement", "statement"),
        ("Its spokesman said so.", "spokesperson", "spokesman"),
        ("The TTP claimed responsibility.", "unknown", ""),
    ],
)
def test_the_channel_stands_in_the_words(text: str, name: str, words: str) -> None:
    assert channel(text) == (name, words)
