"""What a question of the review shows: the words that it is about, and no score until asked."""

from __future__ import annotations

from dataclasses import dataclass

from contested.errors import NotFound
from contested.model import Claim, Incident, Speaker
from contested.pipeline.review import ReviewItem
from contested.publish.words import quoted
from contested.serve import words
from contested.serve.addresses import claim_address
from contested.serve.source import Source
from contested.serve.written import fields_of

AROUND = 400
"""So many characters of the report stand before and after a passage."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A claim that is asked about, with the words around it."""

    claim: str
    kind: str
    stance: str
    chain: tuple[Speaker, ...]
    told: str
    voice: str
    coded: tuple[tuple[str, str], ...]
    fields: dict[str, str]
    before: str
    quote: str
    after: str
    title: str
    outlet: str
    published: str
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item of the queue in words."""

    item: ReviewItem
    asked: str
    accounts: tuple[AccountRow, ...]
    incidents: tuple[Incident, ...]


def question(source: Source, item: ReviewItem) -> Question:
    """What is asked about an item. Raises NotFound where a claim of it is gone."""
    accounts = tuple(_account(source, source.record.claim(id)) for id in item.claims)
    asked = _asked(item, accounts)
    incidents = tuple(
        one for one in (_incident(source, id) for id in item.incidents) if one is not None
    )
    return Question(item, asked, accounts, incidents)


def _asked(item: ReviewItem, accounts: tuple[AccountRow, ...]) -> str:
    """The question with what it is about: one is not to find that out from fields."""
    told = [quoted(one.told) for one in accounts]
    if item.kind == "pair":
        return f"Are these one happening: {' and '.join(told)}?"
    (one,) = accounts
    meant = {"denies": "denied by", "alleges": "alleged by", "unconfirmed": "not confirmed by"}
    how = meant.get(one.stance, "according to" if one.chain else "")
    by = f", {how} {one.voice}" if how else " itself"
    return f"Does the report say{by}: {told[0]}?"


def _incident(source: Source, id: str) -> Incident | None:
    try:
        return source.record.incident(id)
    except NotFound:
        return None


def _account(source: Source, claim: Claim) -> AccountRow:
    stored = source.report(claim.report)
    text = stored.report.text if stored else ""
    report = stored.report if stored else None
    first, last = max(0, claim.start - AROUND), claim.end + AROUND
    before, after = text[first : claim.start], text[claim.end : last]
    return AccountRow(
        claim=claim.id,
        kind=claim.kind,
        stance=claim.stance,
        chain=claim.speakers,
        told=words.claimed(claim, source.actor_name),
        voice=source.voice(claim.speakers, (claim.id,)),
        coded=tuple(words.summary(claim, source.actor_name)),
        fields=fields_of(claim),
        before=("… " + before.partition(" ")[2]) if first else before,
        quote=claim.quote,
        after=(after.rpartition(" ")[0] + " …") if last < len(text) else after,
        title=source.report_title(claim.report),
        outlet=report.outlet.value if report and report.outlet else "outlet unknown",
        published=words.date_in_words(report.published if report else None),
        address=claim_address(claim),
    )
