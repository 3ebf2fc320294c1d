"""Whether the search for breaks raises false alarms, and finds a doubling, on simulated counts."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from contested.analyse.breaks import second_opinion
from contested.analyse.events import Floats
from contested.analyse.negbin import simulated
from contested.analyse.scan import SIDE, changes
from evaluation.measure import Figure, Measured, Options, Say, digest_of, share

MONTHS = 48
SERIES = 400
NEAR = 2
SEED = 20230101
EARLIEST, LATEST = 12, 36
"""The months in which a doubling may come, each alike."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Counts of a mean a month before, and a size: variance = mean + mean² / size."""

    mean: float
    size: float

    @property
    def name(self) -> str:
        """As in the names of figures."""
        return f"{self.mean:g}_size_{self.size:g}"


SETTINGS = (
    Setting(20, 5),
    Setting(20, 10),
    Setting(20, 20),
    Setting(50, 10),
    Setting(5, 10),
)


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many series: false alarms of both methods, doublings found, found near the month.

    `known` is how many one who knew both levels and the dispersion would place near the month.
    """

    series: int
    alarms: int
    second: int
    found: int
    near: int
    known: int


def measure(options: Options, say: Say) -> Measured:
    """Both measures for every setting."""
    number = min(options.limit or SERIES, SERIES)
    with ProcessPoolExecutor(max(1, options.jobs)) as pool:
        scores = list(pool.map(score, SETTINGS, [number] * len(SETTINGS)))
    for setting, one in zip(SETTINGS, scores, strict=True):
        say(f"mean {setting.mean:g}, size {setting.size:g}: {one}")
    figures: list[Figure] = []
    for setting, one in zip(SETTINGS, scores, strict=True):
        words = f"mean {setting.mean:g} a month, size {setting.size:g}"
        figures += [
            Figure(
                f"alarms_{setting.name}",
                share(one.alarms, one.series),
                f"false alarms, {words}",
                better="lower",
            ),
            Figure(
                f"second_{setting.name}",
                share(one.second, one.series),
                f"false alarms of the second method alone, {words}",
                better=None,
            ),
            Figure(
                f"near_{setting.name}",
                share(one.near, one.series),
                f"doubling found within {NEAR} months, {words}",
            ),
            Figure(
                f"found_{setting.name}",
                share(one.found, one.series),
                f"doubling found anywhere, {words}",
                better=None,
            ),
            Figure(
                f"known_{setting.name}",
                share(one.known, one.series),
                f"the same by one who knows both levels, {words}",
                better=None,
            ),
        ]
    plan = f"{MONTHS} {SERIES} {SEED} {EARLIEST} {LATEST} {SETTINGS}"
    return Measured(
        measure="breaks",
        title="Breaks",
        command="python -m evaluation breaks",
        data=f"{SERIES} simulated series of {MONTHS} months a row and setting",
        sha256=digest_of([("plan", plan)]),
        figures=tuple(figures),
        notes=(
            "Counts are negative binomial, of variance mean + mean² / size: a size of 5 is far "
            "more overdispersed than most monthly counts of a whole country, 20 is usual.",
            f"A false alarm is any change in a series without one. A doubling comes in month "
            f"{EARLIEST} to {LATEST}, each alike.",
        ),
        whole=number == SERIES,
    )


def score(setting: Setting, number: int) -> Score:
    """Search so many series without and so many with a doubling."""
    chance = np.random.default_rng([SEED, int(setting.mean), int(setting.size)])
    alarms = second = found = near = known = 0
    spread = 1 / setting.size
    for seed in range(number):
        calm = simulated(setting.mean, spread, (MONTHS,), chance)
        alarms += bool(changes(calm, seed))
        second += bool(second_opinion(calm))
        at = int(chance.integers(EARLIEST, LATEST + 1))
        means = np.where(np.arange(MONTHS) < at, setting.mean, 2 * setting.mean)
        counts = simulated(means, spread, (MONTHS,), chance)
        told = changes(counts, seed)
        found += bool(told)
        near += any(abs(one.place - at) <= NEAR for one in told)
        known += abs(placed(counts, setting) - at) <= NEAR
    return Score(number, alarms, second, found, near, known)


def placed(counts: Floats, setting: Setting) -> int:
    """Where the likelihood puts a doubling whose levels and dispersion are known."""
    a = 1 / setting.size

    def told(mean: float) -> Floats:
        return np.asarray(counts * np.log(mean / (1 + a * mean)) - np.log1p(a * mean) / a)

    gain = np.cumsum(told(setting.mean) - told(2 * setting.mean))
    return int(gain[SIDE - 1 : MONTHS - SIDE].argmax()) + SIDE
