"""Ceasefires, talks and pacts: what became of them, between whom, through whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contested.model import AgreementClaim, Claim

Ask = Callable[..., list[Claim]]


def _found(claims: Ask, text: str, published: str = "2025-02-10") -> list[AgreementClaim]:
    return [c for c in claims(text, "agreement", published) if c.kind == "agreement"]


@pytest.mark.parametrize(
    ("text", "kind", "act"),
    [
        ("Islamabad and Kabul agreed to a three-day ceasefire.", "ceasefire", "agreed"),
        ("The TTP announced a three-month ceasefire in June.", "ceasefire", "agreed"),
        ("Islamabad and Kabul agreed to extend the truce by a week.", "ceasefire", "extended"),
        ("The TTP called off its truce with Pakistan in May.", "ceasefire", "ended"),
        ("The ceasefire expired on Friday.", "ceasefire", "expired"),
        ("The truce collapsed within hours.", "ceasefire", "collapsed"),
        ("The truce took effect at dawn on Wednesday.", "ceasefire", "took_effect"),
        ("A new ceasefire has been declared.", "ceasefire", "agreed"),
        ("Kabul accused Islamabad of violating the ceasefire.", "ceasefire", "violated"),
        ("Pakistan rejected the offer of talks on Monday.", "talks", "rejected"),
        ("Pakistan will no longer hold talks with the TTP.", "talks", "rejected"),
        ("Talks between Pakistan and the TTP broke down in Kabul.", "talks", "collapsed"),
        ("Pakistani officials held talks with the Taliban in Kabul.", "talks", "ongoing"),
        ("Qatar offered to mediate between Pakistan and Afghanistan.", "talks", "proposed"),
        (
            "The Hafiz Gul Bahadur group had a non-aggression pact with the Pakistan Army.",
            "non_aggression",
            "ongoing",
        ),
        (
            "The United States and the Taliban signed the Doha agreement in February 2020.",
            "peace_deal",
            "agreed",
        ),
    ],
)
def test_acts(claims: Ask, text: str, kind: str, act: str) -> None:
    assert [(c.type, c.act) for c in _found(claims, text)] == [(kind, act)]


@pytest.mark.parametrize(
    "text",
    [
        "There is no hope of a ceasefire before winter.",
        "Pakistan would have to negotiate with the TTP.",
        "Pakistan and China signed a trade deal worth billions.",
        "The president promised lucrative deals in oil and gas.",
        "The parties reached an electoral pact before the vote.",
        "Saudi Arabia urged both sides to show restraint.",
        "The minister held talks with bankers on the loan.",
        "A deal to end the sit-in was struck on Sunday.",
        "Would a ceasefire be agreed before the winter?",
    ],
)
def test_no_agreement(claims: Ask, text: str) -> None:
    assert _found(claims, text) == []


def test_parties_mediators_and_length(claims: Ask) -> None:
    text = "Pakistan and Afghanistan agreed to a Qatar- and Turkey-mediated 72-hour ceasefire."
    (found,) = _found(claims, text)
    assert {p.actor for p in found.parties} == {"pakistan", "afghanistan"}
    assert {m.actor for m in found.mediators} == {"qatar", "turkey"}
    assert found.duration_days == 3


def test_accuser_alleges(claims: Ask) -> None:
    (found,) = _found(claims, "Kabul accused Islamabad of violating the ceasefire.")
    assert found.stance == "alleges"
    assert found.speakers[-1].actor in ("afghanistan", "afghan-taliban")


def test_both_sides_are_those_spoken_of_last(claims: Ask) -> None:
    text = "Pakistan met envoys of the TTP in Khost. Both sides reached a ceasefire in May."
    found = _found(claims, text)[-1]
    assert {p.actor for p in found.parties} == {"pakistan", "ttp"}
    assert "parties" in found.carried


def test_the_agreement_of_before(claims: Ask) -> None:
    text = (
        "Pakistan and the TTP had a ceasefire for a month, and it was not the first ceasefire. "
        "The Afghan Taliban-brokered agreement collapsed in November."
    )
    found = _found(claims, text)[-1]
    assert (found.type, found.act) == ("ceasefire", "collapsed")
    assert [m.actor for m in found.mediators] == ["afghan-taliban"]


def test_two_acts_on_one_truce(claims: Ask) -> None:
    text = "The TTP on Monday ended a ceasefire with Pakistan that had been agreed in June."
    found = {c.act: c for c in _found(claims, text)}
    assert set(found) == {"ended", "agreed"}
    assert {p.actor for p in found["ended"].parties} == {"ttp", "pakistan"}
    agreed = found["agreed"].when
    assert agreed is not None and agreed.edtf.endswith("-06")


def test_hour_is_of_the_day_of_the_saying(claims: Ask) -> None:
    text = "The ministry said on Thursday that the truce would come into effect at 6pm."
    (found,) = _found(claims, text)
    assert found.status == "planned"
    assert found.when is not None and found.when.edtf == "2025-02-06"
