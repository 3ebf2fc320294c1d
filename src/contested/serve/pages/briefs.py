"""A brief of a period and a place: on a page, as one HTML file, and as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from contested.pipeline.briefing import BriefOptions, brief_of
from contested.publish.brief import Brief, pdf
from contested.publish.brief import page as as_page
from contested.publish.brief.page import body
from contested.serve.operations import FILTERS, Call
from contested.serve.pages.common import asked_of, disposition
from contested.serve.site import Family, Site
from contested.serve.working import Job

family = Family("briefs")
FILTERED = tuple(one for one in FILTERS if one.name in ("since", "until", "place", "actor"))
PATIENCE = 60.0
"""Seconds for which a file is waited for."""


def _options(query: Any) -> BriefOptions:
    return BriefOptions(
        since=query.since, until=query.until, place=query.place, actors=tuple(query.actors)
    )


def _job(site: Site, options: BriefOptions) -> Job:
    def work(steps: list[str]) -> Brief:
        steps.append("putting the brief together")
        return brief_of(site.record, options)

    return site.jobs.of("brief", ("brief", site.source.state(), options), work)


@family.page("/brief")
def brief_page(site: Site, request: Request) -> Response:
    """A brief to read and to print; its form says of what."""
    asked = asked_of(request)
    options = _options(asked.query)
    ready = bool(asked.pairs) or "all" in request.query_params
    job = _job(site, options) if ready else None
    found = job.outcome() if job and job.wait() else None
    return site.templates.page(
        request,
        "brief.html",
        asked=asked,
        options=options,
        job=job,
        found=found,
        shown=Markup(body(found)) if found else "",
    )


@family.page("/brief.html")
def brief_file(site: Site, request: Request) -> Response:
    """The brief as one file to send."""
    text = as_page(_whole(site, request))
    headers = {"Content-Disposition": disposition("brief", ".html")}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


@family.page("/brief.pdf")
def brief_pdf(site: Site, request: Request) -> Response:
    """The brief as PDF."""
    found = _whole(site, request)
    headers = {"Content-Disposition": disposition("brief", ".pdf")}
    key = ("pdf", site.source.state(), found.command)
    job = site.jobs.of("pdf", key, lambda _: pdf(found))
    job.wait(PATIENCE)
    return Response(_outcome(job), media_type="application/pdf", headers=headers)


def _whole(site: Site, request: Request) -> Brief:
    job = _job(site, _options(asked_of(request).query))
    job.wait(PATIENCE)
    found: Brief = _outcome(job)
    return found


def _outcome(job: Job) -> Any:
    from starlette.exceptions import HTTPException

    if not job.done:
        raise HTTPException(503, "The brief is still being put together. Look again in a minute.")
    return job.outcome()


@dataclass(frozen=True, slots=True)
class BriefFound:
    """A brief, or that it is being put together: ask again."""

    state: Literal["done", "working"]
    seconds: float
    expected: float | None
    part: float | None
    steps: tuple[str, ...]
    brief: Brief | None


@family.get("/api/brief", BriefFound, *FILTERED)
def brief(site: Site, call: Call) -> BriefFound:
    """A brief of a period and a place. As ``contested brief``."""
    job = _job(site, _options(call.filters.query))
    found = job.outcome() if job.wait() else None
    return BriefFound(
        state="done" if found else "working",
        seconds=round(job.seconds, 2),
        expected=job.expected,
        part=job.part,
        steps=tuple(job.steps),
        brief=found,
    )
