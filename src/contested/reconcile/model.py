"""How much each agreement weighs: the Fellegi-Sunter model that Splink scores pairs by.

Each level of a comparison has two probabilities: `m`, how often it is seen between accounts of
one happening, and `u`, how often between accounts of two (Fellegi and Sunter, 1969, JASA 64).
Its weight is log2(m / u). A small record uses the packaged table; a large one estimates its own.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from contested.reconcile.cluster import Bounds
from contested.reconcile.comparisons import ELSE, UNKNOWN, Comparison

PRIOR = "prior"
LIKELIEST = 0.98
_FORMER = frozenset(("slope", "shift"))


@dataclass(frozen=True, slots=True)
class Odds:
    """How often a level is seen between accounts of one happening, and of two."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """log2 of the odds that this level adds."""
        return math.log2(self.m / self.u)

    @classmethod
    def of_weight(cls, weight: float) -> Odds:
        """Probabilities that have this weight, where only the weight is known."""
        u = min(LIKELIEST, LIKELIEST * 2.0**-weight) / 2
        return cls(u * 2.0**weight, u)


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Odds of every level, and the prior.

    `prior` is in log2 odds that two accounts that are compared are of one happening. `bounds`
    say when accounts join. `accounts` is the number it was estimated from, 0 for the packaged
    table; `common` are hashes of words too frequent there to tell anything. `kept` says why these
    are the packaged weights although there were accounts enough to estimate from; "" otherwise.
    """

    prior: float
    odds: Mapping[tuple[str, str], Odds]
    accounts: int = 0
    bounds: Bounds = field(default_factory=Bounds)
    common: frozenset[int] = field(default_factory=frozenset)
    kept: str = ""

    @property
    def outdated(self) -> bool:
        """Whether it was made from packaged weights that are others now."""
        if self.accounts and not self.kept:
            return False
        now = preset()
        return (self.prior, self.odds, self.bounds) != (now.prior, now.odds, now.bounds)

    def weight(self, comparison: str, level: str) -> float:
        """What one level adds, in log2 odds; 0 for what is unknown."""
        return 0.0 if level == UNKNOWN else self.odds[comparison, level].weight

    def probability(self, weight: float) -> float:
        """The probability that a pair of this total weight is of one happening."""
        bounded = max(-60.0, min(60.0, weight))
        return float(1.0 / (1.0 + 2.0**-bounded))

    def settings(self, comparisons: Sequence[Comparison], *, every: bool = False) -> dict[str, Any]:
        """The model as Splink's settings; with `every` the level of each comparison is kept."""
        odds = 2.0**self.prior
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "n",
            "probability_two_random_records_match": odds / (1 + odds),
            "retain_matching_columns": every,
            "retain_intermediate_calculation_columns": every,
            "blocking_rules_to_generate_predictions": [],
            "comparisons": [
                {
                    "output_column_name": each.name,
                    "comparison_levels": [self._level(each.name, one) for one in _levels(each)],
                }
                for each in comparisons
            ],
        }

    def _level(self, comparison: str, level: tuple[str, str]) -> dict[str, Any]:
        name, when = level
        out: dict[str, Any] = {"sql_condition": when, "label_for_charts": name}
        if name == UNKNOWN:
            return {**out, "is_null_level": True}
        odds = self.odds[comparison, name]
        return {**out, "m_probability": odds.m, "u_probability": odds.u}

    def to_json(self) -> str:
        """The model as JSON, to be kept with a record."""
        return json.dumps({
            "prior": self.prior,
            "accounts": self.accounts,
            "bounds": [self.bounds.join, self.bounds.mean, self.bounds.veto],
            "common": sorted(self.common),
            "odds": [[c, name, o.m, o.u] for (c, name), o in sorted(self.odds.items())],
            **({"kept": self.kept} if self.kept else {}),
        })  # fmt: skip

    @classmethod
    def from_json(cls, text: str) -> LinkModel:
        """The model that `to_json` wrote, of this version or an earlier one.

        Earlier ones kept a slope and a shift of the weights, which never were but 1 and 0.
        """
        plain = {name: value for name, value in json.loads(text).items() if name not in _FORMER}
        odds = {(c, name): Odds(m, u) for c, name, m, u in plain.pop("odds")}
        bounds = Bounds(*plain.pop("bounds"))
        return cls(odds=odds, bounds=bounds, common=frozenset(plain.pop("common")), **plain)


def _levels(comparison: Comparison) -> list[tuple[str, str]]:
    return [(each.name, each.when) for each in comparison.levels]


def gammas(comparison: Comparison) -> dict[int, str]:
    """The level that Splink's number for it means: it counts the known ones from the last."""
    known = [each.name for each in comparison.levels if each.name != UNKNOWN]
    return {-1: UNKNOWN, **{len(known) - 1 - i: name for i, name in enumerate(known)}}


@lru_cache(maxsize=1)
def preset() -> LinkModel:
    """The packaged model, for records too small to estimate their own."""
    text = (resources.files("contested") / "data" / "link_weights.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    weights = {(r["comparison"], r["level"]): float(r["weight"]) for r in rows}
    prior = weights.pop((PRIOR, ""))
    return LinkModel(prior, {key: Odds.of_weight(weight) for key, weight in weights.items()})


__all__ = ["ELSE", "LinkModel", "Odds", "gammas", "preset"]
