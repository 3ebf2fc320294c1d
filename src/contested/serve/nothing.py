"""Why a list is empty, and what its reader may have meant: as the command line says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request

from contested.errors import UsageError
from contested.model.query import Query
from contested.pipeline.filters import (
    actor_ids,
    check_type,
    near_actors,
    near_places,
    near_types,
)
from contested.pipeline.nothing import FEWER, no_place, no_speaker
from contested.serve.asked import Asked
from contested.serve.source import Source


@dataclass(frozen=True, slots=True)
class Meant:
    """A name that may have been meant, and the same page with it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Why:
    """What is said where nothing fits."""

    words: str
    meant: tuple[Meant, ...] = ()


def why_nothing(source: Source, asked: Asked) -> Why:
    """Which filter of a page names what neither the tables nor the record know."""
    world, place, speaker = source.record.world, asked.one("place"), asked.one("speaker")
    said, near = [], []
    if place and not _any(source, Query(place=place)):
        # What may be meant follows as links.
        said.append(no_place(place, world).partition(" Did you mean ")[0])
        known = world.places_named(place) or world.state_of(place)
        near = [] if known else near_places(place, world)
    if speaker and not _any(source, Query(speaker=speaker)):
        said.append(no_speaker(speaker))
    if not said and not asked.backwards:
        said.append(FEWER if asked.chips else "")
    return Why(" ".join(said), tuple(Meant(one, asked.address(place=one)) for one in near))


def _any(source: Source, query: Query) -> bool:
    """Whether an incident or a claim fits; claims that are not in memory yet are not waited for."""
    board = source.board
    if len(board.chosen(query)):
        return True
    return board.has_claims and bool(len(board.claims_fitting(query)))


def meant(source: Source, request: Request) -> tuple[Meant, ...]:
    """What a page was asked with a name of an actor or type that there is not may have meant."""
    return tuple(_meant(source, request))


def _meant(source: Source, request: Request) -> Iterator[Meant]:
    world = source.record.world
    pairs = request.query_params.multi_items()
    for at, (name, value) in enumerate(pairs):
        if name not in ("actor", "type") or not value.strip():
            continue
        try:
            if name == "actor":
                actor_ids(value.strip(), world)
            else:
                check_type(value.strip(), world)
        except UsageError:
            near = near_actors if name == "actor" else near_types
            for one in near(value.strip(), world):
                changed = (*pairs[:at], (name, one), *pairs[at + 1 :])
                words = source.actor_name(one) if name == "actor" else source.type_name(one)
                yield Meant(words, Asked(request.url.path, changed).address())
