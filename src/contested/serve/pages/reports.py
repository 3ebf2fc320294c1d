"""The lists of reports and of claims, and where a claim stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import with_config
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from typing_extensions import TypedDict

from contested.model import Claim, to_plain
from contested.record import StoredReport
from contested.serve import lists
from contested.serve.addresses import claim_address
from contested.serve.asked import CLAIM_STATUSES, PAGE
from contested.serve.operations import CLAIM_FILTERS, FILTERS, AnyClaim, Call
from contested.serve.pages.common import asked_of
from contested.serve.site import Family, Nav, Site

family = Family("reports", nav=(Nav("/claims", "Claims", 75), Nav("/reports", "Reports", 70)))


@family.page("/reports")
def reports_page(site: Site, request: Request) -> Response:
    """All reports that fit."""
    asked = asked_of(request)
    found = site.record.reports(asked.query)
    first = (asked.page - 1) * PAGE
    return site.templates.page(
        request,
        "reports.html",
        asked=asked,
        total=len(found),
        first=first,
        reports=found[first : first + PAGE],
        pages=-(-len(found) // PAGE),
    )


@family.page("/claims")
def claims_page(site: Site, request: Request) -> Response:
    """All claims that fit, report by report."""
    asked = asked_of(request, CLAIM_STATUSES)
    found = list(site.record.claims(asked.query))
    first = (asked.page - 1) * PAGE
    return site.templates.page(
        request,
        "claims.html",
        asked=asked,
        total=len(found),
        first=first,
        lines=lists.claim_lines(site.source, found[first : first + PAGE]),
        pages=-(-len(found) // PAGE),
    )


@family.page("/claims/{id}")
def claim_page(site: Site, request: Request) -> Response:
    """To the passage that carries a claim."""
    return RedirectResponse(claim_address(site.record.claim(request.path_params["id"])), 303)


@family.get("/api/claims", AnyClaim, *CLAIM_FILTERS, many=True)
def claims(site: Site, call: Call) -> Sequence[Claim]:
    """Claims, report by report. As ``contested claims``."""
    return list(site.record.claims(call.filters.query))


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


@family.get("/api/reports", ReportLine, *FILTERS, many=True)
def reports(site: Site, call: Call) -> Sequence[dict[str, Any]]:
    """Reports in order of arrival, without their texts."""
    return [_without_text(stored) for stored in site.record.reports(call.filters.query)]


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
