"""The scan for breaks: what it finds, what it leaves alone, what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contested.analyse.breaks import breaks, second_opinion
from contested.analyse.charts.breaks import chart
from contested.analyse.negbin import LEAST, dispersion, excess, fitted, segment, simulated
from contested.analyse.scan import changes, scan, statistics
from contested.errors import TooFew
from tests.analyse.tables import monthly, noisy


def test_the_segment_likelihood_is_that_of_the_negative_binomial() -> None:
    from scipy.stats import nbinom

    counts = np.array([3.0, 0, 7, 12])
    a, mean = 0.4, float(counts.mean())

    def whole(mean: float) -> float:
        return float(nbinom.logpmf(counts, 1 / a, 1 / (1 + a * mean)).sum())

    def ours(mean: float) -> float:
        return float(segment(np.array(mean * 4), 4.0, a))

    other = 9.0
    gap = whole(mean) - whole(other)
    direct = 4 / a * (np.log1p(a * other) - np.log1p(a * mean)) + counts.sum() * (
        np.log(mean / (1 + a * mean)) - np.log(other / (1 + a * other))
    )
    assert gap == pytest.approx(direct)
    assert ours(mean) - ours(other) != 0
    assert statistics(counts[None], a).max() == -np.inf


def test_dispersion_is_not_fooled_by_a_change_of_level() -> None:
    chance = np.random.default_rng(3)
    means = np.where(np.arange(60) < 30, 20.0, 60.0)
    found = dispersion(simulated(means, 0.1, (400, 60), chance)).mean()
    around_mean = np.mean(
        [
            (line.var(ddof=1) - line.mean()) / line.mean() ** 2
            for line in simulated(means, 0.1, (400, 60), chance)
        ]
    )
    assert found == pytest.approx(0.1, abs=0.04)
    assert around_mean > 0.3
    assert dispersion(np.full((1, 9), 5.0))[0] == LEAST


def test_one_break_is_placed_and_bounded() -> None:
    found = breaks(noisy([20] * 24 + [45] * 24))
    (row,) = found.rows
    assert abs(found.periods.index(row.period) - 24) <= 2
    assert row.earliest <= row.period <= row.latest
    assert row.ratio is not None
    assert row.ratio.best == pytest.approx(45 / 20, rel=0.2)
    assert row.chance <= 0.05
    assert row.second is not None
    assert "up from" in found.answer


def test_the_interval_of_a_ratio_holds_what_chance_does_to_both_levels() -> None:
    (row,) = breaks(monthly([0] * 30 + [1] + [0] * 29 + [6] * 20)).rows
    assert row.ratio is not None
    assert row.ratio.best == pytest.approx(6 * 60)
    assert row.ratio.low < 200
    assert row.ratio.high > 1000


def test_a_ratio_covers_the_true_one_nine_times_in_ten() -> None:
    chance = np.random.default_rng(8)
    held = tried = 0
    for _ in range(60):
        means = np.where(np.arange(60) < 30, 8.0, 24.0)
        line = simulated(means, 0.1, (1, 60), chance)[0]
        for row in breaks(monthly(line.tolist())).rows[:1]:
            tried += 1
            held += row.ratio is not None and row.ratio.low <= 3 <= row.ratio.high
    assert tried > 50
    assert held / tried > 0.8


def test_several_breaks_come_by_time() -> None:
    found = breaks(noisy([15] * 20 + [60] * 20 + [20] * 20))
    assert len(found.rows) == 2
    assert [row.after > row.before for row in found.rows] == [True, False]


def test_no_break_is_no_proof_of_none() -> None:
    found = breaks(noisy([20] * 48, size=10, seed=5))
    assert found.rows == ()
    assert "no proof of none" in found.answer


def test_false_alarms_are_as_rare_as_they_are_said_to_be() -> None:
    chance = np.random.default_rng(11)
    alarms = sum(
        scan(simulated(20.0, 0.15, (48,), chance), np.random.default_rng(n)) is not None
        for n in range(80)
    )
    assert alarms <= 9


def test_the_same_seed_gives_the_same_answer() -> None:
    series = noisy([20] * 24 + [32] * 24, seed=9)
    assert breaks(series, seed=3) == breaks(series, seed=3)


def test_counts_that_are_alike_are_warned_of() -> None:
    wave = 40 + 12 * np.sin(np.arange(60) * np.pi / 6)
    found = breaks(noisy(wave.tolist(), size=200))
    assert any("alike beyond their levels" in words for words in found.warnings)


@pytest.mark.parametrize(
    ("counts", "words"),
    [([20] * 11, "too few to look for a break"), ([0] * 40 + [3], "too few for a break")],
)
def test_too_little_is_refused_in_words(counts: list[int], words: str) -> None:
    with pytest.raises(TooFew, match=words):
        breaks(monthly(counts))


def test_a_rise_from_nothing_has_no_ratio() -> None:
    found = breaks(monthly([0] * 20 + [9] * 20))
    assert found.rows[0].ratio is None
    assert found.rows[0].before == 0


def test_draws_move_the_break() -> None:
    series = noisy([20] * 24 + [45] * 24)
    chance = np.random.default_rng(2)
    jittered = series.point + chance.integers(-6, 7, (50, 48))
    found = breaks(replace(series, values=np.maximum(jittered, 0.0)))
    row = found.rows[0]
    assert row.drawn_from <= row.drawn_to
    assert row.ratio is not None
    assert row.ratio.low < row.ratio.high


def test_the_second_opinion_sees_a_doubling_and_leaves_noise() -> None:
    assert second_opinion(noisy([20] * 24 + [60] * 24).point) != []
    assert second_opinion(np.full(30, 7.0)) == []


def test_changes_between_neighbours_are_placed_anew() -> None:
    counts = noisy([10] * 16 + [40] * 16 + [12] * 16, size=100).point
    found = changes(counts, seed=1)
    assert [abs(one.place - at) <= 1 for one, at in zip(found, (16, 32), strict=True)] == [True] * 2


def test_fits_are_those_of_statsmodels() -> None:
    import statsmodels.api as sm

    counts = noisy(np.exp(2.5 + 0.03 * np.arange(40)).tolist()).point
    design = np.column_stack([np.ones(40), np.arange(40.0)])
    beta, means, _ = fitted(design[None], counts[None], 0.1)
    other = sm.GLM(counts, design, family=sm.families.NegativeBinomial(alpha=0.1)).fit()
    assert beta[0] == pytest.approx(other.params, rel=1e-4)
    assert 0 < excess(counts[None], means, 2)[0] < 0.3


def test_the_chart_tells_each_break() -> None:
    found = breaks(noisy([20] * 24 + [45] * 24))
    drawn = chart(found)
    assert drawn["description"] == found.answer
    assert "http" not in str({key: value for key, value in drawn.items() if key != "$schema"})
    assert len(drawn["layer"]) == 4
    calm = breaks(noisy([20] * 48, size=10, seed=5))
    assert len(chart(calm)["layer"]) == 2
