"""What changed in the record, and which state of it can be cited: `diff`, `snapshot`."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.padding import Padding
from rich.text import Text

from contested.cli.change_words import incident_lines, report_line
from contested.cli.group import FAILED
from contested.cli.options import (
    FILTERS,
    OUTPUT,
    AsOfOption,
    Filters,
    RecordOption,
    filtered,
)
from contested.cli.output import console, note
from contested.cli.sources import opened
from contested.cli.visible import visible
from contested.model import to_plain
from contested.pipeline import Record
from contested.pipeline.changes import Changes
from contested.pipeline.moments import written
from contested.publish.lines import one_line
from contested.publish.words import numbered


class ChangesFormat(StrEnum):
    """How changes are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class SnapshotFormat(StrEnum):
    """How a snapshot is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested diff 2026-11-20 --place Kurram")(filtered(diff))
    app.command(epilog="Example: contested snapshot --as-of 2026-11-20")(snapshot)


def diff(
    filters: Filters,
    date1: Annotated[
        str, typer.Argument(metavar="DATE1", help="From the end of that day, month or year.")
    ],
    date2: Annotated[
        str | None,
        typer.Argument(
            metavar="[DATE2]",
            help="To the end of that one; now, if left out.",
            show_default=False,
        ),
    ] = None,
    incident: Annotated[
        str | None,
        typer.Option(
            "--incident",
            metavar="ID",
            help="Only this incident, and the reports that changed it.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        ChangesFormat,
        typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT),
    ] = ChangesFormat.TABLE,
    record: RecordOption = None,
) -> None:
    """Say what changed in the record between two dates, and through what.

    Reports that were added, changed or read anew; incidents that are new, changed, joined to
    others, split or gone: each changed value, and the report, re-reading or decision that changed
    it. Filters keep what fits them on either date.
    """
    with opened(record) as source:
        found = source.diff(date1, date2, filters.query(), incident)
        if form is ChangesFormat.TABLE:
            _print(found, source)
        elif form is ChangesFormat.JSON:
            plain = {"since": written(found.since), "until": written(found.until)}
            reports = [_plain(one) for one in found.reports]
            incidents = [_plain(one) for one in found.incidents]
            whole = plain | {"reports": reports, "incidents": incidents}
            sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
        else:
            for about, rows in (("report", found.reports), ("incident", found.incidents)):
                for one in rows:
                    sys.stdout.write(one_line({"about": about} | _plain(one)) + "\n")


def _plain(change: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(change)
    return {name: _timed(value) for name, value in plain.items()}


def _timed(value: Any) -> Any:
    """The same with every time as text."""
    if hasattr(value, "isoformat"):
        return written(value)
    if isinstance(value, list):
        return [_timed(each) for each in value]
    if isinstance(value, dict):
        return {name: _timed(each) for name, each in value.items()}
    return value


def _print(found: Changes, source: Record) -> None:
    screen = console()
    screen.print(f"From {written(found.since)}", soft_wrap=True)
    screen.print(f"to   {written(found.until)}: {_sums(found)}.", soft_wrap=True)
    names = {change.report: change.name for change in found.reports}
    if found.reports:
        screen.print("\nREPORTS", style="bold")
    for report in found.reports:
        _say(screen, 2, report_line(report))
    if found.incidents:
        screen.print("\nINCIDENTS", style="bold")
    for incident in found.incidents:
        lines = incident_lines(
            incident,
            source.actor_name,
            lambda id: _name(source, names, id),
            lambda id: source.claim(id).report,
        )
        for indent, words in lines:
            _say(screen, 2 + indent, words)


def _say(screen: Any, indent: int, words: str) -> None:
    screen.print(Padding(Text(visible(words)), (0, 0, 0, indent), expand=False))


def _name(source: Record, names: dict[str, str], report: str) -> str:
    if report not in names:
        names[report] = source.report(report).report.name
    return names[report]


def _sums(found: Changes) -> str:
    if not found.reports and not found.incidents:
        return "nothing changed"
    fates: dict[str, int] = {}
    for change in found.incidents:
        fates[change.what] = fates.get(change.what, 0) + 1
    parts = [f"{number} {what}" for what, number in fates.items()]
    words = [numbered(len(found.reports), "report"), numbered(len(found.incidents), "incident")]
    return " and ".join(words) + (f" ({', '.join(parts)})" if parts else "")


def snapshot(
    form: Annotated[
        SnapshotFormat,
        typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT),
    ] = SnapshotFormat.TEXT,
    verify: Annotated[
        str | None,
        typer.Option(
            "--verify",
            metavar="HASH",
            help="Say whether this hash, citation or snapshot as JSON is that of the record.",
            show_default=False,
        ),
    ] = None,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Print a line by which the record's state can be cited: moment, counts and hash.

    The hash is over all that was current then, and anybody who has the record, or a copy of it,
    gets the same with --as-of that moment. --verify does so; where the hash is another, the exit
    code is 1, and what can be told of the difference is said: against a citation which counts
    differ, against the JSON of a snapshot which parts (reports, readings, claims, incidents,
    decisions).
    """
    with opened(record) as source:
        found = source.snapshot(as_of, verify)
        if form is SnapshotFormat.JSON:
            sys.stdout.write(json.dumps(_timed(to_plain(found)), ensure_ascii=False) + "\n")
        else:
            console().print(found.citation, soft_wrap=True)
        if verify is None:
            return
        if found.same:
            note("The same: the record then is what was cited.")
            return
        for reason in found.why_not:
            note(reason)
    raise typer.Exit(FAILED)
