"""Whether the text says that it happened: modals, "if", plans, attempts, "no"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import Lexicon, table
from contested.extract.reading import Group, Sentence, rel
from contested.model.terms import Status

FACTUAL = {"true", "correct", "accurate", "case", "fact", "so"}
NEGATIONS = {"not", "n't", "never", "no", "without", "neither", "nor", "n’t"}


BEGINNING = {
    "begin",
    "start",
    "be",
    "become",
    "take",
    "occur",
    "happen",
    "come",
    "turn",
    "escalate",
}
"""Verbs that say no more than that something takes place."""


@dataclass(frozen=True, slots=True)
class Reality:
    """Whether the text says that it happened: a status, and whether it is negated."""

    status: Status
    negated: bool
    generic: bool = False


def reality(sentence: Sentence, token: Token, words: Lexicon) -> Reality:
    """Climb from a predicate to the top of its sentence and read modals, "if", plans, "no"."""
    status: str = "occurred"
    negated = False
    generic = False
    at: Token = token
    group = sentence.group(token)
    for word in group.tokens if group and group.head.i == token.i else ():
        if word.i < token.i and status == "occurred" and not _done(word, token):
            for form in (word.lower_, word.lemma_.lower()):
                status = words.status.get((form, "any"), status)
    for _ in range(12):
        for child in at.children:
            lower, part = child.lower_, rel(child)
            if lower in NEGATIONS and abs(child.i - at.i) < 6 and part != "obl":
                untrue = at.lemma_.lower() in FACTUAL
                own = at is token or rel(token) in ("obj", "xcomp", "nsubj")
                negated = negated or own or untrue
            if child.tag_ == "MD" and status == "occurred":
                status = words.modals.get(lower, "hypothetical")
            if lower in ("if", "unless", "whether") and part == "mark":
                status = "hypothetical"
            if status == "occurred" and part == "advcl" and _condition(child):
                status = "hypothetical"
            if part in ("amod", "compound") and status == "occurred" and not _done(child, at):
                status = words.status.get((child.lemma_.lower(), "any"), status)
            if lower in ("often", "routinely", "usually", "frequently", "always", "sometimes"):
                generic = True
        if at.i == at.head.i or not sentence.span.start <= at.head.i < sentence.span.end:
            break
        above = at.head
        if status == "occurred" and at is not token and _only_spoken_of(group, at, above):
            break
        if status == "occurred" and _governs(at, above):
            kind = "verb" if above.pos_ == "VERB" else "noun"
            lemma = above.lemma_.lower()
            status = words.status.get((lemma, kind)) or words.status.get((lemma, "any")) or status
            if rel(at) == "xcomp" and above.tag_ == "VBN":
                status = words.status.get((above.lower_, "participle"), status)
        # What is said of a happening does not make the happening itself possible only.
        aside = rel(at) == "obl" and above.pos_ == "VERB" and at.pos_ != "VERB"
        if aside and status == "occurred" and above.lemma_ not in BEGINNING:
            break
        if rel(at) in ("ccomp", "parataxis") and above.lemma_ in words.reporting:
            if status == "occurred":
                return Reality("occurred", negated, generic)
            break
        if rel(at) == "advcl" and at.pos_ == "VERB" and status == "occurred":
            break
        at = above
    return Reality(status, negated, generic)  # type: ignore[arg-type]


def _only_spoken_of(group: Group | None, at: Token, above: Token) -> bool:
    """ "The number of victims of the attacks of May could be higher": the attacks were.

    What can be is said of a number or the like to which a definite happening belongs.
    """
    definite = group is not None and group.definite
    return definite and rel(at) == "nsubj" and above.pos_ in ("ADJ", "VERB") and _counts(at)


def _counts(noun: Token) -> bool:
    return noun.lemma_.lower() in ("number", "toll", "figure", "count", "victim", "casualty")


def _done(word: Token, noun: Token) -> bool:
    """ "carried out planned attacks": what was planned and is done."""
    verb = noun.head
    past = verb.tag_ == "VBD" or any(c.lower_ in ("had", "have", "has") for c in verb.children)
    doing = rel(noun) == "obj" and verb.lemma_.lower() in _carriers()
    return word.lemma_.lower() in ("plan", "planned") and doing and past


@lru_cache(maxsize=1)
def _carriers() -> frozenset[str]:
    """Verbs that carry out what their object names."""
    return frozenset(r["word"] for r in table("event_words") if r["use"] == "carrier")


def _condition(clause: Token) -> bool:
    """ "If both are right, ten died": what would follow, but for "even if" and "as if"."""
    return any(
        mark.lower_ in ("if", "unless")
        and rel(mark) == "mark"
        and (mark.i == 0 or mark.nbor(-1).lower_ not in ("even", "as"))
        for mark in clause.children
    )


def _governs(at: Token, above: Token) -> bool:
    """Whether `above` can make what `at` names a plan, an attempt or a hope."""
    part = rel(at)
    if part in ("xcomp", "ccomp", "obj", "acl", "nsubj", "obl", "nmod"):
        if part in ("obl", "nsubj"):
            passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in above.children)
            return part == "nsubj" and passive
        return True
    return False
