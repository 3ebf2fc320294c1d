"""Claims of a record ("the highest since 2015") against the totals that others give.

What the claim is beaten by, or borne out by, are totals of the same thing over periods of the
same length between the year it names and its own period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.statistics.comparable import compare
from contested.analyse.statistics.measured import Measured, said

MONTHS = {
    name: n
    for n, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1
    )
}  # fmt: skip
_SINCE = re.compile(
    r"\b(?:highest|deadliest|worst|most|more than in any|record|first)\b[^.;]{0,60}?\bsince\s+"
    rf"(?:({'|'.join(MONTHS)})\s+)?((?:19|20)\d\d)\b",
    re.I,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10}  # fmt: skip
_YEARS = re.compile(
    r"\b(?:highest|deadliest|worst|most|record)\b[^.;]{0,60}?"
    rf"\b(?:in|for)\s+(?:the\s+(?:past|last)\s+)?(a decade|(?:{'|'.join(_NUMBERS)}|\d+) years)\b",
    re.I,
)
_FIRST = re.compile(r"\bfirst (?:year|month)\b", re.I)
Verdict = Literal["borne out", "contradicted", "not checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCheck:
    """A claim of a record: what it says, and what the other totals make of it.

    `since` is the first day from which it is meant to hold.
    """

    since: str
    verdict: Verdict
    against: tuple[str, ...]
    words: str


def since(one: Measured) -> int | None:
    """The day from which a record is said to hold; None where the claim speaks of none.

    "Since 2015" leaves 2015 itself out: that year was as high or higher.
    """
    if one.claim.count is None and one.claim.direction != "record":
        return None
    if one.first is None:
        return None
    quote = one.claim.quote
    if _FIRST.search(quote):
        return None
    found = _SINCE.search(quote)
    if found:
        year, month = int(found[2]), MONTHS.get((found[1] or "").lower())
        if month is None or month == 12:
            return dt.date(year + 1, 1, 1).toordinal()
        return dt.date(year, month + 1, 1).toordinal()
    ago = _YEARS.search(quote)
    if ago is None:
        return None
    word = ago[1].lower().removesuffix(" years")
    years = 10 if word == "a decade" else _NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
    begins = dt.date.fromordinal(one.first)
    return begins.replace(year=max(begins.year - years, 1), day=1).toordinal() if years else None


def check_rank(
    one: Measured, every: Sequence[Measured], sides: Mapping[str, str]
) -> RankCheck | None:
    """What other totals make of a record; None where the claim speaks of none."""
    begins = since(one)
    if begins is None or one.first is None:
        return None
    own = one.low if one.low is not None else _level(one, every, sides)
    rivals = [other for other in every if _rival(one, other, begins)]
    day = dt.date.fromordinal(begins).isoformat()
    if own is None:
        return RankCheck(
            since=day, verdict="not checked", against=(),
            words="No level of its own to hold it against: the report says no number.",
        )  # fmt: skip
    higher = [other for other in rivals if (other.low or 0) > own]
    same = [other for other in higher if other.source == one.source]
    if same:
        return RankCheck(
            since=day, verdict="contradicted", against=tuple(o.claim.id for o in same),
            words=f"{one.source} itself gives {_list(same)}: more than {own:,}.",
        )  # fmt: skip
    if higher:
        return RankCheck(
            since=day, verdict="not checked", against=tuple(o.claim.id for o in higher),
            words=f"Others give more ({_list(higher)}), but they count in their own way: a record "
            "holds within one count only.",
        )  # fmt: skip
    of_source = [other for other in rivals if other.source == one.source]
    if not of_source:
        return RankCheck(
            since=day, verdict="not checked", against=(),
            words=f"No other total of {one.source} for a like period since {day} is in the record.",
        )  # fmt: skip
    return RankCheck(
        since=day, verdict="borne out", against=tuple(o.claim.id for o in of_source),
        words=f"Not beaten by what else {one.source} gives for like periods since {day} "
        f"({_list(of_source)}); the periods between are not in the record.",
    )  # fmt: skip


def _level(one: Measured, every: Sequence[Measured], sides: Mapping[str, str]) -> int | None:
    """The number of a claim that has none: the same source's for the same thing and period."""
    for other in every:
        if other.low is None or other.source != one.source or other.vague:
            continue
        if compare(one, other, sides).relation == "same":
            return other.low
    return None


def _rival(one: Measured, other: Measured, begins: int) -> bool:
    """Whether a total is of the same thing, over another period of the same length, since then."""
    if other.low is None or other.vague or other.first is None or other.last is None:
        return False
    if (
        one.first is None
        or one.last is None
        or not begins <= other.first
        or other.last >= one.first
    ):
        return False
    lengths = sorted((one.last - one.first + 1, other.last - other.first + 1))
    if lengths[1] - lengths[0] > 0.12 * lengths[1]:
        return False
    like = (other.claim.measure, other.actor, other.country, other.admin1, other.claim.victims)
    return like == (
        one.claim.measure, one.actor, one.country, one.admin1, one.claim.victims
    )  # fmt: skip


def _list(found: Sequence[Measured]) -> str:
    words = [f"{said(one)} in {one.period} by {one.source}" for one in found[:3]]
    if len(found) > 3:
        words.append(f"{len(found) - 3} more")
    return "; ".join(words)
