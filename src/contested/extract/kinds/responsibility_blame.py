"""Whom others hold responsible: blamed, accused, suspected, said to be behind it."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.about import about
from contested.extract.kinds.blame_words import blame_words
from contested.extract.kinds.context import Context
from contested.extract.kinds.responsibility_act import add_act, id_of
from contested.extract.reading import Group, Sentence, rel
from contested.model import EventClaim
from contested.model.terms import ResponsibilityAct, Stance

QUOTES = {'"', "'", "“", "”", "‘", "’", "«", "»", ",", "("}


def carried_out(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "the raid was carried out by X", "is believed to have been carried out by X": blamed on X.

    Not where the words are the group's own, nor of a deed that is doubted.
    """
    if not any(t.pos_ == "AUX" for t in token.children) or ctx.reality(sentence, token).negated:
        return
    frame = verb_frame(sentence, token)
    agent = frame.agent or frame.phrase("by")
    deeds = ctx.events.get(sentence.number, [])
    if agent is None or not ctx.is_armed(id_of(agent)):
        return
    if not deeds and not _names_it(ctx, frame, about(ctx, sentence, token, lead=True)[0]):
        return
    line = ctx.world.ancestors(id_of(agent) or "")
    chain, _ = ctx.voices(sentence, token)
    if any(s.actor in line for s in chain):
        return
    if ctx.reality(sentence, token).status in ("occurred", "ongoing"):
        add_act(ctx, sentence, token, "is_blamed", agent, speakers=None, stance="alleges")


def _names_it(ctx: Context, frame: Frame, told: EventClaim | None) -> bool:
    """Whether a verb's patient takes up a happening told before: "the attack was carried out"."""
    patient = frame.patient
    if told is None or patient is None or not patient.definite:
        return False
    return patient.head.lemma_.lower() in ctx.words.nouns or patient.has("incident")


def blame(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> None:
    """Add what "blamed X", "accused X", "attributed it to X" and "suspects X" say of X."""
    frame = verb_frame(sentence, token)
    if ctx.reality(sentence, token).negated:
        return
    blamed = frame.phrase("on", "to") if lemma in ("attribute", "pin") else None
    if lemma == "blame":
        upon = [g for g in frame.phrases.get("on", []) if g.actor]
        blamed = upon[0] if upon else frame.patient
    if lemma in ("accuse", "suspect"):
        blamed = frame.patient
    if lemma == "suspect":
        if blamed is None or not ctx.is_armed(id_of(blamed)):
            return
        add_act(ctx, sentence, token, "is_blamed", blamed, speakers=frame.doer, stance="alleges")
        return
    if not (_of_violence(ctx, frame) or sentence.number in ctx.events):
        return
    blamed = named(blamed)
    if blamed is None or blamed.actor is None:
        return
    add_act(ctx, sentence, token, "is_blamed", blamed, speakers=frame.doer, stance="alleges")


def named(group: Group | None) -> Group | None:
    """The name that stands beside a description: 'blamed "the terrorist group" X'."""
    if group is None or group.actor is not None:
        return group
    doc, end = group.head.doc, group.sentence.span.end
    for i in range(group.end, min(group.end + 3, end)):
        other = group.sentence.by_token.get(i)
        if other is not None:
            return other if other.actor is not None and other.how in ("name", "acronym") else group
        if doc[i].text not in QUOTES:
            return group
    return group


def _of_violence(ctx: Context, frame: Frame) -> bool:
    """Whether the accusation is of a happening, not of words or of support."""
    tail = list(frame.token.subtree)
    return any(
        t.lemma_.lower() in ctx.words.nouns or t.lemma_.lower() in ctx.words.verbs
        for t in tail
        if t.i > frame.token.i
    )


def belongs(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "the attacker was a member of the group": who is behind it, if the sentence says so.

    Nothing is blamed where it is denied or open ("was not", "whether"), nor on a group that
    only stands later in the sentence.
    """
    words = {t.lower_ for t in sentence.span}
    if rel(token) not in ("nsubj", "csubj") or words & blame_words("open"):
        return
    doc = sentence.span.doc
    for word in sentence.span:
        if word.i < token.i or word.lower_ not in blame_words("belonging"):
            continue
        for group in sentence.groups:
            between = doc[word.i + 1 : group.start] if group.start > word.i else None
            apart = between is None or any(
                t.pos_ == "VERB" or t.lower_ in ("that", "which", "who", "whom") for t in between
            )
            if apart or between is None or len(between) > 6:
                continue
            if group.actor and ctx.is_armed(group.actor.actor):
                add_act(ctx, sentence, token, "is_blamed", group, speakers=None, stance="alleges")
                return


def suspected(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "suspected TTP militants": blamed by whoever tells it."""
    group = sentence.by_token.get(token.i) or sentence.by_token.get(token.i + 1)
    if group is None or group.actor is None or not ctx.is_armed(group.actor.actor):
        return
    if ctx.events.get(sentence.number):
        add_act(ctx, sentence, token, "is_blamed", group, speakers=None, stance="alleges")


def behind(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "X was behind the bombing": claimed where X says so or it is said of its own part.

    Blamed where others say it.
    """
    deed = token.head
    doer = next((c for c in deed.children if rel(c) == "nsubj"), None)
    group = sentence.group(doer) if doer is not None else None
    happened = deed.lemma_.lower() in ctx.words.nouns or deed.lemma_.lower() == "incident"
    if group is None or not happened or not any(rel(c) == "cop" for c in deed.children):
        return
    real = ctx.reality(sentence, deed)
    if real.negated or real.status != "occurred":
        return
    chain, stance_of = ctx.voices(sentence, deed)
    if stance_of == "denies":
        return
    voice = chain[-1].actor if chain else None
    part = group.head.doc[group.start].tag_ == "PRP$"
    accused = id_of(group) or (voice if part else None)
    if not ctx.is_armed(accused):
        return
    ours = voice is not None and voice in ctx.world.ancestors(str(accused))
    act: ResponsibilityAct = "claims" if ours else "is_blamed"
    stance: Stance | None = None if ours else "alleges"
    add_act(ctx, sentence, deed, act, group, speakers=None, stance=stance, reported=accused)
