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
