"""`contested analyse chains`: what answered what, by the reports and by the timing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import Asked, answering
from contested.cli.modelling import MODEL, Model, modelled
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing
from contested.errors import UsageError
from contested.model import to_plain
from contested.model.query import Query

if TYPE_CHECKING:
    from contested.analyse.escalation import Link


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "chains --since 2025-10 --least 0.6"
    made = filtered(answering(modelled(chains_)))
    analysis.command("chains", epilog=f"Example: contested analyse {example}")(made)


def _says(link: Link) -> str:
    return "; ".join(f"“{one.words}” ({one.speaker or one.report})" for one in link.according_to)


def _flat(row: Link) -> dict[str, Any]:
    """Ids and words of both ends, and the passages in one column."""
    plain = to_plain(row)
    ends = {
        f"{end}_{name}": (plain[end] or {}).get(name)
        for end in ("first", "then")
        for name in ("id", "when", "who", "what", "where")
    }
    said = row.according_to
    return {
        "chain": row.chain,
        **ends,
        "basis": row.basis,
        "chance": row.chance,
        "words": "; ".join(one.words for one in said),
        "speakers": "; ".join(one.speaker or "" for one in said),
        "claims": " ".join(one.claim for one in said),
    }


CHAINS: Listing[Link] = Listing(
    fields=(
        Field("chain", lambda r: r.chain, right=True),
        Field("first", lambda r: r.first.words() if r.first else "not named", share=3),
        Field("then", lambda r: r.then.words(), share=3),
        Field("basis", lambda r: r.basis),
        Field("chance", lambda r: "–" if r.chance is None else f"{r.chance:.0%}", right=True),
        Field("says", _says, share=3, spare=1),
    ),
    nothing="",
    plain=_flat,
)


def chains_(
    filters: Filters,
    asked: Asked,
    model: Model,
    least: Annotated[
        float,
        typer.Option(
            "--least",
            metavar="P",
            help="Show timing links of at least this probability.",
            rich_help_panel=MODEL,
        ),
    ] = 0.5,
) -> None:
    """Find chains of retaliation: what reports assert, and what only timing suggests."""
    from contested.analyse.escalation import chains

    if not 0.05 <= least <= 1:
        raise UsageError(f"A probability of {least:g}: give --least from 0.05 to 1.")
    options = model.options(copies=False)
    draws = model.drawn(asked, filters)
    if asked.data is not None:
        found = chains(draws, least=least, options=options)
    else:
        with asked.opened() as source:
            incidents = source.incidents(filters.query())
            claims = list(source.claims(Query()))
        found = chains(draws, incidents, claims, least=least, options=options)

    def chart() -> dict[str, Any]:
        from contested.analyse.charts.chains import chart

        return chart(found)

    asked.tell(found, CHAINS, chart)
