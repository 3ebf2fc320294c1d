"""`contested analyse bias`: how each speaker's figures compare with others' on the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from contested.cli.answers import Asked, answering
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing

if TYPE_CHECKING:
    from contested.analyse.bias import BiasRow


def register(analysis: typer.Typer) -> None:
    """Add the command of this module."""
    analysis.command("bias", epilog="Example: contested analyse bias --place PK")(
        filtered(answering(bias_))
    )


def _ratio(row: BiasRow) -> str:
    if row.ratio is None:
        return row.note
    return f"{row.ratio:g} ({row.low:g}–{row.high:g})"


def _about(row: BiasRow) -> str:
    from contested.analyse.bias.answer import ABOUT

    return ABOUT[row.about]


TABLE: Listing[BiasRow] = Listing(
    fields=(
        Field("voice", lambda r: r.voice or "all voices", share=3),
        Field("counting", _about, share=3),
        Field("tolls", lambda r: r.tolls, right=True),
        Field("higher", lambda r: r.higher, right=True, spare=1),
        Field("equal", lambda r: r.equal, right=True, spare=1),
        Field("lower", lambda r: r.lower, right=True, spare=1),
        Field(
            "median", lambda r: "–" if r.median is None else f"{r.median:g}", right=True, spare=2
        ),
        Field("times others (95 %)", _ratio, share=3),
    ),
    nothing="",
)


def bias_(filters: Filters, asked: Asked) -> None:
    """Compare each speaker's figures with others' on the same, by whose losses they count."""
    from contested.analyse.bias import bias

    found = bias(asked.incidents(filters))

    def picture() -> dict[str, Any]:
        from contested.analyse.charts.bias import chart

        return chart(found)

    asked.tell(found, TABLE, picture)
