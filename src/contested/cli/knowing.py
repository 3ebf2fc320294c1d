"""What the program knows: actors, places, and the shape of what it prints."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from contested.cli.options import Format, FormatOption, settings_of
from contested.cli.output import Field, Listing
from contested.model import claim_adapter, incident_adapter
from contested.publish.words import phrase
from contested.world import Actor, Place, World, fold

ACTORS: Listing[Actor] = Listing(
    fields=(
        Field("id", lambda a: a.id),
        Field("name", lambda a: a.name, share=3),
        Field("kind", lambda a: phrase(a.kind), spare=1),
        Field("part of", lambda a: a.parent, share=2, spare=2),
        Field("country", lambda a: a.country, spare=3),
        Field("since", lambda a: a.start, spare=4),
        Field("until", lambda a: a.end, spare=4),
    ),
    nothing="No actor has these words in its name. docs: actors.csv adds your own.",
)
PLACES: Listing[Place] = Listing(
    fields=(
        Field("name", lambda p: p.name, share=3),
        Field("kind", lambda p: p.kind),
        Field("province", lambda p: p.admin1, share=2),
        Field("country", lambda p: p.country),
        Field("lat", lambda p: f"{p.lat:.3f}", right=True, spare=1),
        Field("lon", lambda p: f"{p.lon:.3f}", right=True, spare=1),
        Field("radius km", lambda p: f"{p.radius_km:g}", right=True, spare=2),
        Field("id", lambda p: p.id),
    ),
    nothing="No place has these words in its name. docs: places.csv adds your own.",
)
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORDS]", help="Words in a name.", show_default=False),
]
LimitOption = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many.")]


class Shape(StrEnum):
    """What has a schema."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested actors taliban")(actors)
    app.command(epilog="Example: contested places 'mir ali'")(places)
    app.command(epilog="Example: contested schema claims > claims.schema.json")(schema)


def actors(
    words: WordsArgument = None, form: FormatOption = Format.TABLE, limit: LimitOption = None
) -> None:
    """List actors, or those with these words in one of their names."""
    world = World.load(settings_of().tables)
    wanted = fold(" ".join(words or ()))
    named = {alias.actor for alias in world.aliases if wanted in fold(alias.text)}
    found = [
        actor
        for actor in world.actors.values()
        if wanted in fold(actor.name) or wanted in actor.id or actor.id in named
    ]
    ACTORS.print(found[:limit], form)


def places(
    words: WordsArgument = None, form: FormatOption = Format.TABLE, limit: LimitOption = 50
) -> None:
    """List places of the gazetteer with these words in one of their names."""
    world = World.load(settings_of().tables)
    wanted = fold(" ".join(words or ()))
    exact = list(world.places_named(" ".join(words))) if words else []
    known = {place.id for place in exact}
    others = (
        place
        for place in world.places.values()
        if place.id not in known
        and any(wanted in fold(name) for name in (place.name, *place.names))
    )
    PLACES.print([*exact, *sorted(others, key=lambda p: -p.population)][:limit], form)


def schema(
    shape: Annotated[Shape, typer.Argument(help="Of what.")] = Shape.CLAIMS,
) -> None:
    """Print the JSON Schema of claims or incidents."""
    adapter = claim_adapter if shape is Shape.CLAIMS else incident_adapter
    typer.echo(json.dumps(adapter.json_schema(), indent=2, ensure_ascii=False))
