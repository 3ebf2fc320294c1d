"""Styles, scripts and data blocks as they are sent."""

from __future__ import annotations

import gzip
import json

import pytest
from starlette.testclient import TestClient

from contested import Query, Record
from contested.serve.assets import Assets
from contested.serve.rendering import inert
from contested.serve.sides import NUMBER, Sides
from contested.serve.source import Source


def test_a_file_is_packed_and_kept_by_its_digest(client: TestClient) -> None:
    address = Assets().address("style.css")
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert plain.headers["content-type"].startswith("text/css")
    assert "immutable" in plain.headers["cache-control"]
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert len(gzip.compress(plain.content)) < len(plain.content)
    stale = client.get("/static/style.css?v=0")
    assert stale.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "nothing.css",
        "../serve/run.py",
        "style.CSS",
        "built%2f..%2fstyle.css",
        "%2e%2e/guard.py",
        "",
    ],
)
def test_nothing_else_is_sent(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_without_scripts_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assets = Assets()
    monkeypatch.setattr(assets, "_of", lambda _name: None)
    assert not assets.built
    assert assets.script("app") == ""
    assert assets.licences() == []


def test_a_data_block_cannot_be_left() -> None:
    value = {"name": "</script><script>alert(1)</script><!-- & \u2028"}
    text = str(inert(value))
    assert "<" not in text
    assert json.loads(text) == value


def test_sides_keep_their_colours(record: Record) -> None:
    sides = Sides(Source(record))
    assert sides.of("ttp") != sides.of("pakistan-military")
    assert sides.of("pakistan-military") == sides.of(sides.top("pakistan-military"))
    assert sides.of(None) == sides.of("nobody") == NUMBER
    for incident in record.incidents(Query()):
        assert 0 <= sides.of_incident(incident) <= NUMBER
