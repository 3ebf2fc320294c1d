"""`contested analyse escalation`: who answers whom."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing, note
from contested.model import to_plain

if TYPE_CHECKING:
    from contested.analyse.escalation import Answering, StudyOptions

MODEL = "Model"
SHOWN = 0.05
"""The table leaves out pairs with surely fewer answers to an event than this."""


class Sides(StrEnum):
    """What events are told apart by."""

    ACTOR = "actor"
    ACTOR_TYPE = "actor-type"


class Decays(StrEnum):
    """Whether all answer at one pace."""

    ONE = "one"
    EACH = "each"


SidesOption = Annotated[
    Sides, typer.Option("--sides", help="Tell events apart by this.", rich_help_panel=MODEL)
]
TableOption = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="FILE",
        help="Tell them apart by a table (CSV: dimension, actor, type, place, country).",
        rich_help_panel=MODEL,
        show_default=False,
    ),
]
MostOption = Annotated[
    int,
    typer.Option("--most", metavar="N", help="At most so many sides.", rich_help_panel=MODEL),
]
EnoughOption = Annotated[
    int,
    typer.Option(
        "--enough",
        metavar="N",
        help="No statement on a side with fewer events.",
        rich_help_panel=MODEL,
    ),
]
PiecesOption = Annotated[
    int | None,
    typer.Option(
        "--pieces",
        metavar="N",
        min=1,
        help="Pieces of the baseline; unasked, BIC chooses.",
        rich_help_panel=MODEL,
        show_default=False,
    ),
]
SmoothOption = Annotated[
    bool, typer.Option("--smooth", help="A smooth baseline, no steps.", rich_help_panel=MODEL)
]
DecaysOption = Annotated[
    Decays,
    typer.Option("--decay", help="One pace for all, or of each side.", rich_help_panel=MODEL),
]


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "escalation --sides actor-type --since 2021 --chart answers.html"
    made = filtered(answering(escalation_))
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


def study_options(
    sides: Sides,
    table: Path | None,
    most: int,
    enough: int,
    pieces: int | None,
    smooth: bool,
    decay: Decays,
    copies: bool = True,
) -> StudyOptions:
    """The options of the model as one object. Raises UsageError for a table of no use."""
    from contested.analyse.escalation import DimensionOptions, StudyOptions, rules_of

    return StudyOptions(
        dimensions=DimensionOptions(
            by=sides.value,
            rules=rules_of(table) if table else (),
            most=most,
            enough=enough,
        ),
        decays=decay.value,
        pieces=pieces,
        smooth=smooth,
        copies=copies,
    )


def escalation_(
    filters: Filters,
    asked: Asked,
    sides: SidesOption = Sides.ACTOR,
    table: TableOption = None,
    most: MostOption = 6,
    enough: EnoughOption = 30,
    pieces: PiecesOption = None,
    smooth: SmoothOption = False,
    decay: DecaysOption = Decays.ONE,
) -> None:
    """Tell who answers whom: a Hawkes process over draws of the record."""
    from contested.analyse.escalation import escalation

    options = study_options(sides, table, most, enough, pieces, smooth, decay)
    found = escalation(asked.drawn(filters), options)

    def chart() -> dict[str, Any]:
        from contested.analyse.charts.escalation import chart

        return chart(found)

    shown = [row for row in found.rows if row.follow is None or row.follow.high >= SHOWN]
    if asked.form is not AnalysisFormat.TABLE:
        shown = list(found.rows)
    elif len(shown) < len(found.rows):
        note(f"{len(found.rows) - len(shown)} pairs with hardly any answer are not shown.")
    asked.tell(found, ANSWERING, chart, shown)
