"""With and without the change, thirty days at a time, as lines with bands."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import Band, needed
from contested.analyse.charts.style import finished
from contested.analyse.escalation.scenario import Scenario

UNCHANGED, CHANGED = "without the change", "with it"


def chart(found: Scenario) -> dict[str, Any]:
    """Both distributions over time; the dashed line is the unchanged run."""
    alt = needed("altair")
    values = [
        value
        for one in found.course
        for value in (
            _value(one.start, UNCHANGED, one.unchanged),
            _value(one.start, CHANGED, one.changed),
        )
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("start:T", title="thirty days from"),
        color=alt.Color("run:N", title=None, sort=[UNCHANGED, CHANGED]),
    )
    bands = base.mark_area(opacity=0.2).encode(
        y=alt.Y("low:Q", title="events of all sides"), y2="high:Q"
    )
    lines = base.mark_line(point=True).encode(
        y="best:Q", strokeDash=alt.StrokeDash("run:N", sort=[CHANGED, UNCHANGED], legend=None)
    )
    return finished(
        bands + lines,
        "What if: " + "; ".join(found.changes),
        found.answer,
        subtitle=("Simulated from the fitted process, 90% of runs in the bands; no forecast",),
    )


def _value(start: str, run: str, one: Band) -> dict[str, Any]:
    return {"start": start, "run": run, "low": one.low, "best": one.best, "high": one.high}
