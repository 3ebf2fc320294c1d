"""Incidents and deaths a period as lines with bands."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import finished
from contested.analyse.trend import Trend, TrendRow

MOST_GROUPS = 8


def chart(found: Trend) -> dict[str, Any]:
    """A line a group (at most so many, the largest), incidents above and the killed below."""
    alt = needed("altair")
    rows = [row for row in found.rows if row.start]
    groups = list(dict.fromkeys(row.group for row in rows))[:MOST_GROUPS]
    values = [
        value | {"whole": row.period not in found.partial}
        for row in rows
        if row.group in groups
        for value in _values(row)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("start:T", title="period, by its first day")
    )
    colour = (
        alt.Color("group:N", title=found.group, sort=[str(group) for group in groups])
        if found.group
        else alt.value("#0072b2")
    )
    tip = [alt.Tooltip(f"{name}:N") for name in ("period", "group", "low", "best", "high")]
    whole = base.transform_filter("datum.whole") if found.partial else base
    band = whole.mark_area(opacity=0.25).encode(
        y=alt.Y("low:Q", title=None), y2="high:Q", color=colour
    )
    line = whole.mark_line(point=len(values) < 120).encode(
        y=alt.Y("best:Q", title=None), color=colour, tooltip=tip
    )
    layers = [band, line]
    if found.partial:
        # A month of which one day is covered is no fall: it stands apart, as an open point.
        apart = base.transform_filter("!datum.whole").mark_point(filled=False, size=50)
        layers.append(apart.encode(y=alt.Y("best:Q", title=None), color=colour, tooltip=tip))
    parts = (
        alt.layer(*layers)
        .properties(width=640, height=160)
        .facet(row=alt.Row("measure:N", title=None, sort=["incidents", "killed"]))
        .resolve_scale(y="independent")
    )
    return finished(
        parts,
        f"Incidents and killed by {found.by}",
        f"{found.answer} Bands show the range of each figure."
        + (
            f" Covered in part only, an open point: {', '.join(found.partial)}."
            * bool(found.partial)
        ),
        size=None,
    )


def _values(row: TrendRow) -> list[dict[str, Any]]:
    out = []
    for measure, value in (("incidents", row.incidents), ("killed", row.deaths)):
        if value is not None:
            out.append(
                {"start": row.start, "period": row.period, "group": row.group or "all"}
                | {"measure": measure, "low": value.low, "best": value.best, "high": value.high}
            )
    return out
