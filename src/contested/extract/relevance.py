"""Which paragraphs of a report may hold something to code: a quick look before the costly reading.

Nothing is parsed for it. Words are looked up in the readers' own tables (events, harm, weapons,
people, agreements, statements, ties, offices, measures), names in the actor table. Then

- a report that names an armed group or calls anybody a fighter is read whole, and so is one of a
  few lines;
- any other is read if one paragraph names a deed, the harm and whom it was done to, or if a
  logistic regression over how dense these words are, and which stand in one paragraph, says so
  (data/relevance.csv, fitted by training/relevance.py); and of it only the paragraphs with such
  words, with the two before each, where "they" and "he" are named;
- the rest is not read.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from contested.errors import TableError
from contested.extract.lexicon import lexicon, table

BEFORE = 2
"""So many paragraphs before one with something to code are read with it."""
ACTOR, ARMED, FIGHTERS = "+actor", "+armed", "+militants"
LENGTH, THRESHOLD = "+length", "+threshold"
SHORT = 80
"""A report of fewer words is read whole: there is little to save, and little to judge it by."""
SHORTEST = 12
"""A report of fewer words counts as one of so many, where density is reckoned."""
REMEMBERED = 50_000
_ALONE = frozenset(("+harm", "+agreement", "+weapon", "+event"))
_DEEDS, _WHOM = ("+event", "+weapon"), ("+civilians", "+security_forces", ACTOR)
_WITH_ACTOR = frozenset(("+statement", "+tie", "+office", "+measure", "+trend"))
_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("ing", "ed", "es", "s", "er", "ers", "d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph's characters, and what actors' names stand among them: `ACTOR` for any, `ARMED`
    for an armed group's."""

    start: int
    end: int
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a quick look finds in a paragraph: how many words, and how many of each table."""

    words: int
    counts: Mapping[str, int]

    @property
    def plain(self) -> bool:
        """Whether it tells of harm done to somebody in so many words."""
        there = self.counts.keys()
        deed = not there.isdisjoint(_DEEDS)
        return "+harm" in there and deed and not there.isdisjoint(_WHOM)

    @property
    def worth(self) -> bool:
        """Whether something may be coded in it."""
        there = self.counts.keys()
        return bool(there & _ALONE) or (ACTOR in there and bool(there & _WITH_ACTOR))


class Relevance:
    """Looks at reports. Holds the weights, and the words seen so far with their tables."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._known: dict[str, tuple[str, ...]] = {}

    def look(self, text: str, piece: Piece) -> Seen:
        """What stands in a paragraph."""
        words = _WORD.findall(text[piece.start : piece.end].lower())
        counts: Counter[str] = Counter(piece.named)
        known = self._known
        for word in words:
            classes = known.get(word)
            if classes is None:
                classes = self._classes(word)
            for name in classes:
                counts[name] += 1
        return Seen(len(words), counts)

    def _classes(self, word: str) -> tuple[str, ...]:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        found = self._known[word] = classes_of(word)
        return found

    def chosen(self, text: str, pieces: Sequence[Piece]) -> set[int]:
        """The numbers of the paragraphs to read."""
        seen = [self.look(text, piece) for piece in pieces]
        short = sum(one.words for one in seen) < SHORT
        if short or any(ARMED in one.counts or FIGHTERS in one.counts for one in seen):
            return set(range(len(pieces)))
        odds = sum(self._weights.get(name, 0.0) * v for name, v in features(seen).items())
        if odds < self._weights.get(THRESHOLD, 0.0) and not any(one.plain for one in seen):
            return set()
        worth = [n for n, one in enumerate(seen) if one.worth]
        return {m for n in worth for m in range(max(n - BEFORE, 0), n + 1)}


def features(seen: Iterable[Seen]) -> dict[str, float]:
    """A report in numbers: which tables its words are of, how dense they stand, and which stand
    in one paragraph."""
    total: Counter[str] = Counter()
    out = {"+any": 1.0}
    words = 0
    for one in seen:
        words += one.words
        total.update(one.counts)
        there = sorted(one.counts)
        out.update((f"{a}{b}", 1.0) for n, a in enumerate(there) for b in there[n + 1 :])
    words = max(words, SHORTEST)
    for name, count in total.items():
        out[name] = 1.0
        out[f"{name}*"] = math.log1p(100 * count / words)
    out[LENGTH] = math.log2(words / 64)
    return out


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Base forms of verbs that no ending gives away ("shot": "shoot")."""
    path = resources.files("contested") / "data" / "encoder" / "forms.txt"
    rows = (row.split(" ") for row in path.read_text("utf-8").splitlines())
    return {form: lemma for part, form, lemma in rows if part == "VERB"}


def classes_of(word: str) -> tuple[str, ...]:
    """The tables that a word belongs to in any of its forms."""
    stems = {*_stems(word), _irregular().get(word, word)}
    return tuple(name for name, entries in _tables().items() if not stems.isdisjoint(entries))


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
    phrases = {part for _, part in words.phrases if len(part) > 4} | {"fire"}
    arrests = {lemma for lemma, trigger in words.verbs.items() if trigger.type == "arrest"}
    harm = {
        lemma
        for lemma, uses in words.casualty_verbs.items()
        if any(not needed and effect != "missing" for needed, effect, _ in uses)
    } - arrests
    people = ("civilians", "security_forces", "militants")
    return {
        "+event": frozenset((*words.verbs, *words.nouns, *phrases)),
        "+weapon": frozenset(word for word in words.weapons if word.isalpha()),
        "+harm": frozenset((*harm, *words.casualty_nouns)),
        **{f"+{p}": frozenset(w for w, k in words.victims.items() if k == p) for p in people},
        "+statement": _of(row["lemma"] for row in table("statements")),
        "+agreement": _of(row["pattern"] for row in table("agreements")),
        "+tie": _of(row["lemma"] for row in table("relations")),
        "+office": frozenset(row["word"].lower() for row in _packaged("roles.csv")),
        "+measure": _of(row["noun"] for row in table("measures")),
        "+trend": _of(row["forms"] for row in table("trends")),
    }


def _of(entries: Iterable[str]) -> frozenset[str]:
    plain = (entry.lower().replace("-?\\s?", "").replace("\\s?", "") for entry in entries)
    found = {w for entry in plain for w in _WORD.findall(entry.replace("?", "")) if len(w) > 2}
    return frozenset(found | {w.removesuffix("s") for w in found})


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
