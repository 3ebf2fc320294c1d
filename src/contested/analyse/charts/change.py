"""A series before and after a date, with what the model says and what it says without a change."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.change import Change
from contested.analyse.charts.style import COLOURS, finished

LINES = ("counted", "model", "had nothing changed")


def chart(found: Change) -> dict[str, Any]:
    """Counts as points, the model as a line, the line had nothing changed broken."""
    alt = needed("altair")
    named = (found.values, found.expected, found.without)
    rows = [
        {"start": start, "period": period, "line": line, "value": value}
        for line, values in zip(LINES, named, strict=True)
        for start, period, value in zip(found.starts, found.periods, values, strict=False)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("start:T", title=f"{found.by}, by its first day"),
        y=alt.Y("value:Q", title=f"{found.measure} a {found.by}"),
        color=alt.Color(
            "line:N",
            title=None,
            scale=alt.Scale(domain=list(LINES), range=list(COLOURS[:3])),
            legend=alt.Legend(orient="top"),
        ),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("period", "line", "value")],
    )
    points = base.transform_filter("datum.line == 'counted'").mark_line(point=True, opacity=0.7)
    model = base.transform_filter("datum.line == 'model'").mark_line()
    without = base.transform_filter("datum.line == 'had nothing changed'").mark_line(
        strokeDash=[5, 4]
    )
    date = (
        alt.Chart(alt.Data(values=[{"at": found.at}]))
        .mark_rule(color="#000000", strokeDash=[2, 2])
        .encode(x=alt.X("at:T"))
    )
    title = f"{found.measure.capitalize()} a {found.by} before and after {found.at}"
    return finished(alt.layer(points, model, without, date), title, found.answer)
