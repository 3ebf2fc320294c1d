"""Words to word pieces, as BERT's uncased vocabulary cuts them.

Longest match first, after Wu and others (2016, https://arxiv.org/abs/1609.08144). Written here
because the library that does it is larger than the model: a word is cut once and then looked up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 60
"""A run of more characters is one unknown piece."""
MOST = 24
"""A word gives no more pieces than this: the rest of a web address says nothing of syntax."""
REMEMBERED = 50_000
"""Cuts of so many words are kept; then the memory starts anew, so that it stays bounded."""
SHAPES = 5
"""How many ways of writing `shape` tells; a word without a space before it has that much more."""


def shape(word: str) -> int:
    """How a word is written, for a vocabulary without capitals.

    >>> [shape(word) for word in ("said", "Mir", "TTP", "iPhone", "McNally")]
    [0, 1, 2, 3, 4]
    """
    if not word[:1].isupper():
        return 0 if word.islower() or word == word.lower() else 3
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[1:].islower() or len(word) == 1 else 4


class WordPieces:
    """Cuts words into the numbers of their pieces."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: n for n, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self.cls, self.sep = self._ids[CLS], self._ids[SEP]
        self._unknown = self._ids[UNKNOWN]

    def cut(self, word: str) -> tuple[int, ...]:
        """The pieces of `word`, one at least."""
        return self.look(word)[0]

    def look(self, word: str) -> tuple[tuple[int, ...], int]:
        """The pieces of `word`, and its shape."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            pieces = [p for run in _runs(word) for p in self._match(run)]
            found = tuple(pieces[:MOST]) or (self._unknown,), shape(word)
            self._known[word] = found
        return found

    def _match(self, run: str) -> list[int]:
        if len(run) > LONGEST:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = self._ids.get(run[start:end] if start == 0 else "##" + run[start:end])
                if piece is not None:
                    break
                end -= 1
            else:
                return [self._unknown]
            pieces.append(piece)
            start = end
        return pieces


def _runs(word: str) -> Iterator[str]:
    """Small letters without accents, each punctuation mark and each ideograph on its own."""
    plain = (c for c in unicodedata.normalize("NFD", word.lower()) if not _dropped(c))
    run = ""
    for char in plain:
        if char.isspace() or _alone(char):
            if run:
                yield run
            if not char.isspace():
                yield char
            run = ""
        else:
            run += char
    if run:
        yield run


def _dropped(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind == "Mn" or (kind in ("Cc", "Cf", "Cn", "Co", "Cs") and not char.isspace())


def _alone(char: str) -> bool:
    if char.isalnum() and not "\u4e00" <= char <= "\u9fff":
        return False
    ascii_mark = char.isascii() and not char.isalnum()
    return ascii_mark or "\u4e00" <= char <= "\u9fff" or unicodedata.category(char)[0] == "P"
