"""What a source and a claim are worth, on the two scales of the Admiralty code.

Reliability (A to F) is of a source, credibility (1 to 6) of one claim in the light of the
others; each descriptor is judged alone (NATO AJP-2.1, STANAG 2511).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from contested.model.terms import ReliabilityLetter

LETTERS: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
NUMBERS: Mapping[int, str] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


class Override(NamedTuple):
    """What a person set instead of the table's or the rule's value: a letter or a number."""

    value: str
    reason: str
    author: str


Overrides = Mapping[str, tuple[str, str, str]]
"""Value, reason and author by subject: an outlet's or actor's id, or the id of a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """What people decided on sources and claims; empty where nobody did."""

    reliability: Overrides = field(default_factory=dict)
    credibility: Overrides = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rating:
    """A source's letter, with its reason, the work it rests on, and who set it."""

    subject: str
    name: str
    letter: ReliabilityLetter
    reason: str
    set_by: str
    source: str = ""
