"""How many a participant's words speak of."""

from __future__ import annotations

import re
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.reading import Reading, Sentence
from contested.language.encoder.scenes import Participant

PLURAL = "PLURAL"
_AFTER_HEAD = re.compile(r" (?:of|from|in|at|with|who|that|which|belonging|on|by|and) .*")
REACH = 30
"""A number that counts them stands at most so many characters before the words."""


def number(reading: Reading, one: Participant) -> str:
    """The number as digits, "1" for one, or "PLURAL" where the words are several, uncounted."""
    if one.role == "victim":
        return "1"
    head = _AFTER_HEAD.sub("", one.words.lower()).split()[-1:]
    several = bool(head) and _plural(head[0])
    for start, end in one.at:
        for sentence in reading.sentences:
            if sentence.start <= start < sentence.end:
                found = _counted(sentence, start, end)
                if found is not None and (several or found == 1):
                    return str(found)
    return PLURAL if several else "1"


def _counted(sentence: Sentence, start: int, end: int) -> int | None:
    """The number that the noun group there has, or that stands right before the words."""
    for count in sentence.counts:
        low, high = count.count.low, count.count.high
        if count.unit != "things" or low is None or low != high:
            continue
        inside = start <= count.start < end
        between = sentence.report.text[count.end : start]
        close = 0 < start - count.start <= REACH and not re.search(r"[,.;:()]", between)
        if inside or (close and _one_group(sentence, count.start, start)):
            return low
    return None


def _one_group(sentence: Sentence, first: int, last: int) -> bool:
    tokens = sentence.tokens_in(first, last + 1)
    return all(t.pos_ in ("NUM", "ADJ", "NOUN", "PROPN", "ADV", "PUNCT") for t in tokens)


def _plural(word: str) -> bool:
    word = word.strip("\"'")
    known = _odd().get(word)
    return known == "plural" if known else word.endswith("s") and not word.endswith("ss")


@lru_cache(maxsize=1)
def _odd() -> dict[str, str]:
    """Nouns whose number no ending tells: "people", "headquarters"."""
    return {row["word"]: row["number"] for row in table("noun_numbers")}
