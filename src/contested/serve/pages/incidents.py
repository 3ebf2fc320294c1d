"""The list of incidents."""

from __future__ import annotations

from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from contested.model import Incident
from contested.serve.asked import PAGE
from contested.serve.board.board import Order
from contested.serve.operations import INCIDENT_FILTERS, Call, Found, Parameter
from contested.serve.pages.common import asked_of, table, types_of
from contested.serve.site import Family, Nav, Site

family = Family("incidents", nav=(Nav("/incidents", "Incidents", 10),))


ORDERS: tuple[Order, ...] = ("disputed", "newest", "time", "deaths", "origins", "changed")


@family.page("/incidents")
def incidents_page(site: Site, request: Request) -> Response:
    """All incidents that fit, the disputed ones first."""
    asked = asked_of(request)
    chosen = site.source.board.chosen(asked.query, asked.area, asked.changed)
    order: Any = asked.sort(ORDERS)
    first = (asked.page - 1) * PAGE
    rows = chosen.ordered(order)[first : first + PAGE]
    return site.templates.page(
        request,
        "incidents.html",
        asked=asked,
        order=order,
        total=len(chosen),
        first=first,
        incidents=site.source.shown(chosen.incidents["id"][rows].tolist()),
        pages=-(-len(chosen) // PAGE),
        types=types_of(site),
    )


@family.page("/incidents.csv")
def incidents_csv(site: Site, request: Request) -> Response:
    """All pages of the list as a table. As ``contested export incidents``."""
    asked = asked_of(request)
    chosen = site.source.board.chosen(asked.query, asked.area, asked.changed)
    order: Any = asked.sort(ORDERS)
    ids = chosen.incidents["id"][chosen.ordered(order)].tolist()
    return table("incidents", ids, site.source.board.briefs.incidents_by_id)


SORT = Parameter("sort", "Which come first.", Literal[ORDERS], default=ORDERS[0])


@family.get("/api/incidents", Incident, *INCIDENT_FILTERS, SORT, many=True)
def incidents(site: Site, call: Call) -> Found:
    """Incidents, the disputed ones first. As ``contested incidents``."""
    asked = call.filters
    chosen = site.source.board.chosen(asked.query, asked.area, asked.changed)
    rows = chosen.ordered(call.value("sort"))[call.offset : call.offset + call.limit]
    ids = chosen.incidents["id"][rows].tolist()
    return Found(site.source.board.briefs.incidents_by_id(ids), len(chosen))
