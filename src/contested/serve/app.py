"""The web app: which address shows what, and what an error looks like."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from contested.errors import (
    ContestedError,
    DecisionError,
    NotFound,
    NothingToAnalyse,
    RecordMovedOn,
    StillReading,
    UsageError,
)
from contested.pipeline import Record
from contested.serve.assets import Assets
from contested.serve.changing import Changing
from contested.serve.families import FAMILIES
from contested.serve.guard import CHANGING, READING, Guard
from contested.serve.nothing import meant
from contested.serve.operations import Call, Operation
from contested.serve.rendering import Templates
from contested.serve.sides import Sides
from contested.serve.site import Family, Site
from contested.serve.source import Source

STATUS: Mapping[type[ContestedError], int] = {
    NotFound: 404,
    UsageError: 400,
    NothingToAnalyse: 400,
    DecisionError: 409,
    RecordMovedOn: 409,
}
NO_PAGE = "There is no page at this address. The links above lead to every list of the record."
HEADS = {
    400: "This cannot be understood",
    403: "This is not allowed",
    404: "Not in the record",
    405: "This address takes no such request",
    409: "This was not decided",
    413: "This is too much at a time",
    503: "The record cannot be read now",
}


def create_app(
    record: Record,
    token: str,
    *,
    changes: bool = False,
    author: str = "somebody",
    families: tuple[Family, ...] = FAMILIES,
    fetching: bool = False,
    warm: bool = False,
) -> ASGIApp:
    """The app that shows `record` to whoever has `token`.

    With `changes` what the pages send is written to the record, in the name that its user gives;
    `author` is proposed to them. Without, the app reads and never writes. `families` are the
    pages that there are. With `fetching` it may fetch the address of a page that its user gives.
    With `warm` the record is read into memory at once, not by the first page.
    """
    source = Source(record)
    templates = Templates(source, [one.templates for one in families if one.templates])
    operations = tuple(one for family in families for one in family.operations)
    changing = Changing(changes, token, author)
    site = Site(source, templates, Assets(), changing, Sides(source), operations, fetching=fetching)
    entries = sorted((one for family in families for one in family.nav), key=lambda one: one.place)
    templates.belong_to(site, tuple(entries))
    if warm:
        threading.Thread(target=source.board.warm, daemon=True).start()
    starlette = Starlette(
        routes=routes(site, families),
        exception_handlers={
            ContestedError: partial(_failed, site),
            HTTPException: partial(_missing, site),
        },
    )
    return Guard(starlette, token, CHANGING if changes else READING)


def routes(site: Site, families: tuple[Family, ...]) -> list[Route]:
    """What is served: pages and operations with GET, and POST only through `Changing`."""
    found = [Route("/static/{name:path}", site.assets.serve)]
    for family in families:
        found += [Route(path, _bound(page, site)) for path, page in family.pages.items()]
        for changed in family.changes:
            found.append(Route(changed.path, site.changing.form(changed, site), methods=["POST"]))
        for operation in family.operations:
            found.append(_operation(site, operation))
    return found


def _bound(page: Callable[[Site, Request], Response], site: Site) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with site.source.board.seen_once():
            return page(site, request)

    return endpoint


def _operation(site: Site, operation: Operation) -> Route:
    if operation.method == "POST":
        return Route(operation.path, site.changing.body(operation, site), methods=["POST"])

    def endpoint(request: Request) -> Response:
        call = Call(operation, request)
        call.check()
        with site.source.board.seen_once():
            return call.respond(operation.answer(site, call))

    return Route(operation.path, endpoint)


def _failed(site: Site, request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 503)
    told = _told(site, request, status, str(error), type(error).__name__)
    if isinstance(error, StillReading):
        told.headers["Refresh"] = told.headers["Retry-After"] = "1"
    return told


def _missing(site: Site, request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 404
    words: Any = error.detail if isinstance(error, HTTPException) else str(error)
    told = _told(site, request, code, NO_PAGE if words == "Not Found" else words, "Refused")
    if isinstance(error, HTTPException):
        told.headers.update(error.headers or {})
    return told


def _told(site: Site, request: Request, status: int, words: str, kind: str) -> Response:
    if request.url.path.startswith(("/api/", "/static/")):
        return JSONResponse({"error": words, "kind": kind}, status)
    head = HEADS.get(status, "This did not work")
    near = meant(site.source, request) if kind == "UsageError" else ()
    if near:
        words = words.partition(" Did you mean ")[0]
    return site.templates.page(request, "error.html", status, head=head, words=words, meant=near)
