"""Claims in words: every kind, and never the name of a field."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from contested.model import ActorRef, Count, Money, Speaker, When, Where
from contested.model.claim import CLAIM_TYPES
from contested.publish.claim_words import claim_in_words

WHEN = When("2023-07-30", "2023-07-30", "2023-07-30", "Sunday")
WHERE = Where("Bajaur", "Bajaur", "Khyber Pakhtunkhwa", "PK")
TTP, ARMY, MEN = ActorRef("ttp", "the TTP"), ActorRef("army", "troops"), ActorRef(None, "armed men")
DEAD = Count(54, 54, "exactly", "54")
SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "casualties",
        {"effect": "killed", "count": DEAD, "victims": "unknown", "victims_as_written": "54"},
        "54 people killed, Bajaur, Khyber Pakhtunkhwa (PK), 2023-07-30",
    ),
    (
        "casualties",
        {"effect": "wounded", "count": Count(1, 1, "exactly", "a"), "victims": "civilians"},
        "1 civilian wounded, Bajaur, Khyber Pakhtunkhwa (PK), 2023-07-30",
    ),
    (
        "event",
        {"type": "ambush", "initiators": (MEN,), "targets": (ARMY,), "status": "foiled"},
        "Ambush (foiled) by “armed men” against ARMY, Bajaur, Khyber Pakhtunkhwa (PK), 2023-07-30",
    ),
    ("responsibility", {"act": "denies", "actor": "ttp"}, "TTP denies to have done it, Bajaur"),
    ("responsibility", {"act": "unclaimed"}, "Nobody has claimed it, Bajaur"),
    ("statistic", {"measure": "attacks", "change_percent": 12.0}, "Attacks: +12 %, Bajaur"),
    ("relation", {"subject": TTP, "relation": "allied_with", "object": MEN}, "TTP"),
    ("relation", {"subject": TTP, "relation": "supports", "object": MEN}, "TTP supports"),
    (
        "agreement",
        {"type": "ceasefire", "act": "agreed", "parties": (TTP, ARMY), "duration_days": 30.0},
        "Ceasefire agreed between TTP and ARMY, for 30 days, Bajaur",
    ),
    (
        "statement",
        {"act": "warns", "by": TTP, "addressees": (ARMY,), "amount": Money(10.0, "USD")},
        "TTP warns ARMY, 10 USD",
    ),
    (
        "position",
        {"person": "A. B.", "role": "spokesperson", "organisation": "ttp", "act": "holds"},
        "A. B. is spokesperson of TTP",
    ),
    ("position", {"person": "A. B.", "role": "chief", "act": "killed"}, "A. B., chief, was killed"),
]


@pytest.mark.parametrize(("kind", "values", "said"), SAID)
def test_a_claim_is_told_in_words(kind: str, values: dict[str, Any], said: str) -> None:
    made = CLAIM_TYPES[kind]
    known = {field.name for field in fields(made)}
    beside = {"where": WHERE, "when": WHEN}
    base: dict[str, Any] = {name: value for name, value in beside.items() if name in known}
    base |= {"id": "c-1", "report": "r-1", "name": "x.txt", "start": 0, "end": 1, "quote": "x"}
    base |= {"speakers": (Speaker("he", None, "witness"),), "method": "rules", "confidence": 1.0}
    told = claim_in_words(made(**(base | values)), str.upper)
    assert told.startswith(said)
    assert "_" not in told
    assert "as written" not in told
    assert not any(f"{field}:" in told for field in ("effect", "count", "victims", "type", "act"))
