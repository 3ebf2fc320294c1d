"""Trends over draws: counts and deaths a period with the interval that the draws give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from contested.analyse.answer import Band, band
from contested.analyse.draws import Draw, Draws
from contested.analyse.events import Floats
from contested.analyse.figures import several
from contested.analyse.periods import Period, Step
from contested.analyse.series import Table, calendar_of, expected, gaps, labelled, tabulate
from contested.analyse.trend import MOST_ROWS, UNDATED, Grouping, Range, Trend, TrendRow
from contested.errors import UsageError

LEVEL = 0.9
DRAW_FIELDS = ("event", "day", "side", "killed")
SURE = (
    f"low and high: the interval that holds {LEVEL:.0%} of the draws, and the best; best: what is "
    "told as it stands, shared over the sides that may have begun."
)


def trend_of(draws: Draws, by: Step = "month", group: Grouping | None = None) -> Trend:
    """Count incidents and their deaths a period, over draws.

    Raises NothingToAnalyse where nothing has a date, UsageError where there would be too many
    periods.
    """
    names, periods, table, stands = _table(draws, by, group)
    order = np.argsort(-table.incidents.sum(axis=(0, 2)), kind="stable")
    rows = [
        row
        for n in order.tolist()
        for row in _rows(table, stands, n, None if group is None else names[n], periods)
    ]
    undated = int((~draws.events.dated & draws.events.point).sum())
    covered = _partial(draws, periods)
    found = Trend(
        answer="",
        by=by,
        group=group,
        rows=tuple(rows),
        undated=undated,
        assumptions=(*draws.assumptions(), SURE, *_assumptions(group)),
        warnings=(
            *gaps(periods, table.incidents.sum(axis=1)[:, :-1].mean(axis=0)),
            *(
                f"The data cover {days} of the {whole} days of {label}: its numbers are not those "
                "of a whole period, and the chart draws it apart."
                for label, days, whole in covered
            ),
        ),
        partial=tuple(label for label, _, _ in covered),
    )
    if group is None:
        apart, whole = table, stands
    else:
        _, _, apart, whole = _table(draws, by, None)
    said = _answer(draws, periods, (apart, whole), by, undated)
    if group is not None and len(names) > 1:
        parts = stands.incidents[0].sum(axis=1)
        top = int(parts.argmax())
        part = band(table.incidents[:, top].sum(axis=1), LEVEL, float(parts[top])).words()
        said += f" Most of them, {part}, are of {names[top]}."
    return replace(found, answer=said)


def _partial(draws: Draws, periods: Sequence[Period]) -> list[tuple[str, int, int]]:
    """The first and last period where the data cover less than half of it: label, days covered
    and days. A record gathered from reports has no cover: only tables begin and end on a day."""
    events = draws.events
    if events.source == "record" or not events.dated.any() or len(periods) < 2:
        return []
    begins, ends = int(events.first[events.dated].min()), int(events.last[events.dated].max())
    out = []
    for period in (periods[0], periods[-1]):
        first, last = period.first.toordinal(), period.last.toordinal()
        days = min(ends, last) - max(begins, first) + 1
        if 2 * days < last - first + 1:
            out.append((period.label, days, last - first + 1))
    return out


def with_bands(found: Trend, draws: Draws) -> Trend:
    """A trend of incidents with the intervals of its draws beside what is sure and possible."""
    if not (draws.day > 0).any():
        return found
    names, periods, table, stands = _table(draws, found.by, found.group)
    numbers = {name: n for n, name in enumerate(names)}
    places = {period.label: n for n, period in enumerate(periods)}
    rows = []
    for row in found.rows:
        group = 0 if found.group is None else numbers.get(str(row.group), -1)
        place = places.get(row.period, -1)
        if group >= 0 and place >= 0:
            count, killed = _bands(table, stands, group, place)
            row = replace(row, incidents_band=count, deaths_band=killed)  # noqa: PLW2901
        rows.append(row)
    said = f"The columns {LEVEL:.0%} (in files: drawn): the interval that holds so many draws."
    return replace(
        found, rows=tuple(rows), assumptions=(*found.assumptions, *draws.assumptions(), said)
    )


def _table(
    draws: Draws, by: Step, group: Grouping | None
) -> tuple[list[str], tuple[Period, ...], Table, Table]:
    periods = calendar_of(draws, by)
    names, spread = labelled(draws.events, group)
    if len(periods) * len(names) > MOST_ROWS:
        raise UsageError(
            f"{len(periods)} periods of {len(names)} groups are too many. Count by month, or "
            "narrow the time."
        )
    every = Draw(draws.event, draws.day, draws.side, draws.killed)
    lines, weights = expected(draws.events)
    none = np.zeros(len(lines), dtype=np.int64)
    tables = []
    for these, of, count, shares in (
        (every, draws.number, len(draws), None),
        (lines, none, 1, weights),
    ):
        taken, labels = spread(these)
        chosen = Draw(*(getattr(these, name)[taken] for name in DRAW_FIELDS))
        part = None if shares is None else shares[taken]
        tables.append(tabulate(periods, len(names), chosen, of[taken], count, labels, part))
    return names, periods, tables[0], tables[1]


def _rows(
    table: Table, stands: Table, group: int, name: str | None, periods: Sequence[Period]
) -> list[TrendRow]:
    rows = []
    for place in range(len(periods) + 1):
        incidents = table.incidents[:, group, place]
        if (name is not None or place == len(periods)) and not incidents.any():
            continue
        period = periods[place] if place < len(periods) else None
        count, killed = _bands(table, stands, group, place)
        rows.append(
            TrendRow(
                period=period.label if period else UNDATED,
                start=period.first.isoformat() if period else None,
                end=period.last.isoformat() if period else None,
                group=name,
                incidents=_range(count),
                deaths=_range(killed) if killed else None,
                without_toll=round(float(table.silent[:, group, place].mean())),
                incidents_band=count,
                deaths_band=killed,
            )
        )
    return rows


def _range(found: Band) -> Range:
    """The interval itself: the ends of all draws would widen with their number."""
    return Range(found.low, found.best, found.high)


def _bands(table: Table, stands: Table, group: int, place: int) -> tuple[Band, Band | None]:
    incidents = table.incidents[:, group, place]
    told = (incidents > table.silent[:, group, place]).any() or not incidents.any()
    count = _band(incidents, float(stands.incidents[0, group, place]))
    deaths = stands.deaths[0, group, place]
    return count, _band(table.deaths[:, group, place], float(deaths)) if told else None


def _band(values: Floats, best: float) -> Band:
    found = band(values, LEVEL)
    low, high = round(found.low), round(found.high)
    return Band(min(low, best), round(best, 2), max(high, best))


def _answer(
    draws: Draws,
    periods: Sequence[Period],
    tables: tuple[Table, Table],
    by: Step,
    undated: int,
) -> str:
    (count, killed), (best, dead) = (
        (one.incidents.sum(axis=1)[:, :-1], one.deaths.sum(axis=1)[:, :-1]) for one in tables
    )
    top = int(best[0].argmax())
    dated = int(draws.events.point.sum()) - undated
    out = [
        f"{several(dated, 'incident')} from {periods[0].label} to {periods[-1].label}, "
        f"{_band(killed.sum(axis=1), float(dead.sum())).words()} killed in all.",
        f"The {by} with most is {periods[top].label}: "
        f"{_band(count[:, top], float(best[0, top])).words()} incidents, "
        f"{_band(killed[:, top], float(dead[0, top])).words()} killed.",
    ]
    worst = int(dead[0].argmax())
    if worst != top and dead[0, worst]:
        most = _band(killed[:, worst], float(dead[0, worst])).words()
        out.append(f"Most were killed in {periods[worst].label}: {most}.")
    if undated:
        out.append(f"{undated} without a date {'stands' if undated == 1 else 'stand'} apart.")
    return " ".join(out)


def _assumptions(group: Grouping | None) -> list[str]:
    said = ["A period without incidents is one of which nothing is told, not one of peace."]
    if group in ("actor", "target"):
        said.append("An incident of several actors counts for each of them.")
    if group:
        said.append("Periods of which a group has no incident are left out.")
    return said
