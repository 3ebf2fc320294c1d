"""What adding reports did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, or not wholly, and why."""

    name: str
    message: str


@dataclass(slots=True, kw_only=True)
class AddSummary:
    """What `Record.add` found, kept and skipped.

    `reports` counts what became of each report: ``new``, ``new_version``, ``re_extracted`` or
    ``same``. `refused` are the inputs that gave no report; `passed_over` are files that nobody
    named, which lie in a folder and are of no kind that is read. `notes` say, for each report by
    its name, what could not be coded and why. `interrupted` is true where the work was stopped:
    everything counted here is kept, the rest was not begun. `stopped` says why the work ended
    before its end, where nobody interrupted it. `warnings` say what of the outcome
    one should know before relying on it.
    """

    reports: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    refused: list[Skipped] = field(default_factory=list)
    passed_over: list[Skipped] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    incidents: int = 0
    disputed: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    stopped: str | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything could be read."""
        return not self.refused and not self.interrupted and self.stopped is None
