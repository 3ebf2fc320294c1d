"""Whether two statistics count the same thing, a part of it, or what cannot be set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from contested.analyse.statistics.measured import HARM, SUICIDE, Measured, span

Relation = Literal["same", "part", "whole", "apart"]
NEARLY = 0.05
"""Two periods that differ by less than this share of the longer one are told apart in words, but
compared."""

STANDING = ("fighters", "troops", "rank")
"""Measures that hold at a time and are not counted over one."""

_PARTS = {SUICIDE: "attacks", "killed": "killed_or_wounded", "wounded": "killed_or_wounded"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one statistic stands to another by what it counts, and why, in words."""

    relation: Relation
    why: str


def compare(one: Measured, other: Measured, sides: Mapping[str, str]) -> Comparison:
    """How `one` stands to `other`: it counts the `same`, a `part`, the `whole`, or is `apart`."""
    found = [
        _measure(one, other),
        _whose(one, other, sides),
        _place(one, other),
        _victims(one, other),
        _of(one, other),
        _period(one, other),
    ]
    apart = [step.why for step in found if step.relation == "apart"]
    if apart:
        return Comparison("apart", "; ".join(apart))
    kinds = {step.relation for step in found} - {"same"}
    words = "; ".join(step.why for step in found if step.why)
    if not kinds:
        return Comparison("same", words)
    if len(kinds) == 2:
        return Comparison("apart", f"neither holds the other ({words})")
    return Comparison(kinds.pop(), words)


def family(measure: str) -> str:
    """Measures that can hold one another have one family."""
    if measure in HARM:
        return "harm"
    return _PARTS.get(measure, measure)


def _measure(one: Measured, other: Measured) -> Comparison:
    mine, theirs = one.claim.measure, other.claim.measure
    if mine == theirs:
        return Comparison("same", "")
    if _PARTS.get(mine) == theirs:
        return Comparison("part", f"{_words(mine)} are a part of {_words(theirs)}")
    if _PARTS.get(theirs) == mine:
        return Comparison("whole", f"{_words(theirs)} are a part of {_words(mine)}")
    return Comparison("apart", f"{_words(mine)} against {_words(theirs)}")


def _whose(one: Measured, other: Measured, sides: Mapping[str, str]) -> Comparison:
    mine, theirs = one.actor, other.actor
    if mine == theirs:
        return Comparison("same", "")
    if mine is None:
        return Comparison("whole", f"of all actors against those of {theirs}")
    if theirs is None:
        return Comparison("part", f"those of {mine} against those of all actors")
    if sides.get(mine, mine) == sides.get(theirs, theirs):
        if sides.get(mine, mine) == theirs:
            return Comparison("part", f"those of {mine} against those of {theirs}")
        if sides.get(theirs, theirs) == mine:
            return Comparison("whole", f"those of {mine} against those of {theirs}")
    return Comparison("apart", f"those of {mine} against those of {theirs}")


def _place(one: Measured, other: Measured) -> Comparison:
    mine = (one.country, one.admin1, one.place)
    theirs = (other.country, other.admin1, other.place)
    if mine == theirs:
        if mine == (None, None, None) and one.source != other.source:
            return Comparison("apart", "neither names a place")
        return Comparison("same", "")
    for first, second, land in ((one, mine, theirs), (other, theirs, mine)):
        if second == (None, None, None):
            if one.claim.report == other.claim.report and land[0] and not any(land[1:]):
                return Comparison(
                    "same", f"{first.source} names no place: taken for {land[0]}, as beside it"
                )
            named = ", ".join(filter(None, land[::-1]))
            return Comparison("apart", f"{first.source} names no place, the other {named}")
    if _holds(theirs, mine):
        return Comparison("part", f"{_land(mine)} is a part of {_land(theirs)}")
    if _holds(mine, theirs):
        return Comparison("whole", f"{_land(theirs)} is a part of {_land(mine)}")
    return Comparison("apart", f"{_land(mine)} against {_land(theirs)}")


Place = tuple[str | None, str | None, str | None]


def _holds(outer: Place, inner: Place) -> bool:
    """Whether a place holds another, by country and province."""
    for wide, fine in zip(outer, inner, strict=True):
        if wide is None:
            return True
        if wide != fine:
            return False
    return True


def _land(place: Place) -> str:
    return next(filter(None, place[::-1]), "no place")


def _victims(one: Measured, other: Measured) -> Comparison:
    mine, theirs = (
        "" if v in (None, "unknown") else v for v in (one.claim.victims, other.claim.victims)
    )
    if mine == theirs:
        return Comparison("same", "")
    if not mine:
        return Comparison("whole", f"all victims against {_words(theirs or '')}")
    if not theirs:
        return Comparison("part", f"{_words(mine)} against all victims")
    return Comparison("apart", f"{_words(mine)} against {_words(theirs)}")


def _of(one: Measured, other: Measured) -> Comparison:
    """Deaths of all attacks, or of those by suicide alone."""
    if one.of == other.of:
        return Comparison("same", "")
    if one.of is None:
        return Comparison("whole", "of all attacks against those by suicide")
    return Comparison("part", "of attacks by suicide against all")


def _period(one: Measured, other: Measured) -> Comparison:
    if one.claim.measure in STANDING and one.period is None and other.period is None:
        return Comparison("same", "neither tells of when")
    if one.first is None or one.last is None or other.first is None or other.last is None:
        which = one.source if one.length is None else other.source
        return Comparison("apart", f"{which} names no closed period")
    if (one.first, one.last) == (other.first, other.last):
        return Comparison("same", "")
    shared = min(one.last, other.last) - max(one.first, other.first) + 1
    longer = max(one.last - one.first, other.last - other.first) + 1
    if shared <= 0:
        return Comparison("apart", f"{span(one)} against {span(other)}")
    words = f"{span(one)} against {span(other)}"
    if longer - shared <= NEARLY * longer:
        return Comparison("same", f"nearly the same days: {words}")
    if other.first <= one.first and one.last <= other.last:
        return Comparison("part", f"{span(one)} lies within {span(other)}")
    if one.first <= other.first and other.last <= one.last:
        return Comparison("whole", f"{span(other)} lies within {span(one)}")
    return Comparison("apart", f"periods that only overlap: {words}")


def _words(name: str) -> str:
    return name.replace("_", " ")
