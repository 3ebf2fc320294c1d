"""Adding one report with its claims, in one transaction."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, insert, select

from contested.errors import InputError, RecordDamaged
from contested.model import Claim, Report, admit
from contested.record import decisions, fulltext
from contested.record.codec import dump, read_report, report_body
from contested.record.lineage import trace
from contested.record.results import Added, AddedStatus
from contested.record.runs import Run, enter
from contested.record.schema import (
    capture,
    extraction,
    log,
    original,
    report_version,
)
from contested.record.schema import report as report_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What is to be added: a report, its bytes, its claims and how they were found.

    Claims are null where the report was not read, because it was known already.
    """

    report: Report
    packed: bytes
    size: int
    claims: Sequence[Claim] | None
    unfit: tuple[str, ...]
    method: str
    at: str
    notes: tuple[str, ...]


def check_original(report: Report, data: bytes) -> None:
    """Raise InputError unless `data` are the bytes that `report` was read from."""
    if hashlib.sha256(data).hexdigest() != report.sha256:
        raise InputError(
            report.name,
            "the original bytes are not those that the report was read from.",
            "Read it again and add both together.",
        )


def check_report(report: Report) -> None:
    """Raise InputError if the report holds a value that could not be read again."""
    try:
        read_report(report_body(report), report.text, report.version)
    except (RecordDamaged, UnicodeEncodeError) as error:
        raise InputError(
            report.name, f"the report cannot be stored ({error}).", "Read it again."
        ) from error


def pack(data: bytes) -> bytes:
    """The bytes as the record keeps them."""
    return zlib.compress(data, 6)


def add(connection: Connection, new: Addition) -> Added:
    """Store what is not yet there; see `Store.add`."""
    lineage = trace(connection, new.report, new.method)
    report = replace(new.report, id=lineage.report)
    status: AddedStatus
    if not lineage.known:
        connection.execute(insert(report_table).values(id=report.id, added_at=new.at))
        status, seq = "new", _new_version(connection, report, new)
    elif lineage.seq is None or (lineage.back and new.claims is not None):
        status, seq = "new_version", _new_version(connection, report, new)
    else:
        seq = lineage.seq
        unread = new.claims is None
        same = unread or not _worth_extracting_again(connection, report, seq, new.method)
        status = "same" if same else "re_extracted"
    _capture(connection, report, seq, new)
    if status == "same":
        return Added(status=status, report=report.id, seq=seq)
    claims, misquoted = admit(report, new.claims or ())
    refused = (*new.unfit, *misquoted)
    run = Run(
        report=report, seq=seq, method=new.method, at=new.at, notes=new.notes, refused=refused
    )
    enter(connection, run, claims)
    detail = {"seq": seq, "method": new.method, "claims": len(claims), "refused": len(refused)}
    if lineage.back:
        detail["as_version"] = lineage.seq
    connection.execute(
        insert(log).values(at=new.at, what=status, subject=report.id, detail=dump(detail))
    )
    decisions.after_reading(connection, report.id, new.at)
    return Added(status=status, report=report.id, seq=seq, claims=len(claims), refused=refused)


def _new_version(connection: Connection, report: Report, new: Addition) -> int:
    last = connection.scalar(
        select(func.max(report_version.c.seq)).where(report_version.c.report == report.id)
    )
    seq = (last or 0) + 1
    connection.execute(
        insert(report_version).values(
            report=report.id,
            seq=seq,
            version=report.version,
            text=report.text,
            title=report.title.value if report.title else None,
            captured_at=new.at,
        )
    )
    fulltext.enter_version(connection, report.id, seq)
    return seq


def _worth_extracting_again(connection: Connection, report: Report, seq: int, method: str) -> bool:
    """Whether another method was used, or more is known about the report and nothing less."""
    row = connection.execute(
        select(extraction.c.method, extraction.c.metadata)
        .where(extraction.c.report == report.id, extraction.c.seq == seq)
        .order_by(extraction.c.id.desc())
        .limit(1)
    ).one()
    before = _known_about(read_report(row.metadata, report.text, report.version))
    return bool(row.method != method or before < _known_about(report))


def _known_about(report: Report) -> frozenset[str]:
    names = ("title", "outlet", "author", "published", "url", "language")
    return frozenset(name for name in names if getattr(report, name))


def _capture(connection: Connection, report: Report, seq: int, new: Addition) -> None:
    """Note the file and address in which the version was found, once."""
    if not connection.scalar(select(func.count()).where(original.c.sha256 == report.sha256)):
        connection.execute(
            insert(original).values(
                sha256=report.sha256,
                bytes=new.packed,
                size=new.size,
                media_type=report.media_type,
            )
        )
    found = {
        "report": report.id,
        "seq": seq,
        "sha256": report.sha256,
        "name": report.name,
        "url": report.url,
    }
    known = select(func.count()).where(*(capture.c[key] == found[key] for key in found))
    if not connection.scalar(known):
        connection.execute(insert(capture).values(**found, at=new.at))


def known(connection: Connection, sha256: str, method: str) -> bool:
    """Whether all that was read from these bytes was last extracted by `method`."""
    newest = (
        select(extraction.c.method)
        .where(extraction.c.report == capture.c.report, extraction.c.seq == capture.c.seq)
        .order_by(extraction.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = connection.scalars(select(newest).where(capture.c.sha256 == sha256)).all()
    return bool(found) and all(each == method for each in found)


def came_back(connection: Connection, report: Report) -> bool:
    """Whether `add` would store a text again that the report had before its latest one."""
    return trace(connection, report, None).back


def identify(connection: Connection, report: Report) -> Report:
    """The report with the id that `add` would give it."""
    return replace(report, id=trace(connection, report, None).report)
