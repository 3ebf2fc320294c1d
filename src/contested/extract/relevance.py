"""Which paragraphs may hold something to code: a quick look before the costly reading.

Words are weighed without any syntax: a logistic regression over the words of a paragraph, the word
tables that they belong to, and whether an actor's name stands in it. Its weights are the table
data/relevance.csv, fitted so that it lets pass what the readers make claims of
(training/relevance.py). What scores below the table's threshold is not parsed, unless a paragraph
that passes stands right behind it: who "they" are is told there.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from contested.errors import TableError
from contested.extract.lexicon import lexicon, table

BEFORE = 2
"""So many paragraphs before one that passes are read with it."""
OPENING = 2
"""So many paragraphs at the front of a report of which anything passes are read: they name the
day, the place and the outlet."""
REMEMBERED = 50_000
ACTOR, NUMBER, LENGTH, FIRST = "+actor", "+number", "+length", "+first"
THRESHOLD = "+threshold"
_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("ing", "ed", "es", "s", "er", "ers", "d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph's characters, and whether an actor's name stands among them."""

    start: int
    end: int
    named: bool


class Relevance:
    """Weighs paragraphs. Holds the table, and the words seen so far with their weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self.threshold = weights.get(THRESHOLD, 0.0)

    def score(self, text: str, *, named: bool, first: bool) -> float:
        """How much speaks for something to code in a paragraph: log odds."""
        classes: set[str] = set()
        total = 0.0
        words = set(_WORD.findall(text.lower()))
        for word in words:
            weight, kinds = self._known.get(word) or self._look(word)
            total += weight
            classes.update(kinds)
        for name in composed(classes, text, len(words), named=named, first=first):
            total += self._weights.get(name[0], 0.0) * name[1]
        return total

    def _look(self, word: str) -> tuple[float, tuple[str, ...]]:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        found = self._weights.get(word, 0.0), classes_of(word)
        self._known[word] = found
        return found

    def chosen(self, text: str, pieces: Sequence[Piece]) -> set[int]:
        """The numbers of the paragraphs to read, none where nothing passes."""
        passing = {
            n
            for n, piece in enumerate(pieces)
            if self.score(text[piece.start : piece.end], named=piece.named, first=n < OPENING)
            >= self.threshold
        }
        around = {m for n in passing for m in range(max(n - BEFORE, 0), n + 1)}
        return around | set(range(min(OPENING, len(pieces)))) if passing else set()


def composed(
    classes: Iterable[str], text: str, words: int, *, named: bool, first: bool
) -> Iterator[tuple[str, float]]:
    """The features of a paragraph beside its words."""
    yield "+any", 1.0
    for name in classes:
        yield name, 1.0
        if named:
            yield f"{name}{ACTOR}", 1.0
    if named:
        yield ACTOR, 1.0
    if first:
        yield FIRST, 1.0
    if any(c.isdigit() for c in text):
        yield NUMBER, 1.0
    yield LENGTH, math.log2(1 + words / 16)


def words_of(text: str) -> set[str]:
    """The words of a paragraph, in small letters."""
    return set(_WORD.findall(text.lower()))


def classes_of(word: str) -> tuple[str, ...]:
    """The word tables that a word belongs to in any of its forms."""
    known = _tables()
    stems = set(_stems(word))
    return tuple(name for name, entries in known.items() if not stems.isdisjoint(entries))


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield stem
        yield stem + "e"
        if stem[-1] == "i":
            yield stem[:-1] + "y"
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    """The words that name each kind of claim, from the tables of the readers."""
    words = lexicon()
    phrases = {part for pair in words.phrases for part in pair}
    return {
        "+event": frozenset((*words.verbs, *words.nouns, *phrases)),
        "+weapon": _of(words.weapons),
        "+harm": frozenset((*words.casualty_verbs, *words.casualty_nouns)),
        "+people": frozenset(words.victims),
        "+statement": _of(row["lemma"] for row in table("statements")),
        "+agreement": _of(row["pattern"] for row in table("agreements")),
        "+tie": _of(row["lemma"] for row in table("relations")),
        "+office": _of(row["word"] for row in _packaged("roles.csv"))
        | _of(row["lemma"] for row in table("positions")),
        "+measure": _of(row["noun"] for row in table("measures")),
        "+trend": _of(row["forms"] for row in table("trends")),
    }


def _of(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(w for entry in entries for w in _WORD.findall(entry.lower()) if len(w) > 2)


def _packaged(name: str) -> list[dict[str, str]]:
    path = resources.files("contested") / "data" / name
    try:
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    except OSError as error:
        raise TableError(f"{name} cannot be read; install the package again") from error


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Those of the packaged table. Raises TableError if it cannot be read."""
    try:
        return {row["feature"]: float(row["weight"]) for row in _packaged("relevance.csv")}
    except (KeyError, ValueError) as error:
        raise TableError("relevance.csv cannot be read; install the package again") from error
