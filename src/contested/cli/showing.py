"""One thing in full: an incident, a claim or a report."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.cli import views
from contested.cli.options import OUTPUT, AsOfOption, RecordOption
from contested.cli.output import console
from contested.cli.sources import opened
from contested.model import Incident, to_plain
from contested.record import StoredReport


class ShowFormat(StrEnum):
    """How one thing is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested show i-3f2a91")(show)


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Of an incident, claim or report; six signs do.")
    ],
    form: Annotated[
        ShowFormat, typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT)
    ] = ShowFormat.TEXT,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Show an incident, a claim or a report, with the words and who said them."""
    with opened(record, as_of=as_of) as source:
        found = source.find(id)
        if form is ShowFormat.JSON:
            plain: dict[str, Any] = to_plain(
                found.report if isinstance(found, StoredReport) else found
            )
            sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
            return
        screen = console()
        if isinstance(found, Incident):
            views.show_incident(screen, source, found)
        elif isinstance(found, StoredReport):
            views.show_report(screen, source, found)
        else:
            views.show_claim(screen, source, found)
