"""A participant's words: bare, as features, and the foreign nation that they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.reading import Reading
from contested.language.encoder.scenes import Participant

MENTIONS = 4
"""So many mentions of a participant are looked at."""
REACH = 8
"""Words on either side of a mention that are near it."""
WORD = 0.4
"""A word beside the participant's own counts for so much of one of its own."""
Spans = Sequence[tuple[int, int]]
_MARKS = "\"'[]()"
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


def own_words(ones: Collection[str]) -> dict[str, float]:
    """The words themselves as features, the last of each once more."""
    parts = [[w.lower().strip(_MARKS) for w in one.split()] for one in ones]
    out = {f"own {w}": 1.0 for words in parts for w in words if w}
    return out | {f"last {words[-1]}": 1.0 for words in parts if words and words[-1]}


def words_around(reading: Reading, at: Spans) -> dict[str, float]:
    """The lemmas in the sentences of the first mentions, those near the mention apart."""
    out: dict[str, float] = {}
    for start, end in at[:MENTIONS]:
        for sentence in reading.sentences:
            if not sentence.start <= start < sentence.end:
                continue
            tokens = sentence.tokens_in(sentence.start, sentence.end)
            before = sentence.tokens_in(sentence.start, start)[-REACH:]
            after = sentence.tokens_in(end, sentence.end)[:REACH]
            out |= {f"there {t.lemma_.lower()}": WORD for t in tokens}
            out |= {f"near {t.lemma_.lower()}": WORD for t in (*before, *after)}
    return out
