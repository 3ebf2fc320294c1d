"""Adding up one text's casualty claims when all of it tells of one incident."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contested.model import CasualtiesClaim, Claim
from evaluation.key import sentence

HAPPENED = ("occurred", "ongoing")
WEEK = 7
PART = re.compile(r"\b(?:including|includes?|included|among (?:them|whom)|of (?:whom|them)|both)\b")
MORE = re.compile(r"\b(?:another|other|others|more|else|also)\b")


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people, and how many of each class."""

    total: int
    groups: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Told:
    """One claim's figure: where it stands, of whom, and whether it adds to an earlier one."""

    number: int
    victims: str
    sentence: int
    at: int
    part: bool
    more: bool


def toll(
    text: str,
    claims: Iterable[Claim],
    effect: str,
    groups: Iterable[str],
    day: str | None = None,
) -> Toll:
    """How many people `claims`, of the one incident that `text` tells, say came to `effect`.

    Taken are casualty claims of that effect that are said to have happened and are not denied,
    with their lower number. Left out are those that carry a time which ends more than a week
    before `day` (ISO 8601), that of the incident: "arrested for the attack of 2007 in which 55
    men were killed" is no death of today. Then, so that no one is counted twice:

    1. A figure that a sentence brings in as a part ("five people, including two policemen")
       counts for its class, and not for the sum of its sentence. So do figures that make up
       one of no class in their sentence ("two persons, a driver and a cleaner").
    2. Within a sentence, figures of one class add up ("two policemen and a home guard"). A
       part of a figure of the same class adds nothing ("nine soldiers, including an officer").
    3. Over sentences, the largest sum of a class wins, because a later sentence repeats or
       updates an earlier one; a figure brought in by "another" or "others" adds to it.
    4. People of no class ("five persons") are a total where they are as many as all classes
       together or more, unless "others" sets them beside; else they add to nothing.
    """
    since = _week_before(day)
    told = _made_up([_read(text, c) for c in claims if _counts(c, effect, since)])
    sums = {group: _largest(told, group) for group in (*groups, "unknown")}
    known = sum(number for group, number in sums.items() if group != "unknown")
    beside = _largest([t for t in told if t.more], "unknown")
    whole = max(known + beside, sums["unknown"])
    return Toll(whole, {group: sums[group] for group in groups})


def _week_before(day: str | None) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=WEEK)).isoformat() if day else ""


def _counts(claim: Claim, effect: str, since: str) -> bool:
    if not isinstance(claim, CasualtiesClaim) or claim.effect != effect:
        return False
    last = claim.when.latest if claim.when else None
    return (
        claim.status in HAPPENED
        and claim.stance != "denies"
        and claim.count.low is not None
        and (last is None or last >= since)
    )


def _read(text: str, claim: Claim) -> _Told:
    assert isinstance(claim, CasualtiesClaim)
    words = claim.victims_as_written or claim.count.as_written
    within = text.find(words, claim.start, claim.end) if words else -1
    at = claim.start if within < 0 else within
    begin, _ = sentence(text, at, at + 1)
    before = text[max(begin, at - 40) : at].casefold()
    return _Told(
        claim.count.low or 0,
        claim.victims,
        begin,
        at,
        bool(PART.search(before)),
        bool(MORE.search(f"{before[-8:]} {words}".casefold())),
    )


def _made_up(told: list[_Told]) -> list[_Told]:
    """`told`, where the figures that make up a total of their sentence are marked as parts."""
    parts: set[_Told] = set()
    for whole in told:
        others = [t for t in told if t.sentence == whole.sentence and t.at != whole.at]
        several = whole.victims == "unknown" and len(others) > 1
        if several and _sum(others) == whole.number:
            parts.update(others)
    return [replace(t, part=True) if t in parts else t for t in told]


def _largest(told: Sequence[_Told], group: str) -> int:
    mine = [t for t in told if t.victims == group]
    sentences = dict.fromkeys(t.sentence for t in mine)
    sums = []
    added = 0
    for n, number in enumerate(sentences):
        here = [t for t in mine if t.sentence == number]
        whole = [t for t in here if not t.part]
        if n and whole and all(t.more for t in whole):
            added += _sum(whole)
        else:
            sums.append(_sum(whole) or _sum(here))
    return max(sums, default=0) + added


def _sum(told: Sequence[_Told]) -> int:
    """The sum of figures at different places: two claims on the same words are one figure."""
    return sum({t.at: t.number for t in told}.values())
