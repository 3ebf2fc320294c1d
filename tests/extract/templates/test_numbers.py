"""Whether words speak of one or of several."""

from __future__ import annotations

import pytest

from contested.extract.reading import Reading
from contested.extract.templates.numbers import PLURAL, number
from contested.language.encoder.scenes import Participant
from contested.model import Report, report_id


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("buses", PLURAL),
        ("the embassy", "1"),
        ("police headquarters", "1"),
        ("the people of the town", PLURAL),
        ('"policemen"', PLURAL),
        ("a compass", "1"),
    ],
)
def test_the_number_of_a_noun(words: str, expected: str) -> None:
    report = Report(id=report_id(None, words), name="t.txt", text=words, sha256="0" * 64)
    one = Participant("target", words, ((0, len(words)),), 0.9, {})
    assert number(Reading(report, []), one) == expected
