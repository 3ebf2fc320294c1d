"""The `calibration` measure: whether `confidence` is the share of claims that are right.

Claims of texts that the weights were not fitted to, judged by hand (evaluation/confidence). The
expected calibration error (Naeini, Cooper and Hauskrecht, 2015, AAAI) is the mean distance between
confidence and the share that is right, over ten bins of as many claims each; the Brier score
(Brier, 1950, Monthly Weather Review 78) the mean squared distance. A finite sample shows an error
even where there is none: `chance_error` is what perfectly calibrated confidences would show on as
many claims, simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.extract.confidence import weights
from evaluation.judged import Found, found, judgements
from evaluation.measure import (
    Figure,
    Measured,
    NoData,
    Options,
    Say,
    digest_of,
    fingerprint,
    share,
)

BINS = 10
DRAWS, SEED = 2000, 1
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """As many claims as the other bins have: their mean confidence, and the share right."""

    claims: int
    confidence: float
    right: float


def bins(chance: Floats, right: Floats, count: int = BINS) -> list[Bin]:
    """Claims by confidence in `count` bins of one size (or one less)."""
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, count) if len(part)]
    return [Bin(len(p), float(chance[p].mean()), float(right[p].mean())) for p in parts]


def error(chance: Floats, right: Floats, count: int = BINS) -> float:
    """Expected calibration error, 0 to 1.

    >>> error(np.array([0.5, 0.5, 1.0, 1.0]), np.array([0.0, 1.0, 1.0, 1.0]), 2)
    0.0
    """
    each = bins(chance, right, count)
    return sum(b.claims * abs(b.confidence - b.right) for b in each) / len(chance)


def chance_error(chance: Floats) -> float:
    """The expected calibration error that confidences without any would show, on average."""
    rng = np.random.default_rng(SEED)
    drawn = rng.random((DRAWS, len(chance))) < chance
    return float(np.mean([error(chance, one.astype(float)) for one in drawn]))


def ranks(chance: Floats, right: Floats) -> float:
    """The share of pairs of a right and a wrong claim in which the right one is surer (AUC)."""
    good, bad = chance[right == 1], chance[right == 0]
    if not len(good) or not len(bad):
        return 0.5
    more = (good[:, None] > bad).sum() + 0.5 * (good[:, None] == bad).sum()
    return float(more / (len(good) * len(bad)))


def measure(
    file: Path, pages: Sequence[Path], chart: Path | None, options: Options, say: Say
) -> Measured:
    """Score the confidence of the judged claims in `file`. Raises NoData or BadData."""
    here = found(judgements(file), pages, say)
    if not here.rows:
        raise NoData("texts with judged claims")
    chance = np.array([weights().chance(row.evidence) for row in here.rows])
    right = np.array([float(row.judgement.right) for row in here.rows])
    each = bins(chance, right)
    say(f"{'confidence':>10} {'right':>6} {'claims':>7}")
    for one in each:
        say(f"{one.confidence:10.2f} {one.right:6.2f} {one.claims:7}")
    if options.misses:
        _tell(here, chance, say)
    if chart is not None:
        from contested.analyse.charts.saving import save

        save(picture(each), chart)
    return Measured(
        measure="calibration",
        title="Calibration of confidence",
        command="python -m evaluation calibration",
        data=f"{len(chance)} claims judged by hand, of {len(here.texts)} texts not fitted to",
        sha256=digest_of([("judged", fingerprint([file])), *((t, t) for t in here.texts)]),
        figures=(*_figures(chance, right), _lost(here)),
        notes=(_reliability(each), _by_kind(here, chance)),
    )


def _lost(here: Found) -> Figure:
    return Figure("lost", here.lost, "judged claims that are made otherwise now", "count", None)


def _figures(chance: Floats, right: Floats) -> tuple[Figure, ...]:
    wrong = float(((chance - right) ** 2).mean())
    base = float(right.mean() * (1 - right.mean()))
    return (
        Figure("ece", error(chance, right), "expected calibration error", "", "lower", 0.005),
        Figure(
            "ece_by_chance", chance_error(chance), "the same without any miscalibration", "", None
        ),
        Figure("brier", wrong, "Brier score", "", "lower", 0.005),
        Figure("brier_base", base, "Brier score of one confidence for all", "", None),
        Figure("auc", 100 * ranks(chance, right), "right claim surer than a wrong one"),
        Figure("confidence", 100 * float(chance.mean()), "mean confidence", "%", None),
        Figure("right", share(float(right.sum()), len(right)), "claims right", "%", None),
    )


def _reliability(each: Sequence[Bin]) -> str:
    told = ", ".join(f"{b.confidence:.2f}: {b.right:.2f}" for b in each)
    return f"Share right by mean confidence, a tenth of the claims each: {told}."


def _by_kind(here: Found, chance: Floats) -> str:
    told = []
    for kind in sorted({row.claim.kind for row in here.rows}):
        mine = [n for n, row in enumerate(here.rows) if row.claim.kind == kind]
        right = sum(here.rows[n].judgement.right for n in mine) / len(mine)
        told.append(f"{kind} {chance[mine].mean():.2f}: {right:.2f} of {len(mine)}")
    return f"The same by kind: {', '.join(told)}."


def _tell(here: Found, chance: Floats, say: Say) -> None:
    """The wrong claims that were surest, without their words."""
    order = sorted(zip(chance, here.rows, strict=True), key=lambda pair: -pair[0])
    for value, row in order:
        if not row.judgement.right:
            told = row.judgement
            say(f"  {value:.2f} {told.corpus}/{told.report} {row.claim.id} {' '.join(told.wrong)}")


def picture(each: Sequence[Bin]) -> dict[str, Any]:
    """The reliability plot: share right by confidence, beside the line of perfect calibration."""
    from contested.analyse.answer import needed
    from contested.analyse.charts.style import finished

    alt = needed("altair")
    values = [
        {
            "confidence": round(one.confidence, 3),
            "right": round(one.right, 3),
            "low": max(one.right - 1.96 * (one.right * (1 - one.right) / one.claims) ** 0.5, 0),
            "high": min(one.right + 1.96 * (one.right * (1 - one.right) / one.claims) ** 0.5, 1),
            "claims": one.claims,
        }
        for one in each
    ]
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("confidence:Q", title="mean confidence", scale=scale)
    )
    tip = [alt.Tooltip(f"{name}:Q") for name in ("confidence", "right", "claims")]
    share_right = alt.Y("right:Q", title="share that is right", scale=scale)
    ends = [{"x": 0, "y": 0}, {"x": 1, "y": 1}]
    ideal = (
        alt.Chart(alt.Data(values=ends))
        .mark_line(strokeDash=[4, 4], opacity=0.5)
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    )
    spread = base.mark_rule(opacity=0.4).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    points = base.mark_point(filled=True, size=60).encode(y=share_right, tooltip=tip)
    told = ", ".join(f"{one.confidence:.2f}: {one.right:.2f}" for one in each)
    return finished(
        alt.layer(ideal, spread, points),
        "Reliability of confidence",
        f"Share of claims that are right by their mean confidence: {told}. The dashed line is "
        "perfect calibration; bars are 95% intervals.",
        subtitle=["Claims judged by hand, of texts that the weights were not fitted to."],
    )
