"""What several families of pages share."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request

from contested.serve.asked import STATUSES, Asked
from contested.serve.site import Site


def asked_of(request: Request, statuses: tuple[str, ...] = STATUSES) -> Asked:
    """What the address of a request asks for."""
    return Asked.of(request.url.path, request.query_params.multi_items(), statuses)


def types_of(site: Site) -> list[tuple[str, str]]:
    """Names and ids of event types, for the form of filters."""
    return sorted((one.name, one.id) for one in site.record.world.event_types.values())


def disposition(name: str, ending: str = ".txt") -> str:
    """A header that saves a file under a harmless form of its name."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", last).strip("._") or "report"
    short = f"{plain[:100]}{ending}"
    return f"attachment; filename=\"{short}\"; filename*=UTF-8''{quote(short)}"
