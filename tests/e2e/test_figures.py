"""Charts, networks and maps in a browser, under the policy of the pages and without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from contested.serve.families import FAMILIES
from contested.serve.site import Family, Site
from tests import browser as browsers
from tests.browser import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

family = Family("figures", templates=Path(__file__).parent / "templates")
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "description": "incidents a month",
    "data": {"values": [{"month": "2025-09", "n": 3}, {"month": "2025-10", "n": 12}]},
    "transform": [{"calculate": "datum.n * 2", "as": "twice"}],
    "mark": {"type": "bar", "tooltip": True},
    "encoding": {
        "x": {"field": "month", "type": "ordinal", "title": "month"},
        "y": {"field": "twice", "type": "quantitative", "title": "incidents, twice"},
    },
}
GRAPH = {
    "nodes": [
        {"id": "a", "name": "One</script>", "side": 0},
        {"id": "b", "name": "Two", "side": 1},
    ],
    "edges": [{"source": "a", "target": "b", "weight": 3}],
}
PLACES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [70.1, 33.8]},
            "properties": {"status": status, "name": status},
        }
        for status in ("disputed", "corroborated", "unconfirmed")
    ],
}


@family.page("/figures/{kind}")
def figures(site: Site, request: Request) -> Response:
    values: dict[str, Any] = {"spec": SPEC, "graph": GRAPH, "places": PLACES}
    return site.templates.page(request, f"{request.path_params['kind']}.html", **values)


@pytest.fixture(scope="module")
def base(sample: Path) -> Iterator[str]:
    with browsers.served(sample, changes=False, families=(*FAMILIES, family)) as found:
        yield found


@pytest.fixture
def reader(desk: BrowserContext, base: str) -> Iterator[Visitor]:
    with browsers.visitor(desk, base) as found:
        yield found


@pytest.mark.parametrize("kind", ["chart", "network", "map"])
def test_figures_are_drawn(reader: Visitor, kind: str) -> None:
    page = reader.go(f"/figures/{kind}")
    assert page.get_attribute("figure", "data-drawn") == "yes", page.inner_text("figure")
    reader.accessible()
    page.click("[data-theme-toggle]")
    reader.settled()
    assert page.get_attribute("figure", "data-drawn") == "yes"


def test_a_chart_is_light_and_a_map_is_not_heavy(reader: Visitor) -> None:
    assert reader.weight("/figures/chart") < 400_000
    assert reader.weight("/figures/network") < 400_000
    assert 400_000 < reader.weight("/figures/map") < 1_500_000


def test_expressions_are_interpreted(reader: Visitor) -> None:
    page = reader.go("/figures/chart")
    assert "24" in (page.text_content("figure svg") or "")
    assert page.locator("figure svg").get_attribute("aria-label") == "incidents a month"
