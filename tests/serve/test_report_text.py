"""Cutting the text of a report at its claims and voices."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.model import ActorRef, Speaker, StatementClaim
from contested.serve import report_text
from contested.serve.report_text import Marked, blocks, voices

WORDS = "One fell. Two fled! He said: “three.”\nFour stayed, it was told. Five came back."


def claim(number: int, start: int, end: int, depth: int, text: str = WORDS) -> StatementClaim:
    """A claim on a passage, said by so many speakers."""
    chain = tuple(Speaker(f"voice {n}", None, "party") for n in range(depth))
    return StatementClaim(
        id=f"c-{number:012x}",
        report="r-000000000001",
        name="x.txt",
        start=start,
        end=end,
        quote=text[start:end],
        speakers=chain,
        act="warns",
        method="rules",
        confidence=1.0,
        by=ActorRef(None, "somebody"),
    )


spans = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 40), st.integers(0, 3)).map(
    lambda one: (one[0], min(len(WORDS), one[0] + one[1]), one[2])
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(spans, max_size=12))
def test_pieces_and_voices_are_those_of_the_plain_rule(found: list[tuple[int, int, int]]) -> None:
    """The same as asking every claim for every piece and for every sentence."""
    claims = [claim(n, *one) for n, one in enumerate(found)]
    marked = [Marked(one, n, f"{n}.") for n, one in enumerate(claims, 1)]
    made = blocks(WORDS, marked, "")
    pieces = [piece for block in made for piece in block.pieces]
    assert "".join(piece.text for piece in pieces) == WORDS
    at = 0
    for piece in pieces:
        last = at + len(piece.text)
        over = [one.id for one in claims if one.start <= at and last <= one.end]
        assert list(piece.claims) == over
        at = last
    starts = [first for first, _ in voices(WORDS, claims)]
    assert starts[0] == 0
    for first, chain in voices(WORDS, claims):
        ends = [found.end() for found in report_text._SENTENCE.finditer(WORDS)]
        last = min(end for end in [*ends, len(WORDS)] if end > first)
        said = [one.speakers for one in claims if one.start < last and first < one.end]
        assert len(chain) == max(map(len, said), default=0)


def test_time_grows_with_the_claims_and_not_with_their_square() -> None:
    """What is asked of each claim is counted, so that no clock decides."""
    asked = [looks(200), looks(400)]
    assert asked[1] < 2.6 * asked[0]


def looks(number: int) -> int:
    """How often the ends of claims are read to cut a text of so many sentences, each a claim."""
    text = "Two were killed. " * number
    count = 0

    class Watched:
        def __init__(self, one: StatementClaim) -> None:
            self._one = one

        def __getattr__(self, name: str) -> object:
            nonlocal count
            count += name in ("start", "end", "speakers")
            return getattr(self._one, name)

    claims = [Watched(claim(n, 17 * n, 17 * n + 16, n % 3, text)) for n in range(number)]
    blocks(text, [Marked(one, n, "") for n, one in enumerate(claims, 1)], "")  # type: ignore[arg-type]
    return count
