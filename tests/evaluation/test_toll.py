from __future__ import annotations

from typing import Any

import pytest

from contested.model import CasualtiesClaim, Claim, Count, make
from contested.model.edtf import when
from evaluation.reading import report_of
from evaluation.satp import GROUPS, Result, Row, figures
from evaluation.toll import Toll, toll

CLASSES = {
    "policemen": "security_forces",
    "soldiers": "security_forces",
    "officer": "security_forces",
    "guard": "security_forces",
    "Maoists": "militants",
    "Maoist": "militants",
    "villager": "civilians",
    "villagers": "civilians",
    "persons": "unknown",
    "other": "unknown",
    "others": "unknown",
}


def claims(text: str, *figures: tuple[int, str], **values: Any) -> list[Claim]:
    """One claim a figure, each on its whole sentence; words are looked for in order."""
    report = report_of("r", text)
    out: list[Claim] = []
    at = 0
    for number, word in figures:
        at = text.index(word, at)
        start = max(text.rfind(". ", 0, at) + 1, 0)
        end = text.find(".", at) + 1
        written = text[text.rfind(" ", 0, at - 1) + 1 : at + len(word)]
        out.append(
            make(
                "casualties",
                report.passage(start, end),
                method="test",
                confidence=1.0,
                **{
                    "effect": "killed",
                    "count": Count(number, number, "exactly", str(number)),
                    "victims": CLASSES[word],
                    "victims_as_written": written.strip(),
                    **values,
                },
            )
        )
        at += len(word)
    return out


def added(text: str, *figures: tuple[int, str], **values: Any) -> Toll:
    return toll(text, claims(text, *figures, **values), "killed", GROUPS)


def test_classes_add_up() -> None:
    got = added("Two policemen and three Maoists were killed.", (2, "policemen"), (3, "Maoists"))
    assert got.total == 5
    assert got.groups == {"civilians": 0, "security_forces": 2, "militants": 3}


def test_one_class_twice_in_a_sentence_adds_up() -> None:
    got = added("Two policemen and a guard were killed.", (2, "policemen"), (1, "guard"))
    assert got.total == 3


def test_a_part_of_a_total_is_counted_once() -> None:
    text = "Five persons, including two policemen, were killed."
    assert added(text, (5, "persons"), (2, "policemen")).total == 5


def test_a_part_of_its_own_class_adds_nothing() -> None:
    text = "Nine soldiers, including one officer, were killed."
    assert added(text, (9, "soldiers"), (1, "officer")).total == 9


def test_figures_that_make_up_a_total_are_counted_once() -> None:
    text = "Two persons, a villager and an unidentified other, were killed."
    assert added(text, (2, "persons"), (1, "villager"), (1, "other")).total == 2


def test_a_later_sentence_repeats() -> None:
    text = "Two Maoists were killed. The bodies of both Maoists were found."
    assert added(text, (2, "Maoists"), (2, "Maoists")).total == 2


def test_a_later_sentence_updates() -> None:
    text = "Two Maoists were killed. Police put the dead at three Maoists."
    assert added(text, (2, "Maoists"), (3, "Maoists")).total == 3


def test_another_in_a_later_sentence_adds() -> None:
    text = "A villager was killed. Later, another villager was killed."
    assert added(text, (1, "villager"), (1, "another villager"[8:])).total == 2


def test_others_stand_beside() -> None:
    text = "One Maoist and two others were killed."
    assert added(text, (1, "Maoist"), (2, "others")).total == 3


def test_more_known_than_unknown_is_the_known_sum() -> None:
    text = "Two persons were killed. Three villagers were killed."
    assert added(text, (2, "persons"), (3, "villagers")).total == 3


@pytest.mark.parametrize(
    "values",
    [{"stance": "denies"}, {"status": "planned"}, {"effect": "wounded"}],
)
def test_what_did_not_happen_or_is_denied_is_no_death(values: dict[str, Any]) -> None:
    assert added("Two policemen were killed.", (2, "policemen"), **values).total == 0


@pytest.mark.parametrize(("day", "total"), [("2010-02-20", 0), ("2010-02-05", 2), (None, 2)])
def test_deaths_of_long_before_are_not_of_this_incident(day: str | None, total: int) -> None:
    text = "Two policemen were killed."
    before = claims(text, (2, "policemen"), when=when("2010-02-01"))
    assert toll(text, before, "killed", GROUPS, day).total == total


def test_a_number_that_is_not_known_is_none() -> None:
    unknown = Count(None, None, "none", "")
    assert added("Two policemen were killed.", (2, "policemen"), count=unknown).total == 0


def test_two_claims_on_the_same_words_are_one_figure() -> None:
    text = "Two policemen were killed."
    one = claims(text, (2, "policemen"))
    two = claims(text, (2, "policemen"), stance="alleges")
    assert isinstance(one[0], CasualtiesClaim)
    assert toll(text, [*one, *two], "killed", GROUPS).total == 2


def test_figures_over_rows() -> None:
    def result(coded: int, found: int, hurt: int = 0) -> Result:
        groups = dict.fromkeys(GROUPS, 0)
        row = Row("1", "text", None, Toll(coded, groups | {"militants": coded}), 0)
        return Result(row, Toll(found, groups | {"militants": found}), hurt)

    got = {f.name: f.value for f in figures([result(0, 0), result(2, 2), result(8, 4, 1)])}
    assert got["deaths_exact"] == pytest.approx(200 / 3)
    assert got["deaths_mae"] == pytest.approx(4 / 3)
    assert got["deaths_exact_many"] == 0
    assert got["militants_exact_some"] == 50
    assert got["civilians_exact"] == 100
    assert got["injuries_mae"] == pytest.approx(1 / 3)
