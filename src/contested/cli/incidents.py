"""Listing incidents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import typer

from contested.cli.options import (
    AsOfOption,
    Filters,
    Format,
    FormatOption,
    MaybePaths,
    RecordOption,
    filtered,
)
from contested.cli.output import Field, Listing, note
from contested.cli.sources import listed, opened
from contested.model import Incident
from contested.publish.words import (
    actors_in_words,
    killed_in_short,
    mark,
    phrase,
    place_in_words,
    time_in_words,
    tolls_in_words,
)


def listing(name: Callable[[str], str]) -> Listing[Incident]:
    """The list of incidents; `name` gives the name of an actor's id."""
    return Listing(
        fields=(
            Field("status", lambda i: mark(i.status), share=1),
            Field("when", lambda i: time_in_words(i.when), share=1),
            Field("what", lambda i: phrase(i.type), share=2),
            Field("where", lambda i: place_in_words(i.where), share=3),
            Field("by", lambda i: actors_in_words(i.initiators, name), share=2, spare=3),
            Field("killed", lambda i: killed_in_short(i.casualties), share=1, stands_for="toll"),
            Field("toll", lambda i: tolls_in_words(i.casualties), share=5, spare=2),
            Field("origins", lambda i: len(i.origins), right=True, spare=1),
            Field("id", lambda i: i.id),
        ),
        nothing="No incidents.",
        what="incidents",
    )


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested incidents --since 2024 --status disputed")(
        filtered(incidents)
    )


def incidents(
    filters: Filters,
    paths: MaybePaths = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List incidents, the disputed ones first."""
    query = filters.query()
    with opened(record, paths, as_of) as source:
        first = partial(source.incidents, order="disputed")
        if not source.is_gathered():
            note("The incidents were not gathered after the last add; run `contested gather`.")
        listed(source, listing(source.actor_name), first, query, form)
