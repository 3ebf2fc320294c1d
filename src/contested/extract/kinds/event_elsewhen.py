"""Words by which a text tells one happening from another: "another", "a year earlier"."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.reading import Group, Sentence


def elsewhen(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Whether the clause of `token` marks what it tells as another happening than the one before.

    A word that only describes people ("another soldier"), or that stands in a clause below or in
    the words of saying ("last month announced an offensive"), marks nothing.
    """
    own = _clause(token)
    for word in sentence.span:
        another = word.lower_ in event_words("another")
        if not another and word.lower_ not in event_words("elsewhen"):
            continue
        if token.i in (word.i, word.head.i):
            return True
        if word.pos_ in ("ADJ", "DET") and _describes_people(ctx, word):
            continue
        clause = _clause(word)
        saying = clause.lemma_.lower() in ctx.words.reporting
        if clause.i == own.i or (clause.is_ancestor(token) and (another or not saying)):
            return True
    return False


def _describes_people(ctx: Context, word: Token) -> bool:
    noun = word.head
    people = ctx.words.victims_of(noun.text) is not None or noun.pos_ == "NUM"
    return noun.i > word.i and people


def _clause(token: Token) -> Token:
    """The verb of the clause that a token stands in, else the top of the sentence."""
    at = token
    while at.pos_ not in ("VERB", "AUX") and at.head.i != at.i:
        at = at.head
    return at


def several(group: Group | None) -> bool:
    """Whether a noun group names several happenings: "two bombings", "a string of attacks"."""
    if group is None or not group.plural:
        return False
    return group.count is not None or group.has(*event_words("several"))


def many_places(ctx: Context, sentence: Sentence) -> bool:
    """Whether a sentence tells of several places or deeds at once: "attacked three bases".

    Where one of them was is not where all of them were.
    """
    for group in sentence.groups:
        lemma = group.head.lemma_.lower()
        spot = lemma in event_words("ground") or lemma in event_words("deed")
        if several(group) and (spot or lemma in ctx.words.nouns):
            return True
    return False
