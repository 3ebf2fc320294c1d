"""The measure of breaks: what it counts, and that the same plan gives the same figures."""

from __future__ import annotations

import numpy as np

from evaluation.breaks import Setting, measure, placed, score
from evaluation.measure import Options


def test_what_is_easy_is_found_and_placed() -> None:
    easy = score(Setting(60, 100), 12)
    assert easy.found == easy.near == easy.known == 12
    assert easy.alarms <= 2
    assert score(Setting(60, 100), 12) == easy


def test_known_levels_place_a_clear_doubling() -> None:
    counts = np.where(np.arange(48) < 20, 20.0, 40.0)
    assert placed(counts, Setting(20, 10)) == 20


def test_figures_of_every_setting() -> None:
    found = measure(Options(limit=2), lambda _: None)
    assert not found.whole
    names = [figure.name for figure in found.figures]
    assert len(names) == len(set(names))
    assert all(0 <= figure.value <= 100 for figure in found.figures)
    assert {figure.better for figure in found.figures if "alarms" in figure.name} == {"lower"}
