"""The measure of duplicated reports: what is simulated, and that the truth is not handed on."""

from __future__ import annotations

import numpy as np

from contested.analyse.hawkes import Points
from evaluation import duplicates


def few() -> list[duplicates.Account]:
    random = np.random.default_rng(4)
    points = Points.of(random.random(600) * duplicates.DAYS, np.zeros(600), 1, duplicates.DAYS)
    return duplicates.reported(points, random)


def test_one_event_in_ten_is_told_twice() -> None:
    accounts = few()
    twins = list(duplicates._twins(accounts))
    assert len(accounts) == 600 + len(twins)
    assert 40 < len(twins) < 85


def test_the_linker_finds_most_without_being_told() -> None:
    accounts = few()
    twins = set(duplicates._twins(accounts))
    pairs = duplicates.linked(accounts)
    found = sum(chance for one, other, chance in pairs if (one, other) in twins)
    assert 0.8 < found / len(twins) <= 1.0
    kept = duplicates._joined(len(accounts), pairs)
    assert abs(len(kept) - 600) < 20


def test_towns_have_names_of_their_own() -> None:
    names = {duplicates._where(town).name for town in range(duplicates.TOWNS)}
    assert len(names) == duplicates.TOWNS
