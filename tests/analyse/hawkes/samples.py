"""Processes that the tests simulate."""

import numpy as np

from contested.analyse.hawkes import Baseline, Points, Process, simulate

EXCITATION = np.array([[0.3, 0.25], [0.1, 0.2]])


def process(length: float = 400.0, decay: float = 0.5, degree: int = 0) -> Process:
    baseline = Baseline.equal(length, 2, degree)
    rates = np.linspace(0.2, 0.5, 2 * baseline.size).reshape(2, baseline.size)
    return Process(baseline, rates, EXCITATION.copy(), np.full(2, decay))


def observed(one: Process, seed: int = 3) -> Points:
    return simulate(one, one.baseline.edges[-1], np.random.default_rng(seed))
