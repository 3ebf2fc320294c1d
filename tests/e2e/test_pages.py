"""Every page in a browser: nothing complains, axe finds no serious fault, keys and themes work."""

from __future__ import annotations

import pytest

from contested.pipeline import Record
from tests.browser import Visitor

PAGES = (
    "/map",
    "/map?status=disputed",
    "/",
    "/incidents",
    "/incidents?status=disputed",
    "/incidents/{incident}",
    "/reports",
    "/reports/{report}",
    "/claims?kind=casualties",
    "/agreements",
    "/statistics",
    "/actors",
    "/search?q=soldiers",
    "/search",
    "/about",
    "/api/docs",
    "/nowhere",
)


@pytest.fixture(scope="session")
def ids(sample: object) -> dict[str, str]:
    with Record.open(str(sample), create=False) as record:
        incident = record.incidents(order="disputed")[0]
        return {"incident": incident.id, "report": incident.reports[0]}


@pytest.mark.parametrize("path", PAGES)
def test_page(visitor: Visitor, ids: dict[str, str], path: str) -> None:
    visitor.go(path.format(**ids))
    if path == "/nowhere":
        visitor.complaints.clear()  # The browser itself tells of a 404.
    visitor.accessible()


@pytest.mark.parametrize("path", PAGES[:-1])
def test_narrow_pages_do_not_scroll_sideways(
    narrow: Visitor, ids: dict[str, str], path: str
) -> None:
    page = narrow.go(path.format(**ids))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.evaluate("innerWidth")


LIGHT = tuple(path for path in PAGES[:8] if path != "/" and not path.startswith("/map"))


@pytest.mark.parametrize("path", LIGHT)
def test_pages_without_a_map_are_light(visitor: Visitor, ids: dict[str, str], path: str) -> None:
    assert visitor.weight(path.format(**ids)) < 400_000


def test_keys(visitor: Visitor) -> None:
    page = visitor.go("/incidents")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("[data-item][data-chosen]").count() == 1
    first = page.locator("[data-item] a").first.get_attribute("href")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    visitor.accessible()
    page.keyboard.press("?")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("j?o")
    assert page.input_value("#q") == "j?o"
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_url(f"**{first}")


def test_the_theme_is_kept(visitor: Visitor) -> None:
    page = visitor.go("/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.click("[data-theme-toggle]")
    assert page.evaluate(paper) != light
    dark = page.evaluate(paper)
    visitor.go("/incidents")
    assert page.evaluate(paper) == dark
    page.click("[data-theme-toggle]")
    assert page.evaluate(paper) == light


def test_empty_filters_leave_the_address(visitor: Visitor) -> None:
    page = visitor.go("/incidents")
    page.fill(".filters input[name=place]", "PK")
    page.click(".filters button")
    page.wait_for_url("**/incidents?place=PK")
