"""One method a page: ask the record, give the template what it shows."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from contested.serve import lists
from contested.serve.asked import CLAIM_STATUSES, PAGE, STATUSES, Asked
from contested.serve.incident_page import claim_address, incident_view
from contested.serve.rendering import Templates
from contested.serve.report_page import report_view
from contested.serve.source import Source

LOOKS = 12
FINDS = 50
NEEDS_A_LOOK = ("disputed", "unconfirmed", "denied")


class Pages:
    """The pages of one record."""

    def __init__(self, source: Source, templates: Templates) -> None:
        self._source = source
        self._templates = templates

    def overview(self, request: Request) -> Response:
        """What needs a look, and when things happened."""
        asked = asked_of(request)
        found = self._source.incidents(asked.query)
        looks = [i for status in NEEDS_A_LOOK for i in reversed(found) if i.status == status]
        return self._templates.page(
            request,
            "overview.html",
            asked=asked,
            sums=lists.overview(found),
            totals=self._source.record.counts(),
            looks=looks[:LOOKS],
            more=max(0, len(looks) - LOOKS),
            types=self._types(),
        )

    def incidents(self, request: Request) -> Response:
        """All incidents that fit, the disputed ones first."""
        asked = asked_of(request)
        found = self._source.incidents(asked.query, "disputed")
        first = (asked.page - 1) * PAGE
        return self._templates.page(
            request,
            "incidents.html",
            asked=asked,
            total=len(found),
            first=first,
            incidents=found[first : first + PAGE],
            pages=-(-len(found) // PAGE),
            types=self._types(),
        )

    def incident(self, request: Request) -> Response:
        """One incident with its voices."""
        incident = self._source.record.incident(request.path_params["id"])
        view = incident_view(self._source, incident)
        return self._templates.page(request, "incident.html", view=view)

    def reports(self, request: Request) -> Response:
        """All reports that fit."""
        asked = asked_of(request)
        found = self._source.record.reports(asked.query)
        first = (asked.page - 1) * PAGE
        return self._templates.page(
            request,
            "reports.html",
            asked=asked,
            total=len(found),
            first=first,
            reports=found[first : first + PAGE],
            pages=-(-len(found) // PAGE),
        )

    def report(self, request: Request) -> Response:
        """One report with its claims marked; `version` asks for an earlier one."""
        version = request.query_params.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() else None
        stored = self._source.record.store.report(request.path_params["id"], number)
        chosen = request.query_params.get("claim", "")
        view = report_view(self._source, stored, chosen)
        return self._templates.page(request, "report.html", view=view)

    def original(self, request: Request) -> Response:
        """The bytes as captured, to be saved and not shown, whatever they are."""
        report = self._source.record.store.report(request.path_params["id"]).report
        data = self._source.record.store.original(report.sha256)
        return Response(
            data,
            media_type="text/plain",
            headers={
                "Content-Disposition": disposition(report.name),
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        )

    def claims(self, request: Request) -> Response:
        """All claims that fit, report by report."""
        asked = asked_of(request, CLAIM_STATUSES)
        found = list(self._source.record.claims(asked.query))
        first = (asked.page - 1) * PAGE
        return self._templates.page(
            request,
            "claims.html",
            asked=asked,
            total=len(found),
            first=first,
            lines=lists.claim_lines(self._source, found[first : first + PAGE]),
            pages=-(-len(found) // PAGE),
        )

    def claim(self, request: Request) -> Response:
        """To the passage that carries a claim."""
        claim = self._source.record.claim(request.path_params["id"])
        return RedirectResponse(claim_address(claim), 303)

    def agreements(self, request: Request) -> Response:
        """Ceasefires, talks and other arrangements."""
        asked = asked_of(request)
        lines = lists.agreement_lines(self._source, self._source.record.agreements(asked.query))
        return self._templates.page(request, "agreements.html", asked=asked, lines=lines)

    def statistics(self, request: Request) -> Response:
        """Counted totals over a period."""
        asked = asked_of(request)
        lines = lists.statistic_lines(self._source, self._source.record.statistics(asked.query))
        return self._templates.page(request, "statistics.html", asked=asked, lines=lines)

    def actors(self, request: Request) -> Response:
        """States, groups and organs that the incidents name."""
        asked = asked_of(request)
        lines = lists.actor_lines(self._source, self._source.incidents(asked.query))
        return self._templates.page(request, "actors.html", asked=asked, lines=lines)

    def search(self, request: Request) -> Response:
        """Reports and passages that hold the words."""
        given = request.query_params.get("q", "")[:500]
        hits = self._source.record.search(given, FINDS)
        lines = lists.hit_lines(hits)
        return self._templates.page(request, "search.html", lines=lines, full=len(hits) == FINDS)

    def _types(self) -> list[tuple[str, str]]:
        """Names and ids of event types, for the form of filters."""
        world = self._source.record.world
        return sorted((one.name, one.id) for one in world.event_types.values())


def asked_of(request: Request, statuses: tuple[str, ...] = STATUSES) -> Asked:
    """What the address of a request asks for."""
    return Asked.of(request.url.path, request.query_params.multi_items(), statuses)


def disposition(name: str) -> str:
    """A header that saves a file under a harmless form of its name."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", last).strip("._") or "report"
    return f"attachment; filename=\"{plain[:100]}.txt\"; filename*=UTF-8''{quote(plain[:100])}.txt"
