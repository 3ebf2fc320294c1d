"""Time by stage within one process, over the same texts, with everything loaded before."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from contested.errors import LanguageError
from contested.ingest import Captured, ingest
from contested.language import load, pipeline_of
from contested.model import Claim
from contested.pipeline import Stages
from contested.record import SqlStore
from contested.settings import Settings


@dataclass(slots=True)
class Stage:
    """Seconds that a stage took over all texts."""

    name: str
    seconds: float
    note: str = ""


@dataclass(slots=True)
class Timed:
    """What was read, and the seconds of each stage."""

    sentences: int = 0
    words: int = 0
    claims: int = 0
    incidents: int = 0
    stages: list[Stage] = field(default_factory=list)

    def time(self, name: str, work: Callable[[], object], note: str = "") -> float:
        """Do `work` and keep how long it took."""
        began = time.perf_counter()
        work()
        self.stages.append(Stage(name, time.perf_counter() - began, note))
        return self.stages[-1].seconds

    @property
    def total(self) -> float:
        """All stages of ``contested add`` together."""
        return sum(stage.seconds for stage in self.stages)


def by_stage(folder: Path) -> Timed:
    """Ingest, parse, extract, record and reconcile, one after the other.

    The extractor parses too; its own share is what it takes beyond the parsing measured alone.
    """
    stages = Stages(Settings())
    language = load()
    extractor = stages.extractor
    out = Timed()
    captured: list[Captured] = []
    claims: list[list[Claim]] = []

    def ingested() -> None:
        captured.extend(c for c in ingest([folder]) if isinstance(c, Captured))

    def parsed() -> None:
        for one in captured:
            for _, doc in language.parse(one.report.text):
                out.sentences += sum(1 for _ in doc.sents)
                out.words += sum(not (t.is_punct or t.is_space) for t in doc)

    def extracted() -> None:
        claims.extend(extractor.extract(one.report).claims for one in captured)

    extractor.extract(next(c for c in ingest([folder]) if isinstance(c, Captured)).report)
    out.time("ingest", ingested)
    parse = out.time("parse", parsed)
    out.time("extract", extracted, "beyond the parse")
    out.stages[-1].seconds = max(out.stages[-1].seconds - parse, 0.0)
    out.claims = sum(map(len, claims))
    _kept(out, stages, captured, claims)
    return out


def _kept(
    out: Timed, stages: Stages, captured: Sequence[Captured], claims: Sequence[list[Claim]]
) -> None:
    reports = {one.report.id: one.report for one in captured}
    with TemporaryDirectory(prefix="contested-bench-") as folder:
        store = SqlStore.open(Path(folder) / "bench.sqlite")

        def recorded() -> None:
            for one, found in zip(captured, claims, strict=True):
                store.add(one.report, one.original, found, method=stages.extractor.method)

        def gathered() -> None:
            incidents = stages.reconcile(store.claims(), reports, store.previous_membership())
            store.put_incidents(incidents)
            out.incidents = len(incidents)

        try:
            out.time("record", recorded)
            out.time("reconcile", gathered)
        finally:
            store.close()


def spacy_alone(folder: Path, name: str | None = None) -> float | None:
    """Seconds that a spaCy pipeline alone takes over the same files; None if it is not here.

    Without `name` it is the bundled one. Each text goes in whole, as spaCy's users would do it.
    """
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            nlp = pipeline_of(name)
    except LanguageError:
        return None
    nlp(texts[0])
    began = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - began
