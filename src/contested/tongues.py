"""Whether a text is English: by its script, then by its commonest words.

No model, and no judgement on a few words.
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from importlib import resources

ENGLISH = "English"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SHORT, _LONG = 20, 60
_SLICE = 20_000


def other_language(text: str) -> str | None:
    """The language of `text` if it is plainly not English, in words; None if it may be.

    Fewer than 20 words always pass, as does English that quotes another script.
    """
    words = _WORD.findall(_sample(text))
    if len(words) < _SHORT:
        return None
    latin = [word.lower() for word in words if _LATIN.match(word)]
    if len(latin) < 0.4 * len(words):
        return "a language in another script than Latin"
    tables = dict(_tables())
    english = _share(latin, tables.pop(ENGLISH))
    name, share = max(
        ((name, _share(latin, table)) for name, table in tables.items()), key=lambda row: row[1]
    )
    if share > max(english, 0.06):
        return name
    return "no English" if english < 0.03 and len(latin) >= _LONG else None


def is_english(text: str) -> bool:
    """Whether there are enough English words to say so."""
    words = [word.lower() for word in _WORD.findall(_sample(text))]
    return len(words) >= _SHORT and _share(words, _tables()[ENGLISH]) >= 0.08


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _share(words: list[str], table: frozenset[str]) -> float:
    return sum(word in table for word in words) / len(words)


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    """The commonest words of each language."""
    text = (resources.files("contested") / "data" / "languages.csv").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["language"], set()).add(row["word"])
    return {language: frozenset(words) for language, words in found.items()}
