"""What this is: version, record, base map, libraries and their licences; and the API's page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import contested
from contested.serve import openapi
from contested.serve.site import Family, Site

family = Family("about")


@family.page("/about")
def about_page(site: Site, request: Request) -> Response:
    """Version, sources and licences."""
    return site.templates.page(
        request,
        "about.html",
        version=contested.__version__,
        counts=site.record.counts(),
        licences=site.assets.licences(),
    )


@family.page("/api/openapi.json")
def described(site: Site, _request: Request) -> Response:
    """The API described by OpenAPI 3.1."""
    return JSONResponse(openapi.description(site.operations))


@family.page("/api/docs")
def api_page(site: Site, request: Request) -> Response:
    """The same description, to be read."""
    return site.templates.page(request, "api.html", **openapi.readable(site.operations))
