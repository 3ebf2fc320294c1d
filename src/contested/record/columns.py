"""Types of columns that mean the same in every database.

Text is compared byte by byte (PostgreSQL's collation "C", as SQLite always does), so that ids
and times sort alike everywhere. Numbers have 64 bits: SQLite's always have, and count a table's
rows on their own only where they are called INTEGER.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FunctionElement, and_
from sqlalchemy import Integer as _Integer
from sqlalchemy import Text as _Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

Integer = BigInteger().with_variant(_Integer(), "sqlite")
"""A whole number."""

Text = _Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Words of any length."""

String = Text
"""An id, a time, a word: as `Text`, for columns that hold no prose."""


class lowered(FunctionElement[str]):  # noqa: N801  (a function of SQL, named as one)
    """Text in lower case, every letter of every script: ``lowered(column)``."""

    inherit_cache = True
    type = _Text()

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(lowered)
def _lower(element: lowered, compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(lowered, "postgresql")
def _lower_by_unicode(element: lowered, compiler: SQLCompiler, **options: Any) -> str:
    """The collation "C" would change the letters of ASCII alone."""
    lower = f'lower({compiler.process(element.clauses, **options)} COLLATE "und-x-icu")'
    return f'({lower} COLLATE "C")'


def begins(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a text begins so, letter by letter; an index can answer it in every database."""
    return and_(column >= words, column < words + LAST)


LAST = "\U0010ffff"
"""The last sign of all; no id holds it."""
