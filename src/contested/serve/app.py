"""The web app: which address shows what, and what an error looks like."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from contested.errors import ContestedError, NotFound, UsageError
from contested.pipeline import Record
from contested.serve.api import Api
from contested.serve.guard import Guard
from contested.serve.pages import Pages
from contested.serve.rendering import Templates
from contested.serve.source import Source

STATUS: Mapping[type[ContestedError], int] = {NotFound: 404, UsageError: 400}
NO_PAGE = "There is no page at this address. The links above lead to every list of the record."
HEADS = {
    400: "This cannot be understood",
    404: "Not in the record",
    503: "The record cannot be read now",
}


def create_app(record: Record, token: str) -> ASGIApp:
    """The app that shows `record` to whoever has `token`. It reads and never writes."""
    source = Source(record)
    templates = Templates(source)
    pages, api = Pages(source, templates), Api(source)

    def failed(request: Request, error: Exception) -> Response:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 503)
        return told(request, status, str(error))

    def missing(request: Request, error: Exception) -> Response:
        code = error.status_code if isinstance(error, HTTPException) else 404
        return told(request, code, NO_PAGE if code == 404 else str(error))

    def told(request: Request, status: int, words: str) -> Response:
        if request.url.path.startswith("/api"):
            return JSONResponse({"error": words}, status)
        head = HEADS.get(status, "This did not work")
        return templates.page(request, "error.html", status, head=head, words=words)

    return Guard(
        Starlette(
            routes=_routes(pages, api),
            exception_handlers={ContestedError: failed, HTTPException: missing},
        ),
        token,
    )


def _routes(pages: Pages, api: Api) -> list[Route]:
    return [
        Route("/", pages.overview),
        Route("/incidents", pages.incidents),
        Route("/incidents/{id}", pages.incident),
        Route("/reports", pages.reports),
        Route("/reports/{id}", pages.report),
        Route("/reports/{id}/original", pages.original),
        Route("/claims", pages.claims),
        Route("/claims/{id}", pages.claim),
        Route("/agreements", pages.agreements),
        Route("/statistics", pages.statistics),
        Route("/actors", pages.actors),
        Route("/search", pages.search),
        Route("/style.css", _style),
        Route("/api/", api.overview),
        Route("/api/incidents", api.incidents),
        Route("/api/incidents/{id}", api.incident),
        Route("/api/incidents/{id}/history", api.history),
        Route("/api/claims", api.claims),
        Route("/api/claims/{id}", api.claim),
        Route("/api/reports", api.reports),
        Route("/api/reports/{id}", api.report),
        Route("/api/agreements", api.agreements),
        Route("/api/statistics", api.statistics),
        Route("/api/actors", api.actors),
        Route("/api/search", api.search),
    ]


def _style(_request: Request) -> Response:
    text = resources.files("contested.serve").joinpath("static/style.css").read_text("utf-8")
    return Response(text, media_type="text/css", headers={"Cache-Control": "private, max-age=300"})
