"""`contested analyse index`: the Global Terrorism Index of a table or of the record."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import typer

from contested.analyse.answer import Band
from contested.analyse.index import Index, IndexRow, index, score_words
from contested.cli.answers import Asked, answering
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing
from contested.errors import DatasetError, UsageError
from contested.model import to_plain

TableOption = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="FILE",
        help="A CSV of country, year, incidents, deaths, injuries, hostages instead of the record.",
        show_default=False,
    ),
]


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "index --table attacks.csv --chart index.svg"
    analysis.command("index", epilog=f"Example: contested analyse {example}")(
        filtered(answering(index_))
    )


def _words(value: Band | None) -> str:
    return "not counted" if value is None else value.words()


def _flat(row: IndexRow) -> dict[str, Any]:
    """Ranges as columns of their own: `score_low`, `score_best`, …"""
    out: dict[str, Any] = {}
    for name, value in to_plain(row).items():
        if name in ("country", "year", "years"):
            out[name] = value
        else:
            out |= {f"{name}_{end}": (value or {}).get(end) for end in ("low", "best", "high")}
    return out


ROWS: Listing[IndexRow] = Listing(
    fields=(
        Field("country", lambda r: r.country, share=1),
        Field("year", lambda r: r.year, right=True),
        Field("score", lambda r: score_words(r.score), right=True),
        Field("weighted sum", lambda r: r.weighted.words(), right=True, spare=2),
        Field("incidents", lambda r: r.incidents.words(), right=True, spare=1),
        Field("deaths", lambda r: _words(r.deaths), right=True, spare=1),
        Field("injuries", lambda r: _words(r.injuries), right=True, spare=3),
        Field("hostages", lambda r: _words(r.hostages), right=True, spare=4),
        Field("years of 5", lambda r: r.years, right=True, spare=2),
    ),
    nothing="",
    plain=_flat,
)


def index_(filters: Filters, asked: Asked, table: TableOption = None) -> None:
    """Compute the Global Terrorism Index by country and year, with the range of its inputs."""
    found = _of_record(filters, asked) if table is None else _of_table(table, filters, asked)

    def drawn() -> dict[str, Any]:
        from contested.analyse.charts.index import chart

        return chart(found)

    asked.tell(found, ROWS, drawn)


def _of_record(filters: Filters, asked: Asked) -> Index:
    from contested.analyse.index_record import harms, index_of_draws

    draws = asked.drawn(filters)
    known = harms(asked.incidents(filters)) if draws.events.source == "record" else None
    return index_of_draws(draws, known)


def _of_table(path: Path, filters: Filters, asked: Asked) -> Index:
    from contested.analyse.index_table import country_years

    if filters != Filters() or asked.data or asked.record or asked.as_of:
        raise UsageError(
            "--table is computed as it stands: leave out the filters, --data, --record and --as-of."
        )
    name = str(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DatasetError(
            name, f"it cannot be read ({error.strerror}).", "Name a CSV table."
        ) from error
    except UnicodeDecodeError as error:
        raise DatasetError(name, "it is not UTF-8 text.", "Save it as CSV in UTF-8.") from error
    lines = csv.DictReader(io.StringIO(text, newline=""))
    try:
        columns = [column.strip().lower() for column in lines.fieldnames or ()]
        lines.fieldnames = columns
        found = country_years(lines, columns, name)
    except csv.Error as error:
        raise DatasetError(name, f"it is no CSV table ({error}).", "Save it as CSV.") from error
    return index(found.rows, found.warnings)
