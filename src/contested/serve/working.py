"""Work that takes longer than a page may: it goes on when its reader leaves, and its result stays.

A piece of work is known by a key; who asks with the same key finds the same work, going on or
done. A key holds what the record was when it was asked, so that nothing stale is shown.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Semaphore, Thread
from typing import Any

from starlette.exceptions import HTTPException

from contested.errors import ContestedError, ExtraMissing, NothingToAnalyse, UsageError

KEPT, AT_ONCE, WAITING = 64, 2, 12
A_MOMENT = 0.8
"""Seconds for which a page waits for an answer before it says how far the work is."""
SHOWN_FOR = 30.0
"""Seconds for which a failure is kept, so that whoever waits for it is told; then it is tried anew:
what failed, a locked record say, may work now. A refusal holds for as long as the record is so."""
FULL = (
    "So much is being worked out already that no more is begun. Look again in a minute, or stop "
    "the server to give it all up."
)
BROKEN = "This failed in a way that the program did not foresee; the terminal has the details."
Key = Hashable


@dataclass(slots=True)
class Job:
    """One piece of work. Exactly one of `result` and `error` is there once it is `done`."""

    steps: list[str] = field(default_factory=list)
    """What it has come to; the last is what is being done now."""
    expected: float | None = None
    """How many seconds the last work of its kind took."""
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    result: Any = None
    error: BaseException | None = None
    finished: Event = field(default_factory=Event)

    @property
    def done(self) -> bool:
        """Whether there is a result, or an error."""
        return self.finished.is_set()

    @property
    def seconds(self) -> float:
        """How long it has taken up to now, or took."""
        return (self.ended or time.monotonic()) - self.began

    @property
    def part(self) -> float | None:
        """How far it is, 0 to 1, by how long such work took before; None where that is unknown."""
        return min(0.97, self.seconds / self.expected) if self.expected else None

    @property
    def stale(self) -> bool:
        """Whether it failed so long ago that it is worth another try."""
        if self.ended is None or self.error is None:
            return False
        refused = isinstance(self.error, NothingToAnalyse | UsageError | ExtraMissing)
        return not refused and time.monotonic() - self.ended > SHOWN_FOR

    def wait(self, seconds: float = A_MOMENT) -> bool:
        """Whether it is done, after at most so many seconds."""
        return self.finished.wait(seconds)

    def outcome(self) -> Any:
        """The result. Raises the error that the work raised, if one of ours."""
        if self.error is None:
            return self.result
        if isinstance(self.error, ContestedError):
            raise self.error
        raise HTTPException(503, BROKEN) from self.error


class Jobs:
    """Runs work `AT_ONCE` at a time and keeps the last `KEPT` outcomes."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Key, Job] = OrderedDict()
        self._took: dict[str, float] = {}
        self._lock = Lock()
        self._slots = Semaphore(AT_ONCE)

    def of(self, kind: str, key: Key, work: Callable[[list[str]], Any]) -> Job:
        """The job of that key: begun now if nobody has asked before. `work` is given its steps.

        Raises HTTPException (503) where too much waits already.
        """
        with self._lock:
            if key in self._jobs and self._jobs[key].stale:
                del self._jobs[key]
            if key in self._jobs:
                self._jobs.move_to_end(key)
                return self._jobs[key]
            if sum(not job.done for job in self._jobs.values()) >= WAITING:
                raise HTTPException(503, FULL)
            job = self._jobs[key] = Job(expected=self._took.get(kind))
            self._forget()
        Thread(target=self._run, args=(kind, job, work), daemon=True).start()
        return job

    def going(self) -> Sequence[Job]:
        """What is being worked on."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.done]

    def _run(self, kind: str, job: Job, work: Callable[[list[str]], Any]) -> None:
        job.steps.append("waiting for its turn")
        with self._slots:
            job.began = time.monotonic()
            try:
                job.result = work(job.steps)
            except BaseException as error:  # Those who wait must hear of a bug, too.
                job.error = error
                if not isinstance(error, ContestedError):
                    raise
            finally:
                job.ended = time.monotonic()
                self._took[kind] = job.seconds
                job.finished.set()

    def _forget(self) -> None:
        done = [key for key, job in self._jobs.items() if job.done]
        for key in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]
