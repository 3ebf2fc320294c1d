"""`contested analyse forecast`: what may come, with how good such forecasts were."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.options import Filters, Format, filtered
from contested.cli.output import Field, Listing, console

HERE = "Forecast"


class Cells(StrEnum):
    """What is forecast each for itself."""

    ACTOR = "actor"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    ALL = "all"


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "forecast --by actor --ahead 6 --since 2021"
    analysis.command("forecast", epilog=f"Example: contested analyse {example}")(
        filtered(answering(forecast_))
    )


ROWS: Listing[Any] = Listing(
    fields=(
        Field("month", lambda r: r.month),
        Field("of", lambda r: r.cell, share=2),
        Field("", lambda r: r.measure, spare=1),
        Field("low", lambda r: f"{r.low:,}", right=True),
        Field("middle", lambda r: f"{r.median:,}", right=True),
        Field("high", lambda r: f"{r.high:,}", right=True),
        Field("any", lambda r: f"{r.any:.0%}", right=True, spare=2),
        Field(
            "own history",
            lambda r: f"{r.own_low:,} to {r.own_high:,}",
            right=True,
            spare=3,
        ),
    ),
    nothing="",
)
TESTS: Listing[Any] = Listing(
    fields=(
        Field("tested on the past", lambda r: r.measure),
        Field("months", lambda r: r.months, right=True),
        Field("CRPS", lambda r: f"{r.crps:g}", right=True),
        Field("own history", lambda r: f"{r.crps_own_history:g}", right=True),
        Field("held, none", lambda r: _share(r.covered_zero), right=True, spare=1),
        Field("held, any", lambda r: _share(r.covered_some), right=True),
    ),
    nothing="",
)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def forecast_(
    filters: Filters,
    asked: Asked,
    by: Annotated[
        Cells, typer.Option(help="What is forecast each for itself.", rich_help_panel=HERE)
    ] = Cells.ADMIN1,
    ahead: Annotated[
        int, typer.Option(metavar="N", help="Months ahead, 1 to 12.", rich_help_panel=HERE)
    ] = 6,
    most: Annotated[
        int,
        typer.Option(
            metavar="N", help="So many with most incidents; the rest as one.", rich_help_panel=HERE
        ),
    ] = 8,
    level: Annotated[
        float,
        typer.Option(metavar="SHARE", help="Chance of the interval.", rich_help_panel=HERE),
    ] = 0.9,
    last: Annotated[
        str | None,
        typer.Option(
            metavar="MONTH",
            help="The last month that is over, like 2025-10.",
            rich_help_panel=HERE,
            show_default=False,
        ),
    ] = None,
    keep_gaps: Annotated[
        bool,
        typer.Option("--keep-gaps", help="Long silence is peace.", rich_help_panel=HERE),
    ] = False,
    hawkes: Annotated[
        bool,
        typer.Option(help="Let the process of who answers whom take part.", rich_help_panel=HERE),
    ] = True,
) -> None:
    """Forecast incidents and deaths a month, as intervals, beside how good they were before."""
    from contested.analyse.forecast import ForecastOptions, forecast

    options = ForecastOptions(
        by=by.value,
        ahead=ahead,
        most=most,
        last=last,
        level=level,
        keep_gaps=keep_gaps,
        hawkes=hawkes,
    )
    found = forecast(asked.drawn(filters), options)

    def drawn() -> dict[str, Any]:
        from contested.analyse.charts.forecast import chart

        return chart(found)

    asked.tell(found, ROWS, drawn)
    if asked.form is AnalysisFormat.TABLE:
        console().print()
        TESTS.print(found.backtests, Format.TABLE)
