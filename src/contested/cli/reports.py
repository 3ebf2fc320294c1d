"""Listing and searching reports."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer
from rich.text import Text

from contested.cli.options import (
    AsOfOption,
    Filters,
    Format,
    FormatOption,
    RecordOption,
    at_most,
    filtered,
)
from contested.cli.output import Field, Listing, note
from contested.cli.sources import listed, opened
from contested.cli.visible import name_of, visible
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
        "notes": list(stored.remarks),
    }


def _found(snippet: str) -> Text:
    """The words of a find, those that were looked for in bold."""
    words = Text()
    for n, part in enumerate(_MARKS.split(visible(" ".join(snippet.split())))):
        words.append(part, style="bold" if n % 2 else "")
    return words


_MARKS = re.compile(r"\[\[|\]\]")

REPORTS: Listing[StoredReport] = Listing(
    fields=(
        Field("published", lambda s: time_in_words(s.report.published)),
        Field("outlet", lambda s: s.report.outlet and s.report.outlet.value, share=2, spare=4),
        Field("title", lambda s: s.report.title and s.report.title.value, share=5, spare=2),
        Field("name", lambda s: s.report.name, share=2, spare=1),
        Field("claims", lambda s: s.total_claims, right=True, spare=3),
        Field("version", lambda s: s.seq, right=True, spare=5),
        Field("id", lambda s: s.report.id),
    ),
    nothing="No reports.",
    plain=_plain,
)
HITS: Listing[Hit] = Listing(
    fields=(
        Field("in", lambda h: h.kind),
        Field("words", lambda h: _found(h.snippet), share=6),
        Field("report", lambda h: h.name, share=2, spare=1),
        Field("id", lambda h: h.id),
    ),
    nothing="Nothing holds all these words. Fewer words, or beginnings (bomb*), find more.",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested reports --since 2025-10")(filtered(reports))
    app.command(epilog="Example: contested search 'suicide bomb* mosque'")(search)


def reports(
    filters: Filters,
    notes: Annotated[
        bool,
        typer.Option("--notes", help="Also list what could not be coded, report by report."),
    ] = False,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List the reports of the record. Dates are those of publication."""
    query = filters.query()
    with opened(record, as_of=as_of) as source:
        listed(source, REPORTS, source.reports, query, form)
        if notes:
            for stored in source.reports(query):
                for remark in stored.remarks:
                    note(f"note on {name_of(stored.report.name)}: {remark}")


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='Words, "phrases", bomb*.')],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Find reports and passages that hold all the words, best first.

    In JSON and CSV the words that were found stand between [[ and ]].
    """
    at_most(limit)
    with opened(record, as_of=as_of) as source:
        HITS.print(source.search(" ".join(words), limit), form)
