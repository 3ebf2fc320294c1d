"""What the claims on one agreement make of its start, its end and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contested.analyse.answer import listed
from contested.analyse.ceasefires.agreements import (
    CLOSING,
    IN_FORCE,
    OPENING,
    Act,
    Agreement,
    Fate,
    Span,
)
from contested.analyse.told import day_in_words
from contested.model.ids import short_id

if TYPE_CHECKING:
    from contested.analyse.ceasefires.gather import Told

APART = 2
"""Two days that differ by more than this are told apart."""


def settled(
    told: Sequence[Told], mediators: Iterable[str], last: int | None, floor: int | None = None
) -> Agreement:
    """One agreement from the claims on it. `last` is the last day that the record knows of.

    `floor` is the last day on which its report still speaks of an agreement before it.
    """
    acts = tuple(sorted((one.act for one in told), key=_time))
    disputes: list[str] = []
    notes: list[str] = []
    start = _start(acts, disputes, notes)
    if start.first is None and start.last is not None and floor is not None and floor <= start.last:
        start = Span(floor, start.last)
        notes.append(
            f"it began after {day_in_words(floor)}: its report still speaks of the one before then"
        )
    closing = [act for act in acts if act.act in CLOSING and act.counts]
    end = _day(closing, "ended", disputes) if closing else None
    start, end = _in_order(start, end, disputes)
    durations = tuple(sorted({one.claim.duration_days for one in told if one.claim.duration_days}))
    extended = any(act.act == "extended" and act.counts for act in acts)
    terms = None
    if durations and start.last is not None and start.known:
        terms = start.last + round(durations[0])
    held = _held(acts)
    fate = _fate(acts, closing, end, held, (terms, extended, last), disputes)
    parties = tuple(sorted(frozenset().union(*(one.sides for one in told))))
    if not parties:
        notes.append("nobody says between whom")
    return Agreement(
        id=short_id("a", *sorted(act.claim for act in acts)),
        type=told[0].claim.type,
        parties=parties,
        mediators=tuple(sorted(mediators)),
        place=next(
            (
                one.claim.where.name
                for one in told
                if one.claim.where and one.act.act in OPENING | {"proposed", "ongoing"}
            ),
            None,
        ),
        durations=durations,
        start=start,
        end=end,
        terms_end=terms,
        extended=extended,
        fate=fate,
        held=held,
        replaced=None,
        acts=acts,
        violations=tuple(act for act in acts if act.act == "violated"),
        disputes=tuple(disputes),
        notes=tuple(notes),
    )


def _time(act: Act) -> tuple[bool, int, str, str]:
    day = act.span.first if act.span.first is not None else act.span.last
    return day is None, day or 0, act.report, act.claim


def _start(acts: Sequence[Act], disputes: list[str], notes: list[str]) -> Span:
    """When it began: the day of taking effect, else of the agreement, else before what follows."""
    for wanted in (("took_effect",), ("agreed",), ("took_effect", "agreed")):
        found = [act for act in acts if act.act in wanted and _usable(act) and not act.by_report]
        if found and any(act.span.known for act in found):
            return _day(found, "began", disputes)
    bounds = [act.span.last for act in acts if act.span.last is not None]
    openings = [act.span for act in acts if act.act in OPENING and act.span.last is not None]
    if not bounds:
        notes.append("no claim on it has a date")
        return Span(None, None)
    notes.append("no claim says when it began: it was by the day of the first report or act")
    last = min([span.last for span in openings if span.last is not None] or bounds)
    return Span(None, min(last, *bounds))


def _usable(act: Act) -> bool:
    """Told as having happened, or announced for a day."""
    return act.counts or (act.stance == "asserts" and act.status == "planned")


def _day(acts: Sequence[Act], verb: str, disputes: list[str]) -> Span:
    """The days that most voices leave; those who contradict them are told."""
    dated = [act for act in acts if act.span.known and not act.by_report]
    if not dated:
        lasts = [act.span.last for act in acts if act.span.last is not None]
        return Span(None, min(lasts, default=None))
    dated.sort(key=lambda act: ((act.span.last or 0) - (act.span.first or 0), _time(act)))
    best = max(
        dated,
        key=lambda act: (sum(act.span.meets(o.span, APART) for o in dated), -dated.index(act)),
    )
    span = best.span
    for act in dated:
        if act.span.meets(span):
            span = span.within(act.span)
    others = [act for act in dated if not act.span.meets(span, APART)]
    for act in others:
        disputes.append(
            f"it {verb} {span.words()} by {best.says} ({best.report}), "
            f"{act.span.words()} by {act.says} ({act.report})"
        )
    return span


def _in_order(start: Span, end: Span | None, disputes: list[str]) -> tuple[Span, Span | None]:
    """An end that lies before its start is told and not used."""
    if end is None:
        return start, None
    if start.first is not None and end.last is not None and end.last < start.first:
        disputes.append(
            f"it is said to have ended {end.words()}, before it began {start.words()}: that end "
            "is not used"
        )
        return start, None
    if start.last is not None and end.last is not None and start.last > end.last:
        return Span(start.first, end.last), end
    return start, end


def _held(acts: Sequence[Act]) -> int | None:
    days = [
        act.span.last
        for act in acts
        if act.act in ("ongoing", "extended") and act.stance == "asserts" and act.span.last
    ]
    return max(days, default=None)


def _fate(
    acts: Sequence[Act],
    closing: Sequence[Act],
    end: Span | None,
    held: int | None,
    terms: tuple[int | None, bool, int | None],
    disputes: list[str],
) -> Fate:
    if acts[0].act and not any(
        act.act in OPENING | CLOSING | {"extended", "violated"} for act in acts
    ):
        return "unknown"
    denied = [act for act in acts if act.act in CLOSING and act.stance == "denies"]
    if end is not None and denied:
        disputes.append(
            f"{listed(act.says for act in closing)}: it ended; "
            f"{listed(act.says for act in denied)}: it did not"
        )
        return "disputed"
    if end is not None and held is not None and end.last is not None and held > end.last + APART:
        still = [a for a in acts if a.act in ("ongoing", "extended") and a.span.last == held]
        disputes.append(
            f"{listed(act.says for act in closing)}: it ended {end.words()}; "
            f"{listed(act.says for act in still)} ({still[0].report}) still speaks of it as holding"
        )
        return "disputed"
    if closing and end is not None:
        return "ran out" if all(act.act == "expired" for act in closing) else "broke down"
    ran_out, extended, last = terms
    if ran_out is not None and not extended and last is not None and ran_out < last:
        return "ran out"
    return "in force"


def holds(one: Agreement) -> bool:
    """Whether it is of a type that holds or is broken."""
    return one.type in IN_FORCE
