"""Happenings told one after another: "There were three clashes. The first was near X." """

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.reading import Group, Sentence, rel
from contested.model import EventClaim

BACK = 4
"""So many sentences before, the happenings were named."""


def listed(ctx: Context, sentence: Sentence) -> list[tuple[Token, EventClaim]]:
    """The one of several happenings that a sentence goes on to place, as a claim.

    It is of their type, by the same sides and on their day; its place is its own or unknown.
    """
    first = sentence.groups[0] if sentence.groups else None
    if first is None or not _orders(sentence, first):
        return []
    several = _several(ctx, sentence)
    if several is None:
        return []
    top = _predicate(first)
    real = ctx.reality(sentence, top)
    if real.negated or real.generic or real.status != "occurred":
        return []
    places = ctx.places(sentence, top)
    own = ctx.when(sentence, top)
    claim = ctx.add(
        "event",
        sentence,
        first.head,
        method="rules/event/listed",
        type=several.type,
        status=several.status,
        initiators=several.initiators,
        targets=several.targets,
        where=places[0].where if places else None,
        when=own or several.when,
        weapons=several.weapons,
        carried=() if own is not None or several.when is None else ("when",),
    )
    return [(first.head, claim)] if isinstance(claim, EventClaim) else []


def _predicate(group: Group) -> Token:
    return group.head.head if rel(group.head) == "nsubj" else group.head


def _orders(sentence: Sentence, group: Group) -> bool:
    """Whether "the first" or the like opens a sentence that says where or when it took place."""
    words = [t.lower_ for t in group.tokens]
    if (
        group.start > sentence.span.start + 1
        or len(words) > 2
        or words[-1] not in event_words("ordered")
    ):
        return False
    top = _predicate(group)
    be = any(rel(c) == "cop" for c in top.children)
    placed = be and any(rel(c) == "case" and c.lower_ in ("near", "in", "at") for c in top.children)
    return placed or (top.pos_ == "VERB" and top.lemma_.lower() in event_words("taking place"))


def _several(ctx: Context, sentence: Sentence) -> EventClaim | None:
    """The claim of the happenings in the plural that the sentences before named."""
    for number in range(sentence.number - 1, max(sentence.number - 1 - BACK, -1), -1):
        other = ctx.reading.sentences[number]
        if other.paragraph_number != sentence.paragraph_number:
            return None
        for token, event in ctx.events.get(number, []):
            group = other.group(token)
            again = event.method == "rules/event/listed"
            if again or (group is not None and group.plural and group.head.i == token.i):
                return event
    return None
