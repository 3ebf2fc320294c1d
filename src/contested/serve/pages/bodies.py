"""Actors and places: lists, and a page and an address of the API for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from contested.analyse import trend
from contested.errors import NotFound
from contested.model import Incident
from contested.model.query import Query
from contested.serve import bodies, lists
from contested.serve.operations import FILTERS, Call, Parameter
from contested.serve.pages.common import asked_of
from contested.serve.picture import Timeline, timeline
from contested.serve.site import Family, Nav, Site
from contested.serve.working import Job
from contested.world import Place

LEVELS = {"admin1": "province", "admin2": "district", "admin3": "subdistrict"}
"""What the gazetteer calls by the level of its table, in words."""

family = Family("bodies", nav=(Nav("/actors", "Actors", 30), Nav("/places", "Places", 35)))
SHOWN = 40
QUICK = 0.4
"""Seconds for which the page of an actor waits for its relations; the rest of it is there."""


@family.page("/actors")
def actors_page(site: Site, request: Request) -> Response:
    """States, groups and organs that the incidents name."""
    asked = asked_of(request)
    lines = lists.actor_lines(site.source, site.source.incidents(asked.query))
    return site.templates.page(request, "actors.html", asked=asked, lines=lines)


@family.page("/actors/{id}")
def actor_page(site: Site, request: Request) -> Response:
    """One actor: its names and kin, its ties, its incidents, its word against others'."""
    known = bodies.known_actor(site, request.path_params["id"])
    asked = asked_of(request)
    query = replace(asked.query, actors=(known.id,))
    incidents = site.source.incidents(query, "disputed")
    job = _relations(site, known.id)
    told = job.outcome() if job.wait(QUICK) else None
    return site.templates.page(
        request,
        "actor.html",
        known=known,
        asked=asked,
        incidents=incidents[:SHOWN],
        total=len(incidents),
        months=_months(incidents),
        job=job,
        told=told,
        about=_about(),
    )


def _about() -> dict[str, str]:
    from contested.analyse.bias.answer import ABOUT

    return {str(name): words for name, words in ABOUT.items()}


def _months(incidents: Sequence[Incident]) -> Timeline | None:
    return timeline(trend(incidents).rows, "incidents", "incidents") if incidents else None


def _relations(site: Site, id: str) -> Job:
    def work(steps: list[str]) -> bodies.Relations:
        steps.append("reading its incidents")
        incidents = site.source.incidents(Query(actors=(id,)))
        heard = site.source.incidents(Query(speaker=id))
        known = {one.id: one for one in (*incidents, *heard)}
        return bodies.relations(site, id, list(known.values()), steps)

    return site.jobs.of("actor", ("actor", site.source.state(), id), work)


@family.page("/places")
def places_page(site: Site, request: Request) -> Response:
    """Places that the incidents name."""
    asked = asked_of(request)
    lines = bodies.place_lines(site.source.incidents(asked.query))
    return site.templates.page(request, "places.html", asked=asked, lines=lines)


@family.page("/places/{name:path}")
def place_page(site: Site, request: Request) -> Response:
    """One place with all in it: its names, its map, its incidents."""
    name, country = request.path_params["name"], request.query_params.get("in", "")[:2]
    found = bodies.places_of(site, name, country)
    asked = asked_of(request)
    incidents = _incidents_at(site, name, country, asked.query)
    if not found and not incidents:
        raise NotFound(
            f"No place is called {name[:60]!r}, in the gazetteer or in the record. The list of "
            "places has those that incidents name."
        )
    place = found[0] if found else None
    shown = incidents[:500]
    return site.templates.page(
        request,
        "place.html",
        levels=LEVELS,
        called=name,
        country=country,
        place=place,
        others=found[1:8],
        asked=asked,
        incidents=incidents[:SHOWN],
        total=len(incidents),
        months=_months(incidents),
        features=bodies.features(site, shown),
        bounds=bodies.bounds(shown, place),
    )


def _incidents_at(site: Site, name: str, country: str, query: Query) -> list[Incident]:
    found = site.source.incidents(replace(query, place=name), "disputed")
    lands = {None, "", country.upper()}
    return [one for one in found if not country or not one.where or one.where.country in lands]


@family.get("/api/actors", lists.ActorLine, *FILTERS, many=True)
def actors(site: Site, call: Call) -> Sequence[lists.ActorLine]:
    """Actors that the incidents name, and how often."""
    return lists.actor_lines(site.source, site.source.incidents(call.filters.query))


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor. While `state` is ``working`` its relations are still gathered: ask again."""

    state: Literal["done", "working"]
    seconds: float
    expected: float | None
    part: float | None
    steps: tuple[str, ...]
    known: bodies.Known
    incidents: int
    relations: bodies.Relations | None


@family.get("/api/actors/{id}", ActorView)
def actor(site: Site, call: Call) -> ActorView:
    """An actor: names, kin, and what the record says of its ties, roles and figures."""
    known = bodies.known_actor(site, call["id"])
    incidents = site.source.incidents(Query(actors=(known.id,)))
    job = _relations(site, known.id)
    told = job.outcome() if job.wait(QUICK) else None
    return ActorView(
        "done" if told else "working",
        round(job.seconds, 2),
        job.expected,
        job.part,
        tuple(job.steps),
        known,
        len(incidents),
        told,
    )


@family.get("/api/places", bodies.PlaceLine, *FILTERS, many=True)
def places(site: Site, call: Call) -> Sequence[bodies.PlaceLine]:
    """Places that the incidents name, and how often."""
    return bodies.place_lines(site.source.incidents(call.filters.query))


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Rows of the gazetteer for a name, the likelier first, and ids of the incidents there."""

    name: str
    rows: tuple[Place, ...]
    incidents: tuple[str, ...]


@family.get("/api/places/{name}", PlaceView, Parameter("in", "In that country (two letters)."))
def place(site: Site, call: Call) -> PlaceView:
    """A place by name."""
    name, country = call["name"], (call.value("in") or "")[:2]
    rows = bodies.places_of(site, name, country)
    incidents = _incidents_at(site, name, country, Query())
    if not rows and not incidents:
        raise NotFound(f"No place is called {name[:60]!r}. /api/places lists those of the record.")
    return PlaceView(name, tuple(rows), tuple(one.id for one in incidents))
