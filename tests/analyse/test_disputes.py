"""Laws of finding where voices disagree."""

from __future__ import annotations

import pytest

from contested.analyse import disputes
from contested.errors import NothingToAnalyse
from tests.analyse.samples import figure, incident, toll


def test_the_widest_comes_first_and_the_answer_names_it() -> None:
    near = toll(10, 10, 12, figure("ispr", 10), figure("ttp", 12), disputed=True)
    wide = toll(11, 11, 22, figure("ispr", 11), figure("ttp", 22), disputed=True)
    found = disputes([incident("i-1", "2025-10-07", near), incident("i-2", "2025-10-08", wide)])
    assert [(row.incident, row.ratio) for row in found.rows] == [("i-2", 2.0), ("i-1", 1.2)]
    assert "11 against 22, 2 times apart" in found.answer
    assert [(voice.voice, voice.low) for voice in found.rows[0].voices] == [
        ("pakistan-ispr", 11),
        ("ttp", 22),
    ]


def test_none_against_some_has_no_ratio_and_is_the_widest() -> None:
    none = toll(0, 0, 5, figure("ispr", 0), figure("ttp", 5), disputed=True)
    wide = toll(1, 1, 22, figure("ispr", 1), figure("ttp", 22), disputed=True)
    found = disputes([incident("i-1", None, none), incident("i-2", None, wide)])
    assert found.rows[0].ratio is None
    assert "none at all against some" in found.answer


def test_the_ratio_is_the_least_that_the_words_allow() -> None:
    one = toll(7, 7, 20, figure("ispr", 7, 10), figure("ttp", 20, None), disputed=True)
    assert disputes([incident("i-1", None, one)]).rows[0].ratio == 2.0


def test_a_denied_figure_is_listed_and_not_compared() -> None:
    one = toll(
        11, 11, 40,
        figure("ispr", 11), figure("ttp", 22), figure("villager", 40, stance="denies"),
        disputed=True,
    )  # fmt: skip
    row = disputes([incident("i-1", None, one)]).rows[0]
    assert (row.highest, len(row.voices)) == (22, 3)


def test_a_toll_that_rose_is_no_dispute() -> None:
    rose = toll(3, 3, 5, figure("outlet", 3), figure("outlet", 5))
    found = disputes([incident("i-1", None, rose)])
    assert not found.rows
    assert found.answer == "No number is disputed in 1 incident."


def test_other_disputes_are_told() -> None:
    about = incident("i-1", None, status="disputed", accounts=("placed in two districts",))
    blame = incident("i-2", None, status="disputed", state="competing")
    else_ = incident("i-3", None, status="disputed")
    found = disputes([about, blame, else_])
    assert [one.about for one in found.elsewhere] == [
        ("placed in two districts",),
        ("several are said to have done it",),
        ("the accounts cannot all hold",),
    ]
    assert "3 are disputed for another reason" in found.answer


def test_nothing_is_refused() -> None:
    with pytest.raises(NothingToAnalyse, match="Widen"):
        disputes([])


def test_tolls_that_moved_are_counted_and_are_no_dispute() -> None:
    rose = toll(3, 3, 5, figure("outlet", 3), figure("outlet", 5), disagreement="rose")
    found = disputes([incident("i-1", None, rose)])
    assert found.answer.endswith("1 toll rose: no dispute.")


def test_what_another_number_holds_is_no_voice_of_the_dispute() -> None:
    one = toll(
        2, 11, 22, figure("outlet", 2, part=True), figure("ispr", 11), figure("ttp", 22),
        disputed=True,
    )  # fmt: skip
    row = disputes([incident("i-1", None, one)]).rows[0]
    assert (row.lowest, row.highest, len(row.voices)) == (11, 22, 2)
