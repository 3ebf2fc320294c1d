"""Search by words with SQLite's FTS5, whose own index keeps the words, not the text again.

Triggers could enter the words too, but SQLite trusts those of a file only where it trusts
everything in it, and a record may come from a stranger.
"""

from __future__ import annotations

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
from contested.record.fulltext import Term, hit, terms
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


class SqliteWords:
    """The words of a record in an SQLite file."""

    def make_words(self, connection: Connection) -> None:
        """Make the word tables."""
        for statement in _TABLES.split(";"):
            connection.exec_driver_sql(statement)

    def enter_version(self, connection: Connection, report: str, seq: int) -> None:
        """Enter the words of a version that has just been stored."""
        connection.exec_driver_sql(
            "INSERT INTO report_words(rowid, title, text) SELECT number, title, text "
            "FROM report_version WHERE report = ? AND seq = ?",
            (report, seq),
        )

    def enter_claims(self, connection: Connection, run: int) -> None:
        """Enter the words of an extraction's claims that have just been stored."""
        connection.exec_driver_sql(
            "INSERT INTO claim_words(rowid, quote) SELECT number, quote FROM claim "
            "WHERE extraction = ?",
            (run,),
        )

    def enter_all(self, connection: Connection) -> None:
        """Enter the words of a whole record."""
        for words in ("report_words", "claim_words"):
            connection.exec_driver_sql(f"INSERT INTO {words}({words}) VALUES('rebuild')")

    def find(
        self,
        connection: Connection,
        words: str,
        limit: int,
        kinds: Sequence[HitKind],
        as_of: str | None = None,
    ) -> list[Hit]:
        """The best finds of each kind."""
        asked = expression(terms(words))
        queries: dict[HitKind, Select[Any]] = {
            "report": _in_reports(asked, limit, as_of),
            "claim": _in_claims(asked, limit, as_of),
        }
        return [
            hit(kind, row, row.rank, row.snippet)
            for kind in kinds
            for row in connection.execute(queries[kind])
        ]

    def holding(self, connection: Connection, words: str, kind: HitKind) -> list[int]:
        """The numbers of all rows that hold these words."""
        held = f"{kind}_words"
        found = connection.exec_driver_sql(
            f"SELECT rowid FROM {held} WHERE {held} MATCH ?", (expression(terms(words)),)
        )
        return [row[0] for row in found]


def expression(asked: Sequence[Term]) -> str:
    """What a user typed as an FTS5 expression.

    Every term is quoted, so that nothing typed can be an operator or a mistake.

    >>> expression(terms('suicide bomb* "North Waziristan"'))
    '"suicide" "bomb"* "North Waziristan"'
    """
    return " ".join(f'"{term.words}"{"*" if term.begins else ""}' for term in asked)


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
