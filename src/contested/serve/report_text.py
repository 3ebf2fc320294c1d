"""The text of a report cut for the page: where claims begin and end, and who is speaking."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
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

    All the text is in the pieces, in its order, and nothing else. Takes time in proportion to the
    text and to how many claims stand over each of its words.
    """
    spans = voices(text, [one.claim for one in marked])
    starts = [first for first, _ in spans]
    cuts = {0, len(text), *starts}
    cuts |= {end for one in marked for end in (one.claim.start, one.claim.end)}
    bounds = list(pairwise(sorted(cuts)))
    pieces = [
        (first, _piece(text[first:last], first, last, over, chosen))
        for (first, last), over in zip(bounds, _over(bounds, marked), strict=True)
    ]
    out = []
    for number, group in groupby(pieces, key=lambda entry: bisect_right(starts, entry[0])):
        chain = spans[number - 1][1]
        names = " → ".join(speaker.name for speaker in chain)
        out.append(Block(min(len(chain), DEEPEST), names, tuple(piece for _, piece in group)))
    return tuple(out)


def _over(bounds: Sequence[tuple[int, int]], marked: Sequence[Marked]) -> Iterator[list[Marked]]:
    """The claims that stand over each piece, in their order; pieces are cut at every claim."""
    order = sorted(range(len(marked)), key=lambda n: marked[n].claim.start)
    coming, here = 0, dict[int, Marked]()
    for first, last in bounds:
        while coming < len(order) and marked[order[coming]].claim.start <= first:
            here[order[coming]] = marked[order[coming]]
            coming += 1
        here = {n: one for n, one in here.items() if one.claim.end >= last}
        yield [here[n] for n in sorted(here)]


def voices(text: str, claims: Sequence[Claim]) -> list[tuple[int, tuple[Speaker, ...]]]:
    """Where each block of sentences begins, with the longest chain of speakers in them."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    bounds = list(pairwise(sorted({0, *ends, len(text)})))
    order = sorted(range(len(claims)), key=lambda n: claims[n].start)
    coming, heap = 0, list[tuple[int, int]]()
    spans: list[tuple[int, tuple[Speaker, ...]]] = []
    for first, last in bounds:
        while coming < len(order) and claims[order[coming]].start < last:
            n = order[coming]
            heappush(heap, (-len(claims[n].speakers), n))
            coming += 1
        while heap and claims[heap[0][1]].end <= first:
            heappop(heap)
        chain = claims[heap[0][1]].speakers if heap else ()
        names = [speaker.name for speaker in chain]
        if not spans or [speaker.name for speaker in spans[-1][1]] != names:
            spans.append((first, chain))
    return spans or [(0, ())]


def _piece(text: str, first: int, last: int, over: Sequence[Marked], chosen: str) -> Piece:
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
