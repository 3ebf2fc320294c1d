"""Comparing what the rules and a language model read: `crosscheck`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from contested.cli.group import FAILED
from contested.cli.llm import Asked, agreed, asking
from contested.cli.options import (
    KINDS,
    AsOfOption,
    Format,
    FormatOption,
    LanguageOption,
    MaybePaths,
    RecordOption,
    settings_of,
)
from contested.cli.output import Field, Listing, note, shortened
from contested.cli.sources import opened, tell_skipped
from contested.cli.words import gist
from contested.errors import LanguageModelError, UsageError
from contested.model import Claim
from contested.pipeline import Refusal, Skipped
from contested.pipeline.crosscheck import VERDICTS, Compared
from contested.pipeline.modelled import plan as plan_model
from contested.publish.words import numbered, phrase

ROWS: Listing[Compared] = Listing(
    fields=(
        Field("which", lambda r: phrase(r.verdict)),
        Field("kind", lambda r: r.kind, spare=2),
        Field("rules", lambda r: _gist(r.rules), share=3),
        Field("model", lambda r: _gist(r.model), share=3),
        Field("differ in", lambda r: ", ".join(d.field for d in r.differences), share=2),
        Field("words", lambda r: shortened(r.quote, 60), share=3, spare=3),
        Field("report", lambda r: r.name, share=1, spare=4),
    ),
    nothing="Nothing to compare.",
)


def _gist(claim: Claim | None) -> str:
    return "" if claim is None else str(gist(claim))


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: contested crosscheck reports/ --model gpt-5-mini")(
        asking(crosscheck)
    )


def crosscheck(
    asked: Asked,
    paths: MaybePaths = None,
    form: FormatOption = Format.TABLE,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="WHICH",
            help=f"{', '.join(VERDICTS)}; may be repeated.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="A kind of claim; may be repeated."),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="REPORT", help="A report's id, or a part of its name."),
    ] = None,
    record: RecordOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = None,
) -> None:
    """Show where the rules and a language model differ, claim by claim.

    With PATH these reports are sent to the language model, once you agree. Without PATH what the
    record holds of both is compared (`contested add --read-with both`), and nothing is sent.
    """
    for option, known, given in (("--only", VERDICTS, only), ("--kind", KINDS, kind)):
        for word in given or ():
            if word not in known:
                raise UsageError(f"{option} {word}: choose {', '.join(known)}.")
    if paths and as_of is not None:
        raise UsageError("--as-of asks a record, and PATH goes without one. Leave one of them out.")
    rows, skipped = _sent(paths, asked, language) if paths else _kept(record, as_of, asked)
    rows = [r for r in rows if _is_of(r, report) and (not kind or r.kind in kind)]
    counts = Counter(row.verdict for row in rows)
    ROWS.print([row for row in rows if not only or row.verdict in only], form)
    if rows:
        note("; ".join(f"{counts[one]} {phrase(one)}" for one in VERDICTS))
    tell_skipped(skipped)
    if skipped:
        raise typer.Exit(FAILED)


def _is_of(row: Compared, report: str | None) -> bool:
    return report is None or row.report == report or report in row.name


def _kept(
    record: str | None, as_of: str | None, asked: Asked
) -> tuple[list[Compared], list[Skipped]]:
    """What the record holds of both."""
    if asked.named():
        raise UsageError("Name the reports to send: contested crosscheck PATH… --model NAME.")
    with opened(record, as_of=as_of) as source:
        rows = source.crosscheck()
    if not rows:
        note("No report of the record was read by a language model: add --read-with both.")
    return rows, []


def _sent(
    paths: Sequence[str], asked: Asked, language: str | None
) -> tuple[list[Compared], list[Skipped]]:
    """What rules and model say of files."""
    settings = settings_of(None, language)
    rows: list[Compared] = []
    skipped: list[Skipped] = []
    plan = plan_model(paths, asked.reading(settings), settings)
    with agreed(plan, asked, settings):
        try:
            for one in plan.crosschecks():
                if not isinstance(one, Refusal):
                    rows += one
                elif not one.incidental:
                    skipped.append(Skipped(one.name, str(one.error)))
        except LanguageModelError as error:
            note(f"stopped    {error}")
            skipped.append(Skipped("the rest", f"not compared: {numbered(len(rows), 'claim')} are"))
    return rows, skipped
