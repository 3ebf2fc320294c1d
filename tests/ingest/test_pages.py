"""Saved web pages: the article stays, the rest goes, and dates are never guessed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trafilatura import load_html

from contested.errors import InputError, NoArticle, TooLarge
from contested.ingest.address import canonical, dated
from contested.ingest.pagedate import published_on
from contested.ingest.pages import read_page
from contested.ingest.slim import slim

PARAGRAPHS = (
    "BANNU: Four policemen were killed on Monday when militants attacked a check post in the "
    "Bannu district of Khyber Pakhtunkhwa, officials said.",
    "The banned group claimed responsibility for the attack on 8 October 2025, and said that its "
    "fighters had withdrawn without losses of their own.",
    "A spokesman of the provincial government said that two of the attackers had been shot dead, "
    "and that the road to Miranshah stayed closed.",
)
ARTICLE = "".join(f"<p>{words}</p>\n" for words in PARAGRAPHS)
HEAD = (
    '<title>Four killed in Bannu | Dawn</title><meta property="og:title" '
    'content="Four killed in Bannu"><meta property="og:site_name" content="Dawn">'
    '<meta name="author" content="Ismail Khan">'
    '<link rel="canonical" href="https://www.dawn.com/news/1/four-killed?utm_source=x">'
)


META = '<meta property="article:published_time" content="{}">'


def page(head: str = HEAD, before: str = "", article: str = ARTICLE, after: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav><ul><li><a href="/">Home'
        '</a></li><li><a href="/world">World</a></li></ul></nav><article>'
        '<h1>Four killed in Bannu</h1><div class="share-buttons"><a href="#">Share on Facebook</a>'
        f'<a href="#">Tweet this</a></div>{before}{article}</article><aside class="related">'
        '<h3>Related stories</h3><ul><li><a href="/x">Older story about Kabul</a></li></ul></aside>'
        '<section id="comments"><h3>Comments</h3><p>Nice article, I liked it very much!</p>'
        f"</section>{after}<footer>Copyright 2019 Dawn</footer></body></html>"
    )


def test_the_article_stays(write: Any, one: Any) -> None:
    report = one(write("a.html", page()))
    assert report.text.split("\n\n") == ["Four killed in Bannu", *PARAGRAPHS]
    assert (report.title.value, report.title.source) == ("Four killed in Bannu", "metadata")
    assert report.outlet.value == "Dawn"
    assert report.author.value == "Ismail Khan"
    assert report.url == "https://www.dawn.com/news/1/four-killed"
    assert report.media_type == "text/html"
    assert report.published is None and "relative dates" in report.notes[0]


def test_lists_and_tables_stay_together() -> None:
    article = ARTICLE + (
        "<ul><li>One attack in Lakki</li><li>One attack in Tank</li></ul><table><tr><th>Place</th>"
        "<th>Killed</th></tr><tr><td>Bannu</td><td>4</td></tr></table>"
    )
    text, _ = read_page(page(article=article), "a.html")
    assert "- One attack in Lakki\n- One attack in Tank\n\n| Place | Killed |" in text
    assert "---" not in text


@pytest.mark.parametrize(
    ("head", "before", "edtf"),
    [
        (META.format("2025-10-15T23:30:00-05:00"), "", "2025-10-15"),
        ('<meta name="date" content="Wed, 15 Oct 2025 10:00:00 GMT">', "", "2025-10-15"),
        (META.format("2023-01"), "", "2023-01"),
        ('<script type="application/ld+json">{"@type":"NewsArticle",'
         '"datePublished":"2025-10-15T01:00:00Z","dateModified":"2025-10-17"}</script>',
         "", "2025-10-15"),
        (META.format("2031-02-03"), "", "2031-02-03"),
        ("", '<time datetime="2025-10-15T10:00">15 Oct</time>', "2025-10-15"),
        ("", '<div class="post-date">Posted Jan 30th, 2023</div>', "2023-01-30"),
        # none of these says when the page was published
        ('<meta property="article:modified_time" content="2025-10-17">', "", None),
        ('<meta property="og:updated_time" content="2025-10-17">', "", None),
        ('<meta name="description" content="On 2025-10-08 militants attacked">', "", None),
        ("", '<span class="date">10/08/2025</span>', None),
        ("", "<p>On 2025-10-08 militants attacked.</p>", None),
        ("", "<p>On <time>October 8, 2025</time> militants attacked.</p>", None),
        ("", "<h2>The ambush of October 8, 2025</h2>", None),
        ("", '<div class="related"><time datetime="2025-10-01">x</time></div>', None),
    ],
)  # fmt: skip
def test_date_of_a_page(head: str, before: str, edtf: str | None) -> None:
    tree: Any = load_html(page(HEAD + head, before))
    found, note = published_on(tree)
    assert (found.edtf if found else None) == edtf
    assert (note is not None) == ("10/08" in before)


def test_an_ambiguous_date_is_told(write: Any, one: Any) -> None:
    report = one(write("a.html", page(before='<span class="date">10/08/2025</span>')))
    assert report.published is None
    assert any("two ways" in note for note in report.notes)


def test_a_front_page_is_no_address(write: Any, one: Any) -> None:
    report = one(write("a.html", page('<link rel="canonical" href="https://dawn.com/">')))
    assert report.url is None and report.outlet is None
    saved = "<!-- saved from url=(0024)https://dawn.com/news/2#top -->\n"
    assert one(write("b.html", saved + page(""))).url == "https://dawn.com/news/2"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>",
        "<p>Please enable JavaScript to view the content of this page, and reload it.</p>",
        "<div></div><script>var x = 'A long sentence with many words stands here.';</script>",
    ],
)
def test_no_article(write: Any, refusal: Any, body: str) -> None:
    error = refusal(
        write("a.html", f"<html><head><title>x</title></head><body>{body}</body></html>")
    )
    assert isinstance(error, NoArticle) and ".txt" in error.remedy


def test_a_page_under_another_ending(write: Any, one: Any) -> None:
    report = one(write("a.txt", "<!-- x --><!-- y -->\n" + page()))
    assert report.media_type == "text/html" and "web page" in report.notes[0]


def test_declared_encodings(write: Any, one: Any) -> None:
    text = page('<meta charset="windows-1251">', article=f"<p>Газета said.</p>{ARTICLE}")
    report = one(write("a.html", text.encode("windows-1251")))
    assert "Газета" in report.text and "windows-1251" in report.notes[0]


def test_slim_keeps_what_dates_a_page() -> None:
    linked = '<script type="application/ld+json">{"datePublished":"2025-10-15"}</script>'
    large = (
        "<script>x</script><STYLE a='b'>y</style ><!-- z --><svg><path/></svg>"
        f'{linked}<img src="data:image/png;base64,{"A" * 500}"><p>kept</p><script>open'
    )
    assert slim(large) == f'{linked}<img src=""><p>kept</p><script>open'


@given(st.lists(st.sampled_from(["<script>", "</script>", "<!--", "-->", "<style", ">", "x", "İ"])))
def test_slim_only_removes(parts: list[str]) -> None:
    assert len(slim("".join(parts))) <= len("".join(parts))


def test_a_page_of_20_mb_is_bounded(write: Any, one: Any, refusal: Any) -> None:
    script = "<script>" + "var a = 'x';\n" * 1_600_000 + "</script>"
    assert one(write("a.html", page(after=script))).text.endswith("stayed closed.")
    assert isinstance(refusal(write("b.html", page(article=ARTICLE * 50_000))), TooLarge)
    assert isinstance(refusal(write("c.html", "<html>" + "<script" * 3_000_000)), TooLarge)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000 + ARTICLE,
        "<p>" * 20_000 + ARTICLE,
        "<b>" * 5_000 + "word " * 2000,
        "<" * 10_000,
    ],
)
def test_odd_pages(body: str) -> None:
    holds(f"<html><body>{body}</body></html>")


def holds(page: str) -> None:
    """A page is refused, or its article has words of the page, and none more often than there."""
    try:
        text, known = read_page(page, "a.html")
    except InputError as error:
        assert str(error).startswith("a.html")
        return
    there = Counter(re.findall(r"[a-z]+", page.lower()))
    assert Counter(re.findall(r"[a-z]+", text.lower())) <= there
    assert text.strip()
    assert known.published is None or known.published.edtf[:4] in page


_TAGS = """<p>|</p>|<div class='date'>|</div>|<time>|<table><tr><td>|<li>|\x01|&#0;|&#xD800;|]]>
|<meta name='date' content='2025-13-45'>|<script type='application/ld+json'>{"a":|\ufffe|<svg>|<!--
|<a href='http://[::1'>|Four men were killed in Bannu today.|<link rel='canonical' href='http://[x'>
|<html>|<?xml version='1.0'?>"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_TAGS.split("|")), max_size=25))
def test_any_page_is_read_or_refused(parts: list[str]) -> None:
    holds("".join(parts))


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("HTTP://Dawn.COM:80/News/1/#top", "http://dawn.com/News/1"),
        ("https://a.org/?id=5&utm_medium=x", "https://a.org?id=5"),
        ("https://a.org/?q=a%20b", "https://a.org?q=a%20b"),
        ("https://a.org:8443/x", "https://a.org:8443/x"),
        ("ftp://a.org/x", None),
        ("a.org/x", None),
        ("http://[::1", None),
        ("http://a.org:99999/x", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, plain: str | None) -> None:
    assert canonical(url) == plain


@given(st.text(alphabet="htps:/[]@?#&=.a%é: ", max_size=40))
def test_a_canonical_address_is_its_own(url: str) -> None:
    plain = canonical("https://a.org/" + url)
    if plain:
        assert canonical(plain) == plain


def test_dates_of_addresses() -> None:
    assert dated("https://a.org/2025/10/attack") == dated("https://b.org/2025/10/x")
    assert dated("https://a.org/2025/02/31/x") is None
    assert dated("https://a.org/news/2025") is None
