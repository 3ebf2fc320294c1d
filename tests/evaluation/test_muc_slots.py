"""The slot scoring of MUC-4, on cases whose score is known by hand."""

from pathlib import Path

import pytest

from evaluation.muc_scorer import Scores, may_answer, slot_count
from evaluation.muc_slots import dates, fit, numbers, places, strings
from evaluation.muc_templates import (
    DATE,
    DESCRIPTION,
    HUMAN_NUMBER,
    HUMAN_TYPE,
    NAME,
    ORGANISATION,
    PLACE,
    THING,
    TYPE,
    WEAPON_TYPE,
    Fill,
    Template,
    fill,
    templates,
)

KEY = """\
; a remark
0.  MESSAGE: ID                     DEV-MUC3-9001 (SOMEBODY)
1.  MESSAGE: TEMPLATE               1
4.  INCIDENT: TYPE                  BOMBING
9.  PERP: INDIVIDUAL ID             ? "THE \\"TALL\\" MAN" / "MAN"
12. PHYS TGT: ID                    "BRIDGE"
                                    "TWO TRUCKS"
18. HUM TGT: NAME                   -
20. HUM TGT: TYPE                   CIVILIAN: "DRIVER"
                                    / OTHER: "DRIVER"

0.  MESSAGE: ID                     DEV-MUC3-9001 (SOMEBODY)
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
4.  INCIDENT: TYPE                  ARSON

0.  MESSAGE: ID                     DEV-MUC3-9002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""


def one(kind: str, *things: str, **more: str) -> Template:
    slots = {TYPE: (Fill((kind,)),), THING: tuple(Fill((t,)) for t in things)}
    return Template(slots=slots | {k: (Fill((v,)),) for k, v in more.items()})


def test_a_key_is_read_slot_by_slot(tmp_path: Path) -> None:
    path = tmp_path / "key-made"
    path.write_text(KEY, "latin-1")
    found = templates([path])
    assert [len(found[m]) for m in ("DEV-MUC3-9001", "DEV-MUC3-9002")] == [2, 0]
    first, second = found["DEV-MUC3-9001"]
    assert (first.optional, second.optional) == (False, True)
    assert first.fills(THING) == (Fill(("BRIDGE",)), Fill(("TWO TRUCKS",)))
    assert first.fills(NAME) == ()
    assert first.fills(HUMAN_TYPE)[0].values == ("CIVILIAN", "OTHER")
    assert set(first.fills(HUMAN_TYPE)[0].refs) == {"DRIVER"}


def test_a_quoted_word_within_a_string_is_part_of_it() -> None:
    found = fill("PERP: INDIVIDUAL ID", '? "THE \\"TALL\\" MAN" / "MAN"')
    assert found == Fill(('THE "TALL" MAN', "MAN"), (), True)


@pytest.mark.parametrize(
    ("key", "mine", "score"),
    [
        ("THE GUERRILLAS", "guerrillas", 1.0),
        ("URBAN GUERRILLAS", "GUERRILLAS", 0.5),
        ("GUERRILLAS", "SOLDIERS", 0.0),
        ("-", "", 0.0),
    ],
)
def test_strings(key: str, mine: str, score: float) -> None:
    assert strings(key, mine) == score


@pytest.mark.parametrize(
    ("key", "mine", "score"),
    [("6", "6", 1.0), ("~100", "95", 0.5), ("10-", "9", 0.0), ("-26", "3", 0.5), ("3-4", "4", 0.5)],
)
def test_numbers(key: str, mine: str, score: float) -> None:
    assert numbers(key, mine) == score


@pytest.mark.parametrize(
    ("key", "mine", "score"),
    [
        ("16 NOV 89", "16 NOV 89", 1.0),
        ("15 NOV 89 - 16 NOV 89", "16 NOV 89", 0.5),
        ("- 16 NOV 89", "- 16 NOV 89", 1.0),
        ("NOV 89", "16 NOV 89", 0.5),
        ("16 NOV 89", "17 NOV 89", 0.0),
        ("- 16 NOV 89", "17 NOV 89", 0.0),
    ],
)
def test_dates(key: str, mine: str, score: float) -> None:
    assert dates(key, mine) == score


def test_a_day_that_no_month_has_is_the_last_of_it() -> None:
    assert dates("31 NOV 89", "30 NOV 89") == 1.0


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("(PERU: LIMA (CITY)) / (PERU)", ("PERU: LIMA (CITY)", "PERU")),
        ("PERU: LIMA (CITY / PROVINCE)", ("PERU: LIMA (CITY / PROVINCE)",)),
        ("? CHILE: TALCA (CITY)", ("CHILE: TALCA (CITY)",)),
    ],
)
def test_brackets_hold_one_way_of_giving_a_place(line: str, values: tuple[str, ...]) -> None:
    found = fill(PLACE, line)
    assert found is not None
    assert (found.values, found.optional) == (values, line.startswith("?"))


def test_brackets_hold_one_way_of_giving_a_date_or_a_word() -> None:
    found = fill(DATE, "(03 MAY 89) / (- 03 MAY 89)")
    assert found == Fill(("03 MAY 89", "- 03 MAY 89"))
    assert fill(DATE, "-") is None
    found = fill(HUMAN_TYPE, '(CIVILIAN / OTHER): "DRIVER"')
    assert found == Fill(("CIVILIAN", "OTHER"), ("DRIVER",))


def test_places_are_right_down_to_the_narrowest() -> None:
    assert places("PERU: ANCASH (DEPARTMENT): HUARAZ (CITY)", "PERU: HUARAZ") == 1.0
    assert places("PERU: ANCASH (DEPARTMENT)", "PERU: LIMA") == 0.5
    assert places("PERU: LIMA (CITY)", "CHILE: LIMA") == 0.0


def test_a_wider_word_of_the_list_is_right_in_part() -> None:
    assert fit(TYPE, Fill(("BOMBING",)), Fill(("ATTACK",))) == 0.5
    assert fit(TYPE, Fill(("ATTACK",)), Fill(("BOMBING",))) == 0.0
    assert fit(WEAPON_TYPE, Fill(("VEHICLE BOMB",)), Fill(("BOMB",))) == 0.5


def test_a_right_word_about_the_wrong_string_is_right_in_part() -> None:
    key = Fill(("CIVILIAN",), ("DRIVER",))
    assert fit(HUMAN_TYPE, key, Fill(("CIVILIAN",), ("DRIVER",))) == 1.0
    assert fit(HUMAN_TYPE, key, Fill(("CIVILIAN",), ("MAYOR",))) == 0.5
    assert fit(HUMAN_TYPE, key, Fill(("DIPLOMAT",), ("DRIVER",))) == 0.0


def test_fills_are_counted_once_each() -> None:
    key = [Fill(("BRIDGE",)), Fill(("TRUCK",)), Fill(("BANK",), (), True)]
    count = slot_count(THING, key, [Fill(("BRIDGE",)), Fill(("BRIDGE",)), Fill(("OLD TRUCK",))])
    assert (count.right, count.part, count.wrong, count.spurious, count.missing) == (1, 1, 0, 1, 0)
    assert slot_count(THING, key, [Fill(("SHOP",))]).wrong == 1
    assert slot_count(THING, key, []).missing == 2


def test_an_optional_fill_that_is_given_counts() -> None:
    key = [Fill(("1",), ("DRIVER",), True)]
    count = slot_count(HUMAN_NUMBER, key, [Fill(("1",), ("DRIVER",))])
    assert (count.right, count.possible, count.given) == (1, 1, 1)


def test_a_template_answers_one_of_its_type_that_tells_of_the_same() -> None:
    assert may_answer(one("BOMBING", "BRIDGE"), one("BOMBING", "THE BRIDGE"))
    assert not may_answer(one("KIDNAPPING", "BRIDGE"), one("BOMBING", "BRIDGE"))
    assert not may_answer(one("BOMBING", "BRIDGE"), one("BOMBING", "BANK"))


def test_templates_are_assigned_for_the_highest_score() -> None:
    key = [one("BOMBING", "BRIDGE"), one("BOMBING", "BRIDGE", "BANK", **{ORGANISATION: "X"})]
    mine = [one("BOMBING", "BRIDGE", "BANK", **{ORGANISATION: "X"}), one("BOMBING", "BRIDGE")]
    scores = Scores()
    scores.add(key, mine)
    assert (scores.whole.recall, scores.whole.precision) == (100.0, 100.0)


def test_all_fills_of_unanswered_templates_count() -> None:
    scores = Scores()
    scores.add([one("BOMBING", "BRIDGE"), one("ARSON", "SHOP")], [one("BOMBING", "BRIDGE")])
    scores.add([], [one("ATTACK", "BANK", **{DESCRIPTION: "CLERK"})])
    whole = scores.whole
    assert (whole.right, whole.missing, whole.spurious) == (2, 2, 3)
    assert (scores.templates.missing, scores.templates.spurious) == (1, 1)
    assert round(whole.f, 2) == round(2 * 50 * 40 / 90, 2)


def test_an_optional_template_may_be_left_out() -> None:
    optional = one("ARSON", "SHOP")
    optional.optional = True
    scores = Scores()
    scores.add([optional], [])
    assert scores.whole.possible == 0
    scores.add([optional], [one("ARSON", "SHOP")])
    assert (scores.whole.right, scores.whole.spurious) == (2, 0)
