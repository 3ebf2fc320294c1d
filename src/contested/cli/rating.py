"""Who the sources of the record are, and how reliable each is taken to be."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import typer

from contested.cli.options import AsOfOption, Format, FormatOption, RecordOption
from contested.cli.output import Field, Listing, console
from contested.cli.sources import opened
from contested.cli.visible import visible
from contested.pipeline.grading import SourceOf

NOTHING = "No sources: the record holds no report."
Why = tuple[str, str, str]
"""A letter, who set it, and the reason: many sources share one."""


def why(source: SourceOf) -> Why:
    """What is said once for all sources that share it."""
    return source.letter, source.set_by, source.reason


def numbered_whys(sources: Sequence[SourceOf]) -> dict[Why, int]:
    """A number for each reason, from 1, in the order in which they come."""
    return {each: n for n, each in enumerate(dict.fromkeys(map(why, sources)), 1)}


def listing(whys: dict[Why, int]) -> Listing[SourceOf]:
    """The list of sources, each with the number of its reason."""
    return Listing(
        fields=(
            Field("source", lambda s: s.name, share=3),
            Field("letter", lambda s: s.letter),
            Field("why", lambda s: f"({whys[why(s)]})" if why(s) in whys else "", right=True),
            Field("reports", lambda s: s.reports, right=True, spare=3),
            Field("claims", lambda s: s.claims, right=True, spare=2),
            Field("kind", lambda s: s.kind, spare=4),
            Field("id", lambda s: "" if s.subject == s.name else s.subject, spare=5),
        ),
        nothing=NOTHING,
    )


def legend(whys: dict[Why, int]) -> None:
    """Each reason once, below the table."""
    screen = console()
    for (letter, by, reason), number in whys.items():
        words = visible(f"{f'({number})':<5}{letter}, by {by}: {reason}")
        screen.print("\n" * (number == 1) + fill(words, screen.width, subsequent_indent=" " * 5))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sources", epilog="Example: contested sources --format csv")(sources)


def sources(
    record: RecordOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
) -> None:
    """List outlets and speakers: how reliable each is taken to be (A to F), why, and who says so.

    Reports are those that an outlet published or that quote a speaker; claims those that a source
    makes itself. The numbers under why are told below the table.

    A to F is the Admiralty code of a source; how credible one claim is (1 to 6) is a matter of
    its own, which `contested show` tells. Set letters of your own by `contested decide reliability`
    or in a table `reliability.csv`.
    """
    with opened(record, as_of=as_of) as source:
        found = source.sources()
        whys = numbered_whys(found)
        listing(whys).print(found, form)
        if form is Format.TABLE:
            legend(whys)
