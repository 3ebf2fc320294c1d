"""`contested analyse change` and `breaks`: what changed, and when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.options import FILTERS, Filters, Format, filtered
from contested.cli.output import Field, Listing, console, note
from contested.cli.trends import By, ByOption
from contested.errors import DatasetError, UsageError

if TYPE_CHECKING:
    from contested.analyse.breaks import Break
    from contested.analyse.change import ChangeRow, StepOf
    from contested.analyse.series import Series


class Measured(StrEnum):
    """What is counted."""

    INCIDENTS = "incidents"
    DEATHS = "deaths"


MeasureOption = Annotated[Measured, typer.Option(help="What is counted.")]
CountsOption = Annotated[
    Path | None,
    typer.Option(
        "--counts",
        metavar="FILE",
        help="A table of counts that somebody published (.csv: period, count) instead.",
        rich_help_panel=FILTERS,
        show_default=False,
    ),
]


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    for name, command, example in (
        ("change", change_, "change --at 2022-11-28 --actor ttp"),
        ("breaks", breaks_, "breaks --by month --place PK"),
    ):
        analysis.command(name, epilog=f"Example: contested analyse {example}")(
            filtered(answering(command))
        )


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:g} to {high:g}"


def _chance(share: float | None) -> str:
    return "" if share is None else "<0.001" if share < 0.001 else f"{share:.2g}"


def _percent(step: StepOf) -> str:
    from contested.analyse.change import percent_of

    return percent_of(step)


ROWS: Listing[ChangeRow] = Listing(
    fields=(
        Field("what", lambda r: r.what),
        Field("value", lambda r: "–" if r.value is None else f"{r.value:g}", right=True),
        Field("interval", lambda r: _ends(r.low, r.high), right=True),
        Field("p", lambda r: _chance(r.chance), right=True, spare=2),
        Field("meaning", lambda r: r.meaning, share=1, spare=1),
    ),
    nothing="",
)
STEPS: Listing[StepOf] = Listing(
    fields=(
        Field("from", lambda r: r.since),
        Field("to", lambda r: r.until),
        Field("before", lambda r: f"{r.before:g}", right=True),
        Field("after", lambda r: f"{r.after:g}", right=True),
        Field("change", _percent, right=True),
    ),
    nothing="",
)
BREAKS: Listing[Break] = Listing(
    fields=(
        Field("with", lambda r: r.period),
        Field("anywhere from", lambda r: r.earliest, spare=1),
        Field("to", lambda r: r.latest, spare=1),
        Field("before", lambda r: f"{r.before:g}", right=True),
        Field("after", lambda r: f"{r.after:g}", right=True),
        Field("ratio", lambda r: r.ratio.words() if r.ratio else "from nothing", right=True),
        Field("p", lambda r: f"{r.chance:.2g}", right=True, spare=3),
        Field("second", lambda r: r.second or "no", spare=2),
    ),
    nothing="",
)


def change_(
    filters: Filters,
    asked: Asked,
    at: Annotated[str, typer.Option(help="The date: before and after it.", metavar="DATE")],
    by: ByOption = By.MONTH,
    measure: MeasureOption = Measured.INCIDENTS,
    counts: CountsOption = None,
) -> None:
    """Test “… have steadily risen since DATE”, and say when the rise began.

    Level and slope before and after a date, by an interrupted time series pooled over draws; the
    bare arithmetic where there is too little for a model.
    """
    from contested.analyse.change import change
    from contested.analyse.charts.change import chart

    found = change(_series(filters, asked, by, measure, counts), _date(at))
    asked.tell(found, ROWS, lambda: chart(found))
    if found.steps and asked.form is AnalysisFormat.TABLE:
        console().print()
        STEPS.print(found.steps, Format.TABLE)


def breaks_(
    filters: Filters,
    asked: Asked,
    by: ByOption = By.MONTH,
    measure: MeasureOption = Measured.INCIDENTS,
    counts: CountsOption = None,
) -> None:
    """Find when the level changed, once or several times, and how sure that is."""
    from contested.analyse.breaks import breaks
    from contested.analyse.charts.breaks import chart

    found = breaks(_series(filters, asked, by, measure, counts), asked.seed)
    asked.tell(found, BREAKS, lambda: chart(found))


def _series(
    filters: Filters, asked: Asked, by: By, measure: Measured, counts: Path | None
) -> Series:
    from dataclasses import replace

    from contested.analyse.counts import series_of_counts
    from contested.analyse.series import series

    if counts is None:
        return series(asked.drawn(filters), by.value, measure.value)
    others: list[Any] = [asked.data, asked.record, asked.as_of]
    if any(other is not None for other in others) or filters != Filters():
        raise UsageError(
            "--counts holds numbers alone: leave out the filters, --data, --record and --as-of."
        )
    if by is not By.MONTH:
        note("--by is left aside: the table of counts has its own periods.")
    return replace(series_of_counts(_text(counts), str(counts)), measure=measure.value)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise DatasetError(str(path), "it is no text in UTF-8.", "Save it as CSV.") from None
    except OSError as error:
        raise DatasetError(
            str(path), f"it cannot be read ({error.strerror}).", "Name a table of counts."
        ) from None


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--at {text}: write a day, as in 2022-11-28.") from None
