"""The YAML block that may open a Markdown file."""

from __future__ import annotations

import re

import yaml

from contested.ingest.dates import parse_date
from contested.ingest.normalise import one_line
from contested.ingest.types import Known

_FENCE = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_PLAIN = re.compile(r"(\w+)[ \t]*:[ \t]*(.*)")
_LONGEST = 65_536
FIELDS = {
    "title": "title",
    "outlet": "outlet",
    "source": "outlet",
    "author": "author",
    "authors": "author",
    "published": "published",
    "date": "published",
    "pubdate": "published",
    "publication_date": "published",
    "url": "url",
}


def front_matter(text: str) -> tuple[Known | None, str]:
    """What the front matter of `text` says, and the text after it.

    A block that is no YAML is read line by line; one without an end stays in the text.
    """
    opening = _FENCE.match(text)
    if not opening:
        return None, text
    closing = _END.search(text, opening.end(), opening.end() + _LONGEST)
    if not closing:
        if not _PLAIN.match(text, opening.end()):
            return None, text
        note = "The front matter has no closing '---'; it was left in the text."
        return Known(source="front matter", notes=(note,)), text
    block, rest = text[opening.end() : closing.start()], text[closing.end() :]
    notes: tuple[str, ...] = ()
    try:
        content = yaml.load(block, Loader=yaml.BaseLoader)  # builds only strings
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        content = _by_line(block)
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 2})" if mark else ""
        notes = (f"The front matter is no valid YAML{place}; its lines were read one by one.",)
    if content in (None, ""):
        return None, rest
    if not isinstance(content, dict) or (notes and not content):
        return (Known(source="front matter", notes=notes) if notes else None), text
    return _known(content, notes), rest


def _by_line(block: str) -> dict[object, object]:
    """Known keys of a block that YAML cannot read, such as a title with a colon in it."""
    found: dict[object, object] = {}
    for line in block.split("\n"):
        row = _PLAIN.fullmatch(line.strip())
        if row and row[1].lower() in FIELDS:
            found.setdefault(row[1], row[2].strip("\"' "))
    return found


def _known(content: dict[object, object], notes: tuple[str, ...]) -> Known:
    values: dict[str, str] = {}
    for key, value in content.items():
        name = FIELDS.get(str(key).strip().lower()) if isinstance(key, str) else None
        text = _text(value)
        if name and text:
            values.setdefault(name, text)
    date = values.get("published")
    published = parse_date(date) if date else None
    if date and published is None:
        notes += (
            f"The front matter's date {date[:60]!r} is no date: write 2023, 2023-01 or 2023-01-30.",
        )
    return Known(
        source="front matter",
        title=values.get("title"),
        outlet=values.get("outlet"),
        author=values.get("author"),
        published=published,
        url=values.get("url"),
        notes=notes,
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return one_line(", ".join(item for item in value if isinstance(item, str)))
    return ""
