"""A fan: what was, and what may come with its central half and its wide interval."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import COLOURS, finished
from contested.analyse.forecast import Forecast

MOST_CELLS = 4
BACK = 36


def chart(found: Forecast) -> dict[str, Any]:
    """A panel a cell (the first so many) and measure: the last three years, then the fan."""
    alt = needed("altair")
    cells = list(dict.fromkeys(row.cell for row in found.rows))[:MOST_CELLS]
    measures = list(dict.fromkeys(row.measure for row in found.rows))
    values = _past(found, cells) + _ahead(found, cells)
    base = alt.Chart(alt.Data(values=values)).encode(x=alt.X("month:T", title="month"))
    tip = [
        alt.Tooltip(f"{name}:N")
        for name in ("cell", "measure", "month", "low", "inner_low", "middle", "inner_high", "high")
    ]
    y = alt.Y("low:Q", title=None, scale=alt.Scale(type="symlog"))
    line = base.mark_line(color="#000000").encode(y=alt.Y("was:Q", title=None), tooltip=tip)
    outer = base.mark_area(color=COLOURS[0], opacity=0.25).encode(y=y, y2="high:Q")
    inner = base.mark_area(color=COLOURS[0], opacity=0.45).encode(
        y="inner_low:Q", y2="inner_high:Q"
    )
    middle = base.mark_line(color=COLOURS[0], point=True).encode(y="middle:Q", tooltip=tip)
    panels = (
        alt.layer(outer, inner, line, middle)
        .properties(width=300, height=120)
        .facet(
            row=alt.Row("cell:N", title=None, sort=cells),
            column=alt.Column("measure:N", title=None, sort=measures),
        )
        .resolve_scale(y="independent")
    )
    return finished(
        panels,
        "What may come, a month",
        f"{found.answer} Black: what was. Blue: what may come.",
        subtitle=[
            f"Black: the record. Blue: middle, central half and interval of {found.level:.0%}.",
            "Counts on a scale that is straight near zero and logarithmic above.",
        ],
        size=None,
    )


def _past(found: Forecast, cells: list[str]) -> list[dict[str, Any]]:
    months = sorted({row.month for row in found.past})[-BACK:]
    return [
        {"cell": row.cell, "measure": row.measure, "month": row.month, "was": row.count.best}
        | {"low": row.count.low, "high": row.count.high}
        for row in found.past
        if row.cell in cells and row.month in months
    ]


def _ahead(found: Forecast, cells: list[str]) -> list[dict[str, Any]]:
    return [
        {"cell": row.cell, "measure": row.measure, "month": row.month, "middle": row.median}
        | {"low": row.low, "high": row.high}
        | {"inner_low": row.inner_low, "inner_high": row.inner_high}
        for row in found.rows
        if row.cell in cells
    ]
