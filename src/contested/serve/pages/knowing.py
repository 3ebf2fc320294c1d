"""Agreements and statistics: lists, and a page and an address of the API for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from contested.analyse.ceasefires.answer import AgreementRow
from contested.analyse.statistics.check import CheckedStatistic
from contested.errors import NotFound, NothingToAnalyse
from contested.model import AgreementClaim, StatisticClaim
from contested.serve import lists
from contested.serve.analyses import Asked, job_of
from contested.serve.operations import FILTERS, Call
from contested.serve.pages.common import asked_of
from contested.serve.site import Family, Nav, Site
from contested.serve.working import Job

if TYPE_CHECKING:
    from contested.cli.hearing import Heard

family = Family(
    "knowing",
    nav=(Nav("/agreements", "Agreements", 40), Nav("/statistics", "Statistics", 50)),
)
PATIENCE, QUICK = 10.0, 0.5
"""Seconds for which a page of one thing, and a list, wait for what is gathered."""
LATER = "This is still being worked out from the whole record. Look again in a few seconds."


@family.page("/agreements")
def agreements_page(site: Site, request: Request) -> Response:
    """Ceasefires, talks and other arrangements."""
    asked = asked_of(request)
    lines = lists.agreement_lines(site.source, site.record.agreements(asked.query))
    job = job_of(site, Asked.of("ceasefires", ())) if lines and not asked.pairs else None
    gathered = _known(job, QUICK) if job else None
    rows = gathered.found.rows if gathered and gathered.found else ()
    return site.templates.page(
        request, "agreements.html", asked=asked, lines=lines, gathered=rows, job=job
    )


@family.page("/statistics")
def statistics_page(site: Site, request: Request) -> Response:
    """Counted totals over a period."""
    asked = asked_of(request)
    lines = lists.statistic_lines(site.source, site.record.statistics(asked.query))
    return site.templates.page(request, "statistics.html", asked=asked, lines=lines)


@family.page("/agreements/{id}")
def agreement_page(site: Site, request: Request) -> Response:
    """One agreement: parties, terms, voices, violations, and the violence around it."""
    heard = _whole(site, "ceasefires")
    found: Any = heard.found
    row = _row(found.rows, "id", request.path_params["id"], "agreement")
    around = found.violence.windows if found.violence else ()
    windows = [one for one in around if one.agreement == row.id]
    return site.templates.page(
        request,
        "agreement.html",
        row=row,
        windows=windows,
        survival=found.survival,
        chart=heard.chart,
        assumptions=found.assumptions,
    )


@family.page("/statistics/{claim}")
def statistic_page(site: Site, request: Request) -> Response:
    """One published total beside the others and the record, with what explains the difference."""
    heard = _whole(site, "statistics")
    found: Any = heard.found
    row = _row(found.rows, "claim", request.path_params["claim"], "statistic")
    return site.templates.page(request, "statistic.html", row=row, assumptions=found.assumptions)


def _known(job: Job, seconds: float) -> Heard | None:
    """The answer of an analysis of the whole record if it is there in time, and not refused."""
    try:
        heard: Heard | None = job.outcome() if job.wait(seconds) else None
    except NothingToAnalyse:
        return None
    return heard


def _whole(site: Site, name: str) -> Heard:
    """The answer of an analysis of the whole record. Raises HTTPException (503) where it lasts."""
    job = job_of(site, Asked.of(name, ()))
    if not job.wait(PATIENCE):
        raise HTTPException(503, LATER, headers={"Retry-After": "3"})
    try:
        heard: Heard = job.outcome()
    except NothingToAnalyse as error:
        raise NotFound(str(error)) from error
    return heard


def _row(rows: Sequence[Any], field: str, id: str, noun: str) -> Any:
    for row in rows:
        if getattr(row, field) == id:
            return row
    raise NotFound(f"There is no {noun} {id[:40]!r} in the record. The list has all of them.")


@family.get("/api/agreements", AgreementClaim, *FILTERS, many=True)
def agreements(site: Site, call: Call) -> Sequence[AgreementClaim]:
    """Claims on ceasefires, talks and other arrangements. As ``contested agreements``."""
    return site.record.agreements(call.filters.query)


@family.get("/api/statistics", StatisticClaim, *FILTERS, many=True)
def statistics(site: Site, call: Call) -> Sequence[StatisticClaim]:
    """Counted totals over a period. As ``contested statistics``."""
    return site.record.statistics(call.filters.query)


@family.get("/api/agreements/{id}", AgreementRow)
def agreement(site: Site, call: Call) -> Any:
    """One agreement, gathered from its claims. As in ``contested analyse ceasefires``."""
    found: Any = _whole(site, "ceasefires").found
    return _row(found.rows, "id", call["id"], "agreement")


@family.get("/api/statistics/{claim}", CheckedStatistic)
def statistic(site: Site, call: Call) -> Any:
    """One statistic beside others. As in ``contested analyse statistics``."""
    found: Any = _whole(site, "statistics").found
    return _row(found.rows, "claim", call["claim"], "statistic")
