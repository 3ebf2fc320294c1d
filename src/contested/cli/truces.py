"""`contested analyse ceasefires`: agreements, how they ended, and the violence around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.beside import drawn_beside
from contested.cli.options import Filters, Format, filtered
from contested.cli.output import Field, Listing, console
from contested.cli.sources import opened

if TYPE_CHECKING:
    from contested.analyse.ceasefires import AgreementRow, Window

LONGEST = 60
"""The longest window, in days, unless asked otherwise."""


def register(analysis: typer.Typer) -> None:
    """Add the command of this module."""
    analysis.command("ceasefires", epilog="Example: contested analyse ceasefires --actor ttp")(
        filtered(answering(ceasefires_))
    )


def _lasted(row: AgreementRow) -> str:
    if row.lasted_low is None or row.lasted_high is None:
        return "–"
    if row.lasted_low == row.lasted_high:
        return f"{row.lasted_low}"
    return f"{row.lasted_low}–{row.lasted_high}"


def _who(row: AgreementRow) -> str:
    by = f" (by {', '.join(row.mediators)})" if row.mediators else ""
    return f"{' and '.join(row.parties) or 'unknown'}{by}"


def _killed(window: Window) -> str:
    return "–" if window.killed is None else f"{window.killed:g}"


TABLE: Listing[AgreementRow] = Listing(
    fields=(
        Field("type", lambda r: r.type.replace("_", "-"), share=1),
        Field("parties (mediators)", _who, share=4),
        Field("began", lambda r: r.began, share=2),
        Field("over", lambda r: r.ended or "–", share=2),
        Field("how", lambda r: r.fate, share=1),
        Field("days", _lasted, right=True),
        Field("violated", lambda r: len(r.violations), right=True, spare=1),
        Field("id", lambda r: r.id, spare=2),
    ),
    nothing="",
)
WINDOWS: Listing[Window] = Listing(
    fields=(
        Field("agreement", lambda r: r.name if r.part == "before" else "", share=3),
        Field("window", lambda r: r.part),
        Field("days", lambda r: f"{r.first} to {r.last}", share=2),
        Field("incidents", lambda r: f"{r.incidents:g}", right=True),
        Field("a day", lambda r: f"{r.rate:g} ({r.rate_low:g}–{r.rate_high:g})", share=1),
        Field("killed", _killed, right=True, spare=1),
    ),
    nothing="",
)


def ceasefires_(
    filters: Filters,
    asked: Asked,
    window: Annotated[
        int, typer.Option("--window", metavar="DAYS", help="The longest window of violence.")
    ] = LONGEST,
) -> None:
    """Tell how agreements began and ended, how long they hold, and the violence around them."""
    from contested.analyse.ceasefires import ceasefires
    from contested.analyse.ceasefires.answer import Around
    from contested.analyse.told import about

    options = asked.options
    with opened(asked.record, as_of=asked.as_of) as source:
        claims = source.agreements(filters.query())
        reports = about(stored.report for stored in source.reports())
        frame = source.frame()
        drawn = drawn_beside(asked, source)
    found = ceasefires(
        claims,
        Around(
            reports=reports,
            frame=frame,
            draws=drawn[-1] if drawn else None,
            longest=window,
            options=options,
        ),
    )

    def picture() -> dict[str, Any]:
        from contested.analyse.charts.ceasefires import chart

        return chart(found)

    asked.tell(found, TABLE, picture)
    if asked.form is AnalysisFormat.TABLE:
        screen = console()
        for words in found.survival.models:
            screen.print(words, soft_wrap=True)
        if found.violence is not None and found.violence.windows:
            screen.print()
            WINDOWS.print(found.violence.windows, Format.TABLE)
