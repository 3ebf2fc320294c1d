"""Agreements on a line of time with what broke them, and how long they hold."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.ceasefires import Ceasefires
from contested.analyse.charts.style import WIDTH, finished
from contested.errors import TooFew

FATES = ("in force", "broke down", "ran out", "replaced", "disputed", "unknown")


def chart(found: Ceasefires) -> dict[str, Any]:
    """The agreements above, the curve with its band below. Raises TooFew where none has a day."""
    alt = needed("altair")
    bars = [bar for row in found.rows if (bar := _bar(row, found.last)) is not None]
    if not bars:
        raise TooFew(
            "No agreement has a day, so there is no line of time. Add reports that date them, or "
            "leave out --chart."
        )
    names = [bar["name"] for bar in bars]
    height = max(90, 26 * len(names))
    axis = alt.Axis(labelLimit=300)
    base = alt.Chart(alt.Data(values=bars)).encode(
        y=alt.Y("name:N", title=None, sort=names, axis=axis)
    )
    line = base.mark_bar(height=8, opacity=0.8).encode(
        x=alt.X("first:T", title="from the first to the last day that the words leave"),
        x2="last:T",
        color=alt.Color("fate:N", title="how it ended", scale=alt.Scale(domain=list(FATES))),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("name", "began", "over", "fate")],
    )
    marks = [mark for row in found.rows for mark in _marks(row) if mark["name"] in names]
    parts = [line]
    if marks:
        parts.append(
            alt.Chart(alt.Data(values=marks))
            .mark_point(shape="triangle-down", filled=True, size=80, color="#000000")
            .encode(
                x="day:T",
                y=alt.Y("name:N", sort=names),
                tooltip=[alt.Tooltip(f"{name}:N") for name in ("act", "says", "quote")],
            )
        )
    drawn = [alt.layer(*parts).properties(width=WIDTH, height=height)]
    drawn += _violence(alt, found)
    drawn += _curve(alt, found)
    return finished(
        alt.vconcat(*drawn).resolve_scale(color="independent"),
        "Agreements: how long they held and how they ended",
        f"{found.answer} Triangles are accusations of a violation.",
        size=None,
    )


def _bar(row: Any, last: str | None) -> dict[str, Any] | None:
    """From the first day that is told to the last; open ends reach the last day of the record."""
    days = sorted(
        word for text in (row.began, row.ended or "") for word in text.split() if word[:1].isdigit()
    )
    if not days:
        return None
    ends = days[-1] if row.ended else (last or days[-1])
    name = f"{row.type.replace('_', '-')}: {' and '.join(row.parties) or 'unknown'}, {row.began}"
    return {
        "name": name, "first": days[0], "last": ends, "fate": row.fate, "began": row.began,
        "over": row.ended or "nobody says so",
    }  # fmt: skip


def _marks(row: Any) -> list[dict[str, Any]]:
    name = f"{row.type.replace('_', '-')}: {' and '.join(row.parties) or 'unknown'}, {row.began}"
    out = []
    for act in row.violations:
        day = act.when.split()[0]
        if day[:1].isdigit():
            out.append(
                {"name": name, "day": day, "act": act.act, "says": act.says, "quote": act.quote}
            )
    return out


def _violence(alt: Any, found: Ceasefires) -> list[Any]:
    if found.violence is None or not found.violence.windows:
        return []
    values = [
        {"name": one.name, "window": one.part, "rate": one.rate, "low": one.rate_low,
         "high": one.rate_high, "incidents": one.incidents}
        for one in found.violence.windows
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelLimit=300)),
        yOffset=alt.YOffset("window:N", sort=["before", "during", "after"]),
        color=alt.Color("window:N", title="window", sort=["before", "during", "after"]),
    )
    rule = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title="incidents a day, with 90 % interval"), x2="high:Q"
    )
    point = base.mark_point(filled=True, size=60).encode(
        x="rate:Q", tooltip=[alt.Tooltip(f"{n}:N") for n in ("name", "window", "incidents", "rate")]
    )
    height = max(90, 40 * len({value["name"] for value in values}))
    return [alt.layer(rule, point).properties(width=WIDTH, height=height)]


def _curve(alt: Any, found: Ceasefires) -> list[Any]:
    points = found.survival.points
    if not points:
        return []
    values = [
        {"days": one.days, "share": one.share, "low": one.low, "high": one.high} for one in points
    ]
    base = alt.Chart(alt.Data(values=values)).encode(x=alt.X("days:Q", title="days since it began"))
    band = base.mark_area(opacity=0.25, interpolate="step-after").encode(
        y=alt.Y("low:Q", title="share that still holds", scale=alt.Scale(domain=[0, 1])),
        y2="high:Q",
    )
    line = base.mark_line(interpolate="step-after").encode(y="share:Q")
    return [alt.layer(band, line).properties(width=WIDTH, height=180)]
