"""Where a list comes from: the record, or files that are looked at without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from contested.cli.group import FAILED
from contested.cli.hearing import listener, step
from contested.cli.options import Format, settings_of
from contested.cli.output import Listing, messages, note, shortened
from contested.cli.visible import name_of
from contested.errors import UsageError
from contested.model.query import Query
from contested.pipeline import Progress, Record, Skipped
from contested.pipeline.moments import written
from contested.record import StoredReport


@contextmanager
def opened(
    record: str | None, paths: Sequence[str] | None = None, as_of: str | None = None
) -> Iterator[Record]:
    """The record to read from; with `paths`, one made of these alone and then forgotten.

    With `as_of` it is the record as it was then.

    Where one of `paths` could not be read, the exit code is 1 once the answer is given.
    """
    if (heard := listener()) and not paths:
        step("reading the record")
        yield heard.record if as_of is None else _then(heard.record, as_of)
        return
    settings = settings_of(record)
    if not paths:
        with Record.open(create=False, settings=settings) as existing:
            yield existing if as_of is None else _then(existing, as_of)
        return
    if as_of is not None:
        raise UsageError("--as-of asks a record, and PATH goes without one. Leave one of them out.")
    with Record.temporary(settings) as passing:
        with progress_bar() as progress:
            summary = passing.add(paths, progress=progress)
        tell_skipped(summary.refused)
        if summary.interrupted:
            raise KeyboardInterrupt
        yield passing
        if not summary.ok:
            raise typer.Exit(FAILED)


def _then(record: Record, as_of: str) -> Record:
    past = record.as_of(as_of)
    if past.running:
        note(f"{as_of} is not over: this is the record as it is now, {written(past.moment)}.")
    return past


T = TypeVar("T")


def listed(
    source: Record,
    listing: Listing[T],
    answers: Callable[[Query], Iterable[T]],
    query: Query,
    form: Format,
) -> None:
    """Print what answers the query; say why there is nothing, and what had no date."""
    listing.print(answers(query), form, lambda: source.why_nothing(query))
    if query.since is not None or query.until is not None:
        every = answers(replace(query, since=None, until=None, limit=None))
        undated = sum(_time_of(one) is None for one in every)
        if undated:
            note(f"{undated} without a date left out by --since and --until.")
    if query.place is not None:
        every = answers(replace(query, place=None, spellings=(), limit=None))
        lost = sum(hasattr(one, "where") and one.where is None for one in every)
        if lost:
            note(f"{lost} without a place left out by --place.")


def _time_of(thing: Any) -> object:
    if isinstance(thing, StoredReport):
        return thing.report.published
    return getattr(thing, "when", None) or getattr(thing, "period", None)


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Shows on standard error how far the work is; nothing where that is no terminal."""
    screen = messages()
    if not screen.is_terminal:
        yield None
        return
    columns = (
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("reading")

        def show(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=name_of(shortened(progress.name, 40)),
            )

        yield show


def tell_skipped(skipped: Sequence[Skipped], how: str = "skipped") -> None:
    """Say on standard error which inputs gave nothing, and why."""
    for one in skipped:
        message = one.message.removeprefix(one.name + ": ")
        note(f"{how} {name_of(one.name)}: {name_of(message)}")
