"""The list of incidents."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from contested.model import Incident
from contested.serve.asked import PAGE
from contested.serve.operations import FILTERS, Call
from contested.serve.pages.common import asked_of, types_of
from contested.serve.site import Family, Nav, Site

family = Family("incidents", nav=(Nav("/incidents", "Incidents", 10),))


@family.page("/incidents")
def incidents_page(site: Site, request: Request) -> Response:
    """All incidents that fit, the disputed ones first."""
    asked = asked_of(request)
    found = site.source.incidents(asked.query, "disputed")
    first = (asked.page - 1) * PAGE
    return site.templates.page(
        request,
        "incidents.html",
        asked=asked,
        total=len(found),
        first=first,
        incidents=found[first : first + PAGE],
        pages=-(-len(found) // PAGE),
        types=types_of(site),
    )


@family.get("/api/incidents", Incident, *FILTERS, many=True)
def incidents(site: Site, call: Call) -> Sequence[Incident]:
    """Incidents, the disputed ones first. As ``contested incidents``."""
    return site.source.incidents(call.filters.query, "disputed")
