"""Which event a figure or a claim of responsibility is about."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_elsewhen import elsewhen
from contested.extract.reading import Sentence
from contested.model import EventClaim
from contested.world.world import NEAR

OPENING = 3
"""Sentences, the title among them, in which a report says what it is about."""
REAL = {"occurred", "ongoing", "attempted", "foiled"}


def about(
    ctx: Context, sentence: Sentence, token: Token, *, lead: bool = False
) -> tuple[EventClaim | None, bool]:
    """The event that a claim at `token` is about, and whether it stands in another sentence.

    The nearest event of the sentence, else the last one told in the same or the preceding
    paragraph; a report's lead may also tell the toll first and the event in the sentences that
    follow. With `lead`, what names no event at all is about the one that the report opens with:
    "a commander claimed responsibility" some paragraphs on.
    """
    here = [e for e in ctx.events.get(sentence.number, []) if e[1].status in REAL]
    if here:
        far = {e[1].id: (not token.is_ancestor(e[0]), abs(e[0].i - token.i)) for e in here}
        nearest = min(here, key=lambda e: (e[0].i != token.i, far[e[1].id]))
        return nearest[1], False
    last = len(ctx.reading.sentences)
    before = range(sentence.number - 1, max(sentence.number - 7, -1), -1)
    after = range(sentence.number + 1, min(sentence.number + 4, last))
    for number in before:
        other = ctx.reading.sentences[number]
        if sentence.paragraph_number - other.paragraph_number > 2:
            break
        found = [e for e in ctx.events.get(number, []) if e[1].status in REAL]
        if found:
            return found[-1][1], True
    if any(n in ctx.events for n in range(sentence.number)):
        only = _only(ctx) if not elsewhen(ctx, sentence, token) else None
        return (_lead(ctx) if lead else None) or only, lead or only is not None
    for number in after:
        other = ctx.reading.sentences[number]
        if other.paragraph_number - sentence.paragraph_number > 1:
            break
        found = [e for e in ctx.events.get(number, []) if e[1].status in REAL]
        if found:
            return found[0][1], True
    return None, False


def told_before(ctx: Context, sentence: Sentence, denied: EventClaim) -> EventClaim | None:
    """The happening that a denied one takes up, told earlier in the report as a fact.

    Whoever denies that a group was behind a blast does not deny the blast.
    """
    for number in sorted((n for n in ctx.events if n < sentence.number), reverse=True):
        for _, event in ctx.events[number]:
            real = event.status in REAL and event.stance != "denies"
            if real and ctx.world.type_distance(event.type, denied.type) <= NEAR:
                return event
    return None


def _only(ctx: Context) -> EventClaim | None:
    """The happening of a report that tells of no other: its tolls further down are of it."""
    told = [e for entries in ctx.events.values() for _, e in entries if e.status in REAL]
    roots = {e.event_ref or e.id for e in told}
    return (
        told[0] if told and len(roots & {e.id for e in told if e.event_ref is None}) == 1 else None
    )


def _lead(ctx: Context) -> EventClaim | None:
    """The event that a report opens with, if it opens with one."""
    for number in sorted(ctx.events):
        if number > OPENING:
            return None
        for _, event in ctx.events[number]:
            if event.status in REAL and event.where is not None:
                return event
    return None
