"""Large pages, made small before they are parsed: scripts, styles and embedded pictures go."""

from __future__ import annotations

import re

_OPEN = re.compile(
    r"<(script|style|svg|template|noscript|iframe)\b[^>]{0,2000}>|<!--", re.IGNORECASE
)
_EMBEDDED = re.compile(
    r"data:[\w/+.-]{0,80}(?:;[\w=.-]{0,40}){0,4},[\w+/=%.~-]{100,}", re.IGNORECASE
)


def slim(page: str) -> str:
    """`page` without scripts, styles, drawings, comments and embedded data.

    JSON-LD stays, because it says who published what when. One pass, whatever the page.
    """
    kept: list[str] = []
    unclosed: set[str] = set()
    position = 0
    for start in _OPEN.finditer(page):
        if start.start() < position:
            continue
        tag = (start[1] or "--").lower()
        if tag in unclosed or (tag == "script" and "ld+json" in start[0].lower()):
            continue
        end = _end(page, tag, start.end())
        if end < 0:
            unclosed.add(tag)
            continue
        kept.append(page[position : start.start()])
        position = end
    kept.append(page[position:])
    return _EMBEDDED.sub("", "".join(kept))


def _end(page: str, tag: str, position: int) -> int:
    if tag == "--":
        found = page.find("-->", position)
        return found + 3 if found >= 0 else -1
    closing = re.compile(rf"</{tag}\s{{0,20}}>", re.IGNORECASE).search(page, position)
    return closing.end() if closing else -1
