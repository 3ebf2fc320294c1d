"""The one door through which the record is changed: who may pass it, and with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from contested import Record
from contested.errors import Overtaken
from contested.serve import changing
from contested.serve.app import create_app
from contested.serve.changing import Change
from contested.serve.families import FAMILIES
from contested.serve.operations import Call
from contested.serve.site import Family, Site
from tests.serve.conftest import BASE, TOKEN

OURS = {"Origin": BASE}


@dataclass(frozen=True)
class Verdict:
    words: str
    weight: int = 0


class Sandbox:
    """An app with a form and an operation that note what reached them."""

    def __init__(self, record: Record, changes: bool = True) -> None:
        self.taken: list[tuple[str, str]] = []
        self.before: Callable[[str], None] = lambda _id: None
        family = Family("sandbox")

        @family.change("/sandbox/{id}", most=2_000)
        def take(_site: Site, change: Change) -> Response:
            if change["id"] == "late":
                raise Overtaken("Somebody else decided. Load the page again.")
            self.before(change["id"])
            self.taken.append((change.author, change.text("words")))
            return change.seen(change.text("to", "/incidents"))

        @family.post("/api/sandbox/{id}", Verdict, body=Verdict, most=2_000)
        def sandbox(_site: Site, call: Call) -> Verdict:
            """Notes a verdict."""
            self.taken.append((call.author or "", call.body.words))
            return Verdict(call.body.words, call.body.weight + 1)

        app = create_app(
            record, TOKEN, changes=changes, author="login", families=(*FAMILIES, family)
        )
        self.client = TestClient(app, base_url=BASE, follow_redirects=False)
        self.client.get(f"/?token={TOKEN}")

    @property
    def token(self) -> str:
        page = self.client.get("/about").text
        return page.partition('name="form-token" content="')[2].partition('"')[0]

    def send(self, path: str = "/sandbox/1", headers: Any = None, **fields: str) -> Any:
        given = {"form_token": self.token, "words": "so be it"} | fields
        return self.client.post(path, data=given, headers=OURS if headers is None else headers)


@pytest.fixture
def sandbox(record: Record) -> Iterator[Sandbox]:
    yield Sandbox(record)


def test_a_form_of_these_pages_is_taken(sandbox: Sandbox) -> None:
    answer = sandbox.send()
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents"
    assert sandbox.taken == [("login", "so be it")]


def test_the_author_is_asked_once(sandbox: Sandbox) -> None:
    sandbox.send(author="Zoë <b>")
    sandbox.send()
    assert sandbox.taken == [("Zoë <b>", "so be it")] * 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8711"},
        {"Origin": "http://localhost:8710"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
def test_forms_of_other_sites_are_refused(sandbox: Sandbox, headers: dict[str, str]) -> None:
    assert sandbox.send(headers=headers).status_code == 403
    assert sandbox.taken == []


@pytest.mark.parametrize("token", ["", "0" * 64, TOKEN, "ü"])
def test_a_form_without_its_token_is_refused(sandbox: Sandbox, token: str) -> None:
    answer = sandbox.send(form_token=token)
    assert answer.status_code == 403
    assert "Load its page again" in answer.text
    assert sandbox.taken == []


def test_the_token_of_another_server_is_worth_nothing(sandbox: Sandbox, record: Record) -> None:
    assert sandbox.send(form_token=Sandbox(record).token).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"words": " "}, 400, "fill it in"),
        ({"words": "x" * 3_000}, 413, "Send less"),
        ({"author": "a\x07b"}, 400, "control characters"),
        ({"author": "x" * 201}, 400, "200 are the most"),
        ({"to": "//evil.example"}, 400, "no page of this record"),
        ({"to": "https://evil.example"}, 400, "no page of this record"),
    ],
)
def test_what_cannot_be_taken_is_told(
    sandbox: Sandbox, fields: dict[str, str], status: int, words: str
) -> None:
    answer = sandbox.send(**fields)
    assert answer.status_code == status
    assert words in answer.text


def test_somebody_was_quicker(sandbox: Sandbox) -> None:
    answer = sandbox.send("/sandbox/late")
    assert answer.status_code == 409
    assert "This was not decided" in answer.text


def test_a_broken_form_is_told(sandbox: Sandbox) -> None:
    headers = OURS | {"Content-Type": "multipart/form-data; boundary=x"}
    answer = sandbox.client.post("/sandbox/1", content=b"nothing of the kind", headers=headers)
    assert answer.status_code in (400, 403)
    assert sandbox.taken == []


def test_reading_only(record: Record) -> None:
    closed = Sandbox(record, changes=False)
    assert closed.token == ""
    answer = closed.send()
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert closed.taken == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(sandbox: Sandbox, method: str) -> None:
    answer = sandbox.client.request(method, "/sandbox/1", headers=OURS)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_pages_take_no_post(sandbox: Sandbox) -> None:
    assert sandbox.send("/incidents").status_code == 405


def test_a_program_sends_json(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Contested-Author": "a%20program"}
    program = TestClient(sandbox.client.app, base_url=BASE)
    answer = program.post("/api/sandbox/1", json={"words": "so"}, headers=headers)
    assert answer.json() == {"words": "so", "weight": 1}
    assert sandbox.taken == [("a program", "so")]
    wrong = program.post("/api/sandbox/1", json={"words": 3}, headers=headers)
    assert wrong.status_code == 400
    assert wrong.json()["kind"] == "UsageError"
    assert "words" in wrong.json()["error"]
    plain = program.post("/api/sandbox/1", content=b"{}", headers=headers)
    assert plain.status_code == 415
    large = program.post("/api/sandbox/1", json={"words": "x" * 3_000}, headers=headers)
    assert large.status_code == 413


def test_a_script_of_these_pages_sends_json(sandbox: Sandbox) -> None:
    path, body = "/api/sandbox/1", {"words": "so"}
    assert sandbox.client.post(path, json=body, headers=OURS).status_code == 403
    headers = OURS | {"X-Contested-Token": sandbox.token}
    assert sandbox.client.post(path, json=body, headers=headers).status_code == 200
    foreign = headers | {"Origin": "https://evil.example"}
    assert sandbox.client.post(path, json=body, headers=foreign).status_code == 403


def test_a_change_that_waits_for_another_program_holds_up_no_one(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is held; the second is refused with what to do, and pages are shown meanwhile."""
    monkeypatch.setattr(changing, "PATIENCE", 0.05)
    sandbox = Sandbox(record)
    held, go_on, token = Event(), Event(), sandbox.token

    def slow(_name: str) -> None:
        held.set()
        assert go_on.wait(20)

    sandbox.before = slow
    with ThreadPoolExecutor() as pool:
        first = pool.submit(sandbox.send, "/sandbox/1", form_token=token)
        assert held.wait(20)
        refused = sandbox.send("/sandbox/2", form_token=token)
        assert refused.status_code == 503
        assert "Nothing of yours was stored" in refused.text
        assert sandbox.client.get("/about").status_code == 200
        go_on.set()
        assert first.result(20).status_code == 303
    assert len(sandbox.taken) == 1
