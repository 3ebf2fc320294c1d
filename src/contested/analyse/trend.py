"""Incidents and deaths a period, with what is sure, likely and possible kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.answer import Band
from contested.analyse.figures import several
from contested.analyse.periods import ONE_DAY, Period, Span, Step, between
from contested.errors import NothingToAnalyse, UsageError
from contested.model import Incident
from contested.model.deaths import Deaths, deaths

Grouping = Literal["actor", "target", "admin1", "type"]
UNDATED = "undated"
MOST_ROWS = 20_000
LITTLE = 0.5
UNSURE = ("unconfirmed", "denied")


@dataclass(frozen=True, slots=True)
class Range:
    """A number with its doubt; `more` where somebody set no upper end ("at least 10")."""

    low: float
    best: float
    high: float
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One period, of one group where they are grouped.

    `start` and `end` are its first and last day, null for the undated. `deaths` is null where
    none of the incidents that may belong here has a figure of the killed; `without_toll` is how
    many have none: that is not zero. The bands are the intervals of draws, where there are any.
    """

    period: str
    start: str | None
    end: str | None
    group: str | None
    incidents: Range
    deaths: Range | None
    without_toll: int
    incidents_band: Band | None = None
    deaths_band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What `trend` finds. The row ``undated`` holds what no period can be given."""

    answer: str
    by: Step
    group: Grouping | None
    rows: tuple[TrendRow, ...]
    undated: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    """Periods at the ends of which the data cover less than half: no line is drawn to them."""


@dataclass(frozen=True, slots=True)
class _Placed:
    incident: Incident
    span: Span | None
    deaths: Deaths | None
    sure: bool


def trend(
    incidents: Iterable[Incident], by: Step = "month", group: Grouping | None = None
) -> Trend:
    """Count incidents and their deaths a period.

    `low` counts those that surely lie in the period, `high` those that may, `best` the share of
    the days of each that falls into it. Raises NothingToAnalyse without incidents and
    UsageError where there would be too many periods.
    """
    placed = [_place(incident) for incident in incidents]
    if not placed:
        raise NothingToAnalyse("No incident fits, so there is no trend. Widen the filters.")
    periods = _periods(placed, by)
    groups = _grouped(placed, group)
    if len(periods) * len(groups) > MOST_ROWS:
        raise UsageError(
            f"{len(periods)} periods of {len(groups)} groups are too many. Count by month, or "
            "narrow the time."
        )
    rows: list[TrendRow] = []
    for name, members in groups.items():
        found = [_row(period, name, members) for period in periods]
        rows += [row for row in found if group is None or row.incidents.high]
        rows += _undated(name, members)
    return Trend(
        answer=_answer(placed, periods, by),
        by=by,
        group=group,
        rows=tuple(rows),
        undated=sum(one.span is None for one in placed),
        assumptions=_assumptions(placed, group),
    )


def _place(incident: Incident) -> _Placed:
    return _Placed(
        incident, Span.of(incident.when), deaths(incident), incident.status not in UNSURE
    )


def _periods(placed: Sequence[_Placed], by: Step) -> list[Period]:
    ends = [day for one in placed if one.span for day in (one.span.first, one.span.last) if day]
    if not ends:
        return []
    length = {"year": 365, "month": 28, "week": 7, "day": 1}[by]
    if (max(ends) - min(ends)).days / length > MOST_ROWS:
        raise UsageError(
            f"The times are too far apart to count by {by}. Count by month, or narrow the time."
        )
    return list(between(min(ends), max(ends), by))


def _grouped(placed: Sequence[_Placed], group: Grouping | None) -> dict[str | None, list[_Placed]]:
    if group is None:
        return {None: list(placed)}
    found: dict[str | None, list[_Placed]] = {}
    for one in placed:
        for name in _NAMES[group](one.incident):
            found.setdefault(name, []).append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), str(item[0]))))


def _actors(incident: Incident) -> Sequence[str]:
    names = dict.fromkeys(ref.actor or f"“{ref.as_written}”" for ref in incident.initiators)
    return tuple(names) or ("unknown",)


def _targets(incident: Incident) -> Sequence[str]:
    names = dict.fromkeys(ref.actor or f"“{ref.as_written}”" for ref in incident.targets)
    return tuple(names) or ("unknown",)


def _admin1(incident: Incident) -> Sequence[str]:
    where = incident.where
    if where is None:
        return ("unknown",)
    land = where.country or "country unknown"
    return (f"{where.admin1} ({land})" if where.admin1 else f"province unknown ({land})",)


_NAMES: Mapping[Grouping, Callable[[Incident], Sequence[str]]] = {
    "actor": _actors,
    "target": _targets,
    "admin1": _admin1,
    "type": lambda incident: (incident.type,),
}


def _row(period: Period, group: str | None, members: Sequence[_Placed]) -> TrendRow:
    inside = [(one, one.span) for one in members if one.span and period.meets(one.span)]
    shares = [(one, period.holds(span), period.share(span)) for one, span in inside]
    return _counted(shares, group, period)


def _undated(group: str | None, members: Sequence[_Placed]) -> list[TrendRow]:
    """What has no date, and the best of what has an open one: it may be in any period."""
    found = [
        (one, one.span is None, 1.0) for one in members if one.span is None or not one.span.closed
    ]
    return [_counted(found, group, None)] if found else []


def _counted(
    shares: Sequence[tuple[_Placed, bool, float]], group: str | None, period: Period | None
) -> TrendRow:
    """Add up; each comes with whether it surely belongs here, and its share of the best."""
    sure = [one for one, surely, _ in shares if surely and one.sure]
    likely = [(one, share) for one, _, share in shares if one.sure]
    told = [one.deaths for one, _, _ in shares if one.deaths]
    return TrendRow(
        period=period.label if period else UNDATED,
        start=period.first.isoformat() if period else None,
        end=period.last.isoformat() if period else None,
        group=group,
        incidents=Range(len(sure), _round(sum(share for _, share in likely)), len(shares)),
        deaths=Range(
            sum(one.deaths.low for one in sure if one.deaths),
            _round(sum(share * one.deaths.best for one, share in likely if one.deaths)),
            sum(one.high for one in told),
            any(one.open for one in told),
        )
        if told or not shares
        else None,
        without_toll=len(shares) - len(told),
    )


def _round(value: float) -> float:
    return round(value, 2)


def _answer(placed: Sequence[_Placed], periods: Sequence[Period], by: Step) -> str:
    rows = [_row(period, None, placed) for period in periods]
    return in_words(rows, len(placed), sum(one.span is None for one in placed), by)


def in_words(every: Sequence[TrendRow], total: int, undated: int, by: Step) -> str:
    """What the periods tell of `total` incidents, of which `undated` have no time."""
    if not every:
        return f"{several(total, 'incident')}, none with a date: no trend can be told."
    rows = core(every)
    dated = several(total - undated, "incident")
    out = [f"{dated} in {rows[0].period}."]
    if len(rows) > 1:
        top = max(rows, key=lambda row: (row.incidents.best, row.incidents.high, row.period))
        out = [
            f"{dated} from {rows[0].period} to {rows[-1].period}.",
            f"The {by} with most is {top.period}: {span(top.incidents)} "
            f"incident{'' if top.incidents.high == 1 else 's'}, {span(top.deaths)} killed.",
        ]
        worst = max(rows, key=lambda row: (row.deaths.best if row.deaths else 0, row.period))
        if worst.period != top.period and worst.deaths and worst.deaths.best:
            out.append(f"Most were killed in {worst.period}: {span(worst.deaths)}.")
    if len(rows) < len(every):
        out.append("Vague times reach beyond that.")
    if undated:
        out.append(f"{undated} without a date {'stands' if undated == 1 else 'stand'} apart.")
    return " ".join(out)


def core(rows: Sequence[TrendRow]) -> Sequence[TrendRow]:
    """The rows from the first to the last period into which something rather falls."""
    clear = [n for n, row in enumerate(rows) if row.incidents.low or row.incidents.best >= LITTLE]
    return rows[clear[0] : clear[-1] + 1] if clear else rows


def runs(rows: Sequence[TrendRow]) -> list[tuple[TrendRow, TrendRow]]:
    """First and last row of every run of periods that follow each other and tell the same."""
    out: list[tuple[TrendRow, TrendRow]] = []
    for row in rows:
        last = out[-1][1] if out else None
        if last is not None and row.start and _same(last, row) and _follows(last, row):
            out[-1] = out[-1][0], row
        else:
            out.append((row, row))
    return out


def _same(one: TrendRow, other: TrendRow) -> bool:
    """Whether they tell the same, but for how a vague time is shared over their days."""
    mine, theirs = (
        (row.group, row.incidents.low, row.incidents.high, row.deaths, row.without_toll)
        for row in (one, other)
    )
    return mine == theirs and max(one.incidents.best, other.incidents.best) < LITTLE


def _follows(one: TrendRow, other: TrendRow) -> bool:
    ends, begins = one.end, other.start
    if ends is None or begins is None:
        return False
    return dt.date.fromisoformat(ends) + ONE_DAY == dt.date.fromisoformat(begins)


def span(value: Range | None) -> str:
    """A range in words: ``20 (18 to 25)``; ``120 (90 to 150 or more)``; ``unknown``."""
    if value is None:
        return "unknown"
    more = " or more" if value.more else ""
    if value.low == value.best == value.high:
        return f"{value.best:g}{more}"
    return f"{value.best:g} ({value.low:g} to {value.high:g}{more})"


def _assumptions(placed: Sequence[_Placed], group: Grouping | None) -> tuple[str, ...]:
    out = assumed(
        rules=sorted({toll.rule for one in placed for toll in one.incident.casualties}),
        unsure=sum(not one.sure for one in placed),
        silent=sum(one.deaths is None for one in placed),
        open_ones=sum(one.span is not None and not one.span.closed for one in placed),
    )
    if group in ("actor", "target"):
        several_ = "initiators" if group == "actor" else "targets"
        out.append(f"An incident with several {several_} counts for each of them.")
    if group:
        out.append("Periods of which a group has no incident are left out.")
    return tuple(out)


def assumed(*, rules: Sequence[str], unsure: int, silent: int, open_ones: int) -> list[str]:
    """What the numbers of a trend take for granted."""
    out = [
        "low: incidents whose whole time lies in the period. high: all whose time may touch it, "
        "so highs of several periods do not add up. best: each incident is shared over the "
        "periods by the days of its time.",
        "A period without incidents is one of which the record holds none, not one of peace.",
        "Killed: classes of victims are added; a toll of unknown victims may be the same people, "
        "so low and best take the larger and high adds both.",
    ]
    if rules:
        out.append(f"Best toll by the rule {', '.join(rules).replace('_', ' ')}.")
    if unsure:
        out.append(f"{unsure} unconfirmed or denied count in high only.")
    if silent:
        out.append(f"{silent} without a figure of the killed add nothing; that is not zero.")
    if open_ones:
        out.append(
            f"{open_ones} with an open time count in high wherever it may touch; their best "
            "stands in the row undated."
        )
    return out
