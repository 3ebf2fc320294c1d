"""Values in a form are written as a person would type them, and read back as what they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contested import Record
from contested.model import Count
from contested.pipeline.correcting import _count
from contested.serve.incident_words import toll_sentences
from contested.serve.written import as_written


@pytest.mark.parametrize(
    ("count", "typed"),
    [
        (Count(22, 22, "exactly", "22"), "22"),
        (Count(11, 22, "range", "11 to 22"), "11-22"),
        (Count(10, None, "at_least", "at least ten"), "at least 10"),
        (Count(13_001, None, "at_least", "more than 13,000"), "more than 13000"),
        (Count(None, 40, "at_most", "up to 40"), "at most 40"),
        (Count(30, 30, "about", "some thirty"), "about 30"),
        (Count(24, None, "dozens", "dozens"), "dozens"),
    ],
)
def test_a_number_reads_back(count: Count, typed: str) -> None:
    assert as_written(count) == typed
    again = _count(typed)
    assert (again.low, again.high, again.qualifier) == (count.low, count.high, count.qualifier)
    assert as_written(again) == typed


def test_a_page_says_more_than_where_the_speaker_did(record: Record) -> None:
    incident = next(one for one in record.incidents() if one.casualties)
    toll = incident.casualties[0]
    low = replace(toll.according_to[0], count=Count(61, None, "at_least", "more than 60"))
    high = replace(toll.according_to[0], count=Count(101, None, "at_least", "over a hundred"))
    told = replace(toll, low=61, best=61, high=None, disputed=True, according_to=(low, high))
    (sentence,) = toll_sentences(replace(incident, casualties=(told,)), str)
    assert "from more than 60 (" in sentence
    assert "to more than 100 (" in sentence
    assert "61 (" not in sentence
