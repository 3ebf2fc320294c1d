"""Which report a captured document is: a known one, a later version of one, or a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from contested.model import Report
from contested.record.columns import lowered
from contested.record.current import latest_versions, newest_runs
from contested.record.schema import capture, extraction, report_version
from contested.record.schema import report as report_table

SHINGLE = 5
SIMILAR = 0.5
"""Two texts of one file name whose 5-word runs overlap this much are versions of one report."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lineage:
    """The report that a document belongs to.

    `seq` is its last version with the very same text, if any. `back`: since then the document had
    another text, so that this one is the latest again.
    """

    report: str
    known: bool
    seq: int | None = None
    back: bool = False


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of five words, in lower case; one run of all words where there are fewer."""
    words = _WORD.findall(text.lower())
    last = max(len(words) - SHINGLE, 0)
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(last + 1))


def similarity(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> float:
    """Jaccard's index: 1 where the runs are the same, 0 where none is shared."""
    return len(first & second) / len(first | second)


def trace(connection: Connection, report: Report, method: str | None) -> Lineage:
    """The lineage of `report`, were it added now.

    By its id or address first; then by its text, unless two different addresses carry that
    text, which are two reports of one copy; then, if it has no address, by its file name
    together with its title or most of its words.
    """
    known = _by_address(connection, report)
    if known is not None:
        return _of_text(connection, known, report)
    same = _by_text(connection, report)
    if same is not None:
        return same
    if report.url is None:
        earlier = _by_name(connection, report, method)
        if earlier is not None:
            return Lineage(earlier, True)
    return Lineage(report.id, False)


def _by_address(connection: Connection, report: Report) -> str | None:
    found = connection.scalar(select(report_table.c.id).where(report_table.c.id == report.id))
    if found is None and report.url is not None:
        query = select(capture.c.report).where(capture.c.url == report.url)
        found = connection.scalar(query.order_by(capture.c.number).limit(1))
    return found


def _of_text(connection: Connection, known: str, document: Report) -> Lineage:
    seqs = select(func.max(report_version.c.seq)).where(report_version.c.report == known)
    seq = connection.scalar(seqs.where(report_version.c.version == document.version))
    if seq is None or seq == connection.scalar(seqs):
        return Lineage(known, True, seq)
    return Lineage(known, True, seq, back=_left(connection, known, document, seq))


def _left(connection: Connection, known: str, document: Report, seq: int) -> bool:
    """Whether what is captured under this name had a later text than `seq` before.

    Two files with two states of one report stay what they are, each under its own name, and so
    does one file that holds both: neither came back, however often they are added.
    """
    last = (
        select(capture.c.seq, capture.c.sha256)
        .where(capture.c.report == known, capture.c.name == document.name)
        .order_by(capture.c.seq.desc(), capture.c.number.desc())
    )
    row = connection.execute(last.limit(1)).first()
    return row is not None and row.seq > seq and row.sha256 != document.sha256


def _by_text(connection: Connection, report: Report) -> Lineage | None:
    query = (
        select(report_version.c.report)
        .where(report_version.c.version == report.version)
        .order_by(report_version.c.number)
    )
    for known in dict.fromkeys(connection.scalars(query).all()):
        elsewhere = report.url is not None and connection.scalar(
            select(func.count()).where(capture.c.report == known, capture.c.url.is_not(None))
        )
        if not elsewhere:
            return _of_text(connection, known, report)
    return None


def _by_name(connection: Connection, report: Report, method: str | None) -> str | None:
    """The most similar report of that file name; of equals the one that came last.

    A title in common is not enough: a daily bulletin has the same title and file name each day.
    Most names are new, and for these nothing is compared.
    """
    names = select(capture.c.number).where(capture.c.name == report.name).limit(1)
    if connection.scalar(names) is None:
        return None
    own = shingles(report.text)
    title = report.title.value.lower() if report.title else None
    best: tuple[bool, float, int] | None = None
    found: str | None = None
    for row in connection.execute(_candidates(report, method)):
        titled = title is not None and row.title is not None and row.title.lower() == title
        alike = similarity(own, shingles(row.text))
        score = (titled, alike, row.number)
        akin = alike >= SIMILAR or (titled and alike >= TITLED)
        if akin and (best is None or score > best):
            best, found = score, row.report
    return found


def _candidates(report: Report, method: str | None) -> Select[tuple[str, str, str | None, int]]:
    """Latest versions of that file name, but none that may not be an earlier state of it.

    The same bytes read by the same method give another text only where one file holds several
    reports; these are neighbours, not versions.
    """
    latest, runs = latest_versions().subquery(), newest_runs().subquery()
    this = and_(capture.c.report == report_version.c.report, capture.c.seq == report_version.c.seq)
    named = select(capture.c.number).where(this, capture.c.name == report.name).exists()
    neighbour = (
        select(capture.c.number)
        .where(this, capture.c.sha256 == report.sha256, extraction.c.method == method)
        .exists()
    )
    query = (
        select(
            report_version.c.report,
            report_version.c.text,
            report_version.c.title,
            report_version.c.number,
        )
        .join(
            latest,
            and_(latest.c.report == report_version.c.report, latest.c.seq == report_version.c.seq),
        )
        .join(runs, and_(runs.c.report == latest.c.report, runs.c.seq == latest.c.seq))
        .join(extraction, extraction.c.id == runs.c.id)
        .where(named, _comparable(report))
    )
    return query if method is None else query.where(~neighbour)


def _comparable(report: Report) -> ColumnElement[bool]:
    """Same title, or a length at which half of the words can be shared: spares reading others."""
    size = func.length(report_version.c.text)
    close = and_(size * 4 >= len(report.text), size <= len(report.text) * 4)
    if report.title is None:
        return close
    return or_(close, lowered(report_version.c.title) == report.title.value.lower())


TITLED = 0.2
"""The share that is enough where the titles are the same too."""
