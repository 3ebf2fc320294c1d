"""`contested analyse trend`: how many, when."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.analyse import TrendRow, trend
from contested.analyse.trend import Range, runs, span
from contested.cli.answers import AnalysisFormat, FormOption, incidents_of, tell
from contested.cli.options import AsOfOption, Filters, RecordOption, filtered
from contested.cli.output import Field, Listing
from contested.model import to_plain


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


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "trend --by week --group actor --since 2025-10"
    analysis.command("trend", epilog=f"Example: contested analyse {example}")(filtered(trend_))


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
    found = trend(incidents_of(filters, record, as_of), by.value, group.value if group else None)
    if form is not AnalysisFormat.TABLE:
        tell(found, TREND, found.rows, form)
        return
    shown = RUNS.fields if group else tuple(f for f in RUNS.fields if f.head != "group")
    tell(found, Listing(fields=shown, nothing=""), runs(found.rows), form)


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
