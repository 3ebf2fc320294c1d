"""Lists in their orders, as tables, and what an address may ask of them."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from contested import Record

FIRST, SECOND = "i-000000000001", "i-000000000002"


def ids(client: TestClient, address: str) -> list[str]:
    return [one["id"] for one in client.get(address).json()]


def test_orders(client: TestClient) -> None:
    assert ids(client, "/api/incidents") == [FIRST, SECOND]
    assert ids(client, "/api/incidents?sort=newest") == [FIRST, SECOND]
    assert ids(client, "/api/incidents?sort=deaths")[0] == FIRST
    assert set(ids(client, "/api/incidents?sort=changed")) == {FIRST, SECOND}
    assert client.get("/api/incidents?sort=luck").status_code == 400
    assert client.get("/incidents?sort=luck").status_code == 400
    page = client.get("/incidents?sort=deaths").text
    assert "most killed first" in page
    assert 'aria-sort="descending"' in page


def test_reports_in_their_orders(client: TestClient, record: Record) -> None:
    arrival = [stored.report.id for stored in record.reports()]
    assert ids(client, "/api/reports?sort=arrival") == arrival
    assert ids(client, "/api/reports") == arrival[::-1]


@pytest.mark.parametrize("what", ["incidents", "claims", "reports"])
def test_a_list_is_a_table_too(client: TestClient, what: str) -> None:
    answer = client.get(f"/{what}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["id"] for line in lines] == ids(client, f"/api/{what}")
    nothing = client.get(f"/{what}.csv?place=FR").text.splitlines()
    assert len(nothing) == 1
    assert nothing[0].startswith("id,")


@pytest.mark.parametrize("what", ["incidents", "claims", "reports"])
def test_what_a_page_shows_its_links_give(client: TestClient, what: str) -> None:
    page = client.get(f"/{what}?place=kurram").text
    assert f'href="/api/{what}?place=kurram"' in page
    assert f'href="/{what}.csv?place=kurram"' in page


def test_an_area_and_a_moment(client: TestClient) -> None:
    assert ids(client, "/api/incidents?area=70,33,71,34") == [FIRST]
    assert ids(client, "/api/incidents?area=0,0,1,1") == []
    assert ids(client, "/api/incidents?changed=2025-10-09T00:00:00Z") == [FIRST, SECOND]
    assert ids(client, "/api/incidents?changed=2030-01-01") == []
    for wrong in ("area=1,2", "changed=soon"):
        assert client.get(f"/incidents?{wrong}").status_code == 400
    page = client.get("/incidents?area=70,33,71,34").text
    assert "in the map" in page


def test_the_map_in_words_and_marks(client: TestClient) -> None:
    page = client.get("/map?status=disputed").text
    assert "1 incident" in page
    assert "data-incidents" in page
    found = client.get("/api/map/incidents?zoom=8&view=69,33,71,35").json()
    assert found["total"] == 2
    (mark,) = found["features"]
    about = mark["properties"]
    assert (about["id"], about["count"], about["radius_km"]) == (FIRST, 1, 40.0)
    assert about["statuses"] == {"disputed": 1}
    for wrong in ("zoom=-1", "zoom=nan", "zoom=far", "view=1"):
        assert client.get(f"/api/map/incidents?{wrong}").status_code == 400


def test_the_overview_keeps_the_whole_time_to_choose_from(client: TestClient) -> None:
    page = client.get("/?since=2030").text
    assert "No incident fits" in page
    assert "data-period=" in page
    assert 'class="out"' in page
