"""Choosing among days, or places, that a report names, by weights fitted to answer keys.

The weights stand in ``data/lexicon/template_weights.csv``; ``training/templates.py`` fits them so
that the expected score of the choice is highest on the development texts of MUC-3/4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from contested.extract.lexicon import table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One that may be chosen, and what speaks for and against it."""

    value: T
    features: Mapping[str, float]


def best(question: str, options: Sequence[Option[T]]) -> T | None:
    """The option with the highest sum of weights, the first of equals; None of none."""
    known = weights().get(question, {})

    def sum_of(option: Option[T]) -> float:
        return sum(known.get(name, 0.0) * value for name, value in option.features.items())

    found = max(options, key=sum_of, default=None)
    return None if found is None else found.value


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """The weight of each feature by question."""
    out: dict[str, dict[str, float]] = {}
    for row in table("template_weights"):
        out.setdefault(row["question"], {})[row["feature"]] = float(row["weight"])
    return out
