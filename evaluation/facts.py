"""The `facts` and `sample` measures: whole reports against a hand-made key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from contested.model import Claim, Incident, Report, to_plain
from contested.pipeline import Refusal, Stages, extract
from evaluation.key import Key, Score
from evaluation.measure import (
    BadData,
    Figure,
    Measured,
    Options,
    Say,
    digest_of,
    fingerprint,
    present,
)
from evaluation.reading import settings as settings_of


@dataclass(frozen=True, slots=True)
class Read:
    """A folder of reports through the program."""

    reports: list[Report]
    claims: list[Claim]
    incidents: list[Incident]
    parents: dict[str, str | None]


def read(folder: Path, jobs: int = 1) -> Read:
    """Read everything under `folder` as ``contested add`` would, without a record."""
    settings = settings_of(jobs)
    reports: list[Report] = []
    claims: list[Claim] = []
    for outcome in extract([folder], settings):
        if isinstance(outcome, Refusal):
            raise BadData(f"{outcome.name}: {outcome.error}")
        reports.append(outcome.report)
        claims += outcome.claims
    stages = Stages(settings)
    incidents = stages.reconcile(claims, {report.id: report for report in reports})
    parents = {actor.id: actor.parent for actor in stages.world.actors.values()}
    return Read(reports, claims, incidents, parents)


def score(key: Path, found: Read, *, owners: bool = True) -> Score:
    """Hold what was read against the key in the file `key`.

    With `owners` an organ counts for the state or group that it belongs to, as the key means it
    (its scorer is given the actors for that); without, every actor counts for itself alone.
    """
    texts = {report.name: report.text for report in found.reports}
    data = json.loads(key.read_text("utf-8"))
    return Key(data, texts, found.parents if owners else {}).score(
        [to_plain(claim) for claim in found.claims],
        [to_plain(incident) for incident in found.incidents],
    )


def measure(name: str, key: Path, folder: Path, options: Options, say: Say) -> Measured:
    """Score the reports of `folder` against `key`. Raises NoData or BadData."""
    present(key)
    found = read(present(folder), options.jobs)
    got = score(key, found)
    _tell(got, options, say)
    whole, alone = got.all, score(key, found, owners=False).all.right
    title = "The packaged sample" if name == "sample" else "The acceptance reports"
    return Measured(
        measure=name,
        title=f"{title}: facts, traps, incidents",
        command=f"python -m evaluation {name}",
        data=(
            f"{whole.facts} facts, {got.traps} traps and {got.pairs} pairs "
            f"over {len(found.reports)} reports"
        ),
        sha256=digest_of(
            [("key", fingerprint([key])), *((Path(r.name).name, r.sha256) for r in found.reports)]
        ),
        figures=(
            _count("found", whole.found, f"facts found, of {whole.facts}"),
            _count("right", whole.right, f"facts with every value right, of {whole.facts}"),
            _count("right_alone", alone, "of these where no organ counts for its state or group"),
            Figure(
                "false_alarms",
                got.false_alarms,
                f"claims in {got.traps} sentences that hold none",
                "count",
                "lower",
                1,
            ),
            _count("incidents", got.joined, f"pairs joined or kept apart rightly, of {got.pairs}"),
        ),
        notes=(_by_kind(got),),
    )


def _count(name: str, value: int, label: str) -> Figure:
    return Figure(name, value, label, "count", "higher", 1)


def _by_kind(got: Score) -> str:
    parts = [f"{kind} {t.right}/{t.facts}" for kind, t in sorted(got.kinds.items())]
    return "Right, by kind: " + ", ".join(parts) + "."


def _tell(got: Score, options: Options, say: Say) -> None:
    for kind, tally in sorted(got.kinds.items()):
        say(f"{kind:15} {tally.facts:3} facts  found {tally.found:3}  right {tally.right:3}")
    if options.misses:
        for name, why in got.misses:
            say(f"  {name:32} {why}")
    total = got.all
    say(
        f"found {total.found}/{total.facts}  right {total.right}/{total.facts}  "
        f"false alarms {got.false_alarms}  incidents {got.joined}/{got.pairs}"
    )
