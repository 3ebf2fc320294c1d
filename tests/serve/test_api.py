"""The JSON is the record."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from contested import Query, Record, to_plain
from contested.serve.app import create_app


def test_lists_equal_the_record(client: TestClient, record: Record) -> None:
    expected = {
        "incidents": record.incidents(order="disputed"),
        "claims": record.claims(),
        "agreements": record.agreements(),
        "statistics": record.statistics(),
        "search?q=soldiers": record.search("soldiers", 50),
    }
    for name, things in expected.items():
        assert client.get(f"/api/{name}").json() == [to_plain(thing) for thing in things]
    filtered = record.claims(Query(kinds=("casualties",), status=("occurred",)))
    answer = client.get("/api/claims?kind=casualties&status=occurred").json()
    assert answer == [to_plain(claim) for claim in filtered]


def test_one_thing_equals_the_record(client: TestClient, record: Record) -> None:
    for incident in record.incidents():
        assert client.get(f"/api/incidents/{incident.id}").json() == to_plain(incident)
        history = client.get(f"/api/incidents/{incident.id}/history").json()
        assert [version["seq"] for version in history] == list(range(1, len(history) + 1))
    for claim in record.claims():
        assert client.get(f"/api/claims/{claim.id}").json() == to_plain(claim)
    for stored in record.reports():
        plain = client.get(f"/api/reports/{stored.report.id}").json()
        assert plain["text"] == stored.report.text
        assert len(plain["found"]) == stored.total_claims


def test_the_overview_counts(client: TestClient) -> None:
    plain = client.get("/api/").json()
    assert plain["incidents"] == 2
    assert plain["statuses"] == {"disputed": 1, "unconfirmed": 1}
    assert plain["trend"]["undated"] == 1


def test_an_empty_record_says_how_to_begin(tmp_path_factory: pytest.TempPathFactory) -> None:
    from contested.serve.app import create_app

    path = tmp_path_factory.mktemp("empty") / "none.sqlite"
    with Record.open(path) as record:
        client = TestClient(create_app(record, "t"), base_url="http://localhost")
        page = client.get("/", headers={"Authorization": "Bearer t"})
    assert "contested add PATH" in page.text
    assert "contested demo" in page.text


def test_what_is_written_meanwhile_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    from contested.serve.source import Source
    from tests.analyse.samples import incident

    path = tmp_path_factory.mktemp("grows") / "record.sqlite"
    with Record.open(path) as record:
        source = Source(record)
        assert not source.incidents(Query())
        record.store.put_incidents([incident("i-000000000009", "2025-10-08")])
        assert len(source.incidents(Query())) == 1
        assert source.incidents(Query()) is source.incidents(Query())


def test_the_record_as_of_a_moment_can_be_served(record: Record) -> None:
    """All pages and lists of a view; what came after its moment is in none."""
    moments = sorted(entry.at for entry in record.store.log() if entry.what != "tables")
    past = record.as_of(moments[0])
    client = TestClient(create_app(past, "t"), base_url="http://127.0.0.1:8710")
    client.get("/?token=t")
    for name in ("", "incidents", "claims", "reports", "agreements", "statistics", "actors"):
        assert client.get(f"/{name}").status_code == 200
    then, now = client.get("/api/incidents").json(), record.incidents()
    assert [each["id"] for each in then] == [each.id for each in past.incidents()]
    assert len(then) < len(now)
