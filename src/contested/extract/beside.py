"""The speaker right beside a verb of saying, where the tree took another noun for its subject.

"“One of the bridges is down,” said the engineer": the engineer, not "one".
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from contested.extract.clauses import behind_preposition
from contested.extract.contents import MARKS
from contested.extract.reading import Group, Sentence
from contested.extract.speakers import TELL
from contested.extract.voices import Voice

FINITE = ("VBD", "VBZ", "VBP", "VBN")
LINKS = {"of", "for", "from", "at", "in", "with", "to"}
PRONOUNS = {"he", "she", "it", "they", "we", "i"}

__all__ = ["behind_preposition", "beside", "joined", "untimed", "without_address"]


def beside(sentence: Sentence, token: Token, *, told: bool) -> Group | None:
    """The speaker of "…, said X" and of "…, X said", or None if the verb stands elsewhere.

    `told` says that whoever follows the verb is the audience: "…, told a news conference".
    """
    if token.tag_ not in FINITE:
        return None
    return (None if told else _inverted(sentence, token)) or _closing(sentence, token)


def _inverted(sentence: Sentence, token: Token) -> Group | None:
    doc, start = token.doc, sentence.span.start
    before = doc[token.i - 1] if token.i > start else None
    if before is None or before.text not in (*MARKS, ",", "?", "!"):
        return None
    if before.text == "," and _named_before(sentence, token):
        return None
    at = token.i + 1
    group = sentence.by_token.get(at) if at < sentence.span.end else None
    if group is None or group.start != at or when(group):
        return None
    if group.head.pos_ == "PRON" and group.head.lower_ not in PRONOUNS:
        return None
    return group if doc[group.start].lower_ not in ("that", "this") else None


def _named_before(sentence: Sentence, token: Token) -> bool:
    """Whether the comma before a verb closes an aside: "Aung, a teacher, said fighters …"."""
    doc = token.doc
    rest = doc[token.i + 1 : sentence.span.end]
    verbs = [t for t in doc[sentence.span.start : token.i] if t.pos_ in ("VERB", "AUX")]
    return not verbs or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in rest)


def _closing(sentence: Sentence, token: Token) -> Group | None:
    doc, start = token.doc, sentence.span.start
    i = token.i - 1
    while i > start and doc[i].pos_ in ("ADV", "AUX") and doc[i].text not in MARKS:
        i -= 1
    group = sentence.by_token.get(i)
    while group is not None and (when(group) or _linked(group, start)):
        group = sentence.by_token.get(group.start - (1 if when(group) else 2))
    if group is None or group.start <= start:
        return None
    before = doc[group.start - 1]
    ends = token.i + 1 >= sentence.span.end or doc[token.i + 1].text in (".", ",", *MARKS)
    if before.text in MARKS and before.text != "“" and group.start - start > 3:
        return group
    verbs = any(t.pos_ in ("VERB", "AUX") for t in doc[start : group.start])
    return group if before.text == "," and verbs and ends else None


def _linked(group: Group, start: int) -> bool:
    before = group.head.doc[group.start - 1] if group.start > start + 1 else None
    return before is not None and before.lower_ in LINKS and before.pos_ == "ADP"


def when(group: Group) -> bool:
    """Whether a noun group is a time and no speaker: "this week"."""
    a, _ = group.sentence.chars(group.start)
    _, b = group.sentence.chars(group.end - 1)
    return any(m.start < b and m.end >= b and m.start <= a + 5 for m in group.sentence.times)


def untimed(group: Group | None) -> Group | None:
    """The noun group before a time that stands before the verb: "the army on Monday said"."""
    if group is None or not when(group):
        return group
    start = group.sentence.span.start
    i = group.start - 1
    if i > start and group.head.doc[i].pos_ == "ADP":
        i -= 1
    return group.sentence.by_token.get(i) if i >= start else None


def without_address(group: Group | None) -> Group | None:
    """Who stands before an address: in "The army in Gao, Mali, said" the army, and no state."""
    if group is None or group.head.pos_ != "PROPN" or not _placed(group):
        return group
    doc, start = group.head.doc, group.sentence.span.start
    at = group.start - 1
    if at <= start or doc[at].text != "," or group.end >= group.sentence.span.end:
        return group
    town = group.sentence.by_token.get(at - 1)
    if town is None or not _placed(town) or doc[group.end].text != ",":
        return group
    while town is not None and _linked(town, start):
        town = group.sentence.by_token.get(town.start - 2)
    return town


def joined(token: Token, voices: Sequence[Voice]) -> Voice | None:
    """The voice of "X said A and added B" to which a second cue without a subject belongs."""
    at = token.i - 1
    while at > token.sent.start and token.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    if token.doc[at].lower_ not in ("and", "but") or token.lemma_.lower() in TELL:
        return None
    over = [v for v in voices if v.source is not None and v.cue >= 0 and token.i in v.covers]
    return over[-1] if over and over[-1].cue < token.i else None


def _placed(group: Group) -> bool:
    _, b = group.sentence.chars(group.end - 1)
    named = any(m.start < b and m.end >= b for m in group.sentence.places)
    return named or any(t.ent_type_ in ("GPE", "LOC", "PLACE") for t in group.tokens)
