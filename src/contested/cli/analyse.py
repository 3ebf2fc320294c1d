"""Questions that are answered from many incidents: `analyse trend`, `disputes`, `voices`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.analyse import (
    Disagreement,
    Disputes,
    FigureOf,
    Trend,
    TrendRow,
    VoicePair,
    Voices,
    disputes,
    trend,
    voices,
)
from contested.analyse.trend import Range, runs, span
from contested.cli.options import OUTPUT, AsOfOption, Filters, Format, RecordOption, filtered
from contested.cli.output import Field, Listing, console, note
from contested.cli.sources import opened
from contested.model import Incident, to_plain
from contested.publish.words import phrase, span_in_words, victims_in_words


class AnalysisFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class By(StrEnum):
    """How long a period is."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


class Group(StrEnum):
    """What incidents are told apart by."""

    ACTOR = "actor"
    ADMIN1 = "admin1"
    TYPE = "type"


FormOption = Annotated[
    AnalysisFormat, typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT)
]

analysis = typer.Typer(
    name="analyse",
    help="Answer from many incidents, with the dispute carried through.",
    epilog="Example: contested analyse disputes --since 2025",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    analysis.registered_commands.clear()
    for command, example in (
        (trend_, "trend --by week --group actor --since 2025-10"),
        (disputes_, "disputes --actor ttp"),
        (voices_, "voices --place PK --format csv"),
    ):
        name = command.__name__.rstrip("_")
        analysis.command(name, epilog=f"Example: contested analyse {example}")(filtered(command))
    app.add_typer(analysis)


def _said(voice: FigureOf) -> str:
    number = span_in_words(voice.low, voice.high)
    return f"{voice.voice} {number}" + (f" ({voice.stance})" if voice.stance != "asserts" else "")


def _whom(row: Disagreement) -> str:
    return f"{victims_in_words(row.victims)} {phrase(row.effect)}"


def _run(first: TrendRow, last: TrendRow) -> str:
    return first.period if first is last else f"{first.period} to {last.period}, each"


def _each(first: TrendRow, last: TrendRow) -> str:
    if first is last or first.incidents.high == 0:
        return span(first.incidents)
    return f"{first.incidents.low:g} to {first.incidents.high:g}"


TREND: Listing[TrendRow] = Listing(fields=(), nothing="", plain=lambda row: _flat(to_plain(row)))
RUNS: Listing[tuple[TrendRow, TrendRow]] = Listing(
    fields=(
        Field("period", lambda r: _run(*r)),
        Field("group", lambda r: r[0].group, share=2),
        Field("incidents", lambda r: _each(*r), right=True),
        Field("killed", lambda r: span(r[0].deaths), right=True),
        Field("no figure", lambda r: r[0].without_toll, right=True, spare=1),
    ),
    nothing="",
)
DISPUTES: Listing[Disagreement] = Listing(
    fields=(
        Field("when", lambda r: r.when or "date unknown"),
        Field("where", lambda r: r.where or "place unknown", share=2, spare=1),
        Field("what", lambda r: phrase(r.type), share=2, spare=3),
        Field("of whom", _whom, share=2),
        Field("ratio", lambda r: "–" if r.ratio is None else f"{r.ratio:g}", right=True, spare=2),
        Field("voices", lambda r: "; ".join(map(_said, r.voices)), share=5),
        Field("id", lambda r: r.incident),
    ),
    nothing="",
)
VOICES: Listing[VoicePair] = Listing(
    fields=(
        Field("voice", lambda r: r.one, share=2),
        Field("and voice", lambda r: r.other, share=2),
        Field("incidents", lambda r: r.incidents, right=True),
        Field("tolls", lambda r: r.tolls, right=True),
        Field("higher", lambda r: r.higher, right=True),
        Field("equal", lambda r: r.equal, right=True),
        Field("lower", lambda r: r.lower, right=True),
        Field("median ratio", lambda r: "–" if r.ratio is None else f"{r.ratio:g}", right=True),
        Field(
            "log",
            lambda r: "–" if r.log_ratio is None else f"{r.log_ratio:g}",
            right=True,
            spare=2,
        ),
        Field(
            "95%",
            lambda r: r.note if r.low is None else f"{r.low:g} to {r.high:g}",
            share=2,
            spare=1,
        ),
    ),
    nothing="",
    plain=to_plain,
)


def trend_(
    filters: Filters,
    by: Annotated[By, typer.Option(help="How long a period is.")] = By.MONTH,
    group: Annotated[
        Group | None, typer.Option(help="Tell incidents apart by this.", show_default=False)
    ] = None,
    form: FormOption = AnalysisFormat.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Count incidents and the killed a period: what is sure, likely and possible."""
    found = trend(_incidents(filters, record, as_of), by.value, group.value if group else None)
    if form is not AnalysisFormat.TABLE:
        _tell(found, TREND, found.rows, form)
        return
    shown = RUNS.fields if group else tuple(f for f in RUNS.fields if f.head != "group")
    _tell(found, Listing(fields=shown, nothing=""), runs(found.rows), form)


def disputes_(
    filters: Filters,
    form: FormOption = AnalysisFormat.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List the numbers on which voices disagree, the widest disagreement first."""
    found = disputes(_incidents(filters, record, as_of))
    if form is AnalysisFormat.CSV:
        note(found.answer)
        spoken: Listing[dict[str, Any]] = Listing(fields=(), nothing="", plain=dict)
        spoken.print([line for row in found.rows for line in _long(row)], Format.CSV)
        return
    _tell(found, DISPUTES, found.rows, form)
    if form is AnalysisFormat.TABLE:
        for other in found.elsewhere:
            note(f"{other.incident} {phrase(other.type)}: {'; '.join(other.about)}")


def voices_(
    filters: Filters,
    form: FormOption = AnalysisFormat.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Compare the figures of every two voices that speak of the same."""
    found = voices(_incidents(filters, record, as_of))
    _tell(found, VOICES, found.rows, form)


def _incidents(filters: Filters, record: str | None, as_of: str | None) -> list[Incident]:
    query = filters.query()
    with opened(record, as_of=as_of) as source:
        found = source.incidents(query)
        if not found and (why := source.why_nothing(query)):
            note(why)
        return found


def _tell(
    found: Trend | Disputes | Voices,
    table: Listing[Any],
    rows: Sequence[Any],
    form: AnalysisFormat,
) -> None:
    """The sentence, the table, the assumptions; or all of it, or the rows, for programs."""
    if form is AnalysisFormat.JSON:
        plain = to_plain(found)
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return
    if form is AnalysisFormat.CSV:
        note(found.answer)
        table.print(rows, Format.CSV)
        return
    screen = console()
    screen.print(found.answer, soft_wrap=True)
    if rows:
        screen.print()
        table.print(rows, Format.TABLE)
    screen.print("\nAssumed:")
    for words in found.assumptions:
        screen.print(f"- {words}", soft_wrap=True)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Nested ranges as columns of their own: `incidents_low`, `incidents_best`, …"""
    out: dict[str, Any] = {}
    for name, value in row.items():
        if name in ("incidents", "deaths"):
            inner = value or {}
            out |= {f"{name}_{field.name}": inner.get(field.name) for field in fields(Range)}
        else:
            out[name] = value
    return out


def _long(row: Disagreement) -> list[dict[str, Any]]:
    """A line for every voice of a dispute."""
    plain = to_plain(row)
    voices_said = plain.pop("voices")
    return [plain | {**voice, "claims": " ".join(voice["claims"])} for voice in voices_said]
