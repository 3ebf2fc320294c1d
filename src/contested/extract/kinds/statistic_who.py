"""Whose attacks a statistic counts."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.statistic_scene import Scene
from contested.extract.reading import Group, rel
from contested.extract.resolve import next_phrase

COUNTING = {"count", "record", "register", "document", "report", "note", "estimate", "tally"}
"""Verbs of those who count, not of those who attack."""


def doer(scene: Scene, group: Group, token: Token) -> str | None:
    """Whose attacks: "by", "attributed to", the verb's doer, or the name in the group."""
    follow = next_phrase(group)
    if follow is not None and follow[0] == "by" and follow[1].actor:
        return follow[1].actor.actor
    inside = _named_in(scene, group)
    if inside is not None and group.head.tag_ != "NN":
        return inside
    first = group.start
    if first > 1 and group.head.doc[first - 1].lower_ == "of":
        whole = scene.sentence.by_token.get(first - 2)
        if whole is not None and whole.count is not None:
            return inside
    at = token
    for _ in range(4):
        found = _doer_at(scene, at, group) if at.pos_ == "VERB" else None
        if found is not None:
            return found
        if at.i == at.head.i or rel(at) in ("ccomp", "advcl", "parataxis", "acl"):
            break
        at = at.head
    return inside


def _named_in(scene: Scene, group: Group) -> str | None:
    """An armed group's name inside "TTP attacks", or whom "their attacks" points to."""
    names = [
        m.ref.actor
        for m in scene.sentence.actors
        if m.how != "person" and _armed(scene, m.ref.actor)
    ]
    inside = [
        m.ref.actor
        for m in scene.sentence.actors
        if m.ref.actor in names and _within(scene, group, m.start)
    ]
    if inside:
        return inside[-1]
    if group.head.doc[group.start].lower_ not in ("their", "its"):
        return None
    first, _ = scene.sentence.chars(group.start)
    left = [m.ref.actor for m in scene.sentence.actors if m.end <= first and m.ref.actor in names]
    return left[-1] if left else None


def _doer_at(scene: Scene, verb: Token, group: Group) -> str | None:
    frame = verb_frame(scene.sentence, verb)
    lemma = verb.lemma_.lower()
    given = {"attribute": ("to",), "ascribe": ("to",), "blame": ("on",)}.get(lemma)
    doer = frame.phrase(*given) if given else frame.doer
    if doer is None or doer is group or (lemma in COUNTING and not given):
        return None
    if lemma in ("die", "perish", "lose", "embrace", "sustain", "suffer", "see", "leave"):
        return None
    if doer.head.pos_ == "PRON":
        return _pronoun(scene, doer)
    follow = next_phrase(doer)
    if doer.actor is None and follow is not None and follow[0] == "of" and follow[1].actor:
        return follow[1].actor.actor
    if doer.actor is None or scene.counts(doer.actor.actor):
        return None
    return doer.actor.actor


def _pronoun(scene: Scene, doer: Group) -> str | None:
    """Whom "it" or "they" stands for; after counted attacks, "they" are these attacks."""
    if doer.head.lower_ in ("they", "these", "those") and scene.last and scene.gap <= 1:
        return scene.last.actor
    actor = doer.actor.actor if doer.actor else None
    if actor is None or not scene.counts(actor):
        return actor
    number = scene.sentence.number
    for earlier in reversed(scene.ctx.reading.sentences[max(0, number - 3) : number]):
        for group in earlier.groups:
            armed = group.actor is not None and _armed(scene, group.actor.actor)
            if armed and group.actor and rel(group.head) == "nsubj":
                return group.actor.actor
    return None


def _within(scene: Scene, group: Group, start: int) -> bool:
    first, _ = scene.sentence.chars(group.start)
    _, last = scene.sentence.chars(group.end - 1)
    return first <= start < last


def _armed(scene: Scene, actor: str | None) -> bool:
    return actor in scene.ctx.world.actors and scene.ctx.is_armed(actor)
