"""Lists of agreements, statistics and actors."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from contested.model import AgreementClaim, StatisticClaim
from contested.serve import lists
from contested.serve.operations import FILTERS, Call
from contested.serve.pages.common import asked_of
from contested.serve.site import Family, Nav, Site

family = Family(
    "knowing",
    nav=(
        Nav("/actors", "Actors", 30),
        Nav("/agreements", "Agreements", 40),
        Nav("/statistics", "Statistics", 50),
    ),
)


@family.page("/agreements")
def agreements_page(site: Site, request: Request) -> Response:
    """Ceasefires, talks and other arrangements."""
    asked = asked_of(request)
    lines = lists.agreement_lines(site.source, site.record.agreements(asked.query))
    return site.templates.page(request, "agreements.html", asked=asked, lines=lines)


@family.page("/statistics")
def statistics_page(site: Site, request: Request) -> Response:
    """Counted totals over a period."""
    asked = asked_of(request)
    lines = lists.statistic_lines(site.source, site.record.statistics(asked.query))
    return site.templates.page(request, "statistics.html", asked=asked, lines=lines)


@family.page("/actors")
def actors_page(site: Site, request: Request) -> Response:
    """States, groups and organs that the incidents name."""
    asked = asked_of(request)
    lines = lists.actor_lines(site.source, site.source.incidents(asked.query))
    return site.templates.page(request, "actors.html", asked=asked, lines=lines)


@family.get("/api/agreements", AgreementClaim, *FILTERS, many=True)
def agreements(site: Site, call: Call) -> Sequence[AgreementClaim]:
    """Claims on ceasefires, talks and other arrangements. As ``contested agreements``."""
    return site.record.agreements(call.filters.query)


@family.get("/api/statistics", StatisticClaim, *FILTERS, many=True)
def statistics(site: Site, call: Call) -> Sequence[StatisticClaim]:
    """Counted totals over a period. As ``contested statistics``."""
    return site.record.statistics(call.filters.query)


@family.get("/api/actors", lists.ActorLine, *FILTERS, many=True)
def actors(site: Site, call: Call) -> Sequence[lists.ActorLine]:
    """Actors that the incidents name, and how often."""
    return lists.actor_lines(site.source, site.source.incidents(call.filters.query))
