"""Chains of retaliation over time: a line a chain, asserted links solid, suggested ones dashed."""

from __future__ import annotations

from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import WIDTH, finished
from contested.analyse.escalation import Chains, Link, Step

MOST = 20
LANE = 34
BASES = {
    "report": "a report says so",
    "words": "a report says it answers something",
    "timing": "timing alone",
}


def chart(found: Chains) -> dict[str, Any]:
    """The chains with most behind them, from above; what has no date is not drawn."""
    alt = needed("altair")
    links = [link for link in found.rows if link.chain <= MOST]
    steps = {
        (link.chain, step.id): _point(link, step)
        for link in links
        for step in (link.first, link.then)
        if step and step.when
    }
    if not steps:
        return _nothing(alt, found.answer)
    lines = [_line(link) for link in links if link.first and link.first.when and link.then.when]
    lane = alt.Y("chain:O", title="chain")
    rules = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(strokeWidth=2)
        .encode(
            y=lane,
            x=alt.X("from:T", title="day"),
            x2="to:T",
            color=alt.Color(
                "basis:N", title="link", sort=list(BASES.values()), legend=alt.Legend(orient="top")
            ),
            strokeDash=alt.StrokeDash("basis:N", sort=list(BASES.values()), legend=None),
        )
    )
    dots = (
        alt.Chart(alt.Data(values=list(steps.values())))
        .mark_point(filled=True, size=70, color="black")
        .encode(
            y=lane,
            x=alt.X("day:T", title="day"),
            tooltip=[alt.Tooltip("words:N")],
        )
    )
    height = LANE * max(1, len({link.chain for link in links}))
    return finished(rules + dots, "Chains of retaliation", found.answer, size=(WIDTH, height))


def _nothing(alt: Any, answer: str) -> dict[str, Any]:
    """Words instead of axes that hold nothing."""
    words = ["No chain is drawn.", "No dated event was found to answer another."]
    said = alt.Chart(alt.Data(values=[{}])).mark_text(fontSize=13, text=words, lineBreak="\n")
    return finished(said, "Chains of retaliation", answer, size=(WIDTH, 2 * LANE))


def _point(link: Link, step: Step) -> dict[str, Any]:
    return {"chain": link.chain, "day": _day(step), "words": step.words()}


def _line(link: Link) -> dict[str, Any]:
    assert link.first is not None
    return {
        "chain": link.chain,
        "from": _day(link.first),
        "to": _day(link.then),
        "basis": BASES[link.basis],
    }


def _day(step: Step) -> str:
    return (step.when or "").partition(" ")[0]
