"""Who is held to have done it, told by a clause: "X was behind it", "police suspect that X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence, rel
from contested.model.terms import ResponsibilityAct

HOLDING = {"suspect", "believe", "think"}
"""Verbs whose content is what somebody takes to be so."""
OWN = {"its", "their", "our"}
UNSURE = {"whether", "if", "not", "n't", "n’t", "deny", "denied", "denies", "never", "who"}


@dataclass(frozen=True, slots=True)
class Held:
    """A group that is held to have done it, at the word that says so.

    `reported` is the actor where the group's words are only "its fighters", `by` who holds it if
    that is no voice yet.
    """

    token: Token
    act: ResponsibilityAct
    group: Group
    reported: str | None = None
    by: Group | None = None


def held(ctx: Context, sentence: Sentence) -> Iterator[Held]:
    """All that a sentence holds to be behind a happening."""
    for token in sentence.span:
        if token.lower_ == "behind" and rel(token) == "case":
            found = _behind(ctx, sentence, token)
        elif token.lemma_.lower() in HOLDING and token.pos_ == "VERB":
            found = _content(ctx, sentence, token)
        else:
            continue
        if found is not None:
            yield found


def _behind(ctx: Context, sentence: Sentence, token: Token) -> Held | None:
    """ "The group said its fighters were behind the blast": claimed by it; else blamed on whom."""
    deed = token.head
    subject = next((c for c in deed.children if rel(c) == "nsubj"), None)
    group = sentence.group(subject) if subject is not None else None
    happened = deed.lemma_.lower() in ctx.words.nouns or deed.lemma_.lower() == "incident"
    if not happened or group is None or not any(rel(c) == "cop" for c in deed.children):
        return None
    real = ctx.reality(sentence, deed)
    if {t.lower_ for t in sentence.span} & UNSURE or real.negated or real.status != "occurred":
        return None
    voice = next(iter(ctx.voices(sentence, deed)[0][::-1]), None)
    speaker = voice.actor if voice is not None else None
    accused = group.actor.actor if group.actor is not None else None
    if group.head.doc[group.start].lower_ in OWN and ctx.is_armed(speaker):
        return Held(deed, "claims", group, speaker)
    if not ctx.is_armed(accused):
        return None
    if speaker is not None and speaker in ctx.world.ancestors(accused or ""):
        return Held(deed, "claims", group)
    return Held(deed, "is_blamed", group)


def _content(ctx: Context, sentence: Sentence, token: Token) -> Held | None:
    """ "Police suspect that X planted the bomb": blamed on X, if X is armed."""
    clause = next((c for c in token.children if rel(c) == "ccomp"), None)
    asked = {t.lower_ for t in sentence.span} & UNSURE
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
