"""Reports to claims, in order, by one process or several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from contested.errors import ContestedError
from contested.model import Claim, Report, admit
from contested.pipeline.stages import Stages
from contested.pipeline.workers import workers
from contested.settings import Settings

if TYPE_CHECKING:
    from contested.extract import Extraction
    from contested.ingest import Captured

AHEAD = 4
"""Reports handed to each process before its results are waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A report and its claims. `refused` says which proposed claims had no passage in it."""

    report: Report
    original: bytes
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    fresh: bool = True
    """False where the claims were known already and the report was not read again."""
    method: str | None = None
    """What read it, where that is not what reads all others."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that gave no claims, and the error that says why.

    `incidental` is true of a file that merely lies in a folder and is of no kind that is read.
    """

    name: str
    error: ContestedError
    incidental: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work is: `done` of `total` inputs, `name` the last."""

    done: int
    total: int
    name: str


Outcome = Extracted | Refusal
Results = Generator[Outcome, None, None]
Known = Callable[[Report], bool]


def extract(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Results:
    """Claims of the reports under `paths` (files, folders, ``-``), in order, without a record.

    One bad input does not stop the rest: it comes out as a `Refusal`. Raises ContestedError
    only where nothing can be read at all (no such path, no language pipeline). With several
    processes (`settings.jobs`) call it under ``if __name__ == "__main__":``.
    """
    with closing(Stages(settings or Settings())) as stages:
        stages.ready()
        yield from run(paths, stages, progress=progress)


def run(
    paths: Sequence[str | Path],
    stages: Stages,
    *,
    known: Known | None = None,
    leave_out: frozenset[Path] = frozenset(),
    progress: Callable[[Progress], None] | None = None,
) -> Results:
    """`extract` with stages at hand; reports that `known` holds are not read again.

    Files in `leave_out` are passed over in silence where they lie in a folder.
    """
    from contested.ingest import Refused, Source, discover, read

    options = replace(stages.ingest_options, leave_out=leave_out)
    sources = list(discover(paths, options))

    def captured() -> Iterator[Captured | Refusal]:
        for source in sources:
            if isinstance(source, Refused):
                yield Refusal(source.name, source.error, source.incidental)
                continue
            try:
                yield read(source, options)
            except ContestedError as error:
                yield Refusal(source.name, error)

    total = sum(isinstance(source, Source) for source in sources)
    jobs = stages.jobs(total)
    outcomes = _alone if jobs == 1 else _together
    if stages.cluster is not None:
        from contested.pipeline.distributed import distributed

        outcomes = distributed
    with closing(outcomes(captured(), stages, known or _never, jobs)) as results:
        for done, one in enumerate(results, 1):
            yield one
            if progress:
                name = one.name if isinstance(one, Refusal) else one.report.name
                progress(Progress(done=done, total=len(sources), name=name))


def _never(_report: Report) -> bool:
    return False


def _alone(
    items: Iterable[Captured | Refusal], stages: Stages, known: Known, _jobs: int
) -> Results:
    for item in items:
        if isinstance(item, Refusal):
            yield item
        elif known(item.report):
            yield unread(item)
        else:
            yield outcome(item, attempt(stages, item.report))


def _together(
    items: Iterable[Captured | Refusal], stages: Stages, known: Known, jobs: int
) -> Results:
    """As `_alone`, by `jobs` processes; the order stays, and memory stays bounded."""
    waiting: deque[Outcome | tuple[Captured, Future[Extraction | ContestedError]]] = deque()
    with workers(jobs) as pool:
        for item in items:
            if isinstance(item, Refusal):
                waiting.append(item)
            elif known(item.report):
                waiting.append(unread(item))
            else:
                waiting.append((item, pool.submit(_work, stages.settings, item.report)))
            while len(waiting) > AHEAD * jobs:
                yield _waited(waiting.popleft())
        while waiting:
            yield _waited(waiting.popleft())


def _waited(
    item: Outcome | tuple[Captured, Future[Extraction | ContestedError]],
) -> Outcome:
    return outcome(item[0], item[1].result()) if isinstance(item, tuple) else item


@lru_cache(maxsize=1)
def stages_for(settings: Settings) -> Stages:
    """The stages of a process that reads for another one, loaded once."""
    return Stages(settings)


def _work(settings: Settings, report: Report) -> Extraction | ContestedError:
    return attempt(stages_for(settings), report)


def attempt(stages: Stages, report: Report) -> Extraction | ContestedError:
    """Errors of our own tree are an answer about this report; anything else is a bug."""
    extractor = stages.extractor
    try:
        return extractor.extract(report)
    except ContestedError as error:
        return error


def unread(item: Captured) -> Extracted:
    """The outcome for a report that is known already."""
    return Extracted(report=item.report, original=item.original, claims=(), fresh=False)


def outcome(item: Captured, answer: Extraction | ContestedError) -> Outcome:
    """The outcome for a report of which the extractor answered this."""
    if isinstance(answer, ContestedError):
        return Refusal(item.report.name, answer)
    claims, refused = admit(item.report, answer.claims)
    return Extracted(
        report=item.report,
        original=item.original,
        claims=tuple(claims),
        notes=tuple(dict.fromkeys((*item.report.notes, *answer.notes))),
        refused=tuple(refused),
        method=getattr(answer, "method", None),
    )
