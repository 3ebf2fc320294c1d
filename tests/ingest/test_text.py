"""Plain text and Markdown: the stored text, and what it says of itself."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest import Captured, IngestOptions, discover, ingest
from contested.ingest.frontmatter import front_matter
from contested.ingest.normalise import normalise
from contested.ingest.textmeta import from_text
from contested.model.report import report_id

BODY = (
    "Four policemen were killed when militants attacked a check post in Bannu on Monday.\n\n"
    "The group said on 8 October 2025 that it had carried out the attack, and gave no reason.\n"
)


def test_the_text_is_kept_and_hashed(write: Any, one: Any) -> None:
    path = write("a.txt", "Attack in Bannu\r\n\r\n" + BODY.replace("\n", "\r\n"))
    report = one(path)
    assert report.text == "Attack in Bannu\n\n" + BODY.strip()
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report.id == report_id(None, report.text)
    assert (report.name, report.media_type, report.language) == ("a.txt", "text/plain", "en")
    (captured,) = ingest([path])
    assert isinstance(captured, Captured) and captured.original == path.read_bytes()


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("a  \t\nb", "a\nb"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("\n\na\n\n", "a"),
        ("mi\u200bli\u00adtant\ufeff\x07\u202e", "militant"),
        ("می\u200cخواهم a\u200cb", "می\u200cخواهم ab"),
        ("  two  blanks — “quotes”", "  two  blanks — “quotes”"),
    ],
)
def test_normalisation(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once and "\n\n\n\n" not in once


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Attack in Bannu\n\n", "Attack in Bannu"),
        ("Premium\n\nAttack in Bannu\n\n", "Attack in Bannu"),
        ("Skip to content\n\nMENU\n\nWho attacked Bannu?\n", "Who attacked Bannu?"),
        ("# Attack in Bannu\n\n", "Attack in Bannu"),
        ("By Syed Ali\n\nAttack in Bannu\n\n", "Attack in Bannu"),
        ("Attack in Bannu.\n\n", None),
        ("“" + "We shall not rest until it is done. " * 6 + "” – A minister\n\nWhat now\n\n", None),
        ("", None),
        ("- one point\n\n", None),
    ],
)
def test_title(head: str, title: str | None) -> None:
    assert from_text(head + BODY).title == title


def test_a_single_line_is_no_title() -> None:
    assert from_text("Gunmen killed four people in Bannu").title is None


@pytest.mark.parametrize(
    ("head", "foot", "edtf"),
    [
        ("October 15, 2025\n\n", "", "2025-10-15"),
        ("Attack in Bannu\n\nWednesday, 15th October, 2025\n\n", "", "2025-10-15"),
        ("Attack\n\nBy Syed Ali | Oct. 15, 2025 10:40 PM PKT\n\n", "", "2025-10-15"),
        ("Attack\n\nPublished: 2025-10-15\n\n", "", "2025-10-15"),
        ("Attack\n\nPosted on 15/10/2025\n\n", "", "2025-10-15"),
        ("Published January 2023\n\n", "", "2023-01"),
        ("", "\nDavid Strom 4:40 PM | October 15, 2025\n", "2025-10-15"),
        (
            "",
            "\nAdvertisement\nDavid Strom 4:40 PM | October 15, 2025\nAdvertisement",
            "2025-10-15",
        ),
        ("", "\nTrending now\n\nDavid Strom 4:40 PM | October 15, 2025\n", "2025-10-15"),
        ("", "\nPublished in Dawn, January 31st, 2023", "2023-01-31"),
        ("KABUL, 15 Oct 2025 (AFP) - ", "", "2025-10-15"),
        ("Attack in Bannu\n\nDERA ISMAIL KHAN, Pakistan, October 15, 2025 — ", "", "2025-10-15"),
        # none of these is a date of publication
        ("", "", None),
        ("PESHAWAR, Jan 30 — ", "", None),
        ("On October 15, 2025, ", "", None),
        ("Peshawar Mosque Bombing – January 30, 2023\n\n", "", None),
        ("Peshawar Mosque Bombing | January 30, 2023\n\n", "", None),
        ("Attack\n\nUpdated: October 16, 2025\n\n", "", None),
        ("Attack\n\n10/08/2025\n\n", "", None),
        ("15 January 2023\n\n", "\n20 January 2023\n\nGunmen fired. " + BODY, None),
        ("", "\nRelated News\n\nAn older story\nJanuary 3, 2024", None),
        ("", "\n© 2025 Dawn", None),
    ],
)
def test_date_of_publication(head: str, foot: str, edtf: str | None) -> None:
    published = from_text(head + BODY + foot).published
    assert (published.edtf if published else None) == edtf


def test_an_undated_report_says_so(write: Any, one: Any) -> None:
    report = one(write("a.txt", "PESHAWAR, Jan 30 — " + BODY))
    assert report.published is None and report.published_source is None
    assert any("'Jan 30' and no year" in note for note in report.notes)
    assert any("relative dates" in note for note in report.notes)
    report = one(write("a.txt", "Attack\n\n10/08/2025\n\n" + BODY))
    assert any("two ways" in note for note in report.notes)
    report = one(write("a.txt", "October 15, 2025\n\nOctober 16, 2025\n\n" + BODY))
    assert any("several dates" in note for note in report.notes)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Syed Ali Shah", "Syed Ali Shah"),
        ("By Ismail Khan and Zahid Hussain", "Ismail Khan and Zahid Hussain"),
        ("By Abdul al-Rahman · 3 min read", "Abdul al-Rahman"),
        ("By Monday", None),
        ("By the river", None),
    ],
)
def test_byline(line: str, author: str | None) -> None:
    assert from_text(f"Attack in Bannu\n\n{line}\n\n{BODY}").author == author


def test_footers_name_author_and_outlet() -> None:
    assert from_text(BODY + "\nDavid Strom 4:40 PM | October 15, 2025").author == "David Strom"
    assert from_text(BODY + "\nPublished in The Express Tribune, May 3rd, 2023").outlet == (
        "The Express Tribune"
    )


@given(
    st.lists(
        st.sampled_from(
            ["By A-A", "A-", "PESHAWAR", " ", "\n", "|", "4:40 PM", ":", "2025-10-15", "x."]
        )
    )
)
def test_any_text_gives_only_metadata_that_stand_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    found = from_text(text)
    for words in (found.title, found.outlet, found.author):
        assert words is None or (words.strip() and words in text)
    assert found.published is None or "2025-10-15" in text
    assert found.url is None


def test_front_matter(write: Any, one: Any) -> None:
    block = (
        "---\ntitle: Attack in Bannu\nsource: Dawn\nauthor: [A. Khan, B. Shah]\n"
        "date: 2025-10-15 10:00:00 +05:00\nurl: HTTPS://Dawn.com/news/1/?utm_source=x&fbclid=y#top\n"
        "tags: [a, b]\n---\n"
    )
    report = one(write("a.md", block + BODY))
    assert report.text == BODY.strip()
    assert report.title and (report.title.value, report.title.source) == (
        "Attack in Bannu",
        "front matter",
    )
    assert report.outlet and report.outlet.value == "Dawn"
    assert report.author and report.author.value == "A. Khan, B. Shah"
    assert report.published and report.published.edtf == "2025-10-15"
    assert report.published_source == "front matter"
    assert report.url == "https://dawn.com/news/1"
    assert report.id == report_id("https://dawn.com/news/1", "")
    assert report.media_type == "text/markdown"
    assert report.notes == ()


@pytest.mark.parametrize("date", ["2023-01", "2023", "January 2023"])
def test_front_matter_keeps_the_precision(write: Any, one: Any, date: str) -> None:
    report = one(write("a.md", f"---\npublished: {date}\n---\n{BODY}"))
    assert report.published.earliest == "2023-01-01"
    assert report.published.latest != "2023-01-01"


def test_broken_front_matter_keeps_the_report(write: Any, one: Any) -> None:
    report = one(write("a.md", f"---\ntitle: Bannu: an attack\ndate: 2025-10-15\n---\n{BODY}"))
    assert report.title.value == "Bannu: an attack"
    assert report.published.edtf == "2025-10-15"
    assert report.text == BODY.strip()
    assert "line 2" in report.notes[0]
    report = one(write("a.md", f"---\n[ {{\n---\n{BODY}"))
    assert BODY.strip() in report.text and "no valid YAML" in report.notes[0]
    report = one(write("a.md", f"---\ntitle: Attack\n\n{BODY}"))
    assert BODY.strip() in report.text and "no closing" in report.notes[0]
    report = one(write("a.md", f"---\ndate: 2025-02-31\n---\n{BODY}"))
    assert report.published is None and "is no date" in report.notes[0]
    report = one(write("a.md", f"---\nurl: nowhere\n---\n{BODY}"))
    assert report.url is None and "no web address" in report.notes[0]


def test_a_rule_is_no_front_matter(write: Any, one: Any) -> None:
    text = f"---\n\n{BODY}\n---\n\nAn end."
    assert one(write("a.md", text)).text == text
    assert one(write("b.md", f"---\n---\n{BODY}")).text == BODY.strip()


@given(st.text(alphabet="-\n:[]{}&*!|>'\"ab é#\t", max_size=200))
def test_any_front_matter_leaves_a_text(text: str) -> None:
    assert front_matter("---\n" + text)[1] in "---\n" + text


def test_deep_front_matter_is_survived() -> None:
    known, text = front_matter("---\n" + "[" * 9000 + "\n---\nEnd.")
    assert text.endswith("End.") and known and known.notes


def test_future_dates_are_kept_with_a_note(write: Any, one: Any) -> None:
    report = one(write("a.md", f"---\ndate: 2026-01-01\n---\n{BODY}"))
    assert report.published.edtf == "2026-01-01"
    assert "future" in report.notes[0]


def test_the_address_speaks_last(write: Any, one: Any) -> None:
    names = {"dawn.com": "Dawn"}
    options = IngestOptions(outlet_of=names.get)
    block = "---\nurl: https://www.dawn.com/2025/10/15/attack\n---\n"
    report = one(write("a.md", block + BODY), options)
    assert (report.outlet.value, report.outlet.source) == ("Dawn", "address")
    assert (report.published.edtf, report.published_source) == ("2025-10-15", "address")
    report = one(write("a.md", block + "Published: 2025-10-14\n\n" + BODY), options)
    assert (report.published.edtf, report.published_source) == ("2025-10-14", "text")


def test_discover_knows_the_total(write: Any, tmp_path: Any) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(name, BODY)
    assert [item.name for item in discover([tmp_path])] == ["a.txt", "b.txt", "c.md"]


@pytest.mark.parametrize("key", ["published", "date", "pubdate", "publication_date"])
def test_the_date_of_front_matter_has_several_names(key: str) -> None:
    known, rest = front_matter(f"---\n{key}: 2025-10-08\n---\nCalm.")
    assert known is not None
    assert known.published is not None
    assert known.published.edtf == "2025-10-08"
    assert rest == "Calm."
