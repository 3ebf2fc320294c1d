"""Paragraphs of a stored text, cleaned for the parser without losing where each character was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SOFT_WRAP = range(45, 110)
"""A line of this many characters, with more text under it, was broken by a line length."""
LONGEST = 4000
"""A paragraph of more characters is read in pieces, so that time and memory stay bounded."""
_DATELINE = re.compile(
    r"""(?:[A-Z][A-Z .'’/-]{2,40}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=,\s(?:\d|[A-Z][a-z]{2,8}\.?\s\d)))
        (?:,\s?[A-Z][\w .]{2,30}?)?               # a second place, as in "QUETTA, Pakistan"
        (?:,\s?(?:\d{1,2}\s[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s\d{1,2})(?:,?\s\d{4})?)?
        (?:\s?\([A-Za-z. ]{2,30}\))?
        \s?(?:[—–:]|--?\s)\s*""",
    re.VERBOSE,
)
"""The place and day that open an agency report: "QUETTA, Dec 11 — ", "KABUL: "."""
_BLANK = re.compile(r"\n[ \t]*\n")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its characters `start` to `end` of the report, and `clean` for parsing.

    `clean` has single spaces and ordinary case, and is empty for what is no text (`_readable`);
    `offsets[i]` is where its character `i` stands in the report's text, with one more entry for
    the end.
    """

    start: int
    end: int
    clean: str
    offsets: tuple[int, ...] | range

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` of `clean` stand in the report's text."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[end]


@lru_cache(maxsize=1)
def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` in order; those of the last text are kept for who asks next."""
    return tuple(split(text))


def split(text: str) -> Iterator[Paragraph]:
    """The paragraphs of `text` in order.

    A blank line always ends one. A single line break ends one unless the line looks broken by
    a line length only, as in mail and old wire text.
    """
    at = 0
    for block in [*_BLANK.finditer(text), None]:
        stop = block.start() if block else len(text)
        for start, end in _lines(text, at, stop):
            yield from _pieces(text, start, end)
        at = block.end() if block else stop


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together."""
    begin = at = start
    while at < stop:
        line_end = text.find("\n", at, stop)
        if line_end < 0:
            break
        following = text[line_end + 1 : line_end + 2]
        soft = line_end - at in SOFT_WRAP and following not in ("", "#", "*", "-", "•", "|")
        if not soft:
            yield begin, line_end
            begin = line_end + 1
        at = line_end + 1
    yield begin, stop


def _pieces(text: str, start: int, end: int) -> Iterator[Paragraph]:
    line = _DATELINE.match(text, start, end)
    if line and end - line.end() > 20 and not text[line.start() : end].isupper():
        yield from _clean(text, start, line.end())
        start = line.end()
    while end - start > LONGEST:
        cut = text.rfind(". ", start + LONGEST // 2, start + LONGEST)
        cut = cut + 1 if cut > 0 else text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield from _clean(text, start, cut)
        start = cut
    yield from _clean(text, start, end)


def _clean(text: str, start: int, end: int) -> Iterator[Paragraph]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    start += lead
    if not piece:
        return
    if not _readable(piece):
        yield Paragraph(start, start + len(piece), "", range(start, start + 1))
        return
    offsets: tuple[int, ...] | range = range(start, start + len(piece) + 1)
    gaps = [m for m in _SPACE.finditer(piece) if m.end() - m.start() > 1 or m.group() != " "]
    if gaps:
        kept: list[int] = []
        at = 0
        for gap in gaps:
            kept.extend(range(at, gap.start() + 1))
            at = gap.end()
        kept.extend(range(at, len(piece)))
        clean = _SPACE.sub(" ", piece)
        offsets = (*(start + i for i in kept), start + len(piece))
    else:
        clean = piece
    yield Paragraph(start, start + len(piece), plain_case(clean), offsets)


def _readable(piece: str) -> bool:
    """Whether a paragraph is text at all: rows of brackets or figures cost much and say nothing."""
    return len(piece) < 200 or sum(map(str.isalpha, piece)) >= 0.4 * len(piece)


def plain_case(text: str) -> str:
    """Text written all in capitals, in small letters with capitals after full stops.

    The length never changes. Names lose their capitals here; the readers of names look at the
    stored text instead.
    """
    letters = sum(map(str.isalpha, text))
    if letters < 30 or sum(map(str.isupper, text)) < 0.7 * letters:
        return text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return re.sub(r"(?:^|[.!?]\s+)([a-z])", lambda m: m.group().upper(), lowered)
