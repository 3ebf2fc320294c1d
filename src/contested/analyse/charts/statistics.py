"""Published totals of one thing side by side, with what the record counts."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import finished
from contested.analyse.statistics.check import CheckedStatistic, Statistics, scope_of
from contested.errors import TooFew

MOST = 20


def chart(found: Statistics) -> dict[str, Any]:
    """A line a thing counted (at most so many), a point for each who counted it.

    Raises TooFew where no statistic has a number beside which something stands.
    """
    alt = needed("altair")
    rows = [row for row in found.rows if row.low is not None and _stands_beside(row)]
    values = list(
        {(v["thing"], v["by"], v["number"]): v for row in rows for v in _values(row)}.values()
    )
    things = list(dict.fromkeys(value["thing"] for value in values))[:MOST]
    values = [value for value in values if value["thing"] in things]
    if not values:
        raise TooFew(
            "No total has another beside it, so there is nothing to draw. Add reports that count "
            "the same, or leave out --chart."
        )
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("thing:N", title=None, sort=things, axis=alt.Axis(labelLimit=320))
    )
    scale = alt.Scale(type="symlog", constant=1)
    colour = alt.Color("by:N", title="counted by")
    rule = base.mark_rule(opacity=0.5, strokeWidth=3).encode(
        x=alt.X("low:Q", scale=scale, title="number (symmetric log scale)"),
        x2="high:Q",
        color=alt.Color("by:N", legend=None),
    )
    point = base.mark_point(filled=True, size=70, opacity=0.9).encode(
        x=alt.X("number:Q", scale=scale),
        color=colour,
        shape=alt.Shape("by:N", title="counted by"),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("thing", "by", "words", "claim")],
    )
    return finished(
        alt.layer(rule, point),
        "Published totals beside each other and beside the record",
        f"{found.answer} Bars of the record show the interval over draws.",
        size=(480, max(120, 24 * len(things))),
    )


def _stands_beside(row: CheckedStatistic) -> bool:
    compared = any(other.verdict not in ("part", "whole") for other in row.others)
    return compared or any(one.best is not None for one in row.counted)


def _values(row: CheckedStatistic) -> list[dict[str, Any]]:
    thing = f"{row.measure.replace('_', ' ')}: {scope_of(row)}"
    out: list[dict[str, Any]] = [
        {"thing": thing, "by": row.source, "number": row.low, "low": row.low,
         "high": row.low if row.high is None else row.high, "words": row.said, "claim": row.claim}
    ]  # fmt: skip
    for one in row.counted:
        if one.best is not None:
            out.append(
                {"thing": thing, "by": one.source, "number": one.best, "low": one.low,
                 "high": one.high, "words": f"{one.best:g}", "claim": ""}
            )  # fmt: skip
    return out
