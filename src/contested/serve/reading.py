"""Work that takes longer than a page may: reading reports in, one job after the other.

A job runs in a thread of its own and tells how far it is; the page that shows it may be left and
come back to. What a job has kept stays where it is stopped, or the program ends.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from contested.errors import ContestedError, NotFound, UsageError
from contested.ingest.manifest import Manifest, try_manifest
from contested.pipeline import AddSummary, Record
from contested.pipeline.extraction import Progress
from contested.serve.source import Source

KEPT = 50
"""So many jobs are remembered."""
WAITING = 20
"""So many may wait for their turn."""
READ = ("new", "new_version", "re_extracted")
FAULT = "This is a fault of the program. What was complete is kept; look at its terminal."
JobState = Literal["waiting", "running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that gave no report, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """How far a job is. `reports` are those that it added or read anew, by id.

    `skipped` are inputs that gave no report, `passed_over` files of no kind that is read;
    `notes` say of reports by name what could not be coded.
    """

    id: str
    what: str
    author: str
    state: JobState
    began: str
    done: int
    total: int
    at: str
    seconds: float
    counts: dict[str, int]
    claims: dict[str, int]
    incidents: int
    disputed: int
    reports: tuple[str, ...]
    skipped: tuple[Unread, ...]
    passed_over: tuple[Unread, ...]
    notes: dict[str, list[str]]
    error: str

    @property
    def over(self) -> bool:
        """Whether it has ended, however it did."""
        return self.state in ("done", "stopped", "failed")


@dataclass(slots=True)
class Job:
    """One job. `prepare` brings what is to be read into `folder`, which is gone in the end."""

    id: str
    what: str
    author: str
    folder: Path
    prepare: Callable[[Path], None]
    began: dt.datetime
    state: JobState = "waiting"
    done: int = 0
    total: int = 0
    at: str = ""
    seconds: float = 0.0
    summary: AddSummary = field(default_factory=AddSummary)
    reports: tuple[str, ...] = ()
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def view(self) -> JobView:
        """The job as it is now."""
        found = self.summary
        return JobView(
            id=self.id,
            what=self.what,
            author=self.author,
            state=self.state,
            began=self.began.isoformat(timespec="seconds"),
            done=self.done,
            total=self.total,
            at=self.at,
            seconds=round(self.seconds, 1),
            counts=dict(found.reports),
            claims=dict(found.claims),
            incidents=found.incidents,
            disputed=found.disputed,
            reports=self.reports,
            skipped=tuple(Unread(one.name, one.message) for one in found.refused),
            passed_over=tuple(Unread(one.name, one.message) for one in found.passed_over),
            notes=dict(found.notes),
            error=self.error,
        )


class Jobs:
    """The jobs of one record."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._turn = threading.Lock()
        self._lock = threading.Lock()

    def start(
        self, record: Record, what: str, author: str, folder: Path, prepare: Callable[[Path], None]
    ) -> Job:
        """Begin a job, or put it behind those that wait. Raises UsageError for too many."""
        now = dt.datetime.now(dt.UTC)
        job = Job(secrets.token_hex(8), what, author, folder, prepare, now)
        with self._lock:
            if sum(not one.ended.is_set() for one in self._jobs.values()) >= WAITING:
                shutil.rmtree(folder, ignore_errors=True)
                raise UsageError("Too much is waiting to be read. Come back when some is done.")
            for old in [id for id, one in self._jobs.items() if one.ended.is_set()][:-KEPT]:
                del self._jobs[old]
            self._jobs[job.id] = job
        threading.Thread(target=self._run, args=(record, job), daemon=True).start()
        return job

    def get(self, id: str) -> Job:
        """The job of that id. Raises NotFound."""
        found = self._jobs.get(id)
        if found is None:
            raise NotFound(
                f"There is no job {id[:40]!r}. Jobs are forgotten when the program ends; what they "
                "read is in the list of reports."
            )
        return found

    def all(self) -> list[JobView]:
        """Every job that is remembered, the last first."""
        with self._lock:
            jobs = list(self._jobs.values())
        return [job.view() for job in reversed(jobs)]

    def _run(self, record: Record, job: Job) -> None:
        with self._turn:
            began = time.monotonic()
            try:
                if not job.stop.is_set():
                    _work(record, job)
                job.state = "stopped" if job.stop.is_set() else "done"
            except ContestedError as error:
                job.state, job.error = "failed", str(error)
            finally:
                if job.state in ("waiting", "running"):
                    job.state, job.error = "failed", FAULT
                job.seconds = time.monotonic() - began
                shutil.rmtree(job.folder, ignore_errors=True)
                job.ended.set()


def _work(record: Record, job: Job) -> None:
    def progress(now: Progress) -> None:
        job.done, job.total, job.at = now.done, now.total, now.name
        if job.stop.is_set():
            # As Ctrl-C on the command line: adding ends after this report and keeps what it has.
            raise KeyboardInterrupt

    job.state = "running"
    job.prepare(job.folder)
    _only_inside(job.folder)
    before = record.store.log(1)
    job.summary = record.add([job.folder], progress=progress)
    entries = record.store.log(2 * job.summary.reports.total() + 100)
    fresh = (one for one in entries if not before or one.at > before[0].at)
    job.reports = tuple(dict.fromkeys(one.subject for one in fresh if one.what in READ))


def _only_inside(folder: Path) -> None:
    """Refuse a table that names files elsewhere on this machine: whoever made it is a stranger.

    Raises UsageError.
    """
    for path in sorted(folder.iterdir()):
        table = try_manifest(path, path.name) if path.suffix.lower() == ".csv" else None
        if not isinstance(table, Manifest):
            continue
        named = [*table.files, *(at for at, _ in table.refused if at is not None)]
        outside = next((one for one in named if not one.is_relative_to(folder.resolve())), None)
        if outside is not None:
            raise UsageError(
                f"{path.name} names {str(outside)!r}, a file of this machine that was not sent. "
                "Nothing was read. Take the line out, or send the file along and name it alone."
            )


_JOBS: WeakKeyDictionary[Source, Jobs] = WeakKeyDictionary()
_LOCK = threading.Lock()


def jobs_of(source: Source) -> Jobs:
    """The jobs of a source, remembered for as long as it is served."""
    with _LOCK:
        return _JOBS.setdefault(source, Jobs())
