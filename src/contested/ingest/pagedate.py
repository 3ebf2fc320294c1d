"""When a page says that it was published. Found by htmldate, and checked against the page.

htmldate sees only what dates a page (meta tags, JSON-LD, the first time element, lines such as
"Posted Jan 30th, 2023"), never the article, and its answer counts only if the page spells that
very day: it fills in a day where the page gives a month, and picks one of two readings of
"10/08/2025".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Protocol

from htmldate import find_date

from contested.ingest.dates import find_dates, find_months, is_ambiguous
from contested.model.values import When

_META = re.compile(r"date|time|publish|issued|created", re.IGNORECASE)
_OTHER = re.compile(r"modif|updat|revis|expir|timezone|read", re.IGNORECASE)
_LINKED = re.compile(r'"(?:datePublished|dateCreated)"\s*:\s*"([^"\\]{4,60})"')
_AROUND = """comment related trending sidebar widget recommend popular update modif"""
_ASIDE = (
    "ancestor-or-self::*[self::aside or self::nav or self::blockquote or self::li or self::table"
    " or self::p[not(contains(@class,'date') or contains(@class,'time')"
    " or contains(@class,'byline') or contains(@class,'publish'))]"
    + "".join(
        f" or contains(@class,'{word}') or contains(@id,'{word}')" for word in _AROUND.split()
    )
    + "]"
)
_TIMES = f"//time[not({_ASIDE})]"
_LINES = (
    "//*[self::div or self::span or self::p or self::small or self::abbr][contains(@class,'date') "
    "or contains(@class,'publish') or contains(@class,'byline') or contains(@class,'time') "
    f"or contains(@itemprop,'datePublished')][string-length(.) < 160][not({_ASIDE})]"
)


class Element(Protocol):
    """What is used of lxml's elements."""

    text: str | None

    def iter(self, tag: str) -> Iterator[Element]:
        """Elements of that name, in document order."""

    def get(self, key: str) -> str | None:
        """The value of an attribute."""

    def xpath(self, path: str) -> list[Element]:
        """What `path` finds."""

    def itertext(self) -> Iterator[str]:
        """All text inside."""


def published_on(tree: Element) -> tuple[When | None, str | None]:
    """The date of publication that the page `tree` gives, or why there is none."""
    for shown in (_metadata(tree), _visible(tree)):
        found = _checked(shown)
        if found:
            return found, None
        if is_ambiguous(shown):
            return None, "The page's date can be read in two ways; it is not taken."
    return None, None


def _metadata(tree: Element) -> str:
    """A page that holds only the meta tags and JSON-LD that date this one."""
    parts = []
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if _META.search(name) and not _OTHER.search(name) and len(content) < 80:
            parts.append(f'<meta property="{html.escape(name)}" content="{html.escape(content)}">')
    for script in tree.iter("script"):
        linked = _LINKED.search(script.text or "") if "json" in (script.get("type") or "") else None
        if linked:
            date = f'{{"datePublished":"{html.escape(linked[1])}"}}'
            parts.append(f'<script type="application/ld+json">{date}</script>')
            break
    return f"<html><head>{''.join(parts)}</head><body><p></p></body></html>"


def _visible(tree: Element) -> str:
    """A page that holds only the first time element and the first dated line of this one."""
    parts = []
    for time in tree.xpath(_TIMES)[:1]:
        stamp = html.escape(time.get("datetime") or "")
        parts.append(f'<time datetime="{stamp}">{_words(time)}</time>')
    if not parts:
        lines = [words for line in tree.xpath(_LINES) if (words := _words(line))]
        parts = [f'<div class="post-date">{words}</div>' for words in lines if _any_date(words)][:1]
    return f"<html><head></head><body>{''.join(parts)}<p></p></body></html>"


def _any_date(words: str) -> bool:
    return next(find_dates(words), None) is not None or is_ambiguous(words)


def _words(element: Element) -> str:
    return html.escape(" ".join("".join(element.itertext()).split())[:200])


def _checked(page: str) -> When | None:
    """htmldate's answer, if `page` spells it; the month, if that is all that it spells."""
    day = find_date(
        page,
        extensive_search=False,
        original_date=True,
        min_date="1900-01-01",
        max_date="2200-01-01",
    )
    spelt = list(find_dates(page))
    if day is None:
        return None
    for found in spelt:
        if found.edtf == day:
            return found
    if spelt:
        return None
    return next((month for month in find_months(page) if month.edtf == day[:7]), None)
