"""Where a list comes from: the record, or files that are looked at without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from contested.cli.options import settings_of
from contested.cli.output import messages, note, shortened
from contested.pipeline import Progress, Record, Skipped


@contextmanager
def opened(record: Path | None, paths: Sequence[str] | None = None) -> Iterator[Record]:
    """The record to read from; with `paths`, one made of these alone and then forgotten."""
    settings = settings_of(record)
    if not paths:
        with Record.open(create=False, settings=settings) as existing:
            yield existing
        return
    with Record.temporary(settings) as passing:
        with progress_bar() as progress:
            summary = passing.add(paths, progress=progress)
        tell_skipped(summary.refused)
        if summary.interrupted:
            raise KeyboardInterrupt
        yield passing


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
                description=shortened(progress.name, 40),
            )

        yield show


def tell_skipped(skipped: Sequence[Skipped]) -> None:
    """Say on standard error which inputs gave nothing, and why."""
    for one in skipped:
        note(f"skipped {one.name}: {one.message.removeprefix(one.name + ': ')}")
