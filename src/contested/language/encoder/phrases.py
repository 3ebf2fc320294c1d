"""Where a run of words that a head marked ends, seen as a noun group."""

from __future__ import annotations

from collections.abc import Sequence

NOUNS = {"NOUN", "PROPN"}
BEFORE = NOUNS | {"ADJ", "NUM", "DET"}
"""What may stand in a noun group before its last noun."""
LOOSE = {"ADP", "CCONJ", "SCONJ", "PART", "AUX"}
OPEN = LOOSE | {"DET", "PUNCT", "PRON", "ADV", "VERB"}
"""Parts of speech that end no noun group."""


def snapped(start: int, end: int, parts: Sequence[str], *, of: bool = False) -> tuple[int, int]:
    """Words `start` to `end`, moved to where the noun group begins and ends.

    A group that breaks off after an epithet goes on to its noun, one that breaks off within a
    name to the name's end, one that breaks off after "of" (`of`) to the noun that follows; other
    small words at either end are no part of it.

    >>> snapped(0, 1, ["ADJ", "NOUN", "VERB"])
    (0, 2)
    >>> snapped(0, 2, ["NOUN", "ADP", "VERB"])
    (0, 1)
    """
    if of and end < len(parts) and parts[end] in BEFORE:
        end = _group_end(end, parts, BEFORE)
    elif parts[end - 1] in ("ADJ", "NUM", "DET"):
        end = _group_end(end, parts, NOUNS | {"ADJ"})
    while end - 1 > start and parts[end - 1] in OPEN:
        end -= 1
    while start < end - 1 and parts[start] in LOOSE:
        start += 1
    if parts[end - 1] == "PROPN":
        while end < len(parts) and parts[end] == "PROPN":
            end += 1
    return start, end


def _group_end(end: int, parts: Sequence[str], inside: set[str]) -> int:
    """The end of the run of `inside` words from `end` on, cut after its last noun."""
    stop = end
    while stop < len(parts) and parts[stop] in inside:
        stop += 1
    while stop > end and parts[stop - 1] not in NOUNS:
        stop -= 1
    return stop
