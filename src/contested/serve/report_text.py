"""The text of a report cut for the page: where claims begin and end, and who is speaking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from contested.model import Claim, Speaker

KINDS = (
    "casualties",
    "responsibility",
    "event",
    "statistic",
    "agreement",
    "statement",
    "relation",
    "position",
)
"""Kinds of claims; where several stand on the same words, the first one here draws the line."""

DEEPEST = 4
"""Of a longer chain of speakers so many levels are drawn."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same claims: `begins` are those that begin with it."""

    text: str
    kind: str | None
    title: str
    chosen: bool
    begins: tuple[str, ...]
    ends: tuple[int, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences in a row that one chain of speakers says; `level` is the length of the chain."""

    level: int
    chain: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim with its number in the list beside the text and a line on what it says."""

    claim: Claim
    number: int
    title: str


def blocks(text: str, marked: Sequence[Marked], chosen: str) -> tuple[Block, ...]:
    """Cut `text` at claims, which may overlap as they like, and by who is speaking.

    All the text is in the pieces, in its order, and nothing else.
    """
    spans = voices(text, [one.claim for one in marked])
    cuts = {0, len(text), *(span[0] for span in spans)}
    cuts |= {end for one in marked for end in (one.claim.start, one.claim.end)}
    pieces = [
        (first, _piece(text[first:last], first, last, marked, chosen))
        for first, last in pairwise(sorted(cuts))
    ]
    out = []
    starts = [first for first, _ in spans]

    def block(entry: tuple[int, Piece]) -> int:
        return sum(start <= entry[0] for start in starts)

    for number, group in groupby(pieces, key=block):
        chain = spans[number - 1][1]
        names = " → ".join(speaker.name for speaker in chain)
        out.append(Block(min(len(chain), DEEPEST), names, tuple(piece for _, piece in group)))
    return tuple(out)


def voices(text: str, claims: Sequence[Claim]) -> list[tuple[int, tuple[Speaker, ...]]]:
    """Where each block of sentences begins, with the longest chain of speakers in them."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    bounds = list(pairwise(sorted({0, *ends, len(text)})))
    spans: list[tuple[int, tuple[Speaker, ...]]] = []
    for first, last in bounds:
        said = [claim.speakers for claim in claims if claim.start < last and first < claim.end]
        chain = max(said, key=len, default=())
        names = [speaker.name for speaker in chain]
        if not spans or [speaker.name for speaker in spans[-1][1]] != names:
            spans.append((first, chain))
    return spans or [(0, ())]


def _piece(text: str, first: int, last: int, marked: Sequence[Marked], chosen: str) -> Piece:
    over = [one for one in marked if one.claim.start <= first and last <= one.claim.end]
    kinds = [one.claim.kind for one in over]
    return Piece(
        text=text,
        kind=min(kinds, key=KINDS.index) if kinds else None,
        title="\n".join(one.title for one in over),
        chosen=any(one.claim.id == chosen for one in over),
        begins=tuple(one.claim.id for one in over if one.claim.start == first),
        ends=tuple(one.number for one in over if one.claim.end == last),
        claims=tuple(one.claim.id for one in over),
    )
