"""Who a speaker is: bodies that a country's name makes no government of."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    "source",
    [
        "The Sudan Doctors Network",
        "A Sudanese doctors' group",
        "The Myanmar Journalists Union",
        "The Nigerian Medical Association",
        "A Pakistani human rights group",
        "The Port Loko Resistance Committees",
    ],
)
def test_a_body_is_not_the_state_in_its_name(claims: Any, source: str) -> None:
    found = claims(f"{source} said nine civilians were killed in Tank on Monday.", "casualties")
    voice = found[0].speakers[-1]
    assert (voice.name, voice.actor, voice.kind) == (source, None, "independent")


def test_a_doctors_network_is_not_the_group_spoken_of_last(claims: Any) -> None:
    text = (
        "The TTP fought in Tank on Monday. The gunmen killed nine civilians in Tank on Monday,"
        " said the Doctors Network."
    )
    voices = [c.speakers[-1] for c in claims(text, "casualties")]
    assert [(v.name, v.actor) for v in voices] == [("the Doctors Network", None)]
    assert not claims(text, "responsibility") or all(
        c.act != "claims" for c in claims(text, "responsibility")
    )


def test_an_army_of_a_state_is_still_the_states(claims: Any) -> None:
    found = claims("The Pakistani army said nine men were killed in Tank.", "casualties")
    assert found[0].speakers[-1].actor == "pakistan-army"


def test_what_is_expected_of_a_government_is_not_said_by_it(claims: Any) -> None:
    text = "Kabul is expected to keep its word and deny rebels the use of its soil, the army said."
    assert all(c.act != "denies" for c in claims(text, "statement"))


def test_he_is_the_spokesman_and_not_the_outlet(claims: Any) -> None:
    text = (
        "Tolo News reported fighting on Monday. Spokesman Zabihullah Mujahid said it was over."
        " He had told the press conference that 58 soldiers were killed in Spin Boldak."
    )
    found = next(c for c in claims(text, "casualties") if c.count.low == 58)
    assert found.speakers[-1].name == "Zabihullah Mujahid"


def test_a_happening_says_nothing(claims: Any) -> None:
    text = "The attacks revealed that nine soldiers were killed in Tank in 2021."
    assert all(not c.speakers for c in claims(text, "casualties"))
