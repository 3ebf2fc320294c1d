"""Analyses on pages: what a command offers is asked, worked out in a job, and answered."""

from __future__ import annotations

import csv
import io
import re
import threading

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from contested import Record
from contested.cli.asking import ask, find, offered, words
from contested.cli.hearing import Heard
from contested.errors import NothingToAnalyse, RecordLocked, UsageError
from contested.serve import working
from contested.serve.analyses import GROUPS, Asked
from contested.serve.operations import adapter
from contested.serve.pages import analyses, bodies, briefs, knowing
from contested.serve.working import Jobs

NAMES = [one.name for one in offered()]
GIVEN = {"change": "at=2025-10-08", "scenario": "ceasefire=30"}


def test_every_analysis_of_the_command_line_has_a_place() -> None:
    assert sorted(name for _, names in GROUPS for name in names) == sorted(NAMES)


def test_no_page_asks_for_files() -> None:
    asked = {option.name for one in offered() for option in one.options}
    assert not asked & {"data", "counts", "table", "chart", "record", "form"}


@pytest.mark.parametrize("name", NAMES)
def test_page_and_data_tell_the_same(client: TestClient, name: str) -> None:
    query = f"draws=20&{GIVEN.get(name, '')}" if name not in {"disputes", "voices"} else ""
    data = client.get(f"/api/analyses/{name}?{query}&wait=10")
    assert data.status_code == 200
    found = data.json()
    assert found["state"] in {"done", "refused"}
    operation = next(o for o in analyses.family.operations if o.path == f"/api/analyses/{name}")
    adapter(operation.returns).validate_python(found)
    page = client.get(f"/analyses/{name}?{query}").text
    assert found["command"].startswith(f"contested analyse {name}")
    assert re.search(r'class="answer', page)
    assert "The same on the command line" in page
    assert ("No answer:" in page) == (found["state"] == "refused")


def test_the_answer_is_that_of_the_command(client: TestClient, record: Record) -> None:
    analysis = find("disputes")
    assert analysis is not None
    heard = ask("disputes", words(analysis, [("actor", "ttp")]), Heard(record))
    assert heard.found is not None
    found = client.get("/api/analyses/disputes?actor=ttp&wait=10").json()
    assert found["answer"] == heard.found.answer
    assert found["command"] == "contested analyse disputes --actor ttp"
    assert found["tables"][0]["rows"] == [list(row) for row in heard.tables[0].rows]


def test_rows_go_into_a_spreadsheet(client: TestClient) -> None:
    answer = client.get("/analyses/trend/rows.csv?draws=20")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(rows) == len(client.get("/api/analyses/trend?draws=20&wait=10").json()["rows"])


def test_a_table_that_is_not_ready_is_no_empty_table(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contested.serve.pages.analyses.PATIENCE", 0.0)
    early = client.get("/analyses/breaks/rows.csv?seed=731")
    assert (early.status_code, early.headers["retry-after"]) == (503, "10")
    monkeypatch.setattr("contested.serve.pages.analyses.PATIENCE", 30.0)
    refused = client.get("/analyses/trend/rows.csv?place=Nowhere")
    assert refused.status_code == 400
    assert client.get("/api/analyses/trend?place=Nowhere&wait=10").json()["state"] == "refused"


@pytest.mark.parametrize(
    "query", ["draws=many", "draws=999999", "by=fortnight", "draws=nan", "undercount=2", "seed=-1"]
)
def test_options_that_make_no_sense_are_told(client: TestClient, query: str) -> None:
    assert client.get(f"/analyses/trend?{query}").status_code == 400
    assert client.get(f"/api/analyses/trend?{query}&wait=10").status_code == 400


def test_options_become_the_words_of_the_command() -> None:
    asked = Asked.of("forecast", [("hawkes", "no"), ("by", "all"), ("ahead", "6"), ("odd", "x")])
    assert asked.words == ("--by=all", "--no-hawkes")
    assert asked.command == "contested analyse forecast --by all --no-hawkes"
    sneaky = Asked.of("trend", [("place", "--record=/etc/passwd")])
    assert sneaky.words == ("--place=--record=/etc/passwd",)


def test_an_unknown_analysis_is_not_there(client: TestClient) -> None:
    assert client.get("/analyses/augury").status_code == 404


def test_a_question_without_its_date_is_asked_back(client: TestClient) -> None:
    assert "Fill in: at" in client.get("/analyses/change").text
    assert client.get("/api/analyses/change").status_code == 400


# ---- jobs ---------------------------------------------------------------------------------------


def test_work_goes_on_when_its_reader_leaves_and_is_found_again() -> None:
    done, runs = threading.Event(), []

    def work(steps: list[str]) -> str:
        steps.append("thinking")
        runs.append(1)
        assert done.wait(10)
        return "the answer"

    kept = Jobs()
    first = kept.of("kind", "key", work)
    assert not first.wait(0.05)
    assert kept.going() == [first]
    done.set()
    again = kept.of("kind", "key", work)
    assert again is first
    assert again.wait(10)
    assert again.outcome() == "the answer"
    assert (runs, again.steps[-1]) == ([1], "thinking")
    assert kept.of("kind", "other", work).expected is not None


def test_a_refusal_is_kept_and_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_steps: list[str]) -> str:
        raise NothingToAnalyse("There is nothing.")

    kept = Jobs()
    job = kept.of("kind", "key", refuses)
    assert job.wait(10)
    with pytest.raises(NothingToAnalyse):
        job.outcome()
    monkeypatch.setattr(working, "WAITING", 1)
    hold = threading.Event()
    kept.of("kind", "slow", lambda _: hold.wait(10))
    with pytest.raises(HTTPException):
        kept.of("kind", "more", refuses)
    hold.set()


def test_what_failed_is_tried_anew_after_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def fails(_steps: list[str]) -> str:
        runs.append(1)
        if len(runs) == 1:
            raise RecordLocked("The record is locked.")
        return "the answer"

    kept = Jobs()
    job = kept.of("kind", "key", fails)
    assert job.wait(10)
    assert kept.of("kind", "key", fails) is job
    monkeypatch.setattr(working, "SHOWN_FOR", -1.0)
    again = kept.of("kind", "key", fails)
    assert again.wait(10)
    assert again.outcome() == "the answer"


def test_a_page_says_how_far_the_work_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = threading.Event()

    def slow(*_: object) -> object:
        assert hold.wait(10)
        raise NothingToAnalyse("There is nothing.")

    monkeypatch.setattr("contested.serve.analyses.ask", slow)
    monkeypatch.setattr("contested.serve.working.A_MOMENT", 0.05)
    page = client.get("/analyses/voices?place=PK").text
    hold.set()
    assert "You may leave this page" in page
    assert 'href="/analyses/voices?place=PK">Look again' in page


def test_the_list_of_agreements_says_that_they_are_still_gathered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else links to agreements would be missing from a page that looks whole."""
    hold = threading.Event()

    def slow(*_: object) -> object:
        assert hold.wait(10)
        raise NothingToAnalyse("There is nothing.")

    monkeypatch.setattr("contested.serve.analyses.ask", slow)
    page = client.get("/agreements").text
    hold.set()
    assert 'data-working="/api/analyses/ceasefires"' in page


# ---- actors, places, agreements, statistics ------------------------------------------------------


def test_things_have_pages_and_data(client: TestClient) -> None:
    agreement = client.get("/api/analyses/ceasefires?wait=10").json()["rows"][0]["id"]
    statistic = client.get("/api/analyses/statistics?wait=10").json()["rows"][0]["claim"]
    known = {one.path: one for f in (bodies, knowing) for one in f.family.operations}
    for path, id in (
        ("/actors/{id}", "ttp"),
        ("/places/{name}", "Kurram"),
        ("/agreements/{id}", agreement),
        ("/statistics/{claim}", statistic),
    ):
        address = re.sub(r"{\w+}", id, path)
        assert client.get(address).status_code == 200, address
        data = client.get(f"/api{address}").json()
        adapter(known[f"/api{path}"].returns).validate_python(data)
        missing = re.sub(r"{\w+}", "nothing-of-that", path)
        assert client.get(missing).status_code == 404
        assert client.get(f"/api{missing}").status_code == 404


def test_an_actor_is_told_with_its_voice_and_kin(client: TestClient) -> None:
    page = client.get("/actors/ttp").text
    assert 'href="/incidents/' in page
    assert "Who stands how to it" in page or "No network" in page
    assert "What it claims against what others say" in page
    assert "Fitna" in page


def test_a_brief_is_shown_and_saved(client: TestClient) -> None:
    whole = client.get("/brief.html?since=2025-10")
    page = client.get("/brief?since=2025-10").text
    assert "Again: <code>contested brief --from 2025-10" in page
    assert "<script>alert" not in client.get("/brief.html").text
    assert "<script>alert" not in client.get("/brief?all=yes").text
    assert whole.headers["content-disposition"].startswith("attachment")
    data = client.get("/api/brief?since=2025-10").json()
    operation = briefs.family.operations[0]
    adapter(operation.returns).validate_python(data)
    assert client.get("/brief?since=soon").status_code == 400


def test_words_of_options_are_refused_by_the_command_itself(record: Record) -> None:
    with pytest.raises(UsageError):
        ask("trend", ["--by=fortnight"], Heard(record))
