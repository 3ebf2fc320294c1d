"""Who the sources of the record are, and how reliable each is taken to be."""

from __future__ import annotations

import typer

from contested.cli.options import AsOfOption, Format, FormatOption, RecordOption
from contested.cli.output import Field, Listing, shortened
from contested.cli.sources import opened
from contested.pipeline.grading import SourceOf

SOURCES: Listing[SourceOf] = Listing(
    fields=(
        Field("name", lambda s: s.name, share=2),
        Field("letter", lambda s: s.letter),
        Field("reason", lambda s: shortened(s.reason, 160), share=4),
        Field("reports", lambda s: s.reports, right=True, spare=2),
        Field("claims", lambda s: s.claims, right=True),
        Field("set by", lambda s: s.set_by, share=1, spare=3),
        Field("kind", lambda s: s.kind, spare=4),
        Field("id", lambda s: "" if s.subject == s.name else s.subject, share=1, spare=1),
    ),
    nothing="No sources: the record holds no report.",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sources", epilog="Example: contested sources --format csv")(sources)


def sources(
    record: RecordOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
) -> None:
    """List outlets and speakers: how reliable each is taken to be (A to F), why, and who says so.

    A to F is the Admiralty code of a source; how credible one claim is (1 to 6) is a matter of
    its own, which `contested show` tells. Set letters of your own by `contested decide reliability`
    or in a table `reliability.csv`.
    """
    with opened(record, as_of=as_of) as source:
        SOURCES.print(source.sources(), form)
