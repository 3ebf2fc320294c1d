"""How two statistics stand to each other, and what explains the difference, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.statistics.arithmetic import change, fit, numbers
from contested.analyse.statistics.comparable import Comparison
from contested.analyse.statistics.counted import Counted
from contested.analyse.statistics.measured import Measured, said

Verdict = Literal[
    "same", "agrees", "differs", "contradicts", "transposed", "part", "whole", "not compared"
]

ASSUMPTIONS = (
    "Claims are compared only where measure, actor, place and period are the same, or one of them "
    "holds the other; nearly the same days count as the same and are told. Otherwise it is said "
    "why not. Nothing is merged, added or averaged.",
    "What a sentence leaves out is taken from the report's own figures where it can be one thing "
    "only; “taken” says so.",
    "A change in percent is tried on all pairs of levels of one source that follow each other and "
    "are of one length, and on numbers that stand in its own sentence.",
    "A total of nobody named is of all; attacks of nobody named are those of armed groups, and of "
    "unknown sides, not of states.",
    "The record counts what its reports tell. It is no sample: that it has fewer than an institute "
    "says how many reports it holds, not that the institute is wrong.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another claim beside a statistic, and what explains the difference."""

    claim: str
    report: str
    said: str
    source: str
    verdict: Verdict
    why: str


def beside(
    one: Measured, other: Measured, found: Comparison, every: Sequence[Measured]
) -> Other | None:
    """How `other` stands beside `one`, once they are known to be comparable.

    None where one of them has no number: a direction says nothing that a number could deny.
    """
    if one.low is None or other.low is None:
        return None
    verdict, why = _verdict(one, other, found, every)
    words = "; ".join(filter(None, (why, found.why)))
    claim = other.claim
    return Other(
        claim=claim.id, report=claim.name, said=said(other), source=other.source,
        verdict=verdict, why=words,
    )  # fmt: skip


def _verdict(
    one: Measured, other: Measured, found: Comparison, every: Sequence[Measured]
) -> tuple[Verdict, str]:
    if found.relation == "same":
        return _same(one, other, every)
    part, whole = (one, other) if found.relation == "part" else (other, one)
    if _above(part, whole) and not _vague(part, whole):
        if part.source == whole.source:
            return "contradicts", (
                f"a part ({said(part)}) that is more than its whole ({said(whole)}), by one source"
            )
        return "contradicts", (
            f"a part ({said(part)}, by {part.source}) is more than the whole ({said(whole)}, by "
            f"{whole.source}): {_sources(part, whole)}"
        )
    return ("part" if found.relation == "part" else "whole"), ""


def _same(one: Measured, other: Measured, every: Sequence[Measured]) -> tuple[Verdict, str]:
    overlap = not (_above(one, other) or _above(other, one))
    if one.source == other.source:
        if one.low == other.low and one.high == other.high:
            return "same", f"{one.source}’s figure again"
        if swapped(one.low or 0, other.low or 0):
            return "transposed", _transposed(one, other, every)
        if overlap:
            return "agrees", f"{one.source}’s figure in other words"
        return "contradicts", (
            f"one source, two numbers: {one.source}’s figure was revised, is of another edition, "
            "or is misprinted in one report"
        )
    if overlap:
        return "agrees", "their words leave room for one number"
    return "differs", _sources(one, other)


def _vague(one: Measured, other: Measured) -> bool:
    return one.vague or other.vague


def _above(one: Measured, other: Measured) -> bool:
    """Whether the least that `one` says is more than the most that `other` says."""
    return one.low is not None and other.high is not None and one.low > other.high


def swapped(one: int, other: int) -> bool:
    """Whether two numbers differ by two neighbouring digits that changed places, as 585 and 558."""
    mine, theirs = str(one), str(other)
    if one == other or len(mine) != len(theirs):
        return False
    where = [n for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    if len(where) != 2 or where[1] != where[0] + 1:
        return False
    first, second = where
    return mine[first] == theirs[second] and mine[second] == theirs[first]


def _transposed(one: Measured, other: Measured, every: Sequence[Measured]) -> str:
    low, high = sorted((one, other), key=lambda each: each.low or 0)
    words = (
        f"one source, the same digits in another order: {low.low:,} in {low.claim.name}, "
        f"{high.low:,} in {high.claim.name}; two digits probably changed places in one of them. "
        "Both claims stay"
    )
    clue = _clue(low, high, every)
    return f"{words}; {clue}" if clue else words


def _clue(one: Measured, other: Measured, every: Sequence[Measured]) -> str:
    """Which of two numbers the changes in percent of their own reports bear out."""
    reports = {one.claim.report, other.claim.report}
    near = [each for each in every if each.claim.report in reports]
    levels = {
        each.low
        for each in near
        if each.low and each.claim.measure == one.claim.measure
        and each.last is not None and one.first is not None and each.last < one.first
    } | {
        number for each in near if each.claim.measure == one.claim.measure
        for number in numbers(each.claim.quote)
    }  # fmt: skip
    published = sorted({
        each.claim.change_percent for each in near if each.claim.change_percent is not None
    })  # fmt: skip
    for level in sorted(levels):
        for percent in published:
            fits = [_fits(value.low or 0, level, percent) for value in (one, other)]
            if fits[0] != fits[1]:
                kept, left = (one, other) if fits[0] else (other, one)
                exact = [change(value.low or 0, level) or 0.0 for value in (kept, left)]
                return (
                    f"the {percent:+g} % that is published fits {kept.low:,} after {level:,} "
                    f"({exact[0]:+.1f} %) and not {left.low:,} ({exact[1]:+.1f} %)"
                )
    return ""


def _fits(later: int, earlier: int, percent: float) -> bool:
    exact = change(later, earlier)
    return exact is not None and fit(exact, percent) != "no"


def _sources(one: Measured, other: Measured) -> str:
    """Whoever counts differs; said by what is known of them."""
    parts = []
    for each, against in ((one, other), (other, one)):
        if each.own:
            parts.append(
                f"{each.source} counts its own deeds, and has a reason to count many; "
                f"{against.source} counts what it could establish"
            )
        if each.claim.stance in ("alleges", "unconfirmed"):
            parts.append(f"the figure of {each.source} is {_stance(each)}")
    if not parts:
        parts.append(
            f"{one.source} and {other.source} count for themselves: each has its own definition, "
            "sources and coverage"
        )
    for each in (one, other):
        if each.claim.count is not None and each.claim.count.qualifier == "at_least":
            parts.append(f"{each.source}’s is a least number")
    return "; ".join(dict.fromkeys(parts))


def _stance(one: Measured) -> str:
    return "alleged" if one.claim.stance == "alleges" else "not confirmed"


def not_compared(one: Measured, other: Measured, found: Comparison) -> str | None:
    """Why two claims of one measure are not compared; None where nobody would compare them."""
    if one.claim.measure != other.claim.measure or one.low is None or other.low is None:
        return None
    if found.why.startswith("neither holds") or one.claim.victims != other.claim.victims:
        return None
    if one.last is not None and other.last is not None:
        if one.first is None or other.first is None:
            return None
        if min(one.last, other.last) < max(one.first, other.first):
            return None
    return f"{said(other)} ({other.source}, {other.claim.name}): {found.why}"


def counted_in_words(one: Measured, counted: Counted) -> str:
    """What incidents count for a statistic, and what explains the difference."""
    low, best, high = counted.low or 0.0, counted.best or 0.0, counted.high or 0.0
    span = f"{best:,.0f}" if low == high else f"{best:,.0f} ({low:,.0f} to {high:,.0f})"
    least, most = one.low or 0, one.high if one.high is not None else None
    head = f"{counted.source}: {span}"
    tail = f", {counted.undated} undated beside" if counted.undated else ""
    if high < least:
        return f"{head}{tail}: fewer than published; it holds only what its reports or rows tell"
    if most is not None and low > most:
        return f"{head}{tail}: more than published; its definition is wider, or it holds doubles"
    return f"{head}{tail}: in keeping with what is published"


def set_beside(others: Sequence[Other]) -> list[str]:
    """The other claims that matter, in words: those that differ first."""
    order = ("contradicts", "transposed", "differs", "agrees")
    kept = [other for other in others if other.verdict in order]
    kept.sort(key=lambda other: order.index(other.verdict))
    return [
        f"{other.verdict}: {other.said} by {other.source} ({other.report}): {other.why}"
        for other in kept
    ]
