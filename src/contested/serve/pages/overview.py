"""What needs a look, and when things happened."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from contested.analyse import Trend
from contested.serve import lists
from contested.serve.operations import FILTERS, Call
from contested.serve.pages.common import asked_of, types_of
from contested.serve.site import Family, Nav, Site

LOOKS = 12
NEEDS_A_LOOK = ("disputed", "unconfirmed", "denied")

family = Family("overview", nav=(Nav("/", "Overview", 0),))


@family.page("/")
def page(site: Site, request: Request) -> Response:
    """What needs a look, and when things happened."""
    asked = asked_of(request)
    found = site.source.incidents(asked.query)
    looks = [i for status in NEEDS_A_LOOK for i in reversed(found) if i.status == status]
    return site.templates.page(
        request,
        "overview.html",
        asked=asked,
        sums=lists.overview(found),
        totals=site.record.counts(),
        looks=looks[:LOOKS],
        more=max(0, len(looks) - LOOKS),
        types=types_of(site),
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts over the incidents that fit, and incidents a month."""

    incidents: int
    statuses: dict[str, int]
    reports: int
    origins: int
    claims: int
    trend: Trend | None


@family.get("/api/", Sums, *FILTERS)
def overview(site: Site, call: Call) -> Sums:
    """Counts, and incidents a month."""
    sums = lists.overview(site.source.incidents(call.filters.query))
    return Sums(
        incidents=sums.incidents,
        statuses=dict(sums.statuses),
        reports=sums.reports,
        origins=sums.origins,
        claims=sums.claims,
        trend=sums.trend,
    )
