"""Which event a figure or a claim of responsibility is about."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.reading import Sentence
from contested.model import EventClaim

REAL = {"occurred", "ongoing", "attempted", "foiled"}


def about(ctx: Context, sentence: Sentence, token: Token) -> tuple[EventClaim | None, bool]:
    """The event that a claim at `token` is about, and whether it stands in another sentence.

    The nearest event of the sentence, else the last one told in the same or the preceding
    paragraph; a report's lead may also tell the toll first and the event in the sentences that
    follow.
    """
    here = [e for e in ctx.events.get(sentence.number, []) if e[1].status in REAL]
    if here:
        nearest = min(here, key=lambda e: (not token.is_ancestor(e[0]), abs(e[0].i - token.i)))
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
        return None, False
    for number in after:
        other = ctx.reading.sentences[number]
        if other.paragraph_number - sentence.paragraph_number > 1:
            break
        found = [e for e in ctx.events.get(number, []) if e[1].status in REAL]
        if found:
            return found[0][1], True
    return None, False
