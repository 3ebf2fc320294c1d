"""Search by words with SQLite's FTS5, whose own index keeps the words, not the text again.

Triggers could enter the words too, but SQLite trusts those of a file only where it trusts
everything in it, and a record may come from a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, null, select

from contested.record.current import current_runs
from contested.record.fulltext import Term, hit, terms
from contested.record.results import Hit, HitKind
from contested.record.schema import claim, extraction, report_version
from contested.record.words import snippet_near

MANY = 5_000
"""Where so many rows hold the words, ranking them would take seconds: the newest come first."""
PART = 100
MOST = 2**62

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
        """The best finds of each kind; the newest ones where `MANY` or more hold the words."""
        asked = terms(words)
        return [
            found
            for kind in kinds
            for found in _Search(connection, kind, asked, as_of).first(limit)
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


class _Search:
    """One search in one kind of text."""

    def __init__(
        self, connection: Connection, kind: HitKind, asked: Sequence[Term], as_of: str | None
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._asked = asked
        self._as_of = as_of
        self._words = f"{kind}_words"

    def first(self, limit: int) -> Iterator[Hit]:
        """The first finds that are current."""
        for part in self._ranked():
            shown = self._shown([number for number, _ in part])
            for number, rank in part:
                if number in shown:
                    row = shown[number]
                    yield hit(
                        self._kind, row, rank, snippet_near((row.title, row.text), self._asked)
                    )
                    limit -= 1
                if limit < 1:
                    return

    def _ranked(self) -> Iterator[list[tuple[int, float]]]:
        """(row, rank), best first, a part at a time."""
        number = self._rows(f"SELECT count(*) FROM ({self._matching('1')} LIMIT {MANY})")[0][0]
        if number < MANY:
            found = self._rows(f"{self._matching(f'rowid, bm25({self._words})')} ORDER BY 2, 1")
            for at in range(0, len(found), PART):
                yield [(row[0], row[1]) for row in found[at : at + PART]]
            return
        last, place = MOST, 0
        while newest := self._rows(
            f"{self._matching('rowid')} AND rowid < {last} ORDER BY rowid DESC LIMIT {PART}"
        ):
            yield [(row[0], (place + n) / MOST) for n, row in enumerate(newest)]
            last, place = newest[-1][0], place + len(newest)

    def _matching(self, columns: str) -> str:
        return f"SELECT {columns} FROM {self._words} WHERE {self._words} MATCH ?"

    def _rows(self, statement: str) -> Sequence[Any]:
        asked = expression(self._asked)
        return self._connection.exec_driver_sql(statement, (asked,)).all()

    def _shown(self, numbers: Sequence[int]) -> dict[int, Any]:
        """What is shown of those of these rows that are current."""
        of_claims = self._kind == "claim"
        table = claim if of_claims else report_version
        rows = self._connection.execute(
            (_claims() if of_claims else _versions()).where(table.c.number.in_(numbers))
        ).all()
        reports = list({row.report for row in rows})
        runs = self._connection.execute(current_runs(self._as_of, reports)).all()
        current = {run.id for run in runs}
        return {row.number: row for row in rows if row.run in current}


def _claims() -> Select[Any]:
    return select(
        claim.c.number,
        claim.c.id,
        null().label("title"),
        claim.c.quote.label("text"),
        *_OF_RUN,
    ).join(extraction, extraction.c.id == claim.c.extraction)


def _versions() -> Select[Any]:
    version = report_version.c
    same = and_(extraction.c.report == version.report, extraction.c.seq == version.seq)
    return select(
        version.number, version.report.label("id"), version.title, version.text, *_OF_RUN
    ).join(extraction, same)


_OF_RUN = (
    extraction.c.report.label("report"),
    extraction.c.id.label("run"),
    extraction.c.metadata.label("body"),
)
