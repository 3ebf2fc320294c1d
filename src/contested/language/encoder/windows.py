"""Cutting words into windows that the network reads at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from contested.language.encoder.engine import Window
from contested.language.encoder.wordpiece import SHAPES, WordPieces

ENOUGH = 120
"""Word pieces after which a window ends with its sentence."""
MOST = 250
"""A window never holds more word pieces, sentence end or none."""
STOPS = frozenset(".!?…")
MARKS = frozenset("\"'”’)]»")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` to `end` of a document, ready to be read."""

    doc: int
    start: int
    end: int
    window: Window


def stretches(docs: Sequence[Doc], cutter: WordPieces) -> Iterator[Stretch]:
    """The windows of some documents, in order; a document of no words has none."""
    for number, doc in enumerate(docs):
        words = [token.text for token in doc]
        seen = [cutter.look(word) for word in words]
        unspaced = [0, *(0 if token.whitespace_ else SHAPES for token in doc)]
        for start, end in _cuts(words, [len(pieces) for pieces, _ in seen]):
            window = window_of(seen[start:end], [0, *unspaced[start + 1 : end]], cutter)
            yield Stretch(number, start, end, window)


def window_of(
    seen: Sequence[tuple[tuple[int, ...], int]], unspaced: Sequence[int], cutter: WordPieces
) -> Window:
    """The window of words with these pieces and shapes; `unspaced` is added to the shapes."""
    flat, shapes, firsts = [cutter.cls], [0], [0]
    for (pieces, written), more in zip(seen, unspaced, strict=True):
        firsts.append(len(flat))
        flat.extend(pieces)
        shapes.extend([written + more] * len(pieces))
    flat.append(cutter.sep)
    shapes.append(0)
    return Window(np.array(flat), np.array(shapes), np.array(firsts))


def _cuts(words: Sequence[str], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where to cut: after a full stop once a window holds enough, in any case when it is full."""
    start = size = 0
    safe = None
    for i, more in enumerate(sizes):
        if i > start and _stop(words, i):
            if size >= ENOUGH:
                yield start, i
                start, size, safe = i, 0, None
            else:
                safe = i
        if size + more > MOST:
            cut = i if safe is None or safe <= start else safe
            yield start, cut
            start, safe = cut, None
            size = sum(sizes[cut:i])
        size += more
    if start < len(words):
        yield start, len(words)


def _stop(words: Sequence[str], i: int) -> bool:
    """Whether a sentence surely ends before word `i`."""
    if not (words[i][:1].isupper() or words[i][:1] in "\"'“‘«([") or words[i][:1].isdigit():
        return False
    before = i - 1
    while before > 0 and words[before] in MARKS:
        before -= 1
    return words[before] in STOPS and before > 0
