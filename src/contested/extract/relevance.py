"""Which paragraphs of a report may hold something to code: a quick look before the costly reading.

Nothing is parsed for it. Words are looked up in the readers' own tables (events, harm, weapons,
people, agreements, statements, ties, offices, measures), names in the actor table. Then

- a report of a few lines is read whole;
- one that names an armed group or calls anybody a fighter is read, and any other if one paragraph
  names a deed, the harm and whom it was done to, or if a logistic regression over how dense these
  words are, and which stand in one paragraph, says so;
- of a report that is read, only the paragraphs with such words and with a sentence that a second
  logistic regression, over the words of the sentence, does not rule out; with the two before each,
  where "they" and "he" are named;
- the rest is not read.

The weights of both are in data/relevance.csv, fitted by training/relevance.py and, for sentences,
training/relevance_sentences.py.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contested.extract.relevance_words import OWN, WORD, classes_of

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
SENTENCE = "sentence:"
"""Before the names of the weights for sentences."""
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"“‘(\[])")
_TOLD = ("+harm", "+event", "+weapon")


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
        words = WORD.findall(text[piece.start : piece.end].lower())
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
        if sum(one.words for one in seen) < SHORT:
            return set(range(len(pieces)))
        fought = any(ARMED in one.counts or FIGHTERS in one.counts for one in seen)
        likely = fought or any(one.plain for one in seen)
        if not likely and self._odds(features(seen)) < self._weights.get(THRESHOLD, 0.0):
            return set()
        report = features_of_report(seen, fought)
        worth = [
            n
            for n, one in enumerate(seen)
            if (fought or one.worth) and self._tells(text, pieces[n], report)
        ]
        return {m for n in worth for m in range(max(n - BEFORE, 0), n + 1)}

    def _tells(self, text: str, piece: Piece, report: Mapping[str, float]) -> bool:
        """Whether a sentence of a paragraph may give a claim."""
        least = self._weights.get(SENTENCE + THRESHOLD, 0.0)
        return any(
            self._odds({**report, **features_of_sentence(self.look(text, one))}, SENTENCE) >= least
            for one in sentences(text, piece)
        )

    def _odds(self, found: Mapping[str, float], before: str = "") -> float:
        return sum(self._weights.get(before + name, 0.0) * v for name, v in found.items())


def sentences(text: str, piece: Piece) -> Iterator[Piece]:
    """The sentences of a paragraph, each taken to name the actors that the paragraph names."""
    named = piece.named & {ACTOR}
    start = piece.start
    for end in SENTENCE_END.finditer(text, piece.start, piece.end):
        yield Piece(start, end.end(), named)
        start = end.end()
    yield Piece(start, piece.end, named)


def features_of_report(seen: Sequence[Seen], fought: bool) -> dict[str, float]:
    """What a report says of each of its sentences: whether it names fighters, how dense words of
    deeds and harm stand in it, and how much its writer speaks of himself or herself."""
    words = max(sum(one.words for one in seen), SHORTEST)
    told = sum(one.counts.get(name, 0) for one in seen for name in _TOLD)
    own = sum(one.counts.get(OWN, 0) for one in seen)
    return {
        "+always": 1.0,
        "report+armed": float(fought),
        "report+told": math.log1p(100 * told / words),
        "report+own": min(10 * own / words, 1.5),
    }


def features_of_sentence(seen: Seen) -> dict[str, float]:
    """A sentence in numbers: which tables its words are of."""
    return dict.fromkeys(seen.counts, 1.0)


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
