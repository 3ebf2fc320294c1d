"""Reports, passages and actors that hold given words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from contested.record import Hit
from contested.record.fulltext import terms
from contested.serve import lists
from contested.serve.asked import LONGEST
from contested.serve.operations import Call, Parameter
from contested.serve.site import Family, Site
from contested.world import World, fold

FINDS, ACTORS = 50, 8
SHORTEST = 3
"""Of a word that is being typed so many letters are looked for as a beginning."""

family = Family("search")


@family.page("/search")
def search_page(site: Site, request: Request) -> Response:
    """Reports, passages and actors that hold the words; `typing` takes the last as begun."""
    given = request.query_params.get("q", "")[:LONGEST]
    asked = begun(given) if request.query_params.get("typing") else given
    hits = site.record.search(asked, FINDS)
    return site.templates.page(
        request,
        "search.html",
        lines=lists.hit_lines(hits),
        full=len(hits) == FINDS,
        actors=actors_called(asked, site.record.world),
    )


def begun(words: str) -> str:
    """The words with the last one as a beginning, where it may still be being typed.

    >>> begun("suicide bom")
    'suicide bom*'
    """
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    open_phrase = words.count('"') % 2 == 1
    typed = len(last) >= SHORTEST and last[-1].isalnum()
    return f"{words}*" if typed and not open_phrase and words[-1:] == last[-1:] else words


def actors_called(words: str, world: World) -> list[tuple[str, str]]:
    """Ids and names of actors one of whose names holds all the words, or begins so."""
    asked = [(fold(term.words).split(), term.begins) for term in terms(words)]
    wanted = [(word, begins) for some, begins in asked for word in some]
    if not wanted:
        return []
    found: dict[str, int] = {}
    for actor, held in _folded_names(world):
        if all(_holds(held, *one) for one in wanted):
            found[actor] = min(len(held), found.get(actor, len(held)))
    best = sorted(found, key=lambda actor: (found[actor], actor))[:ACTORS]
    return [(actor, world.actors[actor].name) for actor in best]


@lru_cache(maxsize=4)
def _folded_names(world: World) -> list[tuple[str, list[str]]]:
    """Every name of every actor in folded words: a find should not fold them all again."""
    names = [(alias.actor, alias.text) for alias in world.aliases]
    names += [(actor.id, actor.name) for actor in world.actors.values()]
    return [(actor, fold(name).split()) for actor, name in names if actor in world.actors]


def _holds(held: Sequence[str], word: str, begins: bool) -> bool:
    return any(one.startswith(word) if begins else one == word for one in held)


@family.get("/api/search", Hit, Parameter("q", "Words; all of them must occur."), many=True)
def search(site: Site, call: Call) -> Sequence[Hit]:
    """The fifty best finds. As ``contested search``."""
    return site.record.search((call.value("q") or "")[:LONGEST], FINDS)
