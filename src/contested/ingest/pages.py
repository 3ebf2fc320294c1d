"""Saved web pages: the article without what surrounds it, and what the page says of itself."""

from __future__ import annotations

import logging
import re

import trafilatura
from lxml.etree import LxmlError
from trafilatura.metadata import extract_metadata

from contested.errors import NoArticle, TooLarge
from contested.ingest.address import canonical, host, names_a_page
from contested.ingest.normalise import one_line
from contested.ingest.pagedate import Element, published_on
from contested.ingest.slim import slim
from contested.ingest.types import Known

# Without a handler, Python prints these libraries' warnings for want of a better place.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

_LARGE = 200_000
_LARGEST = 2_000_000
# What lxml, trafilatura and htmldate raise on pages that they cannot walk.
_BROKEN = (
    LxmlError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    AssertionError,
)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://\S+?)\s*(?:-->|\s)"
)
_STOP = re.compile(r"[.!?…][\"”’')\]]*(?:\s|$)")
_BLOCKED = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|checking your browser|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|access denied|page not found|404 not found",
    re.IGNORECASE,
)
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*")
_COMMENT = re.compile(r"<!--.*?-->|<\?xml[^>]*>", re.DOTALL)
_OPENING = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PRUNED = [
    "//*[self::div or self::ul or self::section or self::p or self::span]["
    + " or ".join(
        f"contains(concat(' ', normalize-space(@{key}), ' '), ' {word}')"
        for word in (
            "share",
            "sharing",
            "social-",
            "addtoany",
            "related",
            "recommend",
            "trending",
            "newsletter",
        )
        for key in ("class", "id")
    )
    + "][string-length(.) < 2000]"
]


def looks_like_page(text: str) -> bool:
    """Whether `text` opens as an HTML page does."""
    return bool(_OPENING.match(_COMMENT.sub("", text[:4096])))


def read_page(page: str, name: str) -> tuple[str, Known]:
    """The article of `page`, its paragraphs apart by a blank line, and its metadata.

    Raises NoArticle if there is none, TooLarge if it is too long to be an article.
    """
    small = slim(page) if len(page) > _LARGE else page
    if len(small) > _LARGEST:
        raise TooLarge(
            name,
            f"is a page of {len(small) / 1e6:.1f} million characters without its scripts.",
            f"Save the article alone as .txt (a page may have {_LARGEST / 1e6:.0f} million).",
        )
    try:
        tree = trafilatura.load_html(small)
        text = _article(tree) if tree is not None else ""
        known = _known(tree, page) if tree is not None else Known(source="metadata")
    except _BROKEN as error:
        raise _no_article(name, f"cannot be read as a page ({type(error).__name__}).") from error
    if not any(len(line.split()) >= 6 and _STOP.search(line) for line in text.split("\n")):
        raise _no_article(name, "has no article in it.")
    if len(text.split()) < 60 and _BLOCKED.search(text):
        raise _no_article(name, "is a notice of the site, not the article.")
    return text, known


def _no_article(name: str, problem: str) -> NoArticle:
    return NoArticle(name, problem, "Open it in a browser and save the article's text as .txt.")


def _article(tree: Element) -> str:
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, prune_xpath=_PRUNED
    )
    text = getattr(found, "text", None) or ""
    blocks: list[str] = []
    before = ""
    for line in text.split("\n"):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        kind = line[:2] if line.startswith(("- ", "| ")) else ""
        blocks.append(
            f"{'' if not blocks else chr(10) if kind and kind == before else chr(10) * 2}{line}"
        )
        before = kind
    return "".join(blocks)


def _known(tree: Element, page: str) -> Known:
    """Title, outlet, author, date and address as meta tags, JSON-LD and bylines give them."""
    found = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    saved = _SAVED_FROM.search(page[:4096])
    url = canonical(found.url) or canonical(saved[1] if saved else None)
    if url and not names_a_page(url):
        url = canonical(saved[1]) if saved and url != canonical(saved[1]) else None
    published, note = published_on(tree)
    return Known(
        source="metadata",
        title=_clean(found.title),
        outlet=_outlet(found.sitename, canonical(found.url)),
        author=_clean(found.author),
        published=published,
        url=url,
        notes=(note,) if note else (),
    )


def _outlet(sitename: str | None, url: str | None) -> str | None:
    """The site's name, unless it is only the host of its address."""
    if sitename and url and sitename in (host(url), f"www.{host(url)}"):
        return None
    return _clean(sitename)


def _clean(value: str | None) -> str | None:
    text = one_line(value) if value else ""
    return text if 0 < len(text) <= 300 else None
