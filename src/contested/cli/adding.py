"""Putting reports in: `add`, `extract`, `demo`."""

from __future__ import annotations

import shlex
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from contested.cli.group import FAILED, INTERRUPTED
from contested.cli.incidents import listing
from contested.cli.llm import Wanted, agreed, reading
from contested.cli.options import (
    EngineOption,
    Format,
    JobsOption,
    LanguageOption,
    PathsArgument,
    RecordOption,
    RuleOption,
    refuse_rule,
    settings_of,
)
from contested.cli.output import note
from contested.cli.sources import progress_bar, tell_skipped
from contested.cli.visible import name_of
from contested.errors import UsageError
from contested.location import Location
from contested.model import Claim, Incident
from contested.pipeline import AddSummary, Extracted, Record, Refusal, Skipped, extract
from contested.pipeline.modelled import plan as plan_model
from contested.publish import exporter
from contested.publish.words import numbered

TELLING = 10
"""So many incidents a demo shows."""
STATES = {
    "new": "new",
    "new_version": "new version of a known report",
    "re_extracted": "known, read anew",
    "same": "already there",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested add reports/ --record my.sqlite")(reading(add))
    app.command("extract", epilog="Example: contested extract reports/ > claims.jsonl")(
        reading(claims_of)
    )
    app.command(epilog="Example: contested gather --record my.sqlite")(gather)
    app.command(epilog="Example: contested demo")(demo)


def add(
    paths: PathsArgument,
    wanted: Wanted,
    record: RecordOption = None,
    language: LanguageOption = None,
    jobs: JobsOption = None,
    rule: RuleOption = None,
    engine: EngineOption = None,
    verbose: Annotated[
        bool, typer.Option("--notes", help="Also list what could not be coded, report by report.")
    ] = False,
) -> None:
    """Read reports into the record: find the claims, gather the incidents.

    Adding the same report again changes nothing; a changed one becomes a new version. A report
    that cannot be read is skipped with the reason, and the exit code is then 1. Files of other
    kinds that merely lie in a folder are passed over, and change no exit code.
    """
    began = time.monotonic()
    refuse_rule(rule)
    settings = settings_of(record, language, jobs, engine)
    how = wanted.reading_of(settings)
    with Record.open(settings=settings) as target:
        if how is None:
            _tell_otherwise(target)
            with progress_bar() as progress:
                summary = target.add(paths, progress=progress)
        else:
            with agreed(target.plan(paths, how), wanted, settings) as plan, progress_bar() as shown:
                summary = target.add(paths, progress=shown, plan=plan)
        summary.seconds = time.monotonic() - began
        tell(summary, settings.record, verbose=verbose)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if not summary.ok:
        raise typer.Exit(FAILED)


def _tell_otherwise(record: Record) -> None:
    """Say which reports of the record were read in another way than they would be now."""
    former = record.read_otherwise()
    if not former:
        return
    parts = {word for method in former for word in differing(method, record.method)}
    note(
        f"{numbered(sum(former.values()), 'report')} of the record were read with other "
        f"{' and '.join(sorted(parts))}. Those among PATH are read again now; the others stay as "
        "they are until they are added again."
    )


def differing(one: str, other: str) -> list[str]:
    """In what two methods differ: their rules, language pipelines, tables or weights.

    A method of before there were weights has none.
    """
    names = ("rules", "language pipeline", "tables", "weights")
    parts = [method.split("/") for method in (one, other)]
    if not all(len(names) - 1 <= len(part) <= len(names) for part in parts):
        return ["methods"]
    return [name for name, a, b in zip_longest(names, *parts) if a != b]


def tell(summary: AddSummary, record: Location, *, verbose: bool = False) -> None:
    """Say on standard error what adding did."""
    tell_skipped(summary.refused)
    tell_skipped(summary.passed_over, "passed over")
    if verbose:
        for name, remarks in summary.notes.items():
            for remark in remarks:
                note(f"note on {name_of(name)}: {remark}")
    if summary.interrupted:
        note("Stopped. What was complete is kept; add the same paths again to go on.")
    if summary.stopped:
        note(f"stopped    {summary.stopped}")
        note("           What was complete is kept; add the same paths again to go on.")
    states = [f"{n} {STATES[state]}" for state, n in summary.reports.items()]
    if summary.refused:
        states.append(f"{len(summary.refused)} skipped")
    if summary.passed_over:
        states.append(f"{numbered(len(summary.passed_over), 'other file')} passed over")
    note(f"reports    {', '.join(states) or 'none'}")
    kinds = ", ".join(f"{n} {kind}" for kind, n in summary.claims.most_common())
    note(f"claims     {summary.claims.total()} found" + (f" ({kinds})" if kinds else ""))
    note(f"incidents  {summary.incidents} in the record, {summary.disputed} disputed")
    for warning in summary.warnings:
        note(f"warning    {warning}")
    number = sum(map(len, summary.notes.values()))
    if number and not verbose:
        note(
            f"notes      {number} on {numbered(len(summary.notes), 'report')} (--notes lists them)"
        )
    if verbose and summary.reports["same"]:
        note("notes      on those already there: contested reports --notes")
    note(f"record     {record} ({summary.seconds:.1f} s, loading included)")


def claims_of(
    paths: PathsArgument,
    wanted: Wanted,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="jsonl or csv.", metavar="FORMAT")
    ] = Format.JSONL,
    language: LanguageOption = None,
    jobs: JobsOption = None,
    engine: EngineOption = None,
) -> None:
    """Print the claims of reports, one JSON object a line, without a record."""
    if form not in (Format.JSONL, Format.CSV):
        raise UsageError("--format: extract prints jsonl or csv; `contested claims` has tables.")
    refused: list[Skipped] = []
    settings = settings_of(None, language, jobs, engine=engine)
    writer = exporter(form.value, "claims")
    how = wanted.reading_of(settings)
    if how is not None:
        plan = plan_model(paths, how, settings)
        with agreed(plan, wanted, settings), progress_bar() as progress:
            results = plan.results(progress)
            writer.write("claims", _accepted(results, refused), sys.stdout)
    else:
        with progress_bar() as progress, closing(extract(paths, settings, progress=progress)) as r:
            writer.write("claims", _accepted(r, refused), sys.stdout)
    tell_skipped(refused)
    if refused:
        raise typer.Exit(FAILED)


def _accepted(results: Iterable[Extracted | Refusal], refused: list[Skipped]) -> Iterator[Claim]:
    """The claims, with the notes of each report said; inputs that gave none are set aside."""
    for outcome in results:
        if isinstance(outcome, Refusal) and outcome.incidental:
            tell_skipped([Skipped(outcome.name, str(outcome.error))], "passed over")
        elif isinstance(outcome, Refusal):
            refused.append(Skipped(outcome.name, str(outcome.error)))
        else:
            yield from outcome.claims
            for remark in outcome.notes:
                note(f"note on {name_of(outcome.report.name)}: {remark}")


def gather(
    record: RecordOption = None, rule: RuleOption = None, engine: EngineOption = None
) -> None:
    """Derive the incidents anew from the record's claims: after other tables, or for new weights.

    What the incidents were before stays in their history, and what persons decided stays
    decided. Another rule for best is a decision: `contested decide rule`.
    """
    refuse_rule(rule)
    settings = settings_of(record, engine=engine)
    with Record.open(create=False, settings=settings) as source:
        source.gather(step=note)
        found = source.counts().incidents
        by, rule_used = source.rule_decision(), source.rule
    if by is not None:
        note(f"rule       {by.value}, decided by {by.author}: {by.reason} ({by.id})")
    total, disputed = sum(found.values()), found.get("disputed", 0)
    note(f"incidents  {total} in the record, {disputed} disputed ({rule_used})")


def program() -> str:
    """How the shell in use finds this program: by its name, else by its path."""
    if shutil.which("contested"):
        return "contested"
    beside = Path(sys.executable).parent / Path(sys.argv[0]).name
    for path in (Path(sys.argv[0]), beside):
        if path.stem == "contested" and path.is_file():
            return shlex.quote(_short(path))
    return "contested"


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def most_telling(incidents: Iterable[Incident]) -> list[Incident]:
    """Those that show most of what a record is: disputed ones first, then by their voices."""
    order = sorted(incidents, key=lambda i: (-i.disputed, -len(i.origins), -len(i.claims)))
    return order[:TELLING]


def demo(
    folder: Annotated[
        Path, typer.Option("--folder", metavar="FOLDER", help="Where to put the record.")
    ] = Path("demo"),
    jobs: JobsOption = None,
    engine: EngineOption = None,
) -> None:
    """Fill a record with the packaged sample and list the incidents that most voices tell of."""
    place = folder / "contested.sqlite"
    settings = settings_of(place, None, jobs, engine=engine)
    with (
        resources.as_file(resources.files("contested") / "data" / "sample") as sample,
        Record.open(settings=settings) as record,
    ):
        with progress_bar() as progress:
            summary = record.add([sample], progress=progress)
        tell(summary, place)
        incidents = record.incidents(order="disputed")
        note("")
        shown = most_telling(incidents)
        listing(record.actor_name).print(shown, Format.TABLE, record.why_nothing)
    if incidents:
        at = f"--record {shlex.quote(str(place))}"
        note(f"\nThese are the {len(shown)} most told of {numbered(len(incidents), 'incident')}.")
        note(f"All of them:   {program()} incidents {at}")
        note(f"One in full:   {program()} show {shown[0].id} {at}")
        note(f"In a browser:  {program()} serve {at}")
    note("The sample's reports are written for this package; do not cite them.")
    if not summary.ok:
        raise typer.Exit(INTERRUPTED if summary.interrupted else FAILED)
