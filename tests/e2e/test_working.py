"""Working in a browser: the review and a report by their keys, adding, two reviewers at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import Visitor

PAGES = ("/review", "/review?kind=pair", "/add", "/decisions")


def question(visitor: Visitor) -> str:
    """The mark of the question that is shown."""
    found = visitor.page.locator("form.answer input[name=seen]").get_attribute("value")
    assert found
    return found


def last(visitor: Visitor) -> str:
    """What the page says was answered last; nothing where nothing was."""
    told = visitor.page.locator("[data-undo] p")
    return told.inner_text() if told.count() else ""


def press(visitor: Visitor, key: str) -> None:
    """Press a key that sends a form, and wait for the page that follows."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)


def test_the_review_by_its_keys(editor: Visitor) -> None:
    page = editor.go("/review?kind=claim")
    first = question(editor)
    assert not page.locator("[data-score] p").first.is_visible()
    page.keyboard.press("s")
    assert page.locator("[data-score] p").first.is_visible()

    page.keyboard.press("n")
    page.keyboard.type("read it twice: a r u")
    page.keyboard.press("Escape")
    press(editor, "a")
    second = question(editor)
    assert second != first
    assert "confirm" in last(editor)
    assert "read it twice: a r u" in last(editor)

    press(editor, "u")
    assert question(editor) == first
    assert last(editor) == ""

    press(editor, "l")
    assert "skip" in last(editor)
    assert question(editor) != first

    press(editor, "r")
    assert "wrong" in last(editor)

    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.name") in ("other", "")

    editor.go("/review?kind=pair")
    pair = question(editor)
    press(editor, "x")
    assert question(editor) != pair
    press(editor, "m")
    assert re.search("merge|confirm", last(editor))


def test_another_reviewer_is_told_of(editor: Visitor) -> None:
    """Two windows with one question: the slower one reads who was faster, and what they did."""
    page = editor.go("/review?kind=claim")
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("form.answer input[name=author]", "Bob")
    with other.expect_navigation():
        other.click("form.answer button[value=reject]")
    other.close()
    page.fill("form.answer input[name=author]", "Ada")
    with page.expect_navigation():
        page.click("form.answer button[value=accept]")
    told = page.locator("[role=alert]").inner_text()
    assert "Bob decided on this meanwhile (wrong" in told
    assert "was not stored" in told
    editor.complaints.clear()  # The browser itself tells of a 409.
    editor.accessible()


def test_a_report_by_its_keys(editor: Visitor) -> None:
    page = editor.go("/incidents?status=disputed")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/incidents/i-*")
    page.click(".toll a[data-evidence] >> nth=0")
    page.wait_for_url("**/reports/r-*claim=*")
    chosen = page.locator("li[data-item][data-chosen]")
    assert chosen.count() == 1
    claim = chosen.get_attribute("data-claim")
    assert page.locator("form[action$='/judge'] input[name=claim]").get_attribute("value") == claim

    page.keyboard.press("j")
    following = chosen.get_attribute("data-claim")
    assert following
    assert page.locator("mark[data-lit]").count()
    assert page.input_value("form[action$='/judge'] input[name=claim]") == following
    press(editor, "a")
    assert "confirm" in page.locator("[role=status]").first.inner_text().lower()
    press(editor, "r")
    assert page.locator(f"[data-claim={following}]").count() + page.locator(".decisions li").count()
    press(editor, "u")
    assert page.locator(".told-once").count()
    editor.accessible()


def test_the_hand_on_the_words_shows_their_claim(editor: Visitor) -> None:
    page = editor.go("/reports")
    page.click("[data-item] a >> nth=2")
    mark = page.locator("mark[data-claims]").last
    mark.hover()
    claims = (mark.get_attribute("data-claims") or "").split()
    shown = page.locator("li[data-chosen]")
    assert shown.get_attribute("data-claim") in claims
    assert shown.locator(".whole").is_visible()


def test_files_are_added_and_what_was_skipped_is_told(editor: Visitor, tmp_path: Path) -> None:
    good, bad = tmp_path / "bannu.txt", tmp_path / "empty.txt"
    good.write_text("Five soldiers were killed in a bombing in Bannu on 3 May 2025, police said.\n")
    bad.write_text("")
    page = editor.go("/add")
    page.set_input_files("input[type=file]", [good, bad])
    page.click("form.drop button")
    page.wait_for_url("**/add/*")
    page.wait_for_selector("h2:has-text('Skipped')", timeout=120_000)
    text = page.locator("main").inner_text()
    assert "1 new" in text
    assert "empty.txt" in text
    editor.accessible()
    page.click("h2:has-text('Read') + ul a")
    assert "Five soldiers" in page.locator("article.text").inner_text()


@pytest.mark.parametrize("path", PAGES)
def test_pages_to_work_on_are_accessible(editor: Visitor, path: str) -> None:
    editor.go(path)
    editor.accessible()
    editor.page.set_viewport_size({"width": 390, "height": 900})
    wide = editor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
