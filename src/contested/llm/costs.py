"""Tokens and money: estimated before anything is sent, counted by the server afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from contested.errors import UsageError

BYTES_A_TOKEN = 3.5
"""UTF-8 bytes of English prose that make a token, on the low side; other scripts take more."""
ANSWERED = 1.5
"""Tokens of answer for one of the report: a claim repeats the words that it rests on."""
LEAST_ANSWER = 600
"""Tokens that an answer may have however short the report is."""
_PRICES = re.compile(r"(\d+(?:\.\d+)?)[ ,/]+(\d+(?:\.\d+)?)\s+([A-Za-z]{3})")


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in and out, in `currency` (ISO 4217), as the user says."""

    sent: float
    answered: float
    currency: str

    @classmethod
    def of(cls, written: str | None) -> Prices | None:
        """The prices of "0.15 0.60 USD"; None where none are set. Raises UsageError."""
        if not written or not written.strip():
            return None
        found = _PRICES.fullmatch(written.strip())
        if found is None:
            raise UsageError(
                f"CONTESTED_LLM_PRICES={written[:60]}: write what a million tokens cost, sent and "
                "answered, and the currency: 0.15 0.60 USD."
            )
        return cls(float(found[1]), float(found[2]), found[3].upper())

    def cost(self, tokens: Tokens) -> float:
        """What these tokens cost."""
        return (tokens.sent * self.sent + tokens.answered * self.answered) / 1_000_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens sent and answered, and in how many requests."""

    sent: int = 0
    answered: int = 0
    requests: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.sent + self.answered

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.sent + other.sent,
            self.answered + other.answered,
            self.requests + other.requests,
        )


@dataclass(slots=True)
class Spent:
    """What a run has used. `uncounted` are requests whose tokens the server did not tell."""

    tokens: Tokens = field(default_factory=Tokens)
    uncounted: int = 0

    def add(self, tokens: Tokens, *, counted: bool) -> None:
        """Note a request; an estimate stands in where the server counts nothing."""
        self.tokens += tokens
        self.uncounted += not counted


def tokens_of(text: str) -> int:
    """How many tokens a text makes, about: no model's own count can be had before it is asked."""
    return round(len(text.encode("utf-8", "replace")) / BYTES_A_TOKEN) + 1


def answer_of(sent: int) -> int:
    """How many tokens the answer to a piece of so many may have, about."""
    return max(LEAST_ANSWER, round(sent * ANSWERED))


def sum_of(estimates: Iterable[Tokens]) -> Tokens:
    """All of them together."""
    return sum(estimates, Tokens())
