"""Words that tell what sort of happening a word of the triggers' table means, from a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.clauses import Frame
from contested.extract.lexicon import table
from contested.model import ActorRef


@lru_cache(maxsize=64)
def event_words(use: str) -> frozenset[str]:
    """Words of the table of event words that are used as `use`, in small letters.

    `carrier`: verbs that carry out what their object names. `driving`: their object is the means
    ("rammed a truck into the post"). `harming`: what a strike of weapons does, and one of workers
    does not. `wielding`: verbs that do what their weapon does. `habitual`: they make a noun a
    habit rather than a happening. `elsewhen`: they mark a happening as another one than that of
    the sentences before. `lasting`: what they tell goes on for a time ("besiege").
    `dug`: what a mine that does not go off yields. `ordered`: they stand for one happening of
    several ("the first was near …"), and `taking place` are its verbs. `apart`: they tell a
    happening from another of its sort.
    """
    return frozenset(row["word"] for row in table("event_words") if row["use"] == use)


@dataclass(slots=True)
class Found:
    """An event on the way to a claim."""

    token: Token
    frame: Frame
    type: str
    how: str
    initiators: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    weapons: tuple[str, ...] = ()
    echoes: tuple[Token, ...] = ()
    """Other words of the sentence that tell the same: their places and times are its own."""
    marked: float | None = None
    """Where a role came from the pipeline's marks: how likely the least likely of them is."""
    unplaced: bool = False
    """Whether it was in a place that the text names and the gazetteer does not know."""
