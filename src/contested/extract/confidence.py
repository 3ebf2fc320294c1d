"""`confidence`: how likely a claim is right, weighed from the evidence for it.

Right means: nothing that the claim states is wrong - its kind and type or act, the parties, victims
and number, the effect, who says it and how firmly, the place and the date, each as far as given.
What a claim leaves open is not wrong; a place that holds the right one is not wrong either.

A logistic regression (Cox, 1958, J. R. Stat. Soc. B 20) over the features of `evidence`, fitted to
claims judged by hand (training/confidence). Its weights are the table data/confidence.csv.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from contested.errors import TableError
from contested.extract.evidence import Setting, evidence
from contested.extract.kinds.context import Context
from contested.model import Claim
from contested.model.ids import digest

SUREST = 0.98
"""No claim is surer than the few hundred judgements behind the weights can say."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the logarithm of the odds; `version` tells the table apart."""

    each: Mapping[str, float]
    version: str

    def chance(self, found: Mapping[str, float]) -> float:
        """How likely a claim with these features is right; a feature not in the table adds 0.

        >>> Weights({"any": 1.0, "carried": -1.0}, "").chance({"any": 1.0, "carried": 1.0})
        0.5
        """
        odds = sum(self.each.get(name, 0.0) * value for name, value in found.items())
        most = math.log(SUREST / (1.0 - SUREST))
        return 1.0 / (1.0 + math.exp(-min(max(odds, -most), most)))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Those of the packaged table. Raises TableError if it cannot be read."""
    path = resources.files("contested") / "data" / "confidence.csv"
    try:
        text = path.read_text("utf-8")
        rows = csv.DictReader(io.StringIO(text))
        each = {row["feature"]: float(row["weight"]) for row in rows}
    except (OSError, KeyError, ValueError) as error:
        raise TableError("confidence.csv cannot be read; install the package again") from error
    return Weights(each, digest(text)[:8])


def features(ctx: Context, prose: int) -> Iterator[tuple[Claim, dict[str, float]]]:
    """Each claim of a report with the evidence for it; `prose` sentences could tell something."""
    setting = Setting(ctx.reading, ctx.words, len(ctx.claims), prose)
    for claim in ctx.claims:
        yield claim, evidence(claim, ctx.grounds[claim.id], setting)


def weighed(ctx: Context, prose: int) -> list[Claim]:
    """The claims of a report with their confidence."""
    known = weights()
    return [
        replace(claim, confidence=round(known.chance(found), 4))
        for claim, found in features(ctx, prose)
    ]
