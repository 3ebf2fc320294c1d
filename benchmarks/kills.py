"""What is left of a record when the programs that write to it are killed at any moment.

Workers add reports and gather incidents, one or two at a time, until they get SIGKILL after a
random time. After each kill the record is opened again: whatever a worker was told is stored
must be there, once, with all its claims; nothing may be there by half; and after the next
gathering the incidents must be those of the claims. Every worker and every check is a process
of its own, forked from one that touches no record, so that a kill costs milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from benchmarks.prepared import (
    METHODS,
    NAMES,
    VERSIONS,
    Prepared,
    PreparedStages,
    lay_out,
    path_of,
    text,
    world,
)
from contested.model.ids import digest
from contested.pipeline import Progress, Record
from contested.record import SqlStore
from contested.settings import Settings
from evaluation.page import table

COUNT = 200
ROUND = 20
"""After so many kills a new record is begun."""

BATCH = 6
"""Reports that a worker adds at a time, before it gathers."""

TOGETHER = 0.3
"""How often two workers write at once."""


@dataclass(slots=True)
class Result:
    """What happened; `problems` is empty where nothing was lost, halved or doubled."""

    kills: int = 0
    during: Counter[str] = field(default_factory=Counter)
    confirmed: int = 0
    checked: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def measure(count: int = COUNT, seed: int = 7) -> Result:
    """Kill `count` workers and look at the record after each kill, or each two."""
    result, chance, began = Result(), random.Random(seed), time.monotonic()
    world()
    with TemporaryDirectory(prefix="contested-kills-") as name:
        folder = Path(name)
        lay_out(folder)
        longest = _a_batch(folder)
        told: set[str] = set()
        while result.kills < count:
            record = folder / f"{result.kills // ROUND}.sqlite"
            if not record.exists():
                told.clear()
            two = chance.random() < TOGETHER and result.kills % ROUND < ROUND - 1
            for lines in _killed(record, folder, chance, longest, 2 if two else 1):
                result.kills += 1
                result.during[next(line for line in reversed(lines) if " " not in line)] += 1
                stored = [line.split()[1] for line in lines if line.startswith("stored ")]
                result.confirmed += len(stored)
                told.update(stored)
            known = sorted(told)
            found = _answer(lambda at=record, known=known: look(at, known))  # type: ignore[misc]
            result.problems += [f"after {result.kills} kills: {each}" for each in found["problems"]]
            result.checked.update(found["checked"])
    result.seconds = time.monotonic() - began
    return result


# ---- those who are killed --------------------------------------------------------------------


def _a_batch(folder: Path) -> float:
    """How many seconds a worker takes to begin a record and go once around."""
    began = time.monotonic()

    def once() -> dict[str, list[str]]:
        next(work(folder / "timed.sqlite", folder, random.Random(0), lambda _: None))
        return {}

    _answer(once)
    return time.monotonic() - began


def work(
    path: Path, folder: Path, chance: random.Random, tell: Callable[[str], None]
) -> Iterator[None]:
    """Add reports and gather, batch after batch; `tell` what is done and what is stored."""
    while True:
        tell("opening")
        stages = PreparedStages(Settings(record=path, jobs=1), chance.choice(METHODS))
        with Record(SqlStore.open(path), stages) as record:
            chosen = {
                path_of(folder, number, chance.randrange(VERSIONS)): number
                for number in chance.sample(range(NAMES), k=BATCH)
            }
            versions = {path.name: path.parent.name for path in chosen}

            def stored(progress: Progress) -> None:
                name = Path(progress.name).name
                tell(f"stored {versions[name]}/{name}")  # noqa: B023 - called in this turn only
                if progress.done == progress.total:
                    tell("gathering")

            tell("adding")
            record.add(list(chosen), progress=stored)
        yield


def _killed(
    path: Path, folder: Path, chance: random.Random, longest: float, number: int
) -> list[list[str]]:
    """Start so many workers, kill each at a moment of its own, and give what they told."""
    running = []
    for _ in range(number):
        after, own = chance.uniform(0, 1.5 * longest), random.Random(chance.random())
        running.append((time.monotonic() + after, *_forked_worker(path, folder, own)))
    told = []
    for moment, pid, pipe in sorted(running):
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(pipe, "rb") as out:
            whole = out.read().decode().split("\n")[:-1]
        told.append(["starting", *whole])
    return told


def _forked_worker(path: Path, folder: Path, chance: random.Random) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    return _never_back(lambda: _work_on(path, folder, chance, writing))


def _work_on(path: Path, folder: Path, chance: random.Random, pipe: int) -> None:
    def tell(words: str) -> None:
        os.write(pipe, f"{words}\n".encode())

    for _ in work(path, folder, chance, tell):
        pass


def _never_back(do: Callable[[], None]) -> NoReturn:
    """Run `do` in this forked process, and end it without what its parent has still to do."""
    code = 1
    try:
        do()
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _answer(ask: Callable[[], dict[str, list[str]]]) -> dict[str, list[str]]:
    """What `ask` gives in a process of its own."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        _never_back(lambda: _tell(ask, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as out:
        said = out.read()
    _, status = os.waitpid(pid, 0)
    if status:
        return {"problems": [f"the look at it ended with status {status}"], "checked": []}
    found: dict[str, list[str]] = json.loads(said)
    return found


def _tell(ask: Callable[[], dict[str, list[str]]], pipe: int) -> None:
    with os.fdopen(pipe, "w") as out:
        json.dump(ask(), out)


# ---- the look at what is left ------------------------------------------------------------------


def look(path: Path, told: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong with a record that was told to hold the reports of `told`; then gather."""
    stages = PreparedStages(Settings(record=path, jobs=1), METHODS[0])
    with Record(SqlStore.open(path), stages) as record:
        problems = [*record.store.check(), *_lost(record, told), *_halved(record)]
        record.gather()
        problems += _ungathered(record)
        counts = record.counts()
        checked = ["report"] * counts.versions + ["reading"] * counts.extractions
        checked += ["incident"] * sum(counts.incidents.values())
    return {"problems": problems, "checked": checked}


def _lost(record: Record, told: Sequence[str]) -> Iterator[str]:
    """Every version that was told of is there, and none twice in a row.

    A text that came back after another is a version of its own, rightly.
    """
    reports = record.reports()
    if len(reports) > NAMES:
        yield f"{len(reports)} reports were made of {NAMES}"
    versions = [
        [each.report.version for each in record.store.versions(stored.report.id)]
        for stored in reports
    ]
    held = set(chain.from_iterable(versions))
    for name in told:
        version, number = name[1], name.rpartition("-")[2].removesuffix(".txt")
        if digest(text(int(number), int(version)).strip()) not in held:
            yield f"{name} was told to be stored and is not there"
    for stored, each in zip(reports, versions, strict=True):
        if any(one == other for one, other in pairwise(each)):
            yield f"{stored.report.name} has one version twice in a row"


def _halved(record: Record) -> Iterator[str]:
    """Every report has the claims that its last reading gives, each once, and its log entry."""
    claims = list(record.claims())
    if len({claim.id for claim in claims}) < len(claims):
        yield "a claim is there twice"
    current = Counter((claim.report, str(claim.kind), claim.quote) for claim in claims)
    expected: Counter[tuple[str, str, str]] = Counter()
    for stored in record.reports():
        for claim in Prepared(stored.method).extract(stored.report).claims:
            expected[stored.report.id, claim.kind, claim.quote] += 1
    if current != expected:
        yield f"claims are other than were read: {current - expected}, {expected - current}"
    entries = record.store.log()
    moments = [entry.at for entry in entries if entry.what != "tables"]
    if moments != sorted(set(moments), reverse=True):
        yield "the moments in the log go back, or one is there twice"
    logged = sum(entry.what not in ("tables", "incidents") for entry in entries)
    if logged != record.counts().extractions:
        yield f"{record.counts().extractions} readings, of which {logged} are in the log"
    found = {hit.id for hit in record.store.search("English", 1000, ("report",))}
    if found != {stored.report.id for stored in record.reports()}:
        yield "the word index holds other reports than the record"


def _ungathered(record: Record) -> Iterator[str]:
    """After gathering, the incidents are what the claims give when gathered from nothing."""
    claims = list(record.store.claims())
    reports = {stored.report.id: stored.report for stored in record.reports()}
    fresh = {frozenset(one.claims) for one in record.stages.reconcile(claims, reports)}
    held = record.incidents()
    if {frozenset(one.claims) for one in held} != fresh or len(held) != len(fresh):
        yield f"{len(held)} incidents, where the claims give {len(fresh)}"
    if {one.id: frozenset(one.claims) for one in held} != record.store.previous_membership():
        yield "the claims of incidents are not those of their members"
    homes = Counter(id for one in held for id in one.claims)
    yield from (f"claim {id} is in {n} incidents" for id, n in homes.items() if n > 1)


def block(result: Result) -> str:
    """The result as Markdown."""
    rows = [
        ("kills", f"{result.kills:,}"),
        *((f"… while {what}", f"{n:,}") for what, n in sorted(result.during.items())),
        ("reports told to be stored before the kill", f"{result.confirmed:,}"),
        ("versions of reports looked at afterwards", f"{result.checked['report']:,}"),
        ("readings looked at afterwards", f"{result.checked['reading']:,}"),
        ("incidents looked at afterwards", f"{result.checked['incident']:,}"),
        ("lost, halved or doubled", f"{len(result.problems):,}"),
    ]
    return "\n".join(
        [
            "### Kills",
            "",
            f"`python -m benchmarks kills --count {result.kills}`: processes that add reports and "
            "gather incidents get SIGKILL at random moments, at times two that write to one "
            "record; after each the record is opened and compared with what they were told.",
            "",
            *table(("what", "number"), rows),
        ]
    )
