"""`contested analyse trend`: how many, when."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.analyse import Trend, TrendRow, trend
from contested.analyse.answer import Band
from contested.analyse.trend import Grouping, Range, runs, span
from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing, note
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
    TARGET = "target"
    ADMIN1 = "admin1"
    TYPE = "type"


ByOption = Annotated[By, typer.Option(help="How long a period is.")]


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "trend --by week --group actor --since 2025-10"
    analysis.command("trend", epilog=f"Example: contested analyse {example}")(
        filtered(answering(trend_))
    )


def _run(first: TrendRow, last: TrendRow) -> str:
    return first.period if first is last else f"{first.period} to {last.period}, each"


def _each(first: TrendRow, last: TrendRow) -> str:
    if first is last or first.incidents.high == 0:
        return span(first.incidents)
    return f"{first.incidents.low:g} to {first.incidents.high:g}"


def _drawn(row: tuple[TrendRow, TrendRow], band: Band | None, beside: Range | None) -> str:
    """The interval of draws, where it is not what stands beside it already."""
    if band is None or row[0] is not row[1] or band.low == band.high:
        return ""
    if beside is not None and (band.low, band.high) == (beside.low, beside.high):
        return ""
    return f"{band.low:g} to {band.high:g}"


TREND: Listing[TrendRow] = Listing(fields=(), nothing="", plain=lambda row: _flat(to_plain(row)))
RUNS: Listing[tuple[TrendRow, TrendRow]] = Listing(
    fields=(
        Field("period", lambda r: _run(*r)),
        Field("group", lambda r: r[0].group, share=2),
        Field("incidents", lambda r: _each(*r), right=True),
        Field("90%", lambda r: _drawn(r, r[0].incidents_band, r[0].incidents), right=True, spare=2),
        Field("killed", lambda r: span(r[0].deaths), right=True),
        Field("90% ", lambda r: _drawn(r, r[0].deaths_band, r[0].deaths), right=True, spare=2),
        Field("no figure", lambda r: r[0].without_toll, right=True, spare=1),
    ),
    nothing="",
)


def trend_(
    filters: Filters,
    asked: Asked,
    by: ByOption = By.MONTH,
    group: Annotated[
        Group | None, typer.Option(help="Tell incidents apart by this.", show_default=False)
    ] = None,
) -> None:
    """Count incidents and the killed a period: what is sure, likely and possible."""
    from contested.analyse.charts.trend import chart

    found = _found(filters, asked, by, group)
    if asked.form is not AnalysisFormat.TABLE:
        asked.tell(found, TREND, lambda: chart(found))
        return
    shown = RUNS.fields if group else tuple(f for f in RUNS.fields if f.head != "group")
    table: Listing[Any] = Listing(fields=shown, nothing="")
    asked.tell(found, table, lambda: chart(found), runs(found.rows))


def _found(filters: Filters, asked: Asked, by: By, group: Group | None) -> Trend:
    """Of a record what is sure and possible, with the interval of draws; of a table the draws."""
    from contested.analyse.banded import trend_of, with_bands
    from contested.analyse.draws import draw

    options = asked.options
    apart: Grouping | None = group.value if group else None
    if asked.data is not None:
        return trend_of(draw(asked.events(filters), options), by.value, apart)
    query = filters.query()
    with asked.opened() as source:
        known = source.incidents(query)
        if not known and (why := source.why_nothing(query)):
            note(why)
        found = trend(known, by.value, apart)
        return with_bands(found, draw(source.events_of(known), options))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Nested ranges as columns of their own: `incidents_low`, `incidents_best`, …"""
    out: dict[str, Any] = {}
    for name, value in row.items():
        inner = value or {}
        if name in ("incidents", "deaths"):
            out |= {f"{name}_{field.name}": inner.get(field.name) for field in fields(Range)}
        elif name in ("incidents_band", "deaths_band"):
            of = name.removesuffix("_band")
            out |= {f"{of}_drawn_{end}": inner.get(end) for end in ("low", "high")}
        else:
            out[name] = value
    return out
