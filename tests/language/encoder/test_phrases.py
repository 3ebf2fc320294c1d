"""Runs of marked words as noun groups."""

import pytest

from contested.language.encoder.phrases import snapped


@pytest.mark.parametrize(
    ("start", "end", "parts", "of", "expected"),
    [
        (0, 2, ["NOUN", "ADP", "VERB"], True, (0, 1)),
        (0, 2, ["NOUN", "ADP", "ADJ", "NOUN", "VERB"], True, (0, 4)),
        (0, 1, ["ADJ", "NOUN", "VERB"], False, (0, 2)),
        (0, 1, ["ADJ", "VERB"], False, (0, 1)),
        (0, 2, ["ADP", "NOUN"], False, (1, 2)),
        (0, 1, ["PROPN", "PROPN", "VERB"], False, (0, 2)),
        (0, 3, ["NOUN", "CCONJ", "DET"], False, (0, 1)),
    ],
)
def test_a_run_ends_where_its_noun_group_does(
    start: int, end: int, parts: list[str], of: bool, expected: tuple[int, int]
) -> None:
    assert snapped(start, end, parts, of=of) == expected
