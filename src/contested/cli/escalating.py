"""`contested analyse escalation`: who answers whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.modelling import Model, modelled
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing, note
from contested.model import to_plain

if TYPE_CHECKING:
    from contested.analyse.escalation import Answering

SHOWN = 0.05
"""The table leaves out pairs with surely fewer answers to an event than this."""


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "escalation --sides actor-type --since 2021 --chart answers.html"
    made = filtered(answering(modelled(escalation_)))
    analysis.command("escalation", epilog=f"Example: contested analyse {example}")(made)


def _follow(row: Answering) -> str:
    if row.follow is None:
        return row.note
    return row.follow.words(2) + (" *" if row.note else "")


ANSWERING: Listing[Answering] = Listing(
    fields=(
        Field("after an event of", lambda r: r.asks, share=2),
        Field("answer", lambda r: r.answers if r.follow else "", share=2),
        Field("events that follow", _follow, share=2),
        Field("share", lambda r: "" if r.share is None else f"{r.share:.0%}", right=True, spare=1),
        Field("clear", lambda r: "yes" if r.clear else ""),
    ),
    nothing="",
    plain=lambda row: flat(to_plain(row)),
)


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Bands as columns of their own: `follow_low`, `follow_best`, `follow_high`."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        if name == "follow":
            inner = value or {}
            out |= {f"{name}_{end}": inner.get(end) for end in ("low", "best", "high")}
        else:
            out[name] = value
    return out


def escalation_(filters: Filters, asked: Asked, model: Model) -> None:
    """Tell who answers whom: a Hawkes process over draws of the record."""
    from contested.analyse.escalation import escalation

    found = escalation(model.drawn(asked, filters), model.options())

    def chart() -> dict[str, Any]:
        from contested.analyse.charts.escalation import chart

        return chart(found)

    shown = [row for row in found.rows if row.follow is None or row.follow.high >= SHOWN]
    if asked.form is not AnalysisFormat.TABLE:
        shown = list(found.rows)
    elif len(shown) < len(found.rows):
        note(f"{len(found.rows) - len(shown)} pairs with hardly any answer are not shown.")
    asked.tell(found, ANSWERING, chart, shown)
