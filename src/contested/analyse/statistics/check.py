"""Every published statistic beside what the record, a data set and other claims say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from contested.analyse.answer import listed
from contested.analyse.draws import Draws
from contested.analyse.figures import several
from contested.analyse.frame import Frame
from contested.analyse.statistics.arithmetic import Sum, implied, sums
from contested.analyse.statistics.comparable import compare, family
from contested.analyse.statistics.counted import Counted, count
from contested.analyse.statistics.credit import Credited, credited
from contested.analyse.statistics.explain import (
    ASSUMPTIONS,
    Other,
    beside,
    counted_in_words,
    not_compared,
    set_beside,
)
from contested.analyse.statistics.measured import Measured, measured, said
from contested.analyse.statistics.ranks import RankCheck, check_rank
from contested.analyse.told import Reports, who_says
from contested.errors import NothingToAnalyse
from contested.model import StatisticClaim

MOST_APART = 5
"""So many claims that were not compared are told for each claim; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStatistic:
    """One statistic with all that can be set beside it.

    `said` is the figure in words, `source` whoever counted. `counted` are the record and the data
    set; `others` claims on the same thing, or on a part or the whole of it, `apart` claims of the
    same measure that are not comparable, with why. `taken` says what the claim leaves out and the
    report tells elsewhere. `arithmetic` are the sums of a change in percent, `implied` the
    earlier level that the change means. `rank` checks "the highest since".
    """

    claim: str
    report: str
    said: str
    source: str
    speaker: str
    own: bool
    stance: str
    measure: str
    low: int | None
    high: int | None
    change_percent: float | None
    period: str | None
    where: str | None
    actor: str | None
    quote: str
    counted: tuple[Counted, ...]
    others: tuple[Other, ...]
    apart: tuple[str, ...]
    arithmetic: tuple[Sum, ...]
    implied: tuple[float, float] | None
    rank: RankCheck | None
    taken: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What `check_statistics` finds; `credited` are rises set against the day asked for."""

    answer: str
    rows: tuple[CheckedStatistic, ...]
    credited: tuple[Credited, ...]
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What statistics are set beside: draws of the record and of data sets, reports, actors.

    `day` (ordinal) asks whether a rise began before it.
    """

    draws: tuple[Draws, ...] = ()
    reports: Reports
    frame: Frame
    day: int | None = None


def check_statistics(claims: Iterable[StatisticClaim], known: Beside) -> Statistics:
    """Set every statistic beside what else is known of the same.

    Nothing is merged and no claim is changed. Raises NothingToAnalyse without claims.
    """
    given = list(claims)
    if not given:
        raise NothingToAnalyse(
            "No report gives a statistic here. Widen the filters, or add reports that count "
            "attacks or casualties over a period."
        )
    every = measured(given, known.reports, known.frame.sides)
    pairs = _pairs(every, known.frame)
    families = _families(every)
    rows = [
        _row(one, every, pairs, families[_key(one)], known) for one in every
    ]  # fmt: skip
    rows.sort(key=_weight)
    credits = () if known.day is None else _credits(families.values(), known.day)
    return Statistics(
        answer=_answer(rows, credits, known),
        rows=tuple(rows),
        credited=credits,
        warnings=_warnings(rows, known),
        assumptions=ASSUMPTIONS
        + tuple(words for draws in known.draws for words in draws.assumptions()),
    )


Pairs = dict[str, list[Other]]


def _pairs(every: Sequence[Measured], frame: Frame) -> tuple[Pairs, dict[str, list[str]]]:
    """Both ways: what each claim is compared with, and what it is not."""
    others: Pairs = {one.claim.id: [] for one in every}
    apart: dict[str, list[str]] = {one.claim.id: [] for one in every}
    for one, other in combinations(every, 2):
        if family(one.claim.measure) != family(other.claim.measure):
            continue
        for mine, theirs in ((one, other), (other, one)):
            found = compare(mine, theirs, frame.sides)
            if found.relation != "apart":
                beside_it = beside(mine, theirs, found, every)
                if beside_it is not None:
                    others[mine.claim.id].append(beside_it)
            elif (why := not_compared(mine, theirs, found)) is not None:
                apart[mine.claim.id].append(why)
    return others, apart


Key = tuple[str, str, str | None, str | None, str | None, str | None]


def _key(one: Measured) -> Key:
    """What has to be one for levels to make a change: who counted what, whose, where."""
    victims = None if one.claim.victims == "unknown" else one.claim.victims
    return one.source, one.claim.measure, one.actor, one.country, one.admin1, victims


def _families(every: Iterable[Measured]) -> dict[Key, list[Measured]]:
    out: dict[Key, list[Measured]] = {}
    for one in every:
        out.setdefault(_key(one), []).append(one)
    return out


def _row(
    one: Measured,
    every: Sequence[Measured],
    pairs: tuple[Pairs, dict[str, list[str]]],
    relatives: Sequence[Measured],
    known: Beside,
) -> CheckedStatistic:
    others, apart = pairs[0][one.claim.id], pairs[1][one.claim.id]
    counts = tuple(
        count(one, draws, known.frame)
        for draws in known.draws
        if one.claim.count is not None and one.claim.measure != "rank"
    )
    arithmetic = sums(one, every)
    rank = check_rank(one, every, known.frame.sides)
    words = [counted_in_words(one, each) for each in counts if each.best is not None]
    words += set_beside(others)
    words += [each.words for each in arithmetic]
    means = _implied(one, relatives) if not arithmetic else None
    if means is not None:
        words.append(
            f"no earlier level is told; the change means about {sum(means) / 2:,.0f} "
            f"({means[0]:,.1f} to {means[1]:,.1f}) in the period before"
        )
    if rank is not None:
        words.append(rank.words)
    claim = one.claim
    return CheckedStatistic(
        claim=claim.id, report=claim.name, said=said(one), source=one.source,
        speaker=who_says(claim, known.reports), own=one.own, stance=claim.stance,
        measure=claim.measure, low=one.low, high=one.high, change_percent=claim.change_percent,
        period=one.period, where=one.where, actor=one.actor, quote=claim.quote, counted=counts,
        others=tuple(others), apart=_few(apart), arithmetic=arithmetic, implied=means,
        rank=rank, taken=one.taken, words=tuple(words),
    )  # fmt: skip


def _weight(row: CheckedStatistic) -> int:
    """What cannot hold comes first, then sums, then what differs; else the reports' order."""
    verdicts = {other.verdict for other in row.others}
    if verdicts & {"contradicts", "transposed"} or any(s.fits == "no" for s in row.arithmetic):
        return 0
    if row.arithmetic:
        return 1
    return 2 if verdicts & {"differs", "agrees", "same"} or row.rank else 3


def _few(apart: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(apart))
    if len(kept) <= MOST_APART:
        return kept
    return (*kept[:MOST_APART], f"and {len(kept) - MOST_APART} more that are not comparable")


def _implied(one: Measured, relatives: Sequence[Measured]) -> tuple[float, float] | None:
    for level in relatives:
        if level.low is None or level.vague or (level.first, level.last) != (one.first, one.last):
            continue
        found = implied(one, level)
        if found is not None:
            return round(found[0], 1), round(found[1], 1)
    return None


def _credits(families: Iterable[Sequence[Measured]], day: int) -> tuple[Credited, ...]:
    found = [credited(levels, day) for levels in families]
    return tuple(one for one in found if one is not None)


def _answer(rows: Sequence[CheckedStatistic], credits: Sequence[Credited], known: Beside) -> str:
    compared = [row for row in rows if row.others]
    out = [
        f"{several(len(rows), 'statistic')} of {several(len({r.report for r in rows}), 'report')}; "
        f"{len(compared)} can be compared with another claim."
    ]
    against = _told(rows, "contradicts")
    if against:
        out.append(f"{several(len(against), 'pair')} cannot both hold: {listed(against, 3)}.")
    swapped = _told(rows, "transposed")
    if swapped:
        out.append(f"Two digits changed places: {listed(swapped, 3)}; both claims stay.")
    checked = [each for row in rows for each in row.arithmetic[:1]]
    wrong = [each for each in checked if each.fits == "no"]
    if checked:
        out.append(
            f"{several(len(checked), 'change')} in percent can be checked: "
            f"{sum(each.fits == 'rounded' for each in checked)} fit when rounded, "
            f"{sum(each.fits in ('cut off', 'rounded up', 'at least') for each in checked)} only "
            f"otherwise, {len(wrong)} do not."
        )
    out += [each.words for each in credits]
    if known.day is not None and not credits:
        out.append("No three totals that follow each other have that day in the middle one.")
    return " ".join(out)


def _told(rows: Sequence[CheckedStatistic], verdict: str) -> list[str]:
    out: dict[frozenset[str], str] = {}
    for row in rows:
        for other in row.others:
            if other.verdict == verdict:
                key = frozenset((row.claim, other.claim))
                out.setdefault(key, f"{row.said} ({row.source}) and {other.said} ({other.source})")
    return list(out.values())


def _warnings(rows: Sequence[CheckedStatistic], known: Beside) -> tuple[str, ...]:
    out = []
    empty = sum(any(each.why for each in row.counted) for row in rows)
    if empty:
        why = next(each.why for row in rows for each in row.counted if each.why)
        out.append(f"{several(empty, 'statistic')} could not be counted, e.g. because {why}.")
    if not known.draws:
        out.append("There are no incidents to count from: statistics stand beside each other only.")
    return tuple(out)


def scope_of(row: CheckedStatistic) -> str:
    """Period, place and whose, in words, for tables."""
    parts = [row.period or "no period", row.where or "no place", row.actor or ""]
    return ", ".join(filter(None, parts))
