"""The words of statistics: what is counted, what goes up or down, what a period is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import table
from contested.extract.reading import Group
from contested.extract.resolve import next_phrase
from contested.model import When
from contested.model.terms import Victims

PASSES = {
    "number", "rate", "level", "intensity", "frequency", "toll", "volume", "scale", "total",
    "incidence", "tally", "count", "wave", "figure", "majority", "spate", "series",
}  # fmt: skip
"""Nouns that stand in front of what is counted: "the number of attacks"."""
ALSO = ("of", "in")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a noun counts, and whether as ``events``, ``people``, ``strength`` or ``mass``."""

    name: str
    counts: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A word for a change: its direction, the percentage that it means, if any, and whether it
    takes the thing that changes as its object (``yes``, ``no``; ``never`` for an adjective)."""

    word: str
    particle: str
    direction: str
    percent: float | None
    transitive: str


@dataclass(slots=True)
class Total:
    """A number on the way to a claim. `token` is the word that its roles hang on."""

    group: Group
    token: Token
    measure: str
    victims: Victims | None = None
    people: bool = False
    doer: Group | None = None
    """The group that names whose they are, where it is another one than the number's."""
    period: When | None = None
    """The period that a heading gives it, where its own words give none."""


@lru_cache(maxsize=1)
def _measures() -> dict[str, list[tuple[str, Measure]]]:
    out: dict[str, list[tuple[str, Measure]]] = {}
    for row in table("measures"):
        entry = (row["modifier"], Measure(row["measure"], row["counts"]))
        out.setdefault(row["noun"], []).append(entry)
    return out


@lru_cache(maxsize=1)
def _trends() -> dict[str, list[Trend]]:
    out: dict[str, list[Trend]] = {}
    for row in table("trends"):
        percent = float(row["percent"]) if row["percent"] else None
        trend = Trend(row["word"], row["particle"], row["direction"], percent, row["transitive"])
        for form in row["forms"].split():
            out.setdefault(form, []).append(trend)
    return out


@lru_cache(maxsize=8)
def period_words(use: str) -> tuple[str, ...]:
    """Phrases of the table of periods that are used as `use` (``same``, ``lasting``, …)."""
    return tuple(row["phrase"] for row in table("periods") if row["use"] == use)


def singular(word: str) -> str:
    """A noun's table form: small letters, no plural ending."""
    lower = word.lower()
    if lower in ("lives", "men"):
        return {"lives": "life", "men": "man"}[lower]
    for ending, other in (("ies", "y"), ("ses", "sis"), ("s", "")):
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            if lower.endswith("ss"):
                return lower
            if lower[: -len(ending)] + other in _measures() or ending == "s":
                return lower[: -len(ending)] + other
    return lower


def measure_of(group: Group) -> Measure | None:
    """What a noun group counts, by its head and the words before it."""
    entries = _measures().get(singular(group.head.text))
    if entries is None:
        return None
    words = {t.lower_ for t in group.tokens}
    words |= {part for word in words for part in word.split("-")}
    for modifier, measure in entries:
        if modifier and modifier in words:
            return measure
    return next((measure for modifier, measure in entries if not modifier), None)


def counted(group: Group) -> tuple[Group, Measure] | None:
    """The measure that a group names, also behind "the number of" and the like."""
    measure = measure_of(group)
    if measure is not None:
        return group, measure
    if singular(group.head.text) in PASSES or group.has("percent", "share"):
        follow = next_phrase(group)
        if follow is not None and follow[0] in ALSO:
            inner = measure_of(follow[1])
            return (follow[1], inner) if inner is not None else None
    return None


def trend_at(token: Token) -> Trend | None:
    """The change that a word names; a particle must stand within three tokens behind it."""
    found = _trends().get(token.lower_)
    if not found:
        return None
    best: Trend | None = None
    end = token.sent.end
    behind = [token.doc[i].lower_ for i in range(token.i + 1, min(token.i + 4, end))]
    for trend in found:
        if trend.particle and trend.particle in behind[: 1 if trend.transitive == "no" else 3]:
            return trend
        if not trend.particle and best is None:
            best = trend
    return best
