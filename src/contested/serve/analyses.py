"""What the pages of analyses show: controls from the command's options, and the answer's parts."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from contested.cli.asking import Offered, Option, ask, find, words
from contested.cli.hearing import Heard, Table
from contested.errors import ExtraMissing, NotFound, NothingToAnalyse
from contested.model import to_plain
from contested.serve.graphs import Graph, graph_of
from contested.serve.working import Job

if TYPE_CHECKING:
    from contested.serve.site import Site

TITLES: Mapping[str, str] = {
    "trend": "Incidents and killed over time",
    "change": "Did it change on a date?",
    "breaks": "When did the level change?",
    "disputes": "Where voices disagree",
    "voices": "Every two voices compared",
    "forecast": "What the next months may bring",
    "index": "The Global Terrorism Index",
    "statistics": "Published totals checked",
    "ceasefires": "Agreements, how they ended, and the violence around them",
    "bias": "Each speaker against the others",
    "network": "Who stands how to whom",
    "system": "The whole system with its loops",
    "escalation": "Who answers whom",
    "chains": "What answered what",
    "scenario": "What if",
}
GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("When", ("trend", "change", "breaks", "forecast")),
    ("Who says what", ("disputes", "voices", "bias", "statistics")),
    ("Who and whom", ("network", "system", "escalation", "chains")),
    ("What ends it, what if", ("ceasefires", "scenario", "index")),
)
OPEN = frozenset({"", "Filters", "Output", "Two times", "Changes"})
"""Panels of options that stand open; the others are a click away."""
SHOWN = 300
State = Literal["done", "working", "refused"]


@dataclass(frozen=True, slots=True)
class Control:
    """An option as a field of the form, with what it holds."""

    option: Option
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """What the field holds, of several the last."""
        return self.values[-1] if self.values else self.option.default

    @property
    def label(self) -> str:
        """The option's name as words."""
        return self.option.flag.lstrip("-").replace("-", " ")


@dataclass(frozen=True, slots=True)
class Asked:
    """An analysis and the options that the address gives."""

    analysis: Offered
    given: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...] = ()
    """Names in the address that are no options."""

    @classmethod
    def of(cls, name: str, items: Sequence[tuple[str, str]]) -> Asked:
        """Read an address. Raises NotFound for the name."""
        analysis = find(name)
        if analysis is None:
            raise NotFound(f"There is no analysis {name[:40]!r}. The list under Analysis has all.")
        known = {option.name for option in analysis.options}
        given = tuple((n, v.strip()[:500]) for n, v in items if n in known and v.strip())
        return cls(analysis, given, tuple(dict.fromkeys(n for n, _ in items if n not in known)))

    @property
    def title(self) -> str:
        """What the page is called."""
        return TITLES.get(self.analysis.name, self.analysis.name.capitalize())

    @property
    def panels(self) -> list[tuple[str, bool, list[Control]]]:
        """Controls by the panel of their option, and whether the panel stands open."""
        found: dict[str, list[Control]] = {}
        for option in self.analysis.options:
            values = tuple(value for name, value in self.given if name == option.name)
            found.setdefault(option.panel, []).append(Control(option, values))
        out = []
        for name, controls in sorted(found.items(), key=lambda one: (one[0] not in OPEN, one[0])):
            used = any(one.values and one.value != one.option.default for one in controls)
            out.append((name, name in OPEN or used, controls))
        return out

    @property
    def words(self) -> tuple[str, ...]:
        """The options as words of a command line. Raises UsageError."""
        return words(self.analysis, self.given)

    @property
    def command(self) -> str:
        """The command that gives the same answer."""
        parts = [part for word in self.words for part in _parted(word)]
        return shlex.join(["contested", "analyse", self.analysis.name, *parts])

    @property
    def missing(self) -> list[Control]:
        """Options that must be given and are not."""
        given = {name for name, _ in self.given}
        return [Control(o, ()) for o in self.analysis.options if o.required and o.name not in given]

    def address(self, path: str) -> str:
        """The same options at another path."""
        return f"{path}?{urlencode(self.given)}" if self.given else path


def _parted(word: str) -> Sequence[str]:
    flag, equals, value = word.partition("=")
    return (flag, value) if equals and not value.startswith("-") else (word,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer, or how far it is. `rows` are the answer's own, `tables` the same in words."""

    name: str
    title: str
    command: str
    state: State
    answer: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    chart: dict[str, Any] | None = None
    network: Graph | None = None
    steps: tuple[str, ...] = ()
    seconds: float = 0.0
    expected: float | None = None
    part: float | None = None
    more: dict[str, Any] = field(default_factory=dict)


def job_of(site: Site, asked: Asked) -> Job:
    """The work on an answer: begun, going on or done."""
    given = asked.words
    key = ("analysis", site.source.state(), asked.analysis.name, given)
    return site.jobs.of(asked.analysis.name, key, partial(_work, site, asked, given))


def _work(site: Site, asked: Asked, given: tuple[str, ...], steps: list[str]) -> Heard:
    heard = Heard(site.record, steps=steps)
    steps.append("asking the record")
    return ask(asked.analysis.name, given, heard)


def found_of(site: Site, asked: Asked, seconds: float | None = None) -> Finding:
    """What is known of an answer after at most so many seconds.

    Raises UsageError for options that are not understood; a refusal to answer is an answer.
    """
    job = job_of(site, asked)
    done = job.wait() if seconds is None else job.wait(seconds)
    base: dict[str, Any] = {
        "name": asked.analysis.name,
        "title": asked.title,
        "command": asked.command,
        "steps": tuple(dict.fromkeys(job.steps)),
        "seconds": round(job.seconds, 2),
        "expected": job.expected,
        "part": job.part,
    }
    if not done:
        return Finding(state="working", **base)
    try:
        heard: Heard = job.outcome()
    except (NothingToAnalyse, ExtraMissing) as error:
        return Finding(state="refused", answer=str(error), **base)
    return Finding(state="done", **base, **_parts(site, heard))


def _parts(site: Site, heard: Heard) -> dict[str, Any]:
    found = heard.found
    plain = to_plain(found) if found is not None else {}
    told = "".join(heard.words).strip()
    return {
        "answer": plain.pop("answer", "") or "The command gave no answer.",
        "warnings": tuple(plain.pop("warnings", ())),
        "assumptions": tuple(plain.pop("assumptions", ())),
        "rows": tuple(plain.pop("rows", ())),
        "notes": tuple(heard.notes),
        "words": tuple(part for part in told.split("\n") if part.strip()),
        "tables": tuple(heard.tables),
        "chart": heard.chart,
        "network": graph_of(found, site.sides.of),
        "more": plain,
    }
