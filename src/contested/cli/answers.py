"""What the commands of `contested analyse` share: their options as one object, and printing."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from contested.analyse.answer import Answer
from contested.analyse.charts.saving import SUFFIXES, save
from contested.cli.hearing import listener, step
from contested.cli.options import (
    FILTERS,
    OUTPUT,
    AsOfOption,
    Filters,
    Format,
    RecordOption,
    expanded,
)
from contested.cli.output import Listing, console, note
from contested.cli.sources import opened
from contested.errors import NothingToAnalyse, UsageError
from contested.model import Incident, to_plain

if TYPE_CHECKING:
    from contested.analyse.draws import DrawOptions, Draws
    from contested.analyse.events import Events
    from contested.pipeline import Record

R = TypeVar("R")
DRAWING = "Draws"


class AnalysisFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormOption = Annotated[
    AnalysisFormat, typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of every analysis over draws. `again` is the command as it was given."""

    form: FormOption = AnalysisFormat.TABLE
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="FILE",
            help=f"Draw it into a file: {', '.join(SUFFIXES)}.",
            rich_help_panel=OUTPUT,
            show_default=False,
        ),
    ] = None
    draws: Annotated[
        int,
        typer.Option("--draws", metavar="N", help="Plausible records.", rich_help_panel=DRAWING),
    ] = 200
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="N", help="Where chance begins.", rich_help_panel=DRAWING),
    ] = 1
    undercount: Annotated[
        float | None,
        typer.Option(
            "--undercount",
            metavar="SHARE",
            help="The share of happenings that no report tells (0.2: one in five).",
            rich_help_panel=DRAWING,
            show_default=False,
        ),
    ] = None
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="FILE",
            help="A table of events (UCDP GED, ACLED, GTD; .csv, .csv.gz) instead of the record.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None
    record: RecordOption = None
    as_of: AsOfOption = None
    again: str = ""

    @property
    def options(self) -> DrawOptions:
        """How to draw. Raises UsageError where a number makes no sense."""
        from contested.analyse.draws import DrawOptions

        return DrawOptions(count=self.draws, seed=self.seed, undercount=self.undercount)

    def opened(self) -> AbstractContextManager[Record]:
        """The record that was asked for, as of when it was asked for."""
        return opened(self.record, as_of=self.as_of)

    def events(self, filters: Filters) -> Events:
        """Incidents of the record that fit, or rows of the data set that was named.

        Raises NothingToAnalyse where none fits.
        """
        query = filters.query()
        if self.data is not None:
            if self.record is not None or self.as_of is not None:
                raise UsageError(
                    "--data goes without --record and --as-of: it stands instead of the record."
                )
            from contested.pipeline.datasets import read_dataset

            found = read_dataset(self.data, query)
            why = f"No row of {self.data} fits the filters."
        else:
            with self.opened() as source:
                found = source.events(query)
                why = "" if len(found) else source.why_nothing(query)
        if not len(found):
            raise NothingToAnalyse(
                f"There is nothing to answer from. {why or 'No incident fits; widen the filters.'}"
            )
        return found

    def drawn(self, filters: Filters) -> Draws:
        """Draws of those events."""
        from contested.analyse.draws import draw

        options = self.options
        events = self.events(filters)
        step(f"drawing {options.count:,} plausible records of {len(events):,} incidents")
        return draw(events, options)

    def incidents(self, filters: Filters) -> list[Incident]:
        """Incidents of the record that fit, for analyses that ask who said what."""
        if self.data is not None:
            raise UsageError("A table of events holds no claims: leave out --data.")
        return incidents_of(filters, self.record, self.as_of)

    def tell(
        self,
        found: Answer,
        table: Listing[Any],
        chart: Callable[[], dict[str, Any]] | None = None,
        rows: Sequence[Any] | None = None,
    ) -> None:
        """Print an answer as asked, and draw it where a chart was asked for."""
        if (heard := listener()) and chart is not None:
            step("drawing the chart")
            heard.chart = chart()
        if self.chart is not None:
            if chart is None:
                raise UsageError("This answer has no chart: leave out --chart.")
            save(chart(), self.chart)
            note(f"The chart is in {self.chart}.")
        tell(found, table, found.rows if rows is None else rows, self.form, self.again)


def answering(command: Callable[..., R]) -> Callable[..., R]:
    """Give `command`, which takes `asked`, an option for every field of `Asked` that is one."""
    return expanded(Asked, "asked", lambda context: {"again": _again(context)})(command)


def _again(context: Any) -> str:
    """The command with the options that were given, as it can be typed again."""
    words = str(context.command_path).split()
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name)
        if source is None or source.name != "COMMANDLINE" or parameter.name == "chart":
            continue
        value = context.params.get(parameter.name)
        name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else None
        if isinstance(value, bool):
            words.append(name if value else str(parameter.secondary_opts[0]))  # type: ignore[arg-type]
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            words += [*filter(None, [name]), str(getattr(one, "value", one))]
    return shlex.join(words)


def incidents_of(filters: Filters, record: str | None, as_of: str | None) -> list[Incident]:
    """Incidents of the record that fit; where there are none, why is said beside the answer."""
    query = filters.query()
    with opened(record, as_of=as_of) as source:
        found = source.incidents(query)
        if not found and (why := source.why_nothing(query)):
            note(why)
        return found


def tell(
    found: Answer,
    table: Listing[Any],
    rows: Sequence[Any],
    form: AnalysisFormat,
    again: str = "",
) -> None:
    """The sentence, the table, the assumptions; or all of it, or the rows, for programs.

    The command that gives it again goes to standard error: the answer is the same whenever and
    however it was asked for.
    """
    warnings: Iterable[str] = getattr(found, "warnings", ())
    if heard := listener():
        heard.found, heard.again = found, again
        if rows:
            table.print(rows, Format.TABLE)
        return
    if form is AnalysisFormat.JSON:
        plain = to_plain(found)
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return
    for words in warnings:
        note(f"Warning: {words}")
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
    if again:
        note(f"Again: {again}")
