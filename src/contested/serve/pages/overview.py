"""What is new, what needs a look, where and when: parts that filter each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from contested.analyse import Trend
from contested.analyse.trend import Range
from contested.serve import visits
from contested.serve.board.months import months
from contested.serve.board.sums import sums
from contested.serve.operations import INCIDENT_FILTERS, Call
from contested.serve.overview import news, overview
from contested.serve.pages.common import asked_of, types_of
from contested.serve.site import Family, Nav, Site

family = Family("overview", nav=(Nav("/", "Overview", 0),))


@family.page("/")
def page(site: Site, request: Request) -> Response:
    """What is new, what needs a look, where and when."""
    asked = asked_of(request)
    now = dt.datetime.now(dt.UTC)
    last = visits.before(request, now)
    found = site.templates.page(
        request,
        "overview/page.html",
        asked=asked,
        empty=not len(site.source.board.runs().current),
        view=site.source.board.keep(
            ("overview", asked.pairs), lambda: overview(site.source, asked)
        ),
        news=news(site.source, last) if last else None,
        types=types_of(site),
    )
    visits.note(request, found, now)
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts over the incidents that fit, and incidents a day, month or year.

    `sure` are those that are not unconfirmed or denied; `killed` is of those with a figure, and
    `silent` have none.
    """

    incidents: int
    sure: int
    statuses: dict[str, int]
    reports: int
    origins: int
    claims: int
    killed: Range | None
    silent: int
    trend: Trend | None


@family.get("/api/", Overview, *INCIDENT_FILTERS)
def overview_sums(site: Site, call: Call) -> Overview:
    """Counts, and incidents a day, month or year."""
    asked = call.filters
    chosen = site.source.board.chosen(asked.query, asked.area, asked.changed)
    found = sums(chosen)
    return Overview(
        incidents=found.incidents,
        sure=found.sure,
        statuses=dict(found.statuses),
        reports=found.reports,
        origins=found.origins,
        claims=found.claims,
        killed=found.killed,
        silent=found.silent,
        trend=months(chosen),
    )
