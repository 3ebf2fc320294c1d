"""A series with the levels between its breaks."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.breaks import Breaks
from contested.analyse.charts.style import COLOURS, finished


def chart(found: Breaks) -> dict[str, Any]:
    """Counts as bars, levels as steps, a rule at each break with where else it may lie."""
    alt = needed("altair")
    levels = _levels(found)
    rows = [
        {"start": start, "period": period, "count": value, "level": level}
        for start, period, value, level in zip(
            found.starts, found.periods, found.values, levels, strict=True
        )
    ]
    place = dict(zip(found.periods, found.starts, strict=True))
    marks = [
        {
            "start": row.start,
            "from": place[row.earliest],
            "to": place[row.latest],
            "words": f"{row.period}: {row.before:g} to {row.after:g}",
        }
        for row in found.rows
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("start:T", title=f"{found.by}, by its first day"),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("period", "count", "level")],
    )
    parts = [
        base.mark_line(point=True, color=COLOURS[5]).encode(
            y=alt.Y("count:Q", title=f"{found.measure} a {found.by}")
        ),
        base.mark_line(interpolate="step-after", color=COLOURS[0]).encode(y="level:Q"),
    ]
    if marks:
        at = alt.Chart(alt.Data(values=marks))
        span = at.mark_rect(opacity=0.15, color=COLOURS[1]).encode(x=alt.X("from:T"), x2="to:T")
        rule = at.mark_rule(color=COLOURS[1]).encode(
            x="start:T", tooltip=[alt.Tooltip("words:N", title="change")]
        )
        parts = [span, *parts, rule]
    title = f"Breaks in the {found.measure} by {found.by}"
    return finished(alt.layer(*parts), title, found.answer)


def _levels(found: Breaks) -> list[float]:
    """The mean of each part, a value a period."""
    ends = [0, *(found.periods.index(row.period) for row in found.rows), len(found.periods)]
    out: list[float] = []
    for begin, end in zip(ends, ends[1:], strict=False):  # noqa: RUF007 - as in the analysis
        part = found.values[begin:end]
        out += [round(sum(part) / len(part), 3)] * len(part)
    return out
