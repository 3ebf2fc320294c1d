"""When somebody last looked, as their browser keeps it."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "contested-visits"
ONE_VISIT = dt.timedelta(minutes=30)
"""Pages that are opened within it are of one visit."""
A_YEAR = 365 * 24 * 3600


def note(request: Request, response: Response, now: dt.datetime) -> None:
    """Have the browser keep that somebody looks now."""
    before, latest = _read(request)
    if latest is None or now - latest > ONE_VISIT:
        before = latest
    kept = f"{_written(before)}|{_written(now)}"
    response.set_cookie(COOKIE, kept, max_age=A_YEAR, httponly=True, samesite="strict", path="/")


def before(request: Request, now: dt.datetime) -> dt.datetime | None:
    """When the visit before this one ended, as seen now; none where there was none."""
    earlier, latest = _read(request)
    return latest if latest is not None and now - latest > ONE_VISIT else earlier


def _read(request: Request) -> tuple[dt.datetime | None, dt.datetime | None]:
    first, _, last = request.cookies.get(COOKIE, "").partition("|")
    return _moment(first), _moment(last)


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(int(text), dt.UTC) if text.isascii() else None
    except (ValueError, OverflowError, OSError):
        return None


def _written(moment: dt.datetime | None) -> str:
    return "" if moment is None else str(int(moment.timestamp()))
