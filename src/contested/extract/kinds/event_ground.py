"""Ground that is taken, entered or mined: what tells "captured the town" from "captured a man"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from contested.extract.clauses import Frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import ActorRef

HOLDING = {"ground", "known_ground"}
"""Frames of verbs that take ground. Only what can be nothing else need not be a known place."""

_FOR_LONG = re.compile(
    r"\bsince\b|\bfor (?:[\w-]+ ){0,4}(?:days|weeks?|months?|years?|decades?)\b"
    r"|\b(?:long|already)\b"
)


def fits_ground(ctx: Context, frame: Frame, shape: str) -> bool:
    """Whether a verb's roles are those that its frame in the tables needs.

    `ground` and `known_ground`: what is taken is a place or a building. `incursion`: forces of a
    state go into a place. `struck_subject`: a mine is run over or set off. Any other frame needs
    nothing here.
    """
    if shape in HOLDING:
        return _is_ground(ctx, frame.patient, shape == "ground") and not _before_that(frame)
    if shape == "incursion":
        doer = frame.doer.actor if frame.doer is not None else None
        forces = doer is not None and ctx.is_state(doer.actor) and not frame.passive
        return forces and _goes_into(ctx, frame)
    if shape == "struck_subject":
        return _mined(frame)
    return True


def own_words(refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """Targets without the actor that "their" in front of a thing was found to be."""
    return tuple(
        ActorRef(None, r.as_written) if r.as_written.lower().startswith(("their ", "its ")) else r
        for r in refs
    )


def unknown_place(group: Group | None) -> bool:
    """Whether a name of ground that was taken is none of the places that are known."""
    if group is None or group.head.pos_ != "PROPN":
        return False
    start, end = group.sentence.chars(group.start)[0], group.sentence.chars(group.end - 1)[1]
    return not any(p.start < end and start < p.end for p in group.sentence.places)


def long_held(sentence: Sentence, token: Token) -> bool:
    """Whether a participle or a relative clause only says how a place has stood for a time.

    "a town besieged for months by rebels", "a village which has been held since May"; of what
    always lasts ("a village occupied by troops") also without a length, unless it has its day.
    """
    perfect = any(c.lower_ in ("has", "have", "had") and rel(c) == "aux" for c in token.children)
    if rel(token) != "acl" or not (perfect or token.tag_ == "VBN"):
        return False
    own = [t for t in token.subtree if t.i >= token.i - 1 and t.i < sentence.span.end]
    if _FOR_LONG.search(" ".join(t.lower_ for t in own)):
        return True
    inside = {t.i for t in own}
    places = (sentence.place_token(mention) for mention in sentence.times)
    dated = any(place is not None and place.i in inside for place in places)
    return token.lemma_.lower() in event_words("lasting") and not dated


def _before_that(frame: Frame) -> bool:
    """ "attacked troops who had occupied the village": told only to say who they are."""
    had = any(c.lower_ == "had" and rel(c) == "aux" for c in frame.token.children)
    return had and frame.token.dep_ == "acl:relcl"


def _is_ground(ctx: Context, group: Group | None, unknown: bool = True) -> bool:
    """Whether a group names a place, or a thing that can be held: "most of these islands".

    Where `unknown` is true, a name that is nobody's that is known passes for a place's.
    """
    if group is None or group.head.pos_ == "PRON":
        return False
    follow = next_phrase(group)
    part = group.head.pos_ in ("NUM", "ADJ") or group.head.lower_ in ("part", "parts", "control")
    if follow is not None and follow[0] == "of" and part:
        return _is_ground(ctx, follow[1], unknown)
    if group.head.lemma_.lower() in ctx.words.ground:
        return True
    return group.head.pos_ == "PROPN" and _names_place(group, unknown)


def _names_place(group: Group, unknown: bool) -> bool:
    """Whether the head of a group is the name of a place, or can be that of an unknown one."""
    head = group.sentence.chars(group.head.i)
    if any(p.start <= head[0] and head[1] <= p.end for p in group.sentence.places):
        return True
    label = next((e.label_ for e in group.head.doc.ents if e.start <= group.head.i < e.end), "")
    single = not group.plural and group.actor is None and group.start == group.head.i
    return label == "PLACE" or (unknown and single and label != "PERSON")


def _goes_into(ctx: Context, frame: Frame) -> bool:
    """Whether the phrase right behind the verb is "into" a place."""
    into = frame.phrase("into")
    near = into is not None and into.start <= frame.token.i + 4
    return into is not None and near and _is_ground(ctx, into, False)


def _mined(frame: Frame) -> bool:
    """Whether a mine stands in the object or in the phrase that the verb goes with."""
    first, last = frame.token.i + 1, min(frame.token.i + 9, frame.sentence.span.end)
    behind = (frame.sentence.by_token.get(i) for i in range(first, last))
    groups = [frame.object, *behind] if not frame.passive else [frame.agent]
    for group in groups:
        if group is None or group.head.lemma_.lower() not in ("mine", "landmine", "ied"):
            continue
        return not any(t.lower_ in event_words("dug") for t in group.tokens)
    return False
