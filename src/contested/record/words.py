"""Words of a text, and a passage that shows where they are; for databases that cannot do it.

The words are those of SQLite's tokenizer "unicode61": runs of letters and digits, without
accents, in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from contested.record.fulltext import Term

SHOWN = 24
"""So many words a snippet has at most."""

NEAR = 4_000
"""So many characters of a long text are cut into words to show a find."""

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and the characters it comes from."""

    plain: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """All words of a text, in order."""
    return [Word(plain(found[0]), *found.span()) for found in _WORD.finditer(text)]


def plain(word: str) -> str:
    """A word without accents, in lower case.

    >>> plain("Élite")
    'elite'
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def finds(words: Sequence[Word], term: Term) -> list[tuple[int, int]]:
    """Where a term occurs: its first word's number and the one after its last."""
    wanted = [word.plain for word in words_of(term.words)]
    if not wanted:
        return []
    *whole, last = wanted
    found = []
    for at in range(len(words) - len(whole)):
        end = words[at + len(whole)].plain
        fits = end.startswith(last) if term.begins else end == last
        if fits and all(words[at + n].plain == word for n, word in enumerate(whole)):
            found.append((at, at + len(wanted)))
    return found


def holds(texts: Sequence[str | None], terms: Sequence[Term]) -> bool:
    """Whether every term occurs in one of the texts."""
    split = [words_of(text) for text in texts if text]
    return all(any(finds(words, term) for words in split) for term in terms)


def snippet(texts: Sequence[str | None], terms: Sequence[Term]) -> str:
    """The 24 words in which most of the terms occur, each find in [[ ]]."""
    best: tuple[int, str] | None = None
    for text in texts:
        words = words_of(text or "")
        spans = sorted({span for term in terms for span in finds(words, term)})
        first, number = _window(spans)
        if best is None or number > best[0]:
            best = number, _marked(text or "", words, spans, first)
    return best[1] if best else ""


def snippet_near(texts: Sequence[str | None], terms: Sequence[Term]) -> str:
    """As `snippet`; of a long text only what lies about a place where the terms are near."""
    return snippet([_about(text, terms) for text in texts], terms)


def _about(text: str | None, terms: Sequence[Term]) -> str | None:
    if text is None or len(text) <= NEAR:
        return text
    folded = text.lower()
    found = [folded.find(term.words.lower()) for term in terms]
    if len(folded) != len(text) or min(found, default=-1) < 0:
        return text
    first = max(0, min(found) - NEAR // 4)
    return text[first : first + NEAR] if max(found) < first + NEAR else text


def _window(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first word of the window that holds most finds, and how many these are."""
    best, most = 0, 0
    for start, _ in spans:
        held = [span for span in spans if start <= span[0] and span[1] <= start + SHOWN]
        if len(held) > most:
            best, most = start, len(held)
    return max(0, best - SHOWN // 4) if most else 0, most


def _marked(text: str, words: Sequence[Word], spans: Sequence[tuple[int, int]], first: int) -> str:
    last = min(first + SHOWN, len(words))
    start = words[first].start if first else 0
    end = words[last - 1].end if last < len(words) else len(text)
    parts, at = ["…" if first else ""], start
    for begin, stop in spans:
        if begin >= first and stop <= last and words[begin].start >= at:
            parts += [text[at : words[begin].start], "[["]
            at = words[stop - 1].end
            parts += [text[words[begin].start : at], "]]"]
    return "".join([*parts, text[at:end], "…" if last < len(words) else ""])
