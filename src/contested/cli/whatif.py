"""`contested analyse scenario`: what if, by simulation from the fitted process."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import Asked, answering
from contested.cli.modelling import Model, modelled
from contested.cli.options import Filters, expanded, filtered
from contested.cli.output import Field, Listing
from contested.errors import UsageError
from contested.model import to_plain

if TYPE_CHECKING:
    from contested.analyse.escalation import Change, Outcome

CHANGES = "Changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is changed, from when, and for how long it is followed."""

    ceasefire: Annotated[
        int | None,
        typer.Option(
            "--ceasefire",
            metavar="DAYS",
            help="A ceasefire of so many days.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    kept: Annotated[
        float,
        typer.Option(
            "--kept", metavar="SHARE", help="How far it is kept (0.8).", rich_help_panel=CHANGES
        ),
    ] = 1.0
    party: Annotated[
        list[str] | None,
        typer.Option(
            "--party",
            metavar="SIDE",
            help="Who keeps it; may be repeated; unasked, all.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    strike: Annotated[
        list[str] | None,
        typer.Option(
            "--strike",
            metavar="SIDE=DAY",
            help="An attack by a side on a day (pakistan=2026-01-15); may be repeated.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    deny: Annotated[
        str | None,
        typer.Option(
            "--deny",
            metavar="SIDE",
            help="A side loses its sanctuary.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    by: Annotated[
        float,
        typer.Option(
            "--by",
            metavar="SHARE",
            help="The share of its events that this costs it: yours to say.",
            rich_help_panel=CHANGES,
        ),
    ] = 0.5
    close: Annotated[
        str | None,
        typer.Option(
            "--close",
            metavar="PLACE",
            help="A front is closed: a place, province or country.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="DAY",
            help="When the change begins; unasked, at once.",
            rich_help_panel=CHANGES,
            show_default=False,
        ),
    ] = None
    days: Annotated[
        int,
        typer.Option(
            "--days", metavar="N", min=1, help="Days to simulate.", rich_help_panel=CHANGES
        ),
    ] = 180
    runs: Annotated[
        int,
        typer.Option(
            "--runs", metavar="N", min=1, help="Runs with each draw.", rich_help_panel=CHANGES
        ),
    ] = 20

    def changes(self) -> list[Change]:
        """What changes. Raises UsageError where nothing does, or a day cannot be read."""
        from contested.analyse.escalation import Ceasefire, Closure, Denial

        begins = _day(self.start) if self.start else None
        found: list[Change] = [_strike(one) for one in self.strike or ()]
        if self.ceasefire is not None:
            parties = tuple(self.party or ())
            found.append(
                Ceasefire(days=self.ceasefire, kept=self.kept, parties=parties, start=begins)
            )
        if self.deny:
            found.append(Denial(side=self.deny, by=self.by, start=begins))
        if self.close:
            found.append(Closure(place=self.close, start=begins))
        if not found:
            raise UsageError("Say what changes: --ceasefire, --strike, --deny or --close.")
        return found


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "scenario --ceasefire 60 --kept 0.8 --days 120"
    made = filtered(answering(modelled(expanded(WhatIf, "what_if")(scenario_))))
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


def scenario_(filters: Filters, asked: Asked, model: Model, what_if: WhatIf) -> None:
    """Simulate what if: a ceasefire, a strike, a sanctuary denied, a front closed."""
    from contested.analyse.escalation import ScenarioOptions, scenario

    changes = what_if.changes()
    options = ScenarioOptions(days=what_if.days, runs=what_if.runs, study=model.options())
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
