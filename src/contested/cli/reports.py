"""Listing and searching reports."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from contested.cli.options import Filters, Format, FormatOption, RecordOption, filtered
from contested.cli.output import Field, Listing
from contested.cli.sources import opened
from contested.model import to_plain
from contested.publish.words import time_in_words
from contested.record import Hit, StoredReport


def _plain(stored: StoredReport) -> dict[str, Any]:
    """A report without its text, and what was found in it."""
    plain: dict[str, Any] = to_plain(stored.report)
    del plain["text"]
    return plain | {
        "version": stored.report.version,
        "versions": stored.seq,
        "characters": len(stored.report.text),
        "captured_at": stored.captured_at.isoformat(),
        "method": stored.method,
        "claims": dict(stored.claims),
    }


REPORTS: Listing[StoredReport] = Listing(
    fields=(
        Field("published", lambda s: time_in_words(s.report.published)),
        Field("outlet", lambda s: s.report.outlet and s.report.outlet.value, share=2),
        Field("title", lambda s: s.report.title and s.report.title.value, share=5),
        Field("name", lambda s: s.report.name, share=2),
        Field("claims", lambda s: s.total_claims, right=True),
        Field("version", lambda s: s.seq, right=True),
        Field("id", lambda s: s.report.id),
    ),
    nothing="No reports. `contested add PATH` reads reports in; `contested demo` shows a sample.",
    plain=_plain,
)
HITS: Listing[Hit] = Listing(
    fields=(
        Field("in", lambda h: h.kind),
        Field("words", lambda h: h.snippet, share=6),
        Field("report", lambda h: h.name, share=2),
        Field("id", lambda h: h.id),
    ),
    nothing="Nothing holds all these words. Fewer words, or beginnings (bomb*), find more.",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested reports --since 2025-10")(filtered(reports))
    app.command(epilog="Example: contested search 'suicide bomb* mosque'")(search)


def reports(
    filters: Filters, form: FormatOption = Format.TABLE, record: RecordOption = None
) -> None:
    """List the reports of the record. Dates are those of publication."""
    query = filters.query()
    with opened(record) as source:
        REPORTS.print(source.reports(query), form)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='Words, "phrases", bomb*.')],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """Find reports and passages that hold all the words, best first."""
    with opened(record) as source:
        HITS.print(source.search(" ".join(words), limit), form)
