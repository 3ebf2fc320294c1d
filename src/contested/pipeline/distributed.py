"""Reports to claims on Spark's machines: reports go in as Arrow tables, claims come out so.

A part of the reports is sent at a time, and while it is read the results of the one before are
taken in here, so that neither side waits for the other and memory stays bounded.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

from pydantic import TypeAdapter

from contested.errors import ContestedError
from contested.extract import Extraction
from contested.model import Report, from_plain, to_plain
from contested.pipeline.extraction import (
    Known,
    Outcome,
    Refusal,
    Results,
    attempt,
    outcome,
    stages_for,
    unread,
)
from contested.settings import Settings
from contested.spark import Cluster, failures

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from contested.ingest import Captured
    from contested.pipeline.stages import Stages

EACH = 24
"""Reports sent at a time for each task that runs at a time."""
LETTERS = 20_000_000
"""No more are sent at a time than make up so many letters."""
PARTS = 4
"""Pieces for each task: whoever is done with a short one takes another."""
ANSWER = "n long, answer string, error binary"

_reports: TypeAdapter[Report] = TypeAdapter(Report)
Item = Outcome | tuple["Captured", int]
Answers = dict[int, Extraction | ContestedError]


def distributed(
    items: Iterable[Captured | Refusal], stages: Stages, known: Known, _jobs: int
) -> Results:
    """As one process would read them, by Spark. Raises EngineError where that fails."""
    cluster = cast("Cluster", stages.cluster)
    _ = stages.extractor.method  # what is amiss with it is said here, not by each machine
    read = partial(_read, cluster, sent_settings(stages.settings))
    ahead: tuple[list[Item], Future[Answers]] | None = None
    with _one_thread(cluster) as thread:
        for part in _parts(items, known, EACH * cluster.tasks):
            sent = part, thread.submit(read, part)
            if ahead is not None:
                yield from _outcomes(*ahead)
            ahead = sent
        if ahead is not None:
            yield from _outcomes(*ahead)


def sent_settings(settings: Settings) -> Settings:
    """The settings that reading needs: where the record is, and its password, stay here."""
    return replace(settings, record=Path(), engine=None, llm_key=None)


@contextmanager
def _one_thread(cluster: Cluster) -> Iterator[ThreadPoolExecutor]:
    """A thread that waits for Spark; left by an error or an interrupt, its work ends at once."""
    thread = ThreadPoolExecutor(1, "contested-spark")
    with ExitStack() as exits:
        exits.callback(thread.shutdown, wait=True, cancel_futures=True)
        failed = exits.enter_context(ExitStack())
        failed.callback(cluster.stop_jobs)
        yield thread
        failed.pop_all()


def _parts(items: Iterable[Captured | Refusal], known: Known, most: int) -> Iterator[list[Item]]:
    """The items in order, in parts with at most so many reports to be read, each numbered."""
    part: list[Item] = []
    reports = letters = 0
    for item in items:
        if isinstance(item, Refusal):
            part.append(item)
        elif known(item.report):
            part.append(unread(item))
        else:
            part.append((item, reports))
            reports += 1
            letters += len(item.report.text)
        if reports == most or letters >= LETTERS:
            yield part
            part, reports, letters = [], 0, 0
    if part:
        yield part


def _outcomes(part: list[Item], answers: Future[Answers]) -> Iterator[Outcome]:
    found = answers.result()
    for item in part:
        yield outcome(item[0], found[item[1]]) if isinstance(item, tuple) else item


def _read(cluster: Cluster, settings: Settings, part: list[Item]) -> Answers:
    """What Spark's machines answer to the reports of one part, by their numbers."""
    import pyarrow as pa

    sent = [(item[0].report, item[1]) for item in part if isinstance(item, tuple)]
    if not sent:
        return {}
    table = pa.table({
        "n": pa.array([n for _, n in sent], pa.int64()),
        "report": pa.array([_dumped(to_plain(report)) for report, _ in sent], pa.string()),
    })  # fmt: skip
    with failures():
        cluster.mark()
        frame = cluster.session.createDataFrame(table)
        frame = frame.repartition(min(len(sent), PARTS * cluster.tasks))
        answered = _map_in_arrow(frame, partial(read_batches, settings), ANSWER).toArrow()
    return {row["n"]: _answer(row) for row in answered.to_pylist()}


def _map_in_arrow(frame: DataFrame, function: Any, schema: str) -> DataFrame:
    """`DataFrame.mapInArrow`, also where pandas is not installed or too old.

    Spark makes its function by way of `pandas_udf`, whose first line asks for pandas; nothing
    after it does, here or on Spark's machines. So that question, and no other, is left out, and
    only where the answer was no.
    """
    try:
        return frame.mapInArrow(function, schema)
    except ImportError:
        with patch("pyspark.sql.pandas.functions.require_minimum_pandas_version"):
            return frame.mapInArrow(function, schema)


def read_batches(settings: Settings, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Runs on Spark's machines: reports in, claims and notes (or the error) out.

    The language pipeline is loaded once in the life of a Python process there.
    """
    import pyarrow as pa

    stages = stages_for(settings)
    for batch in batches:
        found = [
            attempt(stages, _reports.validate_python(json.loads(report)))
            for report in batch.column("report").to_pylist()
        ]
        yield pa.RecordBatch.from_arrays(
            [
                batch.column("n"),
                pa.array([_told(each) for each in found], pa.string()),
                pa.array([_failed(each) for each in found], pa.binary()),
            ],
            names=["n", "answer", "error"],
        )


def _told(found: Extraction | ContestedError) -> str | None:
    if isinstance(found, ContestedError):
        return None
    return _dumped({"claims": [to_plain(c) for c in found.claims], "notes": list(found.notes)})


def _failed(found: Extraction | ContestedError) -> bytes | None:
    return pickle.dumps(found) if isinstance(found, ContestedError) else None


def _answer(row: dict[str, Any]) -> Extraction | ContestedError:
    if row["error"] is not None:
        return cast("ContestedError", pickle.loads(row["error"]))
    told = json.loads(row["answer"])
    return Extraction([from_plain(each) for each in told["claims"]], told["notes"])


def _dumped(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
