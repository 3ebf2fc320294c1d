"""What each speaker tells against others, on a log scale, with its interval."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.bias.answer import ABOUT, Bias
from contested.analyse.charts.style import WIDTH, finished
from contested.errors import TooFew

MOST = 30


def chart(found: Bias) -> dict[str, Any]:
    """A line a voice and kind of losses; 1 is what others tell. Raises TooFew without a ratio."""
    alt = needed("altair")
    values = [
        {"voice": row.voice or "all voices", "about": ABOUT[row.about], "ratio": row.ratio,
         "low": row.low, "high": row.high, "tolls": row.tolls, "median": row.median}
        for row in found.rows
        if row.ratio is not None
    ][:MOST]  # fmt: skip
    if not values:
        raise TooFew(
            "No voice has enough tolls beside others, so there is nothing to draw. Add reports of "
            "other speakers, or leave out --chart."
        )
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("voice:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
        color=alt.Color("about:N", legend=None),
    )
    scale = alt.Scale(type="log")
    rule = base.mark_rule(strokeWidth=3, opacity=0.6).encode(
        x=alt.X("low:Q", scale=scale, title="times what others tell (log scale)"), x2="high:Q"
    )
    point = base.mark_point(filled=True, size=70).encode(
        x=alt.X("ratio:Q", scale=scale),
        tooltip=[alt.Tooltip(f"{n}:N") for n in ("voice", "about", "ratio", "median", "tolls")],
    )
    even = base.mark_rule(color="#888888", strokeDash=[4, 3]).encode(
        x=alt.datum(1, scale=scale), y=alt.value(0), y2=alt.value("height")
    )
    parts = (
        alt.layer(even, rule, point)
        .properties(width=WIDTH - 120, height=alt.Step(22))
        .facet(
            row=alt.Row(
                "about:N",
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=200),
            )
        )
        .resolve_scale(y="independent")
    )
    return finished(
        parts,
        "How speakers’ figures compare with others’ on the same incidents",
        f"{found.answer} Lines are 95 % intervals; 1 is what others tell.",
        size=None,
    )
