"""Analyses, actors, places, agreements, statistics and the brief in a browser."""

from __future__ import annotations

import time

import pytest

from tests.browser import Visitor

PATHS = (
    "/analyses",
    "/analyses/trend?by=year&draws=50",
    "/analyses/network?draws=50",
    "/analyses/ceasefires?draws=50",
    "/analyses/scenario",
    "/analyses/escalation?draws=50",
    "/actors/ttp",
    "/places",
    "/places/Kurram?in=PK",
    "/brief?since=2025-10&until=2025-10",
)
PATIENCE = 60


def settled(visitor: Visitor, path: str) -> None:
    """Go to a page, and again until what it tells is worked out."""
    until = time.monotonic() + PATIENCE
    while visitor.go(path).locator("[data-working]").count():
        assert time.monotonic() < until, f"{path} is never worked out"
        time.sleep(1)


AGREEMENT, STATISTIC = "the first agreement", "the first statistic"
OF_THE_RECORD = {AGREEMENT: "/agreements", STATISTIC: "/statistics"}
"""Pages whose ids are the record's own: the list on which each is the first."""


def opened(visitor: Visitor, path: str) -> None:
    """Go to a page; to one of the record by the link of its list."""
    if path in OF_THE_RECORD:
        start = OF_THE_RECORD[path]
        settled(visitor, start)
        link = visitor.page.locator(f"main a[href^='{start}/']").first.get_attribute("href")
        assert link
        path = link
    settled(visitor, path)


@pytest.mark.parametrize("path", PATHS)
def test_page(visitor: Visitor, path: str) -> None:
    settled(visitor, path)
    visitor.accessible()


@pytest.mark.parametrize("path", PATHS)
def test_narrow(narrow: Visitor, path: str) -> None:
    settled(narrow, path)
    page = narrow.page
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.evaluate("innerWidth")


def test_the_slider_of_a_network_hides_what_was_told_later(visitor: Visitor) -> None:
    settled(visitor, "/actors/ttp")
    page = visitor.page
    page.wait_for_selector("figure[data-network][data-drawn=yes]")
    words = page.locator("[data-until-words]")
    every = words.text_content()
    page.locator("[data-until]").press("Home")
    assert words.text_content() != every
    page.locator("[data-all]").click()
    assert words.text_content() == every


def test_options_stay_in_the_address(visitor: Visitor) -> None:
    settled(visitor, "/analyses/trend?draws=50")
    page = visitor.page
    page.select_option("select[name=by]", "year")
    page.get_by_role("button", name="Answer").click()
    page.wait_for_url("**by=year**")
    assert "--by year" in (page.text_content("pre.command") or "--by year")


@pytest.mark.parametrize("path", [AGREEMENT, STATISTIC])
def test_a_thing_of_the_record(visitor: Visitor, path: str) -> None:
    opened(visitor, path)
    page = visitor.page
    assert page.locator("main h1").inner_text()
    assert page.locator("main a[href^='/claims/']").count()
    assert page.locator("nav a[aria-current]").count() == 1
    visitor.accessible()


@pytest.mark.parametrize("path", [AGREEMENT, STATISTIC, "/actors/ttp", "/agreements"])
def test_on_a_telephone_every_cell_says_what_it_is(narrow: Visitor, path: str) -> None:
    opened(narrow, path)
    if path != STATISTIC:  # Not every statistic has another beside it.
        assert narrow.page.locator("table.list tbody td").count()
    assert narrow.page.locator("table.list tbody td:not([data-label])").count() == 0
    wide = narrow.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= narrow.page.evaluate("innerWidth")


def test_on_a_telephone_a_chart_keeps_its_size(narrow: Visitor) -> None:
    settled(narrow, "/analyses/ceasefires?draws=50")
    page = narrow.page
    assert page.locator("figure[data-chart] svg").first.bounding_box()["width"] >= 600  # type: ignore[index]
    page.locator("figure[data-chart] [data-picture]").first.focus()
    narrow.accessible()
