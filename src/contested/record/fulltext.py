"""Search by words: whole words, "phrases" and beginnings (bomb*).

The words are entered by the transaction that stores the text. Accents and case do not matter.
Words are not cut to their stems, because beginnings are lost then: ``operati*`` would not find
"operations". How the words are kept is the database's own matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from contested.record.dialect import particular
from contested.record.results import Hit, HitKind

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must occur: words in a row; of the last one the beginning, if `begins`."""

    words: str
    begins: bool = False


def terms(words: str) -> list[Term]:
    """What a user typed; nothing where it holds no word."""
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return [
        Term(phrase or word.rstrip("*"), word.endswith("*"))
        for phrase, word in _TERM.findall(clean)
        if any(letter.isalnum() for letter in phrase or word)
    ]


def create(connection: Connection) -> None:
    """Make the tables that keep the words."""
    particular(connection).make_words(connection)


def enter_version(connection: Connection, report: str, seq: int) -> None:
    """Enter the words of a version that has just been stored."""
    particular(connection).enter_version(connection, report, seq)


def enter_claims(connection: Connection, run: int) -> None:
    """Enter the words of an extraction's claims that have just been stored."""
    particular(connection).enter_claims(connection, run)


def search(
    connection: Connection,
    words: str,
    limit: int,
    kinds: Sequence[HitKind],
    as_of: str | None = None,
) -> list[Hit]:
    """The best finds in current reports and claims, best first.

    With `as_of` the finds are those of then, but words may weigh what they do now: how rare one
    is, FTS5 counts over all that it holds.
    """
    if limit < 1 or not terms(words):
        return []
    found = particular(connection).find(connection, words, limit, kinds, as_of)
    return sorted(found, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]


def hit(kind: HitKind, row: Any, rank: float, snippet: str) -> Hit:
    """A find: a row with `id`, `report` and, as `body`, the report's metadata."""
    about = json.loads(row.body)
    return Hit(
        kind=kind,
        id=row.id,
        report=row.report,
        name=about["name"],
        title=about["title"]["value"] if about["title"] else None,
        snippet=snippet,
        rank=rank,
    )
