"""Where a report has the words that somebody says it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contested.errors import PassageError

LONGEST = 1_200
"""A passage is a clause or a sentence, not a page: so many characters at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a report's text."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether the characters lie in it."""
        return self.start <= start and end <= self.end

    def meets(self, start: int, end: int) -> bool:
        """Whether any of the characters does."""
        return start < self.end and end > self.start


def passage(text: str, quote: str, occurrence: int, within: Span) -> Span:
    """Where `quote` stands for the `occurrence`-th time in a part of `text`.

    White space may differ, no other sign. Raises PassageError where it does not stand there, is cut
    out of the middle of a word, or is longer than a passage may be.
    """
    if len(quote) > 2 * LONGEST:
        raise PassageError(f"a passage of more than {LONGEST} characters is none")
    pattern = _pattern(quote)
    if pattern is None:
        raise PassageError("it has no quote")
    found = [Span(*m.span()) for m in pattern.finditer(text, within.start, within.end)]
    if not found:
        raise PassageError("the report does not hold these words")
    if not 1 <= occurrence <= len(found):
        raise PassageError(f"the report holds these words {len(found)} times, not {occurrence}")
    span = found[occurrence - 1]
    if _cut(text, span):
        raise PassageError("the quote begins or ends within a word")
    if span.end - span.start > LONGEST or "\n\n" in text[span.start : span.end]:
        raise PassageError(f"a passage is one paragraph's and has at most {LONGEST} characters")
    return span


def words(text: str, written: str, within: Span) -> Iterator[Span]:
    """Where `written` stands as whole words in a part of `text`, each time that it does."""
    pattern = _pattern(written)
    if pattern is not None:
        for match in pattern.finditer(text, within.start, within.end):
            span = Span(*match.span())
            if not _cut(text, span):
                yield span


def _pattern(written: str) -> re.Pattern[str] | None:
    parts = written.split() if len(written) <= 2 * LONGEST else []
    return re.compile(r"\s+".join(map(re.escape, parts))) if parts else None


def _cut(text: str, span: Span) -> bool:
    """Whether the span begins or ends within a word."""
    before = text[span.start - 1 : span.start] + text[span.start]
    after = text[span.end - 1 : span.end + 1]
    return any(len(pair) == 2 and all(sign.isalnum() for sign in pair) for pair in (before, after))
