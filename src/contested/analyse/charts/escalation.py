"""Who answers whom as a matrix: darker where more events follow, ringed where that is clear."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import finished
from contested.analyse.escalation import Answering, Escalation

CELL = 84
DARK = 0.35
"""From so many events on a cell is so dark that its number is written in white."""


def chart(found: Escalation) -> dict[str, Any]:
    """A heat map: who acts first in columns, who answers in rows, the interval in each cell."""
    alt = needed("altair")
    rows = [row for row in found.rows if row.follow is not None]
    names = [one.name for one in found.dimensions]
    base = alt.Chart(alt.Data(values=[_cell(row) for row in rows])).encode(
        x=alt.X("asks:N", title="after an event of", sort=names, axis=alt.Axis(labelAngle=-30)),
        y=alt.Y("answers:N", title="events of … follow", sort=names),
    )
    tip = [alt.Tooltip(f"{name}:N") for name in ("asks", "answers", "interval", "share")]
    cells = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "follow:Q",
            title="events that follow one",
            scale=alt.Scale(scheme="blues", domainMin=0),
        ),
        tooltip=tip,
    )
    rings = base.transform_filter("datum.clear").mark_rect(
        filled=False, stroke="#d55e00", strokeWidth=3
    )
    shade = alt.condition(f"datum.follow > {DARK}", alt.value("white"), alt.value("black"))
    words = base.mark_text(fontSize=12, dy=-6).encode(text="best:N", color=shade)
    doubt = base.mark_text(fontSize=10, dy=9).encode(text="interval:N", color=shade)
    return finished(
        cells + rings + words + doubt,
        "Who answers whom",
        f"A matrix of {len(names)} sides. {found.answer}",
        subtitle=("Expected direct answers to one event, 90% interval; ringed: clear of none",),
        size=(CELL * len(names), CELL * len(names)),
    )


def _cell(row: Answering) -> dict[str, Any]:
    assert row.follow is not None
    return {
        "asks": row.asks,
        "answers": row.answers,
        "follow": round(row.follow.best, 4),
        "best": f"{row.follow.best:.2f}",
        "interval": f"{row.follow.low:.2f} to {row.follow.high:.2f}",
        "share": None if row.share is None else f"{row.share:.0%}",
        "clear": row.clear,
    }
