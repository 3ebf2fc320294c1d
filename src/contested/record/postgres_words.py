"""Search by words with PostgreSQL's `tsvector` and a GIN index.

PostgreSQL's own parsers cut texts otherwise than SQLite does ("2025-10-08" becomes a number and
two negative ones), so the words are cut here and given to it as they are. A `tsvector` counts no
further than 16,383 words and 255 places of one word, and holds a megabyte: of a longer text it
is marked that it knows the words but not all places, or not even the words; such a text is read
again when it may be a find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    TableClause,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from contested.record.current import current_runs
from contested.record.fulltext import Term, hit, terms
from contested.record.results import Hit, HitKind
from contested.record.schema import claim, extraction, report_version
from contested.record.words import holds, snippet, words_of

PLACES, EACH, LETTERS, ROOM = 16_383, 255, 500, 1_000_000
SOME, NONE = "*", "**"
"""Marks among the words of a text: its places, or its words too, are not all known."""

_TABLES = """
CREATE TABLE report_words (
    number bigint PRIMARY KEY REFERENCES report_version (number), words tsvector NOT NULL);
CREATE INDEX report_words_words ON report_words USING gin (words);
CREATE TABLE claim_words (
    number bigint PRIMARY KEY REFERENCES claim (number), words tsvector NOT NULL);
CREATE INDEX claim_words_words ON claim_words USING gin (words)
"""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Kept:
    """A table with words, and the rows that they are of."""

    words: TableClause
    rows: Table
    id: Column[str]
    texts: tuple[Column[str], ...]


def _words(name: str) -> TableClause:
    return table(name, column("number"), column("words", TSVECTOR))


_KEPT: dict[HitKind, _Kept] = {
    "report": _Kept(
        _words("report_words"),
        report_version,
        report_version.c.report,
        (report_version.c.title, report_version.c.text),
    ),
    "claim": _Kept(_words("claim_words"), claim, claim.c.id, (claim.c.quote,)),
}


class PostgresWords:
    """The words of a record on a PostgreSQL server."""

    def make_words(self, connection: Connection) -> None:
        """Make the word tables."""
        for statement in _TABLES.split(";"):
            connection.exec_driver_sql(statement)

    def enter_version(self, connection: Connection, report: str, seq: int) -> None:
        """Enter the words of a version that has just been stored."""
        mine = and_(report_version.c.report == report, report_version.c.seq == seq)
        _enter(connection, _KEPT["report"], mine)

    def enter_claims(self, connection: Connection, run: int) -> None:
        """Enter the words of an extraction's claims that have just been stored."""
        _enter(connection, _KEPT["claim"], claim.c.extraction == run)

    def enter_all(self, connection: Connection) -> None:
        """Enter the words of a whole record."""
        for kept in _KEPT.values():
            number = kept.rows.c.number
            last = connection.scalar(select(func.max(number))) or 0
            for first in range(0, last + 1, _CHUNK):
                _enter(connection, kept, and_(number >= first, number < first + _CHUNK))

    def find(
        self,
        connection: Connection,
        words: str,
        limit: int,
        kinds: Sequence[HitKind],
        as_of: str | None = None,
    ) -> list[Hit]:
        """The best finds of each kind."""
        asked = [term for term in terms(words) if words_of(term.words)]
        if not asked:
            return []
        return [found for kind in kinds for found in _found(connection, kind, asked, limit, as_of)]

    def holding(self, connection: Connection, words: str, kind: HitKind) -> list[int]:
        """The numbers of all rows that hold these words."""
        asked = [term for term in terms(words) if words_of(term.words)]
        return list(_holding(connection, _KEPT[kind], asked)) if asked else []


def _enter(connection: Connection, kept: _Kept, which: Any) -> None:
    rows = connection.execute(select(kept.rows.c.number, *kept.texts).where(which)).all()
    values = [{"number": row[0], "words": vector(row[1:])} for row in rows]
    if values:
        row = {
            "number": bindparam("number"),
            "words": cast(bindparam("words", type_=Text), TSVECTOR),
        }
        connection.execute(insert(kept.words).values(row), values)


def vector(texts: Sequence[str | None]) -> str:
    """The words of texts with their places, as PostgreSQL reads a `tsvector`.

    >>> vector(["The Élite", "the guard"])
    "'the':1,4 'elite':2 'guard':5"
    """
    places: dict[str, list[int]] = defaultdict(list)
    at, exact = 0, True
    for text in texts:
        for word in words_of(text or ""):
            at += 1
            exact = exact and at <= PLACES and len(word.plain) <= LETTERS
            known = places[word.plain[:LETTERS]]
            exact = exact and len(known) < EACH
            if len(known) < EACH and at <= PLACES:
                known.append(at)
        at += 1  # no phrase goes from one text into the next
    room = sum(len(word.encode()) + 2 * len(found) + 4 for word, found in places.items())
    if room > ROOM:
        return f"'{SOME}' '{NONE}'"
    known_words = [
        f"'{word}'" + (f":{','.join(map(str, found))}" if found else "")
        for word, found in places.items()
    ]
    return " ".join(known_words if exact else [*known_words, f"'{SOME}'"])


def query(asked: Sequence[Term]) -> str:
    """What is asked for, as PostgreSQL reads a `tsquery`.

    >>> query([Term("bomb", begins=True), Term("North Waziristan")])
    "('bomb':* & ('north' <-> 'waziristan')) | ('*' & 'bomb':* & 'north' & 'waziristan') | '**'"
    """
    split = [_lexemes(term) for term in asked]
    phrases = [f"({' <-> '.join(each)})" if len(each) > 1 else each[0] for each in split]
    words = [lexeme for each in split for lexeme in each]
    return f"({' & '.join(phrases)}) | ('{SOME}' & {' & '.join(words)}) | '{NONE}'"


def _lexemes(term: Term) -> list[str]:
    cut = [f"'{word.plain[:LETTERS]}'" for word in words_of(term.words)]
    return [*cut[:-1], cut[-1] + ":*"] if term.begins else cut


def _found(
    connection: Connection, kind: HitKind, asked: Sequence[Term], limit: int, as_of: str | None
) -> Iterator[Hit]:
    """The first finds; a text whose places are not all known is read again to be sure."""
    kept = _KEPT[kind]
    with connection.execute(
        _ranked(kept, asked), execution_options={"yield_per": _CHUNK}
    ) as ranked:
        for number, report, rank, sure in ranked:
            row = connection.execute(_shown(kept, number, report, as_of)).one_or_none()
            if row is None:
                continue
            texts = row[: len(kept.texts)]
            if sure or holds(texts, asked):
                yield hit(kind, row, rank, snippet(texts, asked))
                limit -= 1
            if limit < 1:
                return


def _holding(connection: Connection, kept: _Kept, asked: Sequence[Term]) -> Iterator[int]:
    words = kept.words.c.words
    wanted = cast(literal(query(asked), Text), TSQUERY)
    statement = (
        select(kept.words.c.number, _sure(words).label("sure"), *kept.texts)
        .join(kept.rows, kept.rows.c.number == kept.words.c.number)
        .where(words.op("@@", is_comparison=True)(wanted))
    )
    for number, sure, *texts in connection.execute(statement):
        if sure or holds(texts, asked):
            yield number


def _sure(words: Any) -> Any:
    """Whether all places of a text's words are known."""
    return ~words.op("@@", is_comparison=True)(cast(literal(f"'{SOME}'", Text), TSQUERY))


def _ranked(kept: _Kept, asked: Sequence[Term]) -> Select[Any]:
    """(number, report, rank, whether it is surely a find), best first, current or not."""
    words = kept.words.c.words
    wanted = cast(literal(query(asked), Text), TSQUERY)
    rank = (-func.ts_rank(words, wanted, 1)).label("rank")
    of_claims = kept.rows is claim
    report = extraction.c.report if of_claims else report_version.c.report
    statement = (
        select(kept.words.c.number, report, rank, _sure(words).label("sure"))
        .join(kept.rows, kept.rows.c.number == kept.words.c.number)
        .where(words.op("@@", is_comparison=True)(wanted))
        .order_by(rank, kept.words.c.number)
    )
    if of_claims:
        statement = statement.join(extraction, extraction.c.id == claim.c.extraction)
    return statement


def _shown(kept: _Kept, number: int, report: str, as_of: str | None) -> Select[Any]:
    """What is shown of a row, if it is current."""
    current = current_runs(as_of, [report]).subquery()
    columns: list[ColumnElement[Any]] = [
        *kept.texts,
        kept.id.label("id"),
        extraction.c.report,
        extraction.c.metadata.label("body"),
    ]
    return (
        select(*columns)
        .join(current, _run_of(kept, current.c))
        .join(extraction, extraction.c.id == current.c.id)
        .where(kept.rows.c.number == number)
    )


def _run_of(kept: _Kept, run: Any) -> Any:
    """The current extraction that a row belongs to."""
    if kept.rows is claim:
        return run.id == claim.c.extraction
    return and_(run.report == report_version.c.report, run.seq == report_version.c.seq)
