"""The overview, the map, the lists and the search as one works with them."""

from __future__ import annotations

import re

from tests.browser import Visitor


def test_the_map_shows_the_incidents(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.wait_for_selector("figure[data-marked]")
    told = page.inner_text("[data-told]")
    assert re.fullmatch(r"[\d,]+ of [\d,]+ incidents lie here\.", told)
    assert not told.startswith("0 ")


def test_a_drag_over_the_months_chooses_them(visitor: Visitor) -> None:
    page = visitor.go("/")
    columns = page.locator("svg[data-brush]").first.locator("a[data-period]")
    first, last = columns.nth(0), columns.nth(columns.count() - 1)
    since, until = (one.get_attribute("data-period") for one in (first, last))
    start, end = first.bounding_box(), last.bounding_box()
    assert start and end
    middle = start["y"] + start["height"] / 2
    page.mouse.move(start["x"] + 2, middle)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 2, middle, steps=5)
    page.mouse.up()
    page.wait_for_url(f"**/?since={since}&until={until}")
    page.wait_for_selector(".chips a >> text=since")
    page.go_back()
    page.wait_for_selector(".chips", state="detached")
    assert page.url.endswith("/")


def test_a_status_filters_every_part_and_the_map_stays(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.wait_for_selector("figure[data-marked]")
    page.evaluate("document.querySelector('.maplibregl-canvas').dataset.same = 'yes'")
    page.click(".legend a >> text=disputed")
    page.wait_for_url("**/?status=disputed")
    page.wait_for_selector(".chips a >> text=status")
    statuses = page.locator("#part-list .status").all_inner_texts()
    assert statuses
    assert all("disputed" in one for one in statuses)
    assert page.evaluate("document.querySelector('.maplibregl-canvas').dataset.same") == "yes"


def test_only_what_the_map_shows(visitor: Visitor) -> None:
    page = visitor.go("/map")
    page.wait_for_selector("figure[data-marked]")
    page.click("[data-area]")
    page.wait_for_selector(".chips a >> text=area")
    assert "area=" in page.url
    visitor.accessible()


def test_a_list_is_sorted_in_place(visitor: Visitor) -> None:
    page = visitor.go("/incidents")
    page.click("th a.sort >> text=Origins")
    page.wait_for_url("**/incidents?sort=origins")
    page.wait_for_selector("th[aria-sort] >> text=Origins")
    numbers = [int(one) for one in page.locator("tbody td.n").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)


def test_finds_come_as_one_types(visitor: Visitor) -> None:
    page = visitor.go("/search")
    page.keyboard.type("soldie")
    page.wait_for_selector(".hits li")
    assert page.url.endswith("/search?q=soldie")
    assert "soldiers" in page.inner_text(".hits").lower()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-item][data-chosen]").count() == 1


def test_pages_with_a_map_are_light_enough(visitor: Visitor) -> None:
    for path in ("/", "/map"):
        assert visitor.weight(path) < 1_500_000
