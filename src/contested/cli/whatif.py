"""`contested analyse scenario`: what if, by simulation from the fitted process."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import Asked, answering
from contested.cli.modelling import Model, modelled
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing
from contested.errors import UsageError
from contested.model import to_plain

if TYPE_CHECKING:
    from contested.analyse.escalation import Change, Outcome

CHANGES = "Changes"

CeasefireOption = Annotated[
    int | None,
    typer.Option(
        "--ceasefire",
        metavar="DAYS",
        help="A ceasefire of so many days.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
KeptOption = Annotated[
    float,
    typer.Option(
        "--kept", metavar="SHARE", help="How far it is kept (0.8).", rich_help_panel=CHANGES
    ),
]
PartyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar="SIDE",
        help="Who keeps it; may be repeated; unasked, all.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
StrikeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--strike",
        metavar="SIDE=DAY",
        help="An attack by a side on a day (pakistan=2026-01-15); may be repeated.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
DenyOption = Annotated[
    str | None,
    typer.Option(
        "--deny",
        metavar="SIDE",
        help="A side loses its sanctuary.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
ByOption = Annotated[
    float,
    typer.Option(
        "--by",
        metavar="SHARE",
        help="The share of its events that this costs it: yours to say.",
        rich_help_panel=CHANGES,
    ),
]
CloseOption = Annotated[
    str | None,
    typer.Option(
        "--close",
        metavar="PLACE",
        help="A front is closed: a place, province or country.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
StartOption = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="DAY",
        help="When the change begins; unasked, at once.",
        rich_help_panel=CHANGES,
        show_default=False,
    ),
]
DaysOption = Annotated[
    int,
    typer.Option("--days", metavar="N", min=1, help="Days to simulate.", rich_help_panel=CHANGES),
]
RunsOption = Annotated[
    int,
    typer.Option(
        "--runs", metavar="N", min=1, help="Runs with each draw.", rich_help_panel=CHANGES
    ),
]


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "scenario --ceasefire 60 --kept 0.8 --days 120"
    made = filtered(answering(modelled(scenario_)))
    analysis.command("scenario", epilog=f"Example: contested analyse {example}")(made)


def _flat(row: Outcome) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in to_plain(row).items():
        if isinstance(value, dict):
            out |= {f"{name}_{end}": value[end] for end in ("low", "best", "high")}
        else:
            out[name] = value
    return out


OUTCOMES: Listing[Outcome] = Listing(
    fields=(
        Field("events of", lambda r: r.side, share=2),
        Field("without", lambda r: r.unchanged.words(), share=1),
        Field("with", lambda r: r.changed.words(), share=1),
        Field("difference", lambda r: r.difference.words(), share=1),
        Field("fewer in", lambda r: f"{r.fewer:.0%}", right=True),
        Field("more in", lambda r: f"{r.more:.0%}", right=True, spare=1),
    ),
    nothing="",
    plain=_flat,
)


def scenario_(  # noqa: PLR0917
    filters: Filters,
    asked: Asked,
    model: Model,
    ceasefire: CeasefireOption = None,
    kept: KeptOption = 1.0,
    party: PartyOption = None,
    strike: StrikeOption = None,
    deny: DenyOption = None,
    by: ByOption = 0.5,
    close: CloseOption = None,
    start: StartOption = None,
    days: DaysOption = 180,
    runs: RunsOption = 20,
) -> None:
    """Simulate what if: a ceasefire, a strike, a sanctuary denied, a front closed."""
    from contested.analyse.escalation import (
        Ceasefire,
        Closure,
        Denial,
        ScenarioOptions,
        scenario,
    )

    begins = _day(start) if start else None
    changes: list[Change] = [_strike(one) for one in strike or ()]
    if ceasefire is not None:
        parties = tuple(party or ())
        changes.append(Ceasefire(days=ceasefire, kept=kept, parties=parties, start=begins))
    if deny:
        changes.append(Denial(side=deny, by=by, start=begins))
    if close:
        changes.append(Closure(place=close, start=begins))
    if not changes:
        raise UsageError("Say what changes: --ceasefire, --strike, --deny or --close.")
    options = ScenarioOptions(days=days, runs=runs, study=model.options())
    found = scenario(model.drawn(asked, filters), changes, options)

    def chart() -> dict[str, Any]:
        from contested.analyse.charts.scenario import chart

        return chart(found)

    asked.tell(found, OUTCOMES, chart)


def _strike(words: str) -> Change:
    from contested.analyse.escalation import Strike

    side, equals, day = words.rpartition("=")
    if not equals or not side:
        raise UsageError(f"{words}: write a strike as SIDE=DAY, as in pakistan=2026-01-15.")
    return Strike(side=side, day=_day(day))


def _day(words: str) -> dt.date:
    try:
        return dt.date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{words} is no day: write it as 2026-01-15.") from error
