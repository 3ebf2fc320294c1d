"""A participant's words: without what only counts them, and the foreign nation they name."""

from __future__ import annotations

from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.reading import Reading
from contested.language.encoder.scenes import Participant

_MORE = frozenset({"a", "an", "the", "other", "another", "more", "some", "several", "about"})


def bare(words: str) -> str:
    """Words without articles and numbers before them; left as they are if nothing else remains.

    >>> bare("the six other priests")
    'priests'
    """
    parts = words.split()
    while len(parts) > 1 and _counts(parts[0].lower()):
        parts = parts[1:]
    return " ".join(parts)


def _counts(word: str) -> bool:
    return word in _MORE or word.isdigit() or word in _numbers()


@lru_cache(maxsize=1)
def _numbers() -> frozenset[str]:
    return frozenset(row["word"] for row in table("numbers"))


def nation(reading: Reading, one: Participant, home: str | None) -> str | None:
    """The country (ISO 3166-1 alpha-2) other than `home` that is named within the words."""
    for start, end in one.at:
        for sentence in reading.sentences:
            if not sentence.start <= start < sentence.end:
                continue
            for mention in (*sentence.associated, *sentence.places):
                country = mention.where.country if mention.kind == "country" else None
                if start <= mention.start < end and country not in (None, home):
                    return country
    return None
