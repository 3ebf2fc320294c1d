"""Harm told in clipped words: "and injured another", "several are missing", "dead and wounded"."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import table
from contested.extract.reading import Group, Sentence, rel
from contested.model.terms import Effect

ALONE = {"another", "several", "dozens", "hundreds", "thousands", "scores"}
"""Words that count people without a noun behind them."""
GRAVES = {"grave", "pit", "well"}
"""Where the dead are found."""


@lru_cache(maxsize=1)
def harm_nouns() -> dict[str, Effect]:
    """Nouns of harm that name whom it befell with "of", from a table: "the massacre of 30 men"."""
    return {row["noun"]: row["effect"] for row in table("harm_nouns")}  # type: ignore[misc]


def object_alone(sentence: Sentence, token: Token) -> Group | None:
    """The one person of "killed five and injured another", which is no noun group."""
    for child in token.children:
        if rel(child) == "obj" and child.lower_ == "another" and child.i not in sentence.by_token:
            return Group(sentence, child.i, child.i + 1, child)
    return None


def subject_alone(sentence: Sentence, token: Token) -> Group | None:
    """The people of "and several are missing", counted by a word that is no noun group."""
    i = token.i - 1
    while i > sentence.span.start and token.doc[i].pos_ in ("AUX", "ADV"):
        i -= 1
    word = token.doc[i]
    first = i == sentence.span.start or token.doc[i - 1].lower_ in ("and", "but", ",", "”", '"')
    if i + 1 == token.i or word.lower_ not in ALONE or not first or i in sentence.by_token:
        return None
    start, end = sentence.chars(i)
    count = next((c for c in sentence.counts if c.start <= start and end <= c.end), None)
    return Group(sentence, i, i + 1, word, count) if count is not None else None


def before_aside(sentence: Sentence, token: Token) -> Group | None:
    """The people of "and seven others, including two nurses, wounded": an aside stands between."""
    doc, first = token.doc, sentence.span.start
    if token.i <= first + 2 or doc[token.i - 1].text != ",":
        return None
    for i in range(token.i - 2, max(first, token.i - 12), -1):
        if doc[i].text == "," and doc[i + 1].lower_ in ("including", "among", "mostly"):
            group = sentence.by_token.get(i - 1)
            return group if group is not None and group.count is not None else None
    return None


def buried(token: Token) -> bool:
    """Whether bodies lie in a grave that holds them or were discovered: "a pit with the bodies"."""
    above = token.head
    if above.lemma_.lower() in ("contain", "hold") and above.head.lemma_.lower() in GRAVES:
        return True
    return above.lemma_.lower() == "discovery" and rel(token) == "nmod"


def both_at_once(token: Token) -> bool:
    """ "left several people dead and wounded": one number for both harms."""
    last = token.i + 2
    if last + 1 >= len(token.doc) or token.nbor(1).lower_ != "and":
        return False
    after = token.doc[last + 1]
    return token.doc[last].lower_ in ("wounded", "injured") and after.pos_ in ("PUNCT", "ADP")
