"""What several families of pages share."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from contested.publish.exporter import What
from contested.publish.tables import Csv
from contested.serve.asked import STATUSES, Asked
from contested.serve.site import Site

LINES = 500
"""So many lines of a table are sent together."""
K = TypeVar("K")


def asked_of(request: Request, statuses: tuple[str, ...] = STATUSES) -> Asked:
    """What the address of a request asks for."""
    return Asked.of(request.url.path, request.query_params.multi_items(), statuses)


def types_of(site: Site) -> list[tuple[str, str]]:
    """Names and ids of event types, for the form of filters."""
    return sorted((one.name, one.id) for one in site.record.world.event_types.values())


def table(what: What, keys: Sequence[K], read: Callable[[Sequence[K]], Sequence[Any]]) -> Response:
    """A list as the CSV file that an export makes, read and sent a part at a time."""
    return StreamingResponse(
        _parts(what, keys, read),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition(what, ".csv")},
    )


def _parts(
    what: What, keys: Sequence[K], read: Callable[[Sequence[K]], Sequence[Any]]
) -> Iterator[str]:
    for at in range(0, max(len(keys), 1), LINES):
        text = io.StringIO()
        Csv().write(what, read(keys[at : at + LINES]), text)
        whole = text.getvalue()
        yield whole if not at else whole.partition("\n")[2]


def disposition(name: str, ending: str = ".txt") -> str:
    """A header that saves a file under a harmless form of its name."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", last).strip("._") or "report"
    short = f"{plain[:100]}{ending}"
    return f"attachment; filename=\"{short}\"; filename*=UTF-8''{quote(short)}"
