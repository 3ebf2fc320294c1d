"""A statistic as it can be compared: what is counted, whose, where, when, by whom.

A report does not repeat everything in every sentence. What a claim leaves out is taken from the
report's own figures where there is only one thing that it can be, and `taken` says so in words;
the claim itself is not changed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from contested.analyse.told import Reports, day_in_words, days, who_says
from contested.model import StatisticClaim, Where

SAME_THING = re.compile(r"\b(?:those|these|the|such)\s+(?:\w+\s+)?attacks\b|^\W*they\b", re.I)
"""Words by which deaths are said to be those of the attacks counted just before."""
HARM = frozenset({"killed", "wounded", "killed_or_wounded"})
SUICIDE = "suicide_attacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One statistic claim, made comparable.

    `first` and `last` are days (ordinals). `source` is whoever counted: an institute, a group,
    an official, or the outlet where nobody is named. `own` is true where the group whose deeds
    are counted counts them itself. `of` is ``suicide_attacks`` where only their dead are counted.
    """

    claim: StatisticClaim
    source: str
    own: bool
    first: int | None
    last: int | None
    actor: str | None
    country: str | None
    admin1: str | None
    place: str | None
    of: str | None = None
    taken: tuple[str, ...] = ()

    @property
    def low(self) -> int | None:
        """The number, or the least that the words allow."""
        return self.claim.count.low if self.claim.count else None

    @property
    def high(self) -> int | None:
        """The most that the words allow; null where they set no upper end."""
        return self.claim.count.high if self.claim.count else None

    @property
    def vague(self) -> bool:
        """Whether it is no number, only "dozens" or "hundreds"."""
        count = self.claim.count
        return count is not None and count.qualifier in (
            "dozens", "scores", "hundreds", "thousands", "none",
        )  # fmt: skip

    @property
    def length(self) -> int | None:
        """Days of the period, null where it is open."""
        if self.first is None or self.last is None:
            return None
        return self.last - self.first + 1

    @property
    def period(self) -> str | None:
        """The period in words: ``2022``, ``2022-12``, ``2023-01 to 2023-06``."""
        return in_words(self.claim.period.edtf) if self.claim.period else None

    @property
    def where(self) -> str | None:
        """The finest place that is named."""
        return self.admin1 or self.place or self.country


def measured(
    claims: Iterable[StatisticClaim], reports: Reports, sides: Mapping[str, str]
) -> list[Measured]:
    """Every claim made comparable, in the order of reports and passages.

    `sides` gives the state or group at the top of an actor.
    """
    by_report: dict[str, list[StatisticClaim]] = {}
    for claim in sorted(claims, key=lambda c: (c.name, c.report, c.start, c.id)):
        by_report.setdefault(claim.report, []).append(claim)
    out: list[Measured] = []
    for members in by_report.values():
        found = [_plain(claim, reports, sides) for claim in members]
        found = _as_before(_with_attacks(found))
        found = _with_source(found)
        out += _with_country(found)
    return _with_land_of_source(out)


def _plain(claim: StatisticClaim, reports: Reports, sides: Mapping[str, str]) -> Measured:
    first, last = days(claim.period)
    source = who_says(claim, reports)
    voice = claim.voice.actor if claim.voice else None
    own = (
        claim.actor is not None
        and voice is not None
        and sides.get(voice, voice) == sides.get(claim.actor, claim.actor)
    )
    country, admin1, place = _place(claim.where)
    return Measured(
        claim=claim, source=source, own=own, first=first, last=last, actor=claim.actor,
        country=country, admin1=admin1, place=place,
    )  # fmt: skip


def _place(where: Where | None) -> tuple[str | None, str | None, str | None]:
    if where is None:
        return None, None, None
    finer = where.name if where.admin1 and where.name != where.admin1 else None
    if where.country is None:
        return None, None, where.name
    return where.country, where.admin1, finer


def _with_attacks(found: Sequence[Measured]) -> list[Measured]:
    """Deaths "of those attacks" are of the attacks that the report counted just before."""
    out: list[Measured] = []
    for one in found:
        counted = _counted_before(one, found) if _is_loose(one) else None
        if counted is not None:
            words = (
                f"whose and where: of the {_amount(counted)} "
                f"{counted.claim.measure.replace('_', ' ')} told of with it"
            )
            loose = replace(
                one,
                actor=counted.actor,
                country=counted.country,
                admin1=counted.admin1,
                place=counted.place,
                of=SUICIDE if counted.claim.measure == SUICIDE else None,
                taken=(*one.taken, words),
            )
            out.append(loose)
        else:
            out.append(one)
    return out


def _as_before(found: Sequence[Measured]) -> list[Measured]:
    """A number with which the one before it is compared is of the same people and place."""
    changes = {one.claim.quote for one in found if one.claim.change_percent is not None}
    out: list[Measured] = []
    for one in found:
        ahead = [
            other
            for other in out
            if other.claim.measure == one.claim.measure and other.low is not None
        ]
        if not (_is_loose(one) and one.claim.quote in changes and ahead and not one.taken):
            out.append(one)
            continue
        last = ahead[-1]
        words = f"whose and where: as the {_amount(last)} before it, which it is compared with"
        out.append(
            replace(
                one,
                actor=last.actor,
                country=last.country,
                admin1=last.admin1,
                place=last.place,
                of=last.of,
                taken=(*one.taken, words),
            )
        )
    return out


def _is_loose(one: Measured) -> bool:
    """Whether it is a number of people harmed, without a doer, a place or a class of victims."""
    claim = one.claim
    plain = claim.victims in (None, "unknown") and claim.where is None and one.actor is None
    return plain and claim.measure in HARM and claim.count is not None


def _counted_before(one: Measured, found: Sequence[Measured]) -> Measured | None:
    """The attacks that its sentence counts (all before those by suicide), or the last before."""
    attacks = [
        other
        for other in found
        if other.claim.measure in ("attacks", SUICIDE)
        and other.claim.count is not None
        and (other.first, other.last) == (one.first, one.last)
    ]
    with_it = [other for other in attacks if other.claim.quote == one.claim.quote]
    with_it.sort(key=lambda other: (other.claim.measure, other.claim.start))
    if with_it:
        return with_it[0]
    if not SAME_THING.search(one.claim.quote):
        return None
    ahead = [other for other in attacks if other.claim.start < one.claim.start]
    ahead.sort(key=lambda other: (other.claim.start, other.claim.measure == "attacks"))
    return ahead[-1] if ahead else None


def _with_source(found: Sequence[Measured]) -> list[Measured]:
    """A report on an institute's figures does not name it in every sentence.

    Whoever was named last before it counted it; before the first name, the only one of the report.
    """
    named = [one for one in found if _is_institute(one)]
    voices = {one.source for one in named}
    out = []
    for one in found:
        ahead = [other for other in named if other.claim.start <= one.claim.start]
        if one.claim.speakers or not (ahead or len(voices) == 1):
            out.append(one)
            continue
        who = ahead[-1].source if ahead else named[0].source
        why = (
            "the only institute that the report names" if len(voices) == 1 else "named last before"
        )
        out.append(replace(one, source=who, taken=(*one.taken, f"who counted: {who}, {why}")))
    return out


def _is_institute(one: Measured) -> bool:
    voice = one.claim.voice
    return voice is not None and voice.kind == "independent" and not one.own


def _with_country(found: Sequence[Measured]) -> list[Measured]:
    """A figure without a place is of the one country that the report's other figures are of."""
    lands = {one.country for one in found if one.country}
    if len(lands) != 1:
        return list(found)
    only = lands.pop()
    words = f"where: {only}, the only country that the report's figures are of"
    return [
        one if one.country or one.place else replace(one, country=only, taken=(*one.taken, words))
        for one in found
    ]


def _with_land_of_source(found: Sequence[Measured]) -> list[Measured]:
    """An institute that counts in one country only, as far as the record tells, counts there."""
    lands: dict[str, set[str]] = {}
    for one in found:
        if one.country and _is_institute(one):
            lands.setdefault(one.source, set()).add(one.country)
    out = []
    for one in found:
        known = lands.get(one.source, set())
        if one.country or one.place or one.claim.measure == "rank" or len(known) != 1:
            out.append(one)
            continue
        only = next(iter(known))
        words = f"where: {only}, the only country of which {one.source} gives figures elsewhere"
        out.append(replace(one, country=only, taken=(*one.taken, words)))
    return out


def _amount(one: Measured) -> str:
    return f"{one.low:,}" if one.low is not None else "some"


def said(one: Measured) -> str:
    """The figure in words: ``at least 262 attacks``, ``attacks +27 %``."""
    claim = one.claim
    what = claim.measure.replace("_", " ")
    if claim.victims and claim.victims != "unknown":
        what += f" ({claim.victims.replace('_', ' ')})"
    if claim.change_percent is not None:
        return f"{what} {claim.change_percent:+g} %"
    count = claim.count
    if count is None:
        return f"{what} {claim.direction or 'told of'}"
    if claim.measure == "rank" and count.low is not None and count.low == count.high:
        return f"{what} {count.low:,}"
    if count.low is not None and count.high is not None and count.low != count.high:
        return f"{count.low:,} to {count.high:,} {what}"
    if count.high is None and count.low is not None:
        over = count.over
        return f"at least {count.low:,} {what}" if over is None else f"more than {over:,} {what}"
    if count.low is None and count.high is not None:
        return f"at most {count.high:,} {what}"
    return f"{count.low:,} {what}" if count.low is not None else what


def scope(one: Measured) -> str:
    """Period, place and whose, in words."""
    parts = [
        one.period or "no period",
        one.where or "no place",
        f"by {one.actor}" if one.actor else "",
    ]
    return ", ".join(filter(None, parts))


def in_words(edtf: str) -> str:
    """An EDTF interval of whole months by its months; anything else as it stands.

    >>> in_words("2023-01-01/2023-06-30")
    '2023-01 to 2023-06'
    """
    first, slash, last = edtf.partition("/")
    if slash and len(first) == len(last) == 10 and first.endswith("-01"):
        end = dt.date.fromisoformat(last)
        if (end + dt.timedelta(days=1)).day == 1:
            return f"{first[:7]} to {last[:7]}"
    return edtf.replace("/", " to ")


def span(one: Measured) -> str:
    """First to last day, in words."""
    ends = [day_in_words(day) if day is not None else ".." for day in (one.first, one.last)]
    return " to ".join(ends)
