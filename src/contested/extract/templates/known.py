"""How it is known that an organisation did it: told as a fact, claimed, charged, or supposed.

Told by the words around the organisation's mentions, in classes
(``data/lexicon/knowing_words.csv``) and as they are; see `answers`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.reading import Reading, Sentence
from contested.extract.templates.answers import said
from contested.extract.templates.words import Spans

QUESTION = "known"
ANSWERS = (
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "POSSIBLE",
)
REACH = 10
"""Words on either side of a mention that are looked at one by one."""
WORD = 0.5
"""A single word counts for so much of a class of words."""
OFTEN = 0.01, 0.025
"""Shares of a report's words that are many, and very many, for one class."""


def known_how(reading: Reading, at: Spans) -> str | None:
    """The likeliest answer for an organisation that is mentioned `at` these characters."""
    sums = said(QUESTION, features(reading, at))
    return max(ANSWERS, key=lambda answer: sums.get(answer, 0.0)) if sums else None


def features(reading: Reading, at: Spans) -> Mapping[str, float]:
    """What the words around the mentions say; empty where no sentence holds one."""
    out: dict[str, float] = {}
    words = {s.number: _words(s, s.start, s.end) for s in reading.sentences}
    numbers: list[int] = []
    for start, end in at:
        for sentence in reading.sentences:
            if sentence.start <= start < sentence.end:
                numbers.append(sentence.number)
                for name in _beside(sentence, start, end):
                    out[name] = WORD
    told = sorted(set(numbers))
    if told:
        out.update((name, 1.0) for name in _classes(words, told))
        out[f"mentions {min(len(at), 4)}"] = out[f"first {min(told[0], 4)}"] = 1.0
    return out


def _words(sentence: Sentence, start: int, end: int) -> list[str]:
    found = (t.lower_ for t in sentence.tokens_in(start, end))
    return ["#" if w.isdigit() else w for w in found if w[:1].isalnum()]


def _beside(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    left, right = _words(sentence, sentence.start, start), _words(sentence, end, sentence.end)
    own = _words(sentence, start, end)
    yield from (f"own {w}" for w in own)
    yield from (f"left {w}" for w in left[-REACH:])
    yield from (f"right {w}" for w in right[:REACH])
    yield from (f"with {w}" for w in {*left, *right})
    for near, words in (("before", left[-2:]), ("after", right[:2])):
        if words:
            yield f"{near} {' '.join(words)}"
            yield f"{near} {words[-1] if near == 'before' else words[0]}"


def _classes(words: Mapping[int, Sequence[str]], told: Sequence[int]) -> Iterator[str]:
    """Classes of words in the sentences that mention the organisation, those before, and all."""
    has: Counter[str] = Counter()
    for number in told:
        here = _kinds(words[number])
        has.update(here)
        yield from (f"{c} there" for c in here)
        yield from (f"{c} before" for c in _kinds(words.get(number - 1, ())))
        if "authorities" in here:
            yield from (f"authorities with {c}" for c in here & {"accuses", "doubts"})
    for name, times in has.items():
        if 2 * times >= len(told):
            yield f"{name} mostly"
        if times == len(told):
            yield f"{name} always"
    every = [w for found in words.values() for w in found]
    often = Counter(_class_of()[w] for w in every if w in _class_of())
    for name, times in often.items():
        for much in OFTEN:
            if times > much * len(every):
                yield f"{name} over {much:g}"


def _kinds(words: Sequence[str]) -> set[str]:
    return {_class_of()[w] for w in words if w in _class_of()}


@lru_cache(maxsize=1)
def _class_of() -> dict[str, str]:
    return {row["word"]: row["class"] for row in table("knowing_words")}
