"""Why accounts are one incident: the evidence in words, with its weights."""

from __future__ import annotations

from dataclasses import dataclass

from contested.model import Claim, MatchReason
from contested.serve.addresses import claim_address
from contested.serve.source import Source


@dataclass(frozen=True, slots=True)
class WhyRow:
    """Why two accounts are taken for one happening: each piece of evidence and its weight."""

    one: str
    other: str
    one_address: str | None
    other_address: str | None
    evidence: tuple[tuple[str, float, str], ...]
    weight: float
    odds: str


def why_row(source: Source, reason: MatchReason, claims: dict[str, Claim]) -> WhyRow:
    """One reason in words; `claims` are those of the incident by id."""
    one, other = claims.get(reason.claim), claims.get(reason.with_claim)
    return WhyRow(
        one=source.report_title(one.report) if one else reason.claim,
        other=source.report_title(other.report) if other else reason.with_claim,
        one_address=claim_address(one) if one else None,
        other_address=claim_address(other) if other else None,
        evidence=tuple(
            (name, weight, weight_in_words(weight) if weight else "no weight")
            for name, weight in reason.evidence
        ),
        weight=reason.weight,
        odds=odds_in_words(reason.weight) if _weighed(reason) else "decided, not weighed",
    )


def _weighed(reason: MatchReason) -> bool:
    return any(weight for _, weight in reason.evidence)


def weight_in_words(weight: float) -> str:
    """A weight (log2 of a likelihood ratio) as how much likelier it makes one happening."""
    factor = 2 ** min(abs(weight), 60)
    words_for = f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}".removesuffix(".0")
    return f"{words_for} times {'likelier' if weight >= 0 else 'less likely'}"


def odds_in_words(weight: float) -> str:
    """The sum of the weights as odds."""
    factor = 2 ** min(abs(weight), 60)
    words_for = f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}".removesuffix(".0")
    return f"{words_for} to 1 {'for' if weight >= 0 else 'against'} one incident"
