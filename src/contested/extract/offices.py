"""Who holds an office, and what is no source: titles before names, offices beside them, places."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import Lexicon, lexicon, table
from contested.extract.reading import Group

PLACES = ("PLACE", "GPE", "LOC")
"""What pipelines call the names of places."""
ASIDES = {"its", "his", "her", "their", "the", "a", "an"}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in table("official_titles"))


def unit(group: Group) -> bool:
    """Whether a noun group is part of some side's forces: "the 6th Division", "the command"."""
    return lexicon().source_kind(group.head.lower_) == "party"


def issued_by(group: Group) -> bool:
    """Whether a noun group is a document that somebody gives out: "a statement"."""
    return lexicon().source_kind(group.head.lower_) == "document"


def state_owned(group: Group) -> bool:
    """Whether a source is called the state's: "Syrian state media", "an army doctor"."""
    return group.has("state", "state-run", "state-owned", "official", "government", "army",
                     "military", "pro-government", "police")  # fmt: skip


def titled(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a name begins with a title of state: "SSP X", "General Y", "its mayor Z"."""
    before = [w.strip("“”\"'‘’.,").lower() for w in words[:-1]]
    return any(w in _titles() or lexicon.source_kind(w) == "official" for w in before)


def in_office(group: Group, lexicon: Lexicon) -> bool:
    """Whether a name has a title of state, or an office beside it: "X, the region's governor,"."""
    if group.head.pos_ != "PROPN":
        return False
    if titled(group.text.split(), lexicon):
        return True
    sentence, doc = group.sentence, group.head.doc
    if group.end + 1 >= sentence.span.end or doc[group.end].text != ",":
        return False
    beside = sentence.by_token.get(group.end + 1)
    if beside is None or beside.start != group.end + 1 or beside.head.pos_ == "PROPN":
        return False
    led = doc[beside.start].lower_ in ASIDES or any(t.tag_ == "POS" for t in beside.tokens)
    return led and lexicon.source_kind(beside.head.lower_) == "official"


def no_source(group: Group, lexicon: Lexicon) -> bool:
    """Whether a noun group is a place that says nothing, although it stands as a subject.

    A place that stands for its government has an actor and speaks.
    """
    if group.actor is not None or lexicon.source_kind(group.head.lower_) is not None:
        return False
    if group.head.pos_ != "PROPN":
        return False
    if any(t.ent_type_ in ("PERSON", "ORG") for t in group.tokens):
        return False
    return _placed(group)


def counted_apart(group: Group, verb: Token, lexicon: Lexicon) -> bool:
    """Whether people who are counted stand apart from a verb of saying, as the harmed do.

    "Thirty children were among the dead, said a nurse"; but "two health workers said".
    """
    if group.count is None or lexicon.source_kind(group.head.lower_) is not None:
        return False
    between = verb.doc[group.end : verb.i] if group.end <= verb.i else None
    beside = between is not None and all(t.pos_ in ("ADV", "AUX") for t in between)
    return lexicon.victims_of(group.head.lower_) is not None and not beside


def _placed(group: Group) -> bool:
    """Whether a name is that of a place, or the first part of one: "the Republic" of a country."""
    a, _ = group.sentence.chars(group.start)
    _, b = group.sentence.chars(group.end - 1)
    head, end = group.sentence.chars(group.head.i)
    if any(m.start <= head and end <= m.end for m in group.sentence.places):
        return True
    if any(m.start < b and m.end > a for m in group.sentence.actors):
        return all(t.ent_type_ in PLACES for t in group.tokens if t.pos_ == "PROPN")
    return group.head.ent_type_ in PLACES
