"""What the words around a named agreement say of it: agreed, extended, broken, collapsed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from contested.extract.kinds.agreement_terms import Act, Named, acts_at
from contested.extract.reading import Sentence, rel
from contested.model.terms import AgreementAct

REACH = 11
"""Tokens between an agreement and the word that says what became of it."""
UNREAL = {
    "no", "any", "hope", "hopes", "prospect", "prospects", "chance", "chances", "desire",
    "possibility", "possible", "without", "if", "unless", "potential", "future", "lasting",
    "likelihood", "need", "idea",
}  # fmt: skip
LEAVING = re.compile(
    r"\b(?:under|by) which\b[^.;]*\b(?:left|withdr\w+|pull(?:ed)? out|quit)\b", re.I
)


_CLAUSE = {"and", "but", "hours", "because", "after"}
_ARTICLES = (["a"], ["an"], ["the"])


@dataclass(slots=True)
class Found:
    """An act on an agreement on the way to a claim."""

    token: Token
    act: AgreementAct
    thing: Named
    cue: Act | None = None
    strict: bool = False
    """Whether the words do not say what sort of agreement it is, so that the parties must."""


def acts_on(sentence: Sentence, thing: Named, things: list[Named]) -> list[Found]:
    """What the words around an agreement say of it: at most one act on each side."""
    out: list[Found] = []
    left = _left(sentence, thing, things)
    if left is not None:
        out.append(left)
    for right in _right(sentence, thing, things):
        if left is None or _relative(right.token, thing):
            out.append(right)
    if not out:
        inside = _inside(sentence, thing)
        if inside is not None:
            out.append(inside)
    return [f for f in out if not _unreal(sentence, f)]


def _left(sentence: Sentence, thing: Named, things: list[Named]) -> Found | None:
    """The verb or noun before an agreement that has it as its object."""
    doc, start = thing.head.doc, sentence.span.start
    for i in range(thing.first - 1, max(thing.first - REACH, start) - 1, -1):
        token = doc[i]
        if token.text in (";", ":") or any(n.head.i == i for n in things):
            return _across(sentence, thing, things, i)
        if i > start and doc[i - 1].text in ("-", "–"):
            continue
        for cue in acts_at(token):
            if cue.role == "subject" or not _allowed(cue, thing):
                continue
            if cue.role == "noun" and not _of(doc, i, thing.first):
                continue
            if cue.role == "object" and not _governs(token, thing, cue):
                continue
            found = Found(token, cue.act, thing, cue)
            return _answer(token, found, sentence) if cue.act == "proposed" else found
    return None


def _answer(offer: Token, found: Found, sentence: Sentence) -> Found:
    """ "rejected the offer of talks": what became of an offer weighs more than the offer."""
    for i in range(offer.i - 1, max(offer.i - 5, sentence.span.start) - 1, -1):
        for cue in acts_at(offer.doc[i]):
            if cue.role == "object" and cue.act in ("rejected", "agreed"):
                return Found(offer.doc[i], cue.act, found.thing, cue)
    return found


def _across(sentence: Sentence, thing: Named, things: list[Named], at: int) -> Found | None:
    """ "the peace talks and the ceasefire": what is said of the first holds for the second."""
    between = thing.head.doc[at + 1 : thing.first]
    first = next((n for n in things if n.head.i == at), None)
    if first is None or not all(t.lower_ in ("and", "or", ",") for t in between):
        return None
    found = _left(sentence, first, [n for n in things if n is not first])
    if found is None or found.cue is None or not _allowed(found.cue, thing):
        return None
    return replace(found, thing=thing)


def _of(doc: Doc, i: int, first: int) -> bool:
    """Whether a noun is followed by "of" and then the agreement."""
    between = [t.lower_ for t in doc[i + 1 : first]]
    return between[:1] in (["of"], ["to"], ["for"]) and len(between) <= 3


def _governs(token: Token, thing: Named, cue: Act) -> bool:
    """Whether a word before the agreement takes it as object, and no other verb does."""
    doc = token.doc
    if token.tag_ in ("NN", "NNS") and token.pos_ == "NOUN" and cue.word in ("offer", "end"):
        return False
    between = doc[token.i + 1 : thing.first]
    verbs = [
        t
        for t in between
        if t.pos_ in ("VERB", "AUX")
        and rel(t) not in ("amod", "case", "compound")
        and t.tag_ not in ("VBG", "VBN")
        and not acts_at(t)
    ]
    if verbs and cue.word not in ("refuse", "agree", "offer", "decline"):
        return False
    commas = sum(t.text == "," for t in between)
    if cue.word == "agree":
        words = [t.lower_ for t in between][:5]
        return not verbs and bool({"to", "on", "upon"} & set(words) or words[:1] in _ARTICLES)
    if cue.word in ("have", "keep", "hold", "end", "start", "open", "ask", "enter", "begin"):
        return commas == 0 and len(between) <= 6
    if token.i in {a.i for a in thing.head.ancestors}:
        return commas <= 2
    return commas <= 1 and len(between) <= 8


def _allowed(cue: Act, thing: Named) -> bool:
    if cue.types and thing.type not in cue.types:
        return False
    return not (cue.act == "took_effect" and thing.type == "talks" and cue.role == "object")


def _right(sentence: Sentence, thing: Named, things: list[Named]) -> list[Found]:
    """The verb or participle behind an agreement that has it as its subject."""
    doc, end = thing.head.doc, sentence.span.end
    last = sentence.tokens_in(thing.start, thing.end)[-1].i
    out: list[Found] = []
    for i in range(last + 1, min(last + 1 + 2 * REACH, end)):
        token = doc[i]
        if token.text in (";", ":") or any(n.head.i == i for n in things):
            break
        for cue in acts_at(token):
            if cue.role == "noun" or not _allowed(cue, thing):
                continue
            if cue.role == "object" and not _passive(token):
                continue
            if cue.role == "subject" and token.tag_ == "VBG" and not _helped(token):
                continue
            if cue.role == "subject" and token.tag_ != "VBG" and _helped(token):
                continue
            if not _subject_of(token, thing, last):
                continue
            found = Found(token, _talking(cue, thing), thing, cue)
            out.append(found)
            if not _relative(token, thing):
                return [found, *out[:-1]]
            break
    return out


def _helped(token: Token) -> bool:
    """Whether a form of "be" stands before a participle ("is holding")."""
    doc = token.doc
    left = {doc[i].lower_ for i in range(max(token.i - 4, token.sent.start), token.i)}
    return bool(left & {"be", "been", "was", "were", "is", "are"})


def _talking(cue: Act, thing: Named) -> AgreementAct:
    """Talks that begin or are mediated go on; nothing has been agreed by that."""
    if thing.type == "talks" and cue.act in ("took_effect", "agreed"):
        return "ongoing"
    return cue.act


def _passive(token: Token) -> bool:
    """ "was extended", "had been agreed", "brokered by", "announced in Doha"."""
    doc = token.doc
    left = [doc[i].lower_ for i in range(max(token.i - 5, token.sent.start), token.i)]
    if {"be", "been", "was", "were", "is", "being", "are"} & set(left):
        return True
    bare = doc[token.i - 1].text == "," or doc[token.i - 1].pos_ in ("NOUN", "PROPN")
    after = doc[token.i + 1].lower_ if token.i + 1 < token.sent.end else ""
    return bare and token.tag_ in ("VBN", "VBD", "JJ") and after in (
        "in", "by", "on", "last", "between", "with", "at", "this", "after", "earlier",
    )  # fmt: skip


def _subject_of(token: Token, thing: Named, last: int) -> bool:
    """Whether nothing but phrases and adverbs stands between an agreement and its verb."""
    doc = token.doc
    if thing.head.i in {c.i for c in token.children if rel(c) in ("nsubj", "csubj")}:
        return True
    if token.head.i == thing.head.i and rel(token) in ("acl", "acl:relcl"):
        return True
    between = doc[last + 1 : token.i]
    skipped = False
    for t in between:
        if t.text == "," or t.lower_ in ("that", "which", "who"):
            skipped = True
        if t.pos_ == "VERB" and not acts_at(t) and not skipped and rel(t) not in ("amod", "acl"):
            return False
        joins = t.lower_ == "and" and any(o.lower_ == "between" for o in between)
        if t.lower_ in _CLAUSE and t.head.pos_ == "VERB" and not joins:
            return False
    commas = sum(t.text == "," for t in between)
    return (len(between) <= REACH + 4 and commas in (0, 2)) or (
        commas == 1 and len(between) <= 3 and _passive(token)
    )


def _relative(token: Token, thing: Named) -> bool:
    """Whether a verb stands in a clause that only describes the agreement."""
    if rel(token) == "acl" and thing.head.i in {a.i for a in token.ancestors}:
        return True
    doc = token.doc
    return any(
        doc[i].lower_ in ("that", "which")
        for i in range(max(token.i - 4, thing.head.i + 1), token.i)
    )


def _inside(sentence: Sentence, thing: Named) -> Found | None:
    """ "the Qatar-brokered truce", "the Doha agreement, under which troops left"."""
    for i in range(thing.first, thing.head.i):
        token = thing.head.doc[i]
        for cue in acts_at(token):
            if cue.word in ("broker", "mediate", "facilitate", "fail") and _allowed(cue, thing):
                return Found(thing.head, _talking(cue, thing), thing, cue)
    if thing.type == "withdrawal" and LEAVING.search(sentence.text):
        return Found(thing.head, "agreed", thing)
    return None


def _unreal(sentence: Sentence, found: Found) -> bool:
    """Whether an agreement is only hoped for, feared or asked about."""
    doc = found.thing.head.doc
    first = max(found.thing.first - 3, sentence.span.start)
    near = {doc[i].lower_ for i in range(first, found.thing.head.i)}
    if "longer" in near:
        near -= {"no", "any"}
    if near & UNREAL and found.act not in ("rejected", "violated"):
        return True
    return sentence.text.rstrip().endswith("?")
