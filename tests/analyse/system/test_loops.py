"""Loops that are there are found; those that are not are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.analyse.system.chance import Null, against_chance
from contested.analyse.system.loops import counts, cycles, sequences, turns, with_lulls

ROW = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 3)), max_size=30)
PATTERNS = cycles(range(4), 4)
QUIET = np.zeros(6, dtype=np.bool_)


def test_cycles_are_looked_at_once() -> None:
    assert cycles(range(3), 3) == [(0, 1), (0, 2), (1, 2), (0, 1, 2), (0, 2, 1)]
    assert len(PATTERNS) == 6 + 4 * 2 + 6


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=4), st.integers(1, 60))
def test_counting_side_by_side_is_counting_one_by_one(
    rows: list[list[tuple[int, int]]], gap: int
) -> None:
    made = []
    for row in rows:
        ordered = sorted(row)
        made.append(
            (
                np.array([day for day, _ in ordered], dtype=np.int64),
                np.array([label for _, label in ordered], dtype=np.int64),
            )
        )
    table = counts(sequences(made), PATTERNS, gap)
    for line, (days, labels) in zip(table, made, strict=True):
        assert [len(turns(days, labels, p, gap)) for p in PATTERNS] == line.tolist()


def test_a_turn_ends_where_the_next_begins() -> None:
    days = np.array([1, 2, 5, 9, 11, 200])
    labels = np.array([0, 0, 1, 0, 1, 0])
    assert turns(days, labels, (0, 1), 20) == [(1, 2, 3)]
    assert turns(days, labels, (0, 1), 200) == [(1, 2, 3), (3, 4, 5)]


def test_lulls_are_between_violence() -> None:
    violent = np.array([True, False, False])
    days, labels = with_lulls(
        np.array([1, 5, 40, 45]), np.array([0, 1, 0, 1]), violent, lull=14, label=2
    )
    assert days.tolist() == [1, 5, 15, 40, 45]
    assert labels.tolist() == [0, 1, 2, 0, 1]
    nothing = with_lulls(np.array([]), np.array([], dtype=np.int64), violent, 14, 2)
    assert len(nothing[0]) == 0


def planted(turns_: int) -> tuple[np.ndarray, np.ndarray]:
    """Noise of five phases, and a loop of four that comes every hundred days."""
    chance = np.random.default_rng(3)
    noise = np.sort(chance.integers(1, 1500, 60))
    put = [100 * n + 1 + np.array([0, 4, 9, 15, 24]) for n in range(turns_)]
    days = np.concatenate((noise, *put))
    labels = np.concatenate((chance.integers(0, 5, 60), np.tile([0, 1, 2, 3, 0], turns_)))
    order = np.argsort(days, kind="stable")
    return days[order], labels[order]


def test_a_planted_loop_is_found_and_its_reverse_is_not() -> None:
    patterns = cycles(range(5), 4)
    found = against_chance(*planted(14), patterns, QUIET, 5, Null(shuffles=199))
    assert found.adjusted[patterns.index((0, 1, 2, 3))] <= 0.05
    assert found.adjusted[patterns.index((0, 3, 2, 1))] > 0.5


def test_shuffled_data_hold_none() -> None:
    days, labels = planted(14)
    alarms = 0
    for seed in range(10):
        mixed = np.random.default_rng(seed).permutation(labels)
        found = against_chance(days, mixed, PATTERNS, QUIET, 5, Null(shuffles=99, seed=seed))
        alarms += bool((found.adjusted <= 0.05).any())
    assert alarms <= 2


def test_p_is_never_zero_and_the_correction_never_lowers_it_below_the_least() -> None:
    found = against_chance(*planted(14), PATTERNS, QUIET, 5, Null(shuffles=19))
    assert found.p.min() >= 1 / 20
    assert found.adjusted.min() >= 1 / 20
    again = against_chance(*planted(14), PATTERNS, QUIET, 5, Null(shuffles=19))
    assert found.adjusted == pytest.approx(again.adjusted)
