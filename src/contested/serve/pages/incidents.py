"""The list of incidents, and one incident with its voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from contested.model import Incident, to_plain
from contested.serve.asked import PAGE
from contested.serve.incident_page import incident_view
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


@family.page("/incidents/{id}")
def incident_page(site: Site, request: Request) -> Response:
    """One incident with its voices."""
    incident = site.record.incident(request.path_params["id"])
    view = incident_view(site.source, incident)
    return site.templates.page(request, "incident.html", view=view)


@family.get("/api/incidents", Incident, *FILTERS, many=True)
def incidents(site: Site, call: Call) -> Sequence[Incident]:
    """Incidents, the disputed ones first. As ``contested incidents``."""
    return site.source.incidents(call.filters.query, "disputed")


@family.get("/api/incidents/{id}", Incident)
def incident(site: Site, call: Call) -> Incident:
    """One incident. As ``contested show ID --format json``."""
    return site.record.incident(call["id"])


@dataclass(frozen=True, slots=True)
class Version:
    """What the record said of an incident from a moment on."""

    incident: Incident
    seq: int
    at: str
    gone: bool


@family.get("/api/incidents/{id}/history", Version, many=True)
def incident_history(site: Site, call: Call) -> Sequence[dict[str, object]]:
    """All that the record ever said of an incident, the oldest first."""
    versions = site.record.history(call["id"])
    return [to_plain(version) | {"at": version.at.isoformat()} for version in versions]
