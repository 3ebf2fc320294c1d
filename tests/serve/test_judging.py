"""What pages change: decisions, the review, adding; on a record of its own, gathered as any."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from contested import Record
from contested.serve.app import create_app
from contested.serve.pages.adding import harmless
from contested.settings import Settings
from tests.serve.conftest import BASE
from tests.serve.samples import HOSTILE

AMBUSH = (
    "Eleven soldiers were killed in an ambush in Kurram district on 8 October 2025, the army "
    "said.\n\nThe Pakistani Taliban claimed responsibility for the attack.\n"
)
OTHER = (
    "Twenty-two soldiers were killed in an ambush in Kurram district on 8 October 2025, a "
    "spokesman for the Pakistani Taliban said.\n"
)
AWAY = "Three policemen were killed when gunmen opened fire in Quetta on 9 October 2025.\n"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (("army.txt", AMBUSH), ("group.txt", OTHER), ("quetta.txt", AWAY)):
        (folder / name).write_text(text, encoding="utf-8")
    path = tmp_path / "own.sqlite"
    with Record.open(path, settings=Settings(record=path, jobs=1)) as opened:
        assert opened.add([folder]).ok
        yield opened


@pytest.fixture
def client(record: Record) -> TestClient:
    app = create_app(record, "t", changes=True, author="Ada")
    found = TestClient(app, base_url=BASE, follow_redirects=False)
    assert found.get("/?token=t").status_code == 303
    return found


def token(client: TestClient) -> str:
    found = re.search(r'name="form-token" content="(\w+)"', client.get("/decisions").text)
    assert found
    return found[1]


def send(client: TestClient, path: str, status: int = 303, **fields: object) -> str:
    """Send a form as a page does; the address that it leads to, or the words of the page."""
    data = {"form_token": token(client), **fields}
    answer = client.post(path, data=data, headers={"Origin": BASE})
    assert answer.status_code == status, answer.text
    return answer.headers["location"] if status == 303 else html.unescape(answer.text)


def incidents(client: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/api/incidents").json()
    return found


def claim_of(client: TestClient, report: str, kind: str) -> dict[str, object]:
    found = [c for c in client.get(f"/api/claims?kind={kind}").json() if c["name"] == report]
    assert isinstance(found[0], dict)
    return found[0]


def test_incidents_are_merged_and_parted_again(client: TestClient) -> None:
    ids = [str(one["id"]) for one in incidents(client)]
    assert len(ids) >= 2
    address = send(
        client, "/decide/merge", id=ids[:2], reason=f"one {HOSTILE}", back=f"/incidents/{ids[0]}"
    )
    assert address.startswith(f"/incidents/{ids[0]}?done=d-")
    page = client.get(address).text
    assert "decided by Ada" in page
    assert HOSTILE not in page
    assert HOSTILE in html.unescape(page)
    assert len(incidents(client)) == len(ids) - 1
    decision = address.rpartition("=")[2]
    send(client, "/decide/undo", id=decision, back=f"/incidents/{ids[0]}")
    assert len(incidents(client)) == len(ids)
    assert "undone by Ada" in client.get("/decisions").text
    states = {one["decision"]["act"]: one["state"] for one in client.get("/api/decisions").json()}
    assert states == {"merge": "undone", "undo": "holds"}


def test_a_merged_incident_is_split(client: TestClient) -> None:
    before = incidents(client)
    ids = [str(one["id"]) for one in before]
    send(client, "/decide/merge", id=ids, reason="all one", back="/")
    (whole,) = incidents(client)
    quetta = claim_of(client, "quetta.txt", "event")["id"]
    page = client.get(f"/incidents/{whole['id']}").text
    assert f'name="claims" value="{quetta}"' in page
    send(client, "/decide/split", id=whole["id"], claims=quetta, reason="elsewhere", back="/")
    assert len(incidents(client)) == 2


def test_the_rule_of_one_incident_is_changed(client: TestClient) -> None:
    (id,) = [str(one["id"]) for one in incidents(client) if one["reports"]][:1]
    send(client, "/decide/rule", id=id, value="highest", reason="for planning", back="/")
    tolls = client.get(f"/api/incidents/{id}").json()["casualties"]
    assert {toll["rule"] for toll in tolls} == {"highest"}
    assert "best → " not in client.get(f"/incidents/{id}").text
    assert "rule: lowest credible → highest" in client.get(f"/incidents/{id}").text


@pytest.mark.parametrize(
    ("path", "fields", "status", "words"),
    [
        ("/decide/merge", {"id": "i-nothing"}, 409, "two incidents"),
        ("/decide/nothing", {"id": "x"}, 400, "no decision"),
        ("/decide/wrong", {}, 400, "1 id"),
        ("/decide/wrong", {"id": "c-nothing"}, 404, "no claim or report"),
        ("/decide/rule", {"value": "mine"}, 400, "mine"),
        ("/review/answer", {"answer": "perhaps"}, 400, "no answer"),
        ("/add/address", {"url": "https://example.org/"}, 400, "--allow-fetch"),
        ("/add/files", {}, 400, "No file"),
    ],
)
def test_what_cannot_be_decided_is_told(
    client: TestClient, path: str, fields: dict[str, str], status: int, words: str
) -> None:
    assert words in send(client, path, status, reason="x", **fields)


def test_no_form_leads_elsewhere(client: TestClient) -> None:
    id = str(incidents(client)[0]["id"])
    told = send(client, "/decide/confirm", 400, id=id, reason="x", back="https://evil.example/")
    assert "no page of this record" in told


def test_a_claim_is_corrected_rejected_and_restored_in_its_report(client: TestClient) -> None:
    claim = claim_of(client, "army.txt", "casualties")
    path = f"/reports/{claim['report']}/judge"
    told = send(client, path, 409, act="correct", claim=claim["id"], field="count", value="11")
    assert "already is" in told
    address = send(
        client, path, act="correct", claim=claim["id"], field="count", value="at least 9"
    )
    assert f"claim={claim['id']}" in address
    assert "corrected by hand" in client.get(address.partition("#")[0]).text
    assert client.get(f"/api/claims/{claim['id']}").json()["count"]["low"] == 9
    address = send(client, path, act="reject", claim=claim["id"], reason="a figure of speech")
    page = client.get(address).text
    assert f'data-claim="{claim["id"]}"' not in page
    assert "a figure of speech" in page
    send(client, "/decide/undo", id=re.findall(r"done=(d-\w+)", address)[0], back="/")
    assert f'data-claim="{claim["id"]}"' in client.get(f"/reports/{claim['report']}").text


def test_the_form_corrects_wherever_the_report_says_the_same(client: TestClient) -> None:
    claim = claim_of(client, "army.txt", "casualties")
    path = f"/reports/{claim['report']}/judge"
    page = client.get(f"/reports/{claim['report']}").text
    assert 'name="everywhere"' in page
    address = send(
        client, path, act="correct", claim=claim["id"], field="where", value="Quetta",
        everywhere="yes",
    )  # fmt: skip
    of_report = [c for c in client.get("/api/claims").json() if c["report"] == claim["report"]]
    assert len(of_report) > 1
    assert {one["where"]["name"] for one in of_report if one["where"]} == {"Quetta"}
    send(client, "/decide/undo", id=re.findall(r"done=(d-\w+)", address)[0], back="/")
    assert client.get(f"/api/claims/{claim['id']}").json()["where"] == claim["where"]


def test_every_field_of_the_form_reads_back(record: Record) -> None:
    """What stands in the form is what a person would write: sent unchanged, it changes nothing."""
    from contested.errors import DecisionError, UsageError
    from contested.serve.written import fields_of

    for claim in record.claims():
        for field, value in fields_of(claim).items():
            if value == "unknown" or field.endswith("_as_written"):
                continue
            with pytest.raises((DecisionError, UsageError)) as told:
                record.decide.correct(claim.id, field, value, reason="x")
            if field in ("count", "when", "effect", "victims", "type", "act", "passage", "stance"):
                assert isinstance(told.value, DecisionError), (field, value, told.value)


def first_question(client: TestClient) -> dict[str, object]:
    found = client.get("/api/review").json()[0]
    assert isinstance(found, dict)
    return found


def test_the_review_leads_from_one_question_to_the_next(client: TestClient) -> None:
    one = first_question(client)
    item = one["item"]
    assert isinstance(item, dict)
    page = client.get("/review").text
    assert f'name="seen" value="{item["seen"]}"' in page
    assert "usefulness" in page[page.index('<details class="score"') :]
    total = int(client.get("/api/review").headers["x-total-count"])
    address = send(
        client, "/review/answer", answer="accept", seen=item["seen"], known=one["known"],
        claims=item["claims"], reason="looked",
    )  # fmt: skip
    page = client.get(address).text
    assert "Your last answer" in page
    assert f'name="seen" value="{item["seen"]}"' not in page
    assert int(client.get("/api/review").headers["x-total-count"]) < total
    decision = re.findall(r"done=(d-\w+)", address)[0]
    send(client, "/decide/undo", id=decision, reason="taken back", back="/review")
    assert int(client.get("/api/review").headers["x-total-count"]) == total
    assert "Your last answer" not in client.get("/review").text


def test_the_question_names_what_it_is_about(client: TestClient) -> None:
    page = client.get("/review?kind=claim").text
    head = page[page.index('id="question">') :].partition("</h2>")[0]
    assert re.search(r"Does the report say(, .+ .+| itself): “.*\w+.*”\?", head)
    assert "Does the report say so?" not in page


def test_an_answer_without_a_note_keeps_no_reason_that_nobody_gave(client: TestClient) -> None:
    one = first_question(client)
    item = one["item"]
    assert isinstance(item, dict)
    send(
        client, "/review/answer", answer="accept", seen=item["seen"], known=one["known"],
        claims=item["claims"],
    )  # fmt: skip
    assert client.get("/api/decisions").json()[0]["decision"]["reason"] == "no reason given"


def test_adding_a_text_asks_for_its_date_and_says_what_that_costs(client: TestClient) -> None:
    page = client.get("/add").text
    form = page[page.index('aria-label="Add a text"') :].partition("</form>")[0]
    assert form.index('name="published"') < form.index("<textarea")
    assert "stay undated" in form


def test_what_is_left_for_later_comes_last(client: TestClient) -> None:
    one = first_question(client)["item"]
    assert isinstance(one, dict)
    send(client, "/review/answer", answer="skip", seen=one["seen"], known=0, claims=one["claims"])
    assert first_question(client)["item"] != one


@pytest.mark.parametrize("answer", ["accept", "reject", "correct", "skip"])
def test_two_reviewers_do_not_overwrite_each_other(client: TestClient, answer: str) -> None:
    one = next(each for each in client.get("/api/review").json() if each["item"]["kind"] == "claim")
    item = one["item"]
    fields = {"seen": item["seen"], "known": one["known"], "claims": item["claims"]}
    send(client, "/review/answer", answer="reject", author="Bob", reason="a slip", **fields)
    told = send(client, "/review/answer", 409, answer=answer, author="Ada", value="x", **fields)
    assert "Bob decided on this meanwhile (wrong" in told
    assert "a slip" in told
    assert "Your answer was not stored" in told
    assert len(client.get("/api/decisions").json()) == 1
    body = {"answer": "accept", "reason": "", **fields}
    headers = {"X-Contested-Token": token(client), "Origin": BASE}
    found = client.post("/api/review", json=body, headers=headers)
    assert found.status_code == 409
    assert "Bob" in found.json()["error"]


def test_a_text_is_added_and_its_words_stay_words(client: TestClient, record: Record) -> None:
    text = (
        f"{HOSTILE}\n\nFive soldiers were killed in a bombing in Bannu on 3 May 2025, police said."
    )
    address = send(
        client, "/add/text", text=text, title=f"T {HOSTILE}", outlet=HOSTILE,
        published="2025-05-04", url="javascript:alert(1)",
    )  # fmt: skip
    found = ended(client)
    assert (found["state"], found["counts"]) == ("done", {"new": 1})
    page = client.get(address).text
    assert HOSTILE not in page
    (report,) = found["reports"]
    assert record.report(report).report.text.startswith("<script>alert(1)</script>")
    page = client.get(f"/reports/{report}").text
    assert HOSTILE not in page
    assert 'href="javascript' not in page


def ended(client: TestClient) -> dict[str, Any]:
    """The one job, when it has ended."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        (job,) = client.get("/api/jobs").json()
        assert isinstance(job, dict)
        if job["state"] in ("done", "failed", "stopped"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_files_that_cannot_be_read_are_told(client: TestClient) -> None:
    files = [
        ("files", ("../../picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "text/plain")),
        ("files", ("notes.xyz", b"words", "text/plain")),
    ]
    answer = client.post(
        "/add/files", data={"form_token": token(client)}, files=files, headers={"Origin": BASE}
    )
    assert answer.status_code == 303
    assert ended(client)["state"] == "done"
    page = client.get(answer.headers["location"]).text
    assert "picture.txt" in page
    assert "Skipped" in page
    assert "notes.xyz" in page


def test_nothing_is_written_to_a_file_that_is_gone(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.rename(tmp_path / "moved.sqlite")
    body = {"act": "rule", "reason": "for planning", "value": "highest"}
    headers = {"X-Contested-Token": token(client), "Origin": BASE}
    refused = client.post("/api/decisions", json=body, headers=headers)
    assert (refused.status_code, refused.json()["kind"]) == (503, "RecordMissing")
    (tmp_path / "moved.sqlite").rename(path)
    assert client.post("/api/decisions", json=body, headers=headers).status_code == 200


def test_a_table_of_a_stranger_reads_no_other_file(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "diary.txt"
    secret.write_text("Five soldiers were killed in Bannu, my diary says.")
    rows = f"file,title\nown.txt,Own\n{secret},Theirs\n"
    files = [
        ("files", ("own.txt", b"Two soldiers were killed in Bannu on 3 May 2025.", "text/plain")),
        ("files", ("manifest.csv", rows.encode(), "text/csv")),
    ]
    answer = client.post(
        "/add/files", data={"form_token": token(client)}, files=files, headers={"Origin": BASE}
    )
    assert answer.status_code == 303
    found = ended(client)
    assert (found["state"], found["counts"]) == ("failed", {})
    assert "diary.txt" in found["error"]
    assert not [one for one in client.get("/api/reports").json() if "diary" in str(one)]


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a b.html", "a b.html"),
        ("...", "report.txt"),
        ("a\r\nb.txt", "a_b.txt"),
        ("x" * 300 + ".txt", "x" * 80 + ".txt"),
        (".bashrc", "bashrc"),
    ],
)
def test_names_of_files_are_made_harmless(name: str, saved: str) -> None:
    assert harmless(name) == saved


def test_an_incident_is_cited_and_saved(client: TestClient, record: Record) -> None:
    id = str(incidents(client)[0]["id"])
    assert record.snapshot().sha256 in client.get(f"/incidents/{id}/cite").text
    for name in ("json", "csv", "figures.csv", "geojson"):
        answer = client.get(f"/incidents/{id}/export/{name}")
        assert answer.status_code == 200
        assert id in answer.text
        assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"/incidents/{id}/export/exe").status_code == 400


def test_what_the_record_said_then(client: TestClient, record: Record) -> None:
    ids = [str(one["id"]) for one in incidents(client)]
    send(client, "/decide/merge", id=ids[:2], reason="one", back="/")
    first = record.history(ids[0])[0]
    page = client.get(f"/incidents/{ids[0]}", params={"as_of": first.at.isoformat()}).text
    assert "As the record had it" in page
    assert "/decide/" not in page
    assert client.get(f"/incidents/{ids[0]}?as_of=yesterday").status_code == 400
