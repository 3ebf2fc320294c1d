"""Who is held to have done it, told by a clause: "police suspect that X planted it"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.blame_words import blame_words
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence, rel
from contested.model.terms import ResponsibilityAct


@dataclass(frozen=True, slots=True)
class Held:
    """A group that is held to have done it, at the word that says so.

    `by` is who holds it.
    """

    token: Token
    act: ResponsibilityAct
    group: Group
    by: Group | None = None


def held(ctx: Context, sentence: Sentence) -> Iterator[Held]:
    """All whom a sentence holds to have done it."""
    for token in sentence.span:
        if token.lemma_.lower() in blame_words("holding") and token.pos_ == "VERB":
            found = _content(ctx, sentence, token)
            if found is not None:
                yield found


def _content(ctx: Context, sentence: Sentence, token: Token) -> Held | None:
    """ "Police suspect that X planted the bomb": blamed on X, if X is armed."""
    clause = next((c for c in token.children if rel(c) == "ccomp"), None)
    asked = {t.lower_ for t in sentence.span} & blame_words("unsure")
    if clause is None or token.tag_ == "VBN" or asked:
        return None
    for deed, event in ctx.events.get(sentence.number, []):
        if deed.i != clause.i and not clause.is_ancestor(deed):
            continue
        doer = verb_frame(sentence, deed).doer if deed.pos_ == "VERB" else None
        if doer is None or event.status != "occurred":
            continue
        named = doer.actor is not None and ctx.is_armed(doer.actor.actor)
        fighters = ctx.words.victims_of(doer.head.text) == "militants" and doer.actor is None
        if named or (fighters and len(doer.tokens) > 1 and not doer.definite):
            return Held(token, "is_blamed", doer, by=verb_frame(sentence, token).subject)
    return None
