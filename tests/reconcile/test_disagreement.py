"""A toll that rose or was revised is told from one that voices dispute."""

from __future__ import annotations

from typing import Any

import pytest

from contested.model import Speaker
from tests.reconcile.scenes import ARMY, HOSPITAL, POLICE, TTP, UNAMA, Scene, Voice

ICRC = Speaker("ICRC", "icrc", "independent")
Said = tuple[Voice, int, str]


def told(*said: Said, **values: Any) -> Scene:
    scene = Scene()
    for voice, low, day in said:
        scene.says(voice, low, day, **({"victims": "unknown"} | values))
    return scene


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # one voice, later
        ([(POLICE, 9, "2025-10-08"), (POLICE, 14, "2025-10-09")], "rose"),
        ([(POLICE, 14, "2025-10-08"), (POLICE, 9, "2025-10-10")], "fell"),
        # voices of one side
        ([(HOSPITAL, 9, "2025-10-08"), (POLICE, 14, "2025-10-09")], "rose"),
        ([(HOSPITAL, 101, "2025-10-08"), (POLICE, 84, "2025-10-10")], "fell"),
        # several voices, each later and higher
        ([(None, 9, "2025-10-08"), (None, 14, "2025-10-10")], "rose"),
        ([(POLICE, 9, "2025-10-08"), (ICRC, 12, "2025-10-09"), (UNAMA, 14, "2025-10-10")], "rose"),
        # about the same time
        ([(POLICE, 9, "2025-10-08"), (UNAMA, 14, "2025-10-08")], "disputed"),
        ([(None, 9, "2025-10-08"), (None, 14, "2025-10-08")], "disputed"),
        # parties, whenever
        ([(ARMY, 11, "2025-10-08"), (TTP, 22, "2025-10-25")], "disputed"),
        ([(TTP, 22, "2025-10-08"), (ARMY, 11, "2025-10-25")], "disputed"),
        # a party raises what an independent voice has said
        ([(UNAMA, 12, "2025-10-08"), (TTP, 40, "2025-10-10")], "disputed"),
        ([(UNAMA, 12, "2025-10-08"), (ICRC, 4, "2025-10-10")], "disputed"),
        # nothing moves
        ([(POLICE, 9, "2025-10-08"), (UNAMA, 9, "2025-10-09")], "none"),
    ],
)
def test_rose_fell_or_disputed(said: list[Said], expected: str) -> None:
    toll = told(*said).toll("unknown")
    assert toll.disagreement == expected
    assert toll.disputed == (expected == "disputed")
    assert bool(toll.moves) == (expected != "none")


def test_the_words_say_who_said_what_when() -> None:
    toll = told((POLICE, 9, "2025-10-08"), (POLICE, 14, "2025-10-09")).toll("unknown")
    assert toll.moves == "rose: 9 (police, 2025-10-08), then 14 (police, 2025-10-09)"
    apart = told((ARMY, 11, "2025-10-08"), (TTP, 22, "2025-10-25")).toll("unknown")
    assert apart.moves == "11 (ISPR, 2025-10-08) against 22 (the TTP, 2025-10-25)"


def test_at_least_ten_and_twelve_can_both_hold() -> None:
    scene = Scene()
    scene.says(ARMY, 10, high=None)
    scene.says(TTP, 12)
    assert scene.toll().disagreement == "none"


def test_at_least_38_one_day_and_42_the_next_rose() -> None:
    scene = Scene()
    scene.says(POLICE, 38, "2025-10-08", high=None)
    scene.says(POLICE, 42, "2025-10-09")
    assert scene.toll().disagreement == "rose"


def test_yesterdays_number_beside_todays_sets_nobody_against_anybody() -> None:
    scene = told((HOSPITAL, 9, "2025-10-08"))
    of, event = scene.report(POLICE, "2025-10-09")
    scene.also(of, event, POLICE, 14, victims="unknown")
    other = Speaker("rescuers", None, "witness")
    scene.also(of, event, other, 9, victims="unknown")
    assert scene.toll("unknown").disagreement == "rose"


def test_who_denies_a_number_disputes_it() -> None:
    scene = Scene()
    scene.says(TTP, 22)
    scene.says(ARMY, 22, stance="denies")
    toll = scene.toll()
    assert toll.disagreement == "disputed"
    assert "ISPR denies that" in toll.moves
    assert (toll.low, toll.best, toll.high) == (22, 22, 22)


def test_only_denied_numbers_give_no_toll() -> None:
    scene = Scene()
    scene.says(ARMY, 22, stance="denies")
    toll = scene.toll()
    assert (toll.low, toll.best, toll.high) == (None, None, None)
