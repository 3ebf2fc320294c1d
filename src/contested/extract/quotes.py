"""Quotation marks over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from contested.extract.reading import Sentence

LONG_ENOUGH = 5
"""Fewer tokens between marks are a term or a scare quote, not somebody's words."""


def quoted_spans(sentences: list[Sentence]) -> Iterator[tuple[int, int, set[tuple[int, int]]]]:
    """Quotations as first sentence, last sentence and (paragraph number, token) inside.

    A quotation left open at the end of a paragraph goes on if the next paragraph opens with a
    mark, as printers do; otherwise it ends there.
    """
    opened: list[tuple[int, set[tuple[int, int]]]] = []
    for n, sentence in enumerate(sentences):
        fresh = n == 0 or sentences[n - 1].paragraph_number != sentence.paragraph_number
        if fresh and opened and sentence.span[0].text not in ("“", '"'):
            opened.clear()
        for token in sentence.span:
            text = token.text
            opening = text == "“" or (text == '"' and not opened)
            if opening and not opened:
                opened.append((n, set()))
            elif opened and text in ("”", '"') and not opening:
                first, inside = opened.pop()
                if len(inside) >= LONG_ENOUGH:
                    yield first, n, inside
            elif opened:
                opened[-1][1].add((sentence.paragraph_number, token.i))
        if opened and n - opened[-1][0] > 12:
            opened.clear()
