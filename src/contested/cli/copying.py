"""Moving a record to another place: `copy`."""

from __future__ import annotations

from typing import Annotated

import typer

from contested.cli.output import note
from contested.publish.words import numbered
from contested.record import copy


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("copy", epilog="Example: contested copy my.sqlite postgresql://ana@server/record")(
        copy_
    )


def copy_(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The record: a file, or postgresql://…")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Where no record is yet: a file, or postgresql://…")
    ],
) -> None:
    """Copy a whole record to another place, from a file to a PostgreSQL server or back.

    Nothing is lost: reports, their original bytes, claims, incidents, history, log, ids and
    times. The copy is read back and compared before it counts; if anything fails, nothing is
    kept of it. FROM is not changed, and may be in use. TO must be empty.
    """
    done = copy(source, target)
    for name, rows in done.rows.items():
        note(f"{name:<18} {rows:>9}")
    note(f"copied     {numbered(sum(done.rows.values()), 'row')}, read back and found the same")
    note(f"from       {done.source}")
    note(f"to         {done.target}")
