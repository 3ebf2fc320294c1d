"""Reports with their claims marked, the claims as a list, and where a claim stands."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import with_config
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from typing_extensions import TypedDict

from contested.model import Claim, to_plain
from contested.model.query import Query
from contested.record import StoredReport
from contested.serve import lists
from contested.serve.asked import CLAIM_STATUSES, KINDS, PAGE
from contested.serve.incident_page import claim_address
from contested.serve.operations import (
    CLAIM_FILTERS,
    FILTERS,
    AnyClaim,
    Call,
    Found,
    Parameter,
)
from contested.serve.pages.common import asked_of, disposition, table, types_of
from contested.serve.report_page import report_view
from contested.serve.site import Family, Nav, Site

REPORT_ORDERS = ("newest", "arrival")
"""The last to arrive first, or the first."""

family = Family("reports", nav=(Nav("/claims", "Claims", 75), Nav("/reports", "Reports", 70)))


@family.page("/reports")
def reports_page(site: Site, request: Request) -> Response:
    """All reports that fit."""
    asked = asked_of(request)
    order = asked.sort(REPORT_ORDERS)
    found = _reports(site, asked.query, order)
    first = (asked.page - 1) * PAGE
    return site.templates.page(
        request,
        "reports.html",
        asked=asked,
        order=order,
        total=len(found),
        first=first,
        reports=site.source.board.briefs.reports_by_run(found[first : first + PAGE]),
        pages=-(-len(found) // PAGE),
        types=types_of(site),
    )


@family.page("/reports.csv")
def reports_csv(site: Site, request: Request) -> Response:
    """All pages of the list as a table. As ``contested export reports``."""
    asked = asked_of(request)
    found = _reports(site, asked.query, asked.sort(REPORT_ORDERS))
    read = site.source.board.briefs.reports_by_run
    return table("reports", found, lambda some: [stored.report for stored in read(some)])


def _reports(site: Site, query: Query, order: str) -> list[int]:
    found: list[int] = site.source.board.reports_fitting(query).tolist()
    return found if order == "arrival" else found[::-1]


@family.page("/reports/{id}")
def report_page(site: Site, request: Request) -> Response:
    """One report with its claims marked; `version` asks for an earlier one."""
    version = request.query_params.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else None
    stored = site.record.store.report(request.path_params["id"], number)
    chosen = request.query_params.get("claim", "")
    view = report_view(site.source, stored, chosen)
    return site.templates.page(request, "report.html", view=view)


@family.page("/reports/{id}/original")
def original(site: Site, request: Request) -> Response:
    """The bytes as captured, to be saved and not shown, whatever they are."""
    report = site.record.store.report(request.path_params["id"]).report
    data = site.record.store.original(report.sha256)
    return Response(
        data,
        media_type="text/plain",
        headers={
            "Content-Disposition": disposition(report.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@family.page("/claims")
def claims_page(site: Site, request: Request) -> Response:
    """All claims that fit, report by report."""
    asked = asked_of(request, CLAIM_STATUSES)
    found = site.source.board.claims_fitting(asked.query)
    first = (asked.page - 1) * PAGE
    shown = site.source.board.briefs.claims_by_number(found[first : first + PAGE].tolist())
    return site.templates.page(
        request,
        "claims.html",
        asked=asked,
        total=len(found),
        first=first,
        lines=lists.claim_lines(site.source, shown),
        pages=-(-len(found) // PAGE),
        kinds=KINDS,
        types=types_of(site),
    )


@family.page("/claims.csv")
def claims_csv(site: Site, request: Request) -> Response:
    """All pages of the list as a table. As ``contested export claims``."""
    asked = asked_of(request, CLAIM_STATUSES)
    found: list[int] = site.source.board.claims_fitting(asked.query).tolist()
    return table("claims", found, site.source.board.briefs.claims_by_number)


@family.page("/claims/{id}")
def claim_page(site: Site, request: Request) -> Response:
    """To the passage that carries a claim."""
    return RedirectResponse(claim_address(site.record.claim(request.path_params["id"])), 303)


@family.get("/api/claims", AnyClaim, *CLAIM_FILTERS, many=True)
def claims(site: Site, call: Call) -> Found:
    """Claims, report by report. As ``contested claims``."""
    found = site.source.board.claims_fitting(call.filters.query)
    shown = found[call.offset : call.offset + call.limit].tolist()
    return Found(site.source.board.briefs.claims_by_number(shown), len(found))


@family.get("/api/claims/{id}", AnyClaim)
def claim(site: Site, call: Call) -> Claim:
    """One claim."""
    return site.record.claim(call["id"])


@with_config(extra="allow")
class ReportLine(TypedDict):
    """A report without its text; what its outlet, title and dates are stands beside."""

    id: str
    name: str
    sha256: str
    version: str
    versions: int
    characters: int
    captured_at: str
    method: str
    claims: dict[str, int]


class WholeReport(ReportLine):
    """A report with its text and the claims in it."""

    text: str
    found: list[AnyClaim]


SORT = Parameter(
    "sort", "Which come first.", Literal["newest", "arrival"], default=REPORT_ORDERS[0]
)


@family.get("/api/reports", ReportLine, *FILTERS, SORT, many=True)
def reports(site: Site, call: Call) -> Found:
    """Reports, the last to arrive first, without their texts."""
    found = _reports(site, call.filters.query, call.value("sort"))
    shown = found[call.offset : call.offset + call.limit]
    stored = site.source.board.briefs.reports_by_run(shown)
    return Found([_without_text(one) for one in stored], len(found))


@family.get("/api/reports/{id}", WholeReport)
def report(site: Site, call: Call) -> dict[str, Any]:
    """One report with its text and its claims."""
    stored = site.record.store.report(call["id"])
    found = site.source.current_claims(stored.report.id)
    return _without_text(stored) | {"text": stored.report.text, "found": list(found)}


def _without_text(stored: StoredReport) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(stored.report)
    del plain["text"]
    return plain | {
        "version": stored.report.version,
        "versions": stored.seq,
        "characters": len(stored.report.text),
        "captured_at": stored.captured_at.isoformat(),
        "method": stored.method,
        "claims": dict(stored.claims),
    }
