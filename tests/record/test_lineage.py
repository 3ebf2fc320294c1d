from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contested.record.lineage import shingles, similarity


def test_runs_of_five_words() -> None:
    assert len(shingles("one two three four five six")) == 2
    assert shingles("One, two!") == shingles("one two")
    assert similarity(shingles(""), shingles("")) == 1
    assert similarity(shingles("a b c d e f"), shingles("g h i j k l")) == 0


@given(st.text(), st.text())
def test_similarity_is_a_symmetric_share(first: str, second: str) -> None:
    one, two = shingles(first), shingles(second)
    assert similarity(one, one) == 1
    assert similarity(one, two) == similarity(two, one)
    assert 0 <= similarity(one, two) <= 1
