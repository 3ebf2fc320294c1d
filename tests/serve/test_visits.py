"""What is new since the last visit, as the browser keeps when that was."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from contested.serve import visits
from contested.serve.visits import COOKIE

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def request(kept: str = "") -> Request:
    headers = [(b"cookie", f"{COOKIE}={kept}".encode())] if kept else []
    return Request({"type": "http", "headers": headers})


def noted(kept: str, now: dt.datetime) -> str:
    answer = Response()
    visits.note(request(kept), answer, now)
    return answer.headers["set-cookie"].partition("=")[2].partition(";")[0].strip('"')


def test_pages_of_one_visit_share_what_came_before() -> None:
    assert visits.before(request(), NOON) is None
    first = noted("", NOON)
    assert visits.before(request(first), NOON + MINUTE) is None
    again = noted(first, NOON + MINUTE)
    assert visits.before(request(again), NOON + 2 * MINUTE) is None
    next_day = NOON + 24 * HOUR
    assert visits.before(request(again), next_day) == NOON + MINUTE
    third = noted(again, next_day)
    assert visits.before(request(third), next_day + MINUTE) == NOON + MINUTE


@pytest.mark.parametrize("kept", ["x", "|", "|x", "1e9|x", "9" * 40 + "|" + "9" * 40])
def test_what_a_browser_sends_may_be_anything(kept: str) -> None:
    assert visits.before(request(kept), NOON) is None


def test_the_overview_says_what_is_new(client: TestClient) -> None:
    assert "Since your last visit" not in client.get("/").text
    client.cookies.delete(COOKIE)
    client.cookies.set(COOKIE, f"|{int((NOON - 99 * 24 * HOUR).timestamp())}")
    page = client.get("/").text
    assert "Since your last visit" in page
    assert "changed=2025-09-24T12:00:00Z" in page.replace("%3A", ":")
    for cookie in [one for one in client.cookies.jar if one.name == COOKIE]:
        client.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
    client.cookies.set(COOKIE, f"|{int(NOON.timestamp())}")
    assert "nothing new" in client.get("/").text
