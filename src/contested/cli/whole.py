"""`contested analyse all`: every analysis, as one folder with a page."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import Asked, answering
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing, note
from contested.errors import UsageError
from contested.publish.answers_page import Section, flattened, page

if TYPE_CHECKING:
    from contested.analyse.fullset import Result, Task, Whole


def register(analysis: typer.Typer) -> None:
    """Add the command of this module."""
    analysis.command("all", epilog="Example: contested analyse all --out results --since 2025")(
        filtered(answering(all_))
    )


class _Set:
    """All results as one answer."""

    def __init__(self, results: Sequence[Result], folder: Path, again: str) -> None:
        told = sum(not one.refused for one in results)
        self.answer = f"{told} of {len(results)} analyses answer; see {folder / 'index.html'}."
        self.rows = results
        self.assumptions = ("Each analysis says what it assumes on the page.",)
        self.again = again


DONE: Listing[Result] = Listing(
    fields=(
        Field("analysis", lambda r: r.name),
        Field("answer", lambda r: f"refused: {r.answer}" if r.refused else r.answer, share=1),
    ),
    nothing="",
    plain=lambda r: {"analysis": r.name, "refused": r.refused, "answer": r.answer},
)


def all_(
    filters: Filters,
    asked: Asked,
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where the results go.")
    ] = Path("analyses"),
) -> None:
    """Run every analysis, and write a page, the tables and the charts into a folder."""
    from contested.analyse.fullset import TASKS, full_set

    if asked.chart is not None:
        raise UsageError("Every analysis draws its own chart into the folder: leave out --chart.")
    whole, pictures = _whole(filters, asked)
    _made(out)
    results = []
    for one in full_set(whole, (*TASKS, *pictures)):
        results.append(one)
        note(f"{one.title}: {'refused' if one.refused else 'done'}")
    sections = [_written(one, out) for one in results]
    span = whole.events.period()
    about = (
        f"{int(whole.events.point.sum())} incidents"
        + (f" from {span[0]} to {span[1]}" if span else "")
        + f", {asked.draws} draws, seed {asked.seed}. Source: {whole.events.source}."
    )
    text = page("Analyses", about, sections, asked.again)
    (out / "index.html").write_text(text, encoding="utf-8")
    _tell(_Set(results, out, asked.again), asked)


def _whole(filters: Filters, asked: Asked) -> tuple[Whole, tuple[Task, ...]]:
    from contested.analyse.fullset import Claims, Whole
    from contested.analyse.told import about
    from contested.pipeline.pictures import tasks

    options = asked.options
    if asked.data is not None:
        return Whole(asked.events(filters), options), ()
    with asked.opened() as source:
        known = source.incidents(filters.query())
        events = source.events_of(known)
        claims = Claims(
            statistics=source.statistics(filters.query()),
            agreements=source.agreements(filters.query()),
            reports=about(stored.report for stored in source.reports()),
            frame=source.frame(),
        )
        pictures = tasks(source, filters.query())
    return Whole(events, options, known, claims), pictures


def _made(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out} cannot be made ({error.strerror}). Name another folder.") from (
            error
        )


def _written(one: Result, out: Path) -> Section:
    """Write the files of a result; what the page says of it."""
    from contested.analyse.charts.saving import rendered

    if one.found is None:
        return Section(name=one.name, title=one.title, answer=one.answer, refused=True)
    rows: list[dict[str, Any]] = list(one.found["rows"])
    names = [f"{one.name}.json", f"{one.name}.csv"]
    (out / names[0]).write_text(
        json.dumps(one.found, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8"
    )
    _csv(rows, out / names[1])
    picture = ""
    if one.chart is not None:
        names.append(f"{one.name}.svg")
        picture = rendered(one.chart, ".svg").decode()
        (out / names[2]).write_text(picture, encoding="utf-8")
    return Section(
        name=one.name,
        title=one.title,
        answer=one.answer,
        rows=rows,
        picture=picture,
        assumptions=one.found.get("assumptions", ()),
        warnings=one.found.get("warnings", ()),
        files=names,
    )


def _csv(rows: Sequence[dict[str, Any]], path: Path) -> None:
    flat = [flattened(row) for row in rows]
    heads = list(dict.fromkeys(name for row in flat for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat)


def _tell(found: _Set, asked: Asked) -> None:
    from contested.cli.answers import AnalysisFormat, tell

    if asked.form is AnalysisFormat.JSON:
        plain = [DONE.plain(one) for one in found.rows]
        typer.echo(json.dumps({"answer": found.answer, "rows": plain}, ensure_ascii=False))
        return
    tell(found, DONE, found.rows, asked.form, found.again)
