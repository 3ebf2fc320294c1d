"""Search by words, with SQLite's FTS5: whole words, "phrases" and beginnings (bomb*).

The words are kept beside the tables and entered by the transaction that stores the text, which
is not stored twice. Triggers would do it too, but SQLite trusts those of a file only where it
trusts everything in it, and a record may come from a stranger.
Accents and case do not matter. Words are not cut to their stems, because FTS5 then loses
beginnings: ``operati*`` would not find "operations".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    literal_column,
    select,
    table,
)

from contested.record.current import current_runs
from contested.record.results import Hit, HitKind
from contested.record.schema import claim, extraction, report_version

_REPORT_WORDS = table("report_words", column("rowid"))
_CLAIM_WORDS = table("claim_words", column("rowid"))

_TABLES = """
CREATE VIRTUAL TABLE report_words USING fts5(
    title, text, content='report_version', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_words USING fts5(
    quote, content='claim', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2')
"""

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def create(connection: Connection) -> None:
    """Make the word tables."""
    for statement in _TABLES.split(";"):
        connection.exec_driver_sql(statement)


def enter_version(connection: Connection, report: str, seq: int) -> None:
    """Enter the words of a version that has just been stored."""
    connection.exec_driver_sql(
        "INSERT INTO report_words(rowid, title, text) SELECT number, title, text "
        "FROM report_version WHERE report = ? AND seq = ?",
        (report, seq),
    )


def enter_claims(connection: Connection, run: int) -> None:
    """Enter the words of an extraction's claims that have just been stored."""
    connection.exec_driver_sql(
        "INSERT INTO claim_words(rowid, quote) SELECT number, quote FROM claim "
        "WHERE extraction = ?",
        (run,),
    )


def expression(words: str) -> str | None:
    """What a user typed as an FTS5 expression; None where it holds no word.

    Every term is quoted, so that nothing typed can be an operator or a mistake.

    >>> expression('suicide bomb* "North Waziristan"')
    '"suicide" "bomb"* "North Waziristan"'
    """
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    terms = []
    for phrase, word in _TERM.findall(clean):
        if not any(letter.isalnum() for letter in phrase or word):
            continue
        star = "*" if word.endswith("*") else ""
        terms.append(f'"{phrase or word.rstrip("*")}"{star}')
    return " ".join(terms) or None


def search(
    connection: Connection,
    words: str,
    limit: int,
    kinds: Sequence[HitKind],
    as_of: str | None = None,
) -> list[Hit]:
    """The best finds in current reports and claims, best first.

    With `as_of` the finds are those of then, but words weigh what they do now: how rare one is,
    FTS5 counts over all that it holds.
    """
    asked = expression(words)
    if asked is None or limit < 1:
        return []
    found: list[Hit] = []
    if "report" in kinds:
        found += [
            _hit("report", row) for row in connection.execute(_in_reports(asked, limit, as_of))
        ]
    if "claim" in kinds:
        found += [_hit("claim", row) for row in connection.execute(_in_claims(asked, limit, as_of))]
    return sorted(found, key=lambda hit: (hit.rank, hit.kind, hit.id))[:limit]


def _in_reports(asked: str, limit: int, as_of: str | None) -> Select[Any]:
    return (
        select(report_version.c.report.label("id"), *_shown("report_words"))
        .select_from(_REPORT_WORDS)
        .join(report_version, report_version.c.number == _REPORT_WORDS.c.rowid)
        .join(
            extraction,
            and_(
                extraction.c.report == report_version.c.report,
                extraction.c.seq == report_version.c.seq,
            ),
        )
        .where(*_found("report_words", asked, as_of))
        .order_by(literal_column("rank"))
        .limit(limit)
    )


def _in_claims(asked: str, limit: int, as_of: str | None) -> Select[Any]:
    return (
        select(claim.c.id, *_shown("claim_words"))
        .select_from(_CLAIM_WORDS)
        .join(claim, claim.c.number == _CLAIM_WORDS.c.rowid)
        .join(extraction, extraction.c.id == claim.c.extraction)
        .where(*_found("claim_words", asked, as_of))
        .order_by(literal_column("rank"))
        .limit(limit)
    )


def _shown(words: str) -> tuple[ColumnElement[Any], ...]:
    return (
        extraction.c.report.label("report"),
        extraction.c.metadata.label("body"),
        literal_column(f"snippet({words}, -1, '[[', ']]', '…', 24)").label("snippet"),
        literal_column(f"bm25({words})").label("rank"),
    )


def _found(words: str, asked: str, as_of: str | None) -> tuple[ColumnElement[bool], ...]:
    current = current_runs(as_of).subquery()
    return (
        literal_column(words).op("MATCH", is_comparison=True)(asked),
        extraction.c.id.in_(select(current.c.id)),
    )


def _hit(kind: HitKind, row: Any) -> Hit:
    about = json.loads(row.body)
    return Hit(
        kind=kind,
        id=row.id,
        report=row.report,
        name=about["name"],
        title=about["title"]["value"] if about["title"] else None,
        snippet=row.snippet,
        rank=row.rank,
    )
