"""Every page in a browser: nothing complains, axe finds no serious fault, keys and themes work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from contested.pipeline import Record
from tests.browser import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Route

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
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**/incidents?place=PK")


def test_on_a_narrow_screen_filters_stand_behind_one_button(narrow: Visitor) -> None:
    page = narrow.go("/incidents?place=PK")
    field = page.locator(".filters input[name=place]")
    assert not field.is_visible()
    button = page.locator("[data-fold]")
    assert "(1 on)" in button.inner_text()
    button.click()
    assert field.is_visible()
    narrow.accessible()
    menu = page.locator("header nav").bounding_box()
    assert menu
    assert menu["height"] < 50
    assert page.evaluate("document.documentElement.scrollHeight") < 9_000


def test_a_wide_screen_shows_its_filters(visitor: Visitor) -> None:
    page = visitor.go("/incidents")
    assert page.locator(".filters input[name=place]").is_visible()
    assert not page.locator("[data-fold]").is_visible()


def test_a_map_says_how_far_it_is_and_that_it_is_there(visitor: Visitor) -> None:
    page = visitor.page
    held: list[Route] = []
    page.route("**/api/map/names", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{visitor.base}/map", wait_until="domcontentloaded")
    page.wait_for_selector(".map-far:has-text('2 of 4')")
    while held:
        held.pop().continue_()
    visitor.settled()
    page.wait_for_selector(".map-far", state="detached")
    page.unroute("**/api/map/names")


def test_what_is_no_filter_does_not_stop_the_map(visitor: Visitor) -> None:
    page = visitor.go("/map?colour=red&since=2025-11&until=2025-10")
    assert "no filter" in page.inner_text("main")
    assert page.locator("figure[data-drawn=yes]").count() == 1
    visitor.complaints.clear()  # The browser itself tells of a 400.


def test_the_form_of_a_report_tells_how_often_it_says_the_same(
    editor: Visitor, ids: dict[str, str]
) -> None:
    page = editor.go(f"/reports/{ids['report']}")
    box = page.locator("label:has([name=everywhere])")
    page.select_option("select[name=field]", "passage")
    assert not box.is_visible()
    page.select_option("select[name=field]", "speakers")
    others = int(re.findall(r"\d+", page.inner_text("label:has([name=everywhere])") or "0")[0])
    assert box.is_visible() == (others > 0)
    editor.accessible()
