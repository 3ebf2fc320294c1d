"""Statements: who warned, threatened, demanded, promised, accused, denied or condemned."""

from typing import Any

import pytest

from contested.extract.kinds.saying import words
from contested.model import Money, StatementClaim


def said(claims: Any, text: str) -> set[tuple[str, str | None, tuple[str | None, ...]]]:
    return {
        (c.act, c.by.actor, tuple(a.actor for a in c.addressees)) for c in claims(text, "statement")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkey warned Syria on Monday that it would close the crossing.",
            ("warns", "turkey", ("syria",)),
        ),
        (
            "The Houthis threatened to attack Israel.",
            ("threatens", "houthis", ("israel",)),
        ),
        (
            "India called on Pakistan to hand over the men.",
            ("demands", "india", ("pakistan",)),
        ),
        (
            "Iran demanded that Iraq disarm the fighters.",
            ("demands", "iran", ("iraq",)),
        ),
        (
            "Ethiopia accused Eritrea of moving tanks to the border.",
            ("accuses", "ethiopia", ("eritrea",)),
        ),
        ("Chad condemned the raid on the market.", ("condemns", "chad", ())),
        ("Hamas rejected the proposal.", ("rejects", "hamas", ())),
        ("Norway praised the decision to stop the war.", ("praises", "norway", ())),
        ("France pledged to rebuild the hospital.", ("pledges", "france", ())),
        ("Hezbollah vowed to avenge its commander.", ("threatens", "hezbollah", ())),
        (
            "Kenya issued a warning to Somalia after the raid.",
            ("warns", "kenya", ("somalia",)),
        ),
        (
            "Chad received pledges from France after the flood.",
            ("pledges", "france", ("chad",)),
        ),
        (
            "Uganda made it clear that its troops would only leave if Rwanda stops the rebels.",
            ("demands", "uganda", ("rwanda",)),
        ),
        (
            "Iraq said that Turkey must withdraw its troops from the north.",
            ("demands", "iraq", ("turkey",)),
        ),
    ],
)
def test_acts(claims: Any, text: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert expected in said(claims, text)


@pytest.mark.parametrize(
    "text",
    [
        "Russia may threaten Ukraine with new sanctions.",
        "Kenya could warn Somalia about the camp.",
        "Iran did not accuse Iraq of anything.",
        "High prices are threatening the stability of the country.",
        "Analysts warned that the war would go on.",
        "Many condemned the raid on the market.",
        "The minister asked for anonymity.",
        "The president of the football club promised a new stadium.",
        "A court in Pakistan rejected his appeal.",
        "The junta expelled the French ambassador and accused Berlin's rivals of theft.",
    ],
)
def test_what_is_no_statement(claims: Any, text: str) -> None:
    assert not claims(text, "statement")


def test_coordinated_verbs_share_their_subject(claims: Any) -> None:
    acts = {a for a, by, _ in said(claims, "Egypt condemned the raid and urged Israel to stop.")}
    assert acts == {"condemns", "demands"}


def test_the_content_is_the_reports_own_words(claims: Any) -> None:
    text = "Sudan warned Chad that any new camp would be bombed."
    (claim,) = claims(text, "statement")
    assert isinstance(claim, StatementClaim)
    assert claim.about == "any new camp would be bombed"
    assert claim.about in text


def test_when_it_was_said(claims: Any) -> None:
    text = "On 3 March 2025 Egypt condemned the raid, in which two men died."
    (claim,) = claims(text, "statement")
    assert claim.when is not None
    assert claim.when.edtf == "2025-03-03"


def test_a_time_in_the_content_is_not_when_it_was_said(claims: Any) -> None:
    (claim,) = claims("Egypt denied that its jets had bombed Tripoli in 2014.", "statement")
    assert claim.when is None


def test_the_speaker_ends_the_chain(claims: Any) -> None:
    text = "Reuters reported that Iran accused Iraq of sheltering the men."
    (claim,) = [c for c in claims(text, "statement") if c.act == "accuses"]
    assert claim.speakers[-1].actor == "iran"
    assert claim.stance == "alleges"


def test_denials_deny(claims: Any) -> None:
    (claim,) = claims("Iran denied arming the Houthis.", "statement")
    assert (claim.act, claim.stance) == ("denies", "denies")
    assert claim.about == "arming the Houthis"


def test_a_rejected_charge_is_a_denial(claims: Any) -> None:
    (claim,) = claims("India rejected the charge as baseless.", "statement")
    assert (claim.act, claim.stance) == ("rejects", "denies")


def test_bounties_name_the_amount(claims: Any) -> None:
    (claim,) = claims("India announced a reward of 5 million dollars for the man.", "statement")
    assert claim.act == "offers_bounty"
    assert claim.amount == Money(5_000_000, "USD")


def test_verb_forms_are_made_from_the_table() -> None:
    forms = words().forms
    assert {"denied", "denies", "accuses", "blamed", "condemned", "condemns"} <= set(forms)
