"""Who gets a page, and what goes with every answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.serve.conftest import BASE, TOKEN

PAGES = (
    "/",
    "/incidents",
    "/incidents/i-000000000001",
    "/incidents/i-000000000001/cite",
    "/incidents/i-000000000001/export/csv",
    "/review",
    "/decisions",
    "/add",
    "/reports",
    "/agreements",
    "/statistics",
    "/actors",
    "/search?q=soldiers",
    "/search",
    "/static/style.css",
    "/about",
    "/api/docs",
    "/api/openapi.json",
    "/api/map/names",
    "/api/",
    "/api/incidents",
    "/api/incidents/i-000000000001",
    "/api/incidents/i-000000000001/history",
    "/api/incidents/i-000000000001/near",
    "/api/incidents/i-000000000001/citation",
    "/api/decisions",
    "/api/review",
    "/api/jobs",
    "/api/claims",
    "/api/reports",
    "/api/agreements",
    "/api/statistics",
    "/api/actors",
    "/api/search?q=soldiers",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_needs_the_token(stranger: TestClient, page: str) -> None:
    refused = stranger.get(page)
    assert refused.status_code == 403
    assert "contested serve" in refused.text
    assert stranger.get(page, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert stranger.get(page, headers={"Authorization": "Bearer wrong"}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_every_page_with_the_token(client: TestClient, page: str) -> None:
    found = client.get(page)
    assert found.status_code == 200
    head = client.head(page)
    assert (head.status_code, head.content) == (200, b"")


def test_the_token_becomes_a_cookie_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/incidents?status=disputed&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents?status=disputed"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/incidents").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], "ü"])
def test_a_wrong_token_is_refused(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_token_never_leads_elsewhere(stranger: TestClient) -> None:
    answer = stranger.get(f"{BASE}//evil.example/x?token={TOKEN}")
    assert answer.headers["location"] == "/evil.example/x"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8710@x", ""])
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {TOKEN}"}
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_reading_only(client: TestClient, method: str) -> None:
    answer = client.request(method, "/incidents")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "page", ["/", "/incidents/nothing", "/static/style.css", "/api/", "/nowhere"]
)
def test_headers_go_with_every_answer(client: TestClient, page: str) -> None:
    for answer in (client.get(page), TestClient(client.app, base_url=BASE).get(page)):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "headers", "method", "status"),
    [
        ("/api/incidents", {}, "GET", 403),
        ("/api/?token=wrong", {}, "GET", 403),
        ("/api/incidents", {"Host": "evil.example"}, "GET", 400),
        ("/api/decisions", {"Authorization": f"Bearer {TOKEN}"}, "POST", 405),
        ("/api/nowhere", {"Authorization": f"Bearer {TOKEN}"}, "GET", 404),
    ],
)
def test_a_program_is_refused_in_the_shape_of_every_error(
    stranger: TestClient, address: str, headers: dict[str, str], method: str, status: int
) -> None:
    answer = stranger.request(method, address, headers=headers)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "kind"}
