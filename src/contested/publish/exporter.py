"""The protocol that every exporter keeps, and the registry of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TextIO, get_args

from contested.errors import UsageError
from contested.model import Claim, Incident, Report

What = Literal["claims", "incidents", "figures", "grades", "reports"]
"""What can be exported. ``figures``: one row a figure that somebody gave for an incident;
``grades``: one row a claim of an incident, with its two signs of the Admiralty code."""
WHATS: tuple[What, ...] = get_args(What)

Thing = Claim | Incident | Report


class Exporter(Protocol):
    """Writes claims, incidents or reports in one format.

    `writes` names what it can write. `write` streams: it keeps no more than one thing in
    memory, ends the text with a line break, writes a valid (perhaps empty) document when there
    is nothing, and gives the number of rows. It raises UsageError for what it cannot write.
    ``figures`` and ``grades`` are written from incidents.
    """

    @property
    def name(self) -> str:
        """What the format is called on the command line."""

    @property
    def suffix(self) -> str:
        """The ending of its files, with the dot."""

    @property
    def writes(self) -> tuple[What, ...]:
        """What it can write."""

    def write(self, what: What, things: Iterable[Thing], out: TextIO) -> int:
        """Write `things` to `out` and say how many rows that made."""


def check(one: Exporter, what: What) -> None:
    """Raise UsageError unless `one` can write `what`."""
    if what not in one.writes:
        able = ", ".join(sorted(e.name for e in EXPORTERS.values() if what in e.writes))
        raise UsageError(f"{one.name} cannot hold {what}. Choose {able}.")


EXPORTERS: dict[str, Exporter] = {}


def register(one: Exporter) -> Exporter:
    """Add an exporter under its name; a later one takes the place of an earlier."""
    EXPORTERS[one.name] = one
    return one


def exporter(name: str, what: What | None = None) -> Exporter:
    """The exporter called `name`, able to write `what`. Raises UsageError if there is none."""
    one = EXPORTERS.get(name)
    if one is None:
        raise UsageError(f"There is no format {name!r}. Choose {', '.join(sorted(EXPORTERS))}.")
    if what is not None:
        check(one, what)
    return one
