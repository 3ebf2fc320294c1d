"""Reports and passages that hold given words."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from contested.record import Hit
from contested.serve import lists
from contested.serve.asked import LONGEST
from contested.serve.operations import Call, Parameter
from contested.serve.site import Family, Site

FINDS = 50

family = Family("search")


@family.page("/search")
def search_page(site: Site, request: Request) -> Response:
    """Reports and passages that hold the words."""
    given = request.query_params.get("q", "")[:LONGEST]
    hits = site.record.search(given, FINDS)
    full = len(hits) == FINDS
    return site.templates.page(request, "search.html", lines=lists.hit_lines(hits), full=full)


@family.get("/api/search", Hit, Parameter("q", "Words; all of them must occur."), many=True)
def search(site: Site, call: Call) -> Sequence[Hit]:
    """The fifty best finds. As ``contested search``."""
    return site.record.search((call.value("q") or "")[:LONGEST], FINDS)
