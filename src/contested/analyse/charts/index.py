"""The index by year, a line a country, with the range that the inputs leave."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import finished
from contested.analyse.index import TOP, Index

MOST_COUNTRIES = 8


def chart(found: Index) -> dict[str, Any]:
    """Scores by year; of many countries those that score highest in the newest year."""
    alt = needed("altair")
    countries = list(dict.fromkeys(row.country for row in found.rows))[:MOST_COUNTRIES]
    values = [
        {
            "country": row.country,
            "year": str(row.year),
            "low": row.score.low,
            "score": row.score.best,
            "high": row.score.high,
        }
        for row in found.rows
        if row.country in countries
    ]
    # The index ends at 10; what is scored above it is drawn, and warned of.
    top = max([TOP, *(row.score.high for row in found.rows if row.country in countries)])
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("year:O", title="year"),
        color=alt.Color("country:N", title="country", sort=countries),
    )
    tip = [alt.Tooltip(f"{name}:N") for name in ("country", "year", "low", "score", "high")]
    range_ = base.mark_rule(strokeWidth=6, opacity=0.3).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(point=True).encode(
        y=alt.Y(
            "score:Q", title="index score, 0 to 10", scale=alt.Scale(domain=[0, top], nice=False)
        ),
        tooltip=tip,
    )
    return finished(
        alt.layer(range_, line),
        "Global Terrorism Index as computed here",
        f"{found.answer} Bars show the range that the inputs leave.",
        subtitle=["The formula was recovered from published scores."],
    )
