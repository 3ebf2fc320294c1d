"""`contested brief`: a period and a place on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contested.cli.options import FILTERS, OUTPUT, AsOfOption, RecordOption
from contested.cli.output import note
from contested.cli.sources import opened
from contested.errors import UsageError

SUFFIXES = (".html", ".pdf")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    example = "brief --from 2025-10 --to 2025-10 --place PK --out october.pdf"
    app.command(epilog=f"Example: contested {example}")(brief)


def brief(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Where it goes: .html or .pdf.",
            rich_help_panel=OUTPUT,
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="D",
            help="Not before: 2025, 2025-10 or 2025-10-08.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="D", help="Not after.", rich_help_panel=FILTERS, show_default=False
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A place, a province or a country, by name or code (PK), with all in it.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ACTOR",
            help="An actor's id or name, with its organs and factions; may be repeated.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write a brief: incidents, disputes, trends, map and charts, with sources and method."""
    from contested.pipeline.briefing import BriefOptions, brief_of
    from contested.publish.brief import page, pdf

    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"--out {out}: name a file that ends in .html or .pdf.")
    options = BriefOptions(
        since=since, until=until, place=place, actors=tuple(actor or ()), as_of=as_of
    )
    with opened(record, as_of=as_of) as source:
        found = brief_of(source, options)
    content = pdf(found) if suffix == ".pdf" else page(found).encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"The brief cannot be written to {out} ({error.strerror}). Name another file."
        ) from error
    if found.empty:
        note(found.empty)
    note(f"The brief is in {out}: {found.sums}")
