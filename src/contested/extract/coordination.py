"""Noun groups that stand beside each other on a list: "two policemen and a driver"."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.lexicon import lexicon
from contested.extract.reading import Group, rel


def coordinated(group: Group) -> list[Group]:
    """The group and those that stand beside it: "two policemen and a driver"."""
    out = [group]
    sentence, doc = group.sentence, group.head.doc
    at = group
    while True:
        i = _past_body(at)
        far = i > at.end
        joined = False
        while i < sentence.span.end and (
            doc[i].text == ","
            or doc[i].lower_ in ("and", "or", "plus", "both")
            or (doc[i].lower_ in ("as", "well") and doc[i].pos_ != "VERB")
        ):
            joined = joined or doc[i].lower_ in ("and", "or", "plus", "well", ",")
            i += 1
        other = sentence.by_token.get(i)
        if other is None and joined and i < sentence.span.end and doc[i].pos_ in ("ADV", "ADP"):
            other = sentence.by_token.get(i + 1) or sentence.by_token.get(i + 2)
            if other is not None and doc[i].lower_ not in ("at", "about", "around", "some", "over"):
                other = None
        if not joined or other is None or _has_own_verb(group, other):
            return out
        if far and other.count is None and doc[other.start].lower_ not in ("a", "an"):
            return out
        out.append(other)
        at = other


def _past_body(group: Group) -> int:
    """Where a list can go on behind "members of the front (FLN)" and the like."""
    doc, end = group.head.doc, group.sentence.span.end
    if group.head.lemma_.lower() != "member" or group.end >= end or doc[group.end].lower_ != "of":
        return group.end
    body = next((b for i in range(group.end + 1, min(group.end + 4, end))
                 if (b := group.sentence.by_token.get(i))), None)  # fmt: skip
    if body is None:
        return group.end
    i = body.end
    if i + 2 < end and doc[i].text == "(" and doc[i + 2].text == ")":
        i += 3
    return i if i < end and doc[i].lower_ in (",", "and", "or") else group.end


def _has_own_verb(first: Group, other: Group) -> bool:
    """Whether `other` begins a new clause ("…, and a spokesman said") rather than goes on a list.

    After an object or a phrase it does if a finite verb follows it; after a subject that verb
    is the subject's own.
    """
    i = other.end
    doc, end = other.head.doc, other.sentence.span.end
    while i < end and doc[i].pos_ in ("ADV", "PART"):
        i += 1
    finite = i < end and (doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or doc[i].pos_ == "AUX")
    behind = first.head.head.i < first.start and first.head.head.pos_ in ("VERB", "NOUN", "PROPN")
    if finite and (_after_verb(first) or (behind and not _above(doc[i], first.head))):
        return True
    head = other.head
    if rel(head) in ("nsubj", "csubj"):
        before = head.doc[other.start - 1].text if other.start else ""
        subjects = [t for t in head.head.children if rel(t) in ("nsubj", "csubj")]
        return before == "," and bool(subjects) and subjects[0].i == head.i
    return False


def _after_verb(group: Group) -> bool:
    """Whether a verb that is none of saying stands right before: "lost two men and six fled".

    The parser may take such an object for the subject of the clause that follows.
    """
    if group.start <= group.sentence.span.start:
        return False
    before = group.head.doc[group.start - 1]
    if before.pos_ != "VERB" or before.tag_ != "VBD":
        return False
    return before.lemma_.lower() not in lexicon().reporting


def _above(verb: Token, noun: Token) -> bool:
    """Whether a verb, or the one it helps, is what a noun's group is the subject of."""
    verb = verb.head if verb.pos_ == "AUX" and rel(verb) in ("aux", "cop") else verb
    if rel(verb) == "acl" and verb.head.is_ancestor(noun):
        return True
    at = noun
    while at.i not in (at.head.i, verb.i):
        if rel(at) in ("ccomp", "parataxis", "advcl"):
            return False
        at = at.head
    return at.i == verb.i
