"""The benchmark of Hawkes fits: its truth is one, its page tells what was measured."""

from __future__ import annotations

import numpy as np

from benchmarks import excitation
from contested.analyse.hawkes import spectral_radius


def test_the_process_to_be_found_does_not_explode() -> None:
    assert spectral_radius(np.array(excitation.EXCITATION)) < 0.6


def test_about_as_many_events_as_asked_for() -> None:
    assert 8_500 < len(excitation.made(10_000, 3).times) < 11_500


def test_the_page_counts_what_held() -> None:
    good = excitation.Run("ours", 10_000, 0.05, 0.1, 0.01, 0.02, 0.3)
    slow = excitation.Run("ours", 10_000, 0.05, 0.1, 0.01, 0.02, 3.0)
    text = excitation.block(excitation.Measured([good, slow], 0.7))
    assert "| 10,000 | ours | 0.050 (0.050) |" in text
    assert "| 1 of 2 |" in text
    assert "0.70 s" in text
