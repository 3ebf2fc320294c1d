"""Listing claims: all, agreements, statistics."""

from __future__ import annotations

import typer

from contested.cli.options import (
    CLAIM_STATUSES,
    AsOfOption,
    Filters,
    Format,
    FormatOption,
    MaybePaths,
    RecordOption,
    filtered,
)
from contested.cli.output import Field, Listing, shortened
from contested.cli.sources import listed, opened
from contested.cli.words import gist
from contested.model import AgreementClaim, Claim, StatisticClaim
from contested.publish.words import (
    actors_in_words,
    count_in_words,
    phrase,
    place_in_words,
    spoken_by,
    time_in_words,
)

CLAIMS: Listing[Claim] = Listing(
    fields=(
        Field("kind", lambda c: c.kind, spare=2),
        Field("what", gist, share=4),
        Field("says", lambda c: shortened(spoken_by(c.speakers), 60), share=3, spare=1),
        Field("stance", lambda c: c.stance, spare=3),
        Field("words", lambda c: shortened(c.quote, 90), share=5, spare=4),
        Field("report", lambda c: c.name, share=2, spare=5),
        Field("conf.", lambda c: f"{c.confidence:.2f}", right=True, spare=6),
        Field("id", lambda c: c.id),
    ),
    nothing="No claims.",
    what="claims",
)
AGREEMENTS: Listing[AgreementClaim] = Listing(
    fields=(
        Field("when", lambda c: time_in_words(c.when)),
        Field("type", lambda c: phrase(c.type)),
        Field("act", lambda c: phrase(c.act)),
        Field("parties", lambda c: actors_in_words(c.parties), share=3, spare=1),
        Field("mediators", lambda c: actors_in_words(c.mediators), share=2, spare=3),
        Field("says", lambda c: shortened(spoken_by(c.speakers), 60), share=3, spare=2),
        Field("id", lambda c: c.id),
    ),
    nothing="No agreements.",
    what="claims",
)


def _value(claim: StatisticClaim) -> str:
    if claim.count:
        return count_in_words(claim.count)
    if claim.change_percent is not None:
        return f"{claim.change_percent:+g} %"
    return claim.direction or ""


STATISTICS: Listing[StatisticClaim] = Listing(
    fields=(
        Field("period", lambda c: time_in_words(c.period)),
        Field("measure", lambda c: phrase(c.measure)),
        Field("value", _value, right=True),
        Field("of whom", lambda c: phrase(c.victims) if c.victims else c.actor, spare=2),
        Field("where", lambda c: place_in_words(c.where) if c.where else "", share=2, spare=1),
        Field("says", lambda c: shortened(spoken_by(c.speakers), 60), share=3, spare=3),
        Field("id", lambda c: c.id),
    ),
    nothing="No statistics.",
    what="claims",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested claims --kind casualties --place Kurram")(
        filtered(claims)
    )
    app.command(epilog="Example: contested agreements --actor pakistan --format csv")(
        filtered(agreements)
    )
    app.command(epilog="Example: contested statistics --since 2022")(filtered(statistics))


def claims(
    filters: Filters,
    paths: MaybePaths = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List claims: each with its passage, its speakers and its stance."""
    query = filters.query(CLAIM_STATUSES)
    with opened(record, paths, as_of) as source:
        listed(source, CLAIMS, source.claims, query, form)


def agreements(
    filters: Filters,
    paths: MaybePaths = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List ceasefires, talks and other arrangements, and what became of them."""
    query = filters.query(CLAIM_STATUSES)
    with opened(record, paths, as_of) as source:
        listed(source, AGREEMENTS, source.agreements, query, form)


def statistics(
    filters: Filters,
    paths: MaybePaths = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List counted totals, changes and ranks over a period."""
    query = filters.query(CLAIM_STATUSES)
    with opened(record, paths, as_of) as source:
        listed(source, STATISTICS, source.statistics, query, form)
