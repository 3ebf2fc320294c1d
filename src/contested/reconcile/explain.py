"""Why two accounts were joined, in plain words: each agreement with what it weighs."""

from __future__ import annotations

from collections.abc import Mapping

from contested.reconcile.comparisons import UNKNOWN
from contested.reconcile.distance import distance_km
from contested.reconcile.model import PRIOR, LinkModel
from contested.reconcile.units import Unit

Evidence = tuple[tuple[str, float], ...]

WORDS = {
    ("time", "same_day"): "same day",
    ("time", "same_days"): "times of a few days that overlap",
    ("time", "same_weeks"): "times of some weeks that overlap",
    ("time", "overlap"): "times overlap",
    ("time", "next_day"): "the next day",
    ("time", "reported_together"): "reported at the same time",
    ("time", "reported"): "reported at that time",
    ("time", "reported_later"): "reported within the month",
    ("time", "stale"): "reported long apart",
    ("type", "same"): "same type",
    ("type", "close"): "close types",
    ("type", "cousin"): "types of one branch",
    ("type", "apart"): "types apart",
    ("initiator", "same"): "same initiator",
    ("initiator", "crossed"): "the same two sides",
    ("initiator", "apart"): "other initiator",
    ("target", "same"): "same target",
    ("target", "apart"): "other target",
    ("words", "same_passage"): "the same sentence",
    ("words", "none"): "no telling word in common",
    ("report", "reference"): "the report goes on telling of it",
    ("report", "same_sentence"): "named apart in one sentence",
    ("report", "same"): "told in one report",
}


def explain(one: Unit, other: Unit, levels: Mapping[str, str], model: LinkModel) -> Evidence:
    """The prior and every known comparison of two accounts, in words, with its weight."""
    out = [(PRIOR, round(model.prior, 2))]
    for comparison, level in levels.items():
        weight = round(model.weight(comparison, level), 2)
        if level != UNKNOWN and weight:
            out.append((_words(comparison, level, one, other), weight))
    return tuple(out)


def _words(comparison: str, level: str, one: Unit, other: Unit) -> str:
    said = WORDS.get((comparison, level))
    if said is not None:
        return said
    if comparison == "time":
        return _days(one, other)
    if comparison == "place":
        return _place(level, one, other)
    if comparison == "toll":
        return _toll(level, one, other)
    shared = [*sorted(one.names & other.names), *sorted(one.words & other.words)]
    return "words: " + ", ".join(shared[:4])


def _days(one: Unit, other: Unit) -> str:
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return "days apart"
    return f"{max((one.first - other.last).days, (other.first - one.last).days)} days apart"


def _place(level: str, one: Unit, other: Unit) -> str:
    if one.where is None or other.where is None:
        return "same place"
    if level.startswith("same"):
        return f"both in {one.where.name}"
    gap = distance_km(one.where, other.where) or 0.0
    inside = ", within the wider area" if level.startswith("in_") else ""
    return f"{gap:.0f} km apart{inside}"


def _toll(level: str, one: Unit, other: Unit) -> str:
    if not level.startswith("equal"):
        return "other toll"
    for mine in one.casualties:
        for theirs in other.casualties:
            classes = {mine.victims, theirs.victims}
            if (
                (mine.effect, mine.count.low) == (theirs.effect, theirs.count.low)
                and (len(classes) == 1 or "unknown" in classes)
                and mine.count.low
            ):
                return f"both {mine.count.low} {mine.effect.replace('_', ' ')}"
    return "same toll"
