"""What a linking finds and keeps beside the record: runs, accounts, copies, parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from contested.model import Claim, Report
from contested.record.blocks import LinkedRun

CHUNK = 500
"""So many ids stand in one statement."""


@dataclass(frozen=True, slots=True)
class Run:
    """A current extraction: its number, the report and the claims that it found."""

    run: int
    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """That a report repeats the report `of`, or, where that is null, none."""

    report: str
    of: str | None
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is compared: what is looked for by, and the whole row as JSON."""

    run: int
    first: int | None
    last: int | None
    lat: float | None
    lon: float | None
    radius: float | None
    body: str


@dataclass(slots=True)
class Links:
    """What a linking found, to be kept.

    `seen` is what `state` said before anything was read. `model` is given where everything was
    linked from nothing. `parts` are (account, lowest account that links connect it with), by
    number; the first of `accounts` gets the number that `next_account` said.
    """

    seen: tuple[int, int]
    model: str | None = None
    runs: list[LinkedRun] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
