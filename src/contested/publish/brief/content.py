"""What a brief says, as plain values. Every word in it may come from a hostile report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A report that the brief rests on, by its number in the list of sources."""

    number: int
    id: str
    title: str
    outlet: str
    published: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One voice's figure: who, how many, and how it is meant (``""``, ``denies``, …)."""

    voice: str
    said: str
    stance: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One toll: of whom, the derived range with its rule, and every voice."""

    name: str
    derived: str
    disputed: bool
    voices: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One incident. `status` is a mark and a word; `claimed` says who claims or denies it."""

    id: str
    status: str
    disputed: bool
    when: str
    what: str
    where: str
    sides: str
    figures: tuple[Figure, ...]
    accounts: tuple[str, ...]
    claimed: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart or the map as SVG, with the words that tell the same."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an analysis answers, or why it does not; `command` gives it again."""

    title: str
    answer: str
    refused: bool
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    command: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief. `sums` counts what it holds; `left_out` incidents are counted and not told."""

    title: str
    period: str
    place: str
    made: str
    as_of: str
    citation: str
    command: str
    sums: str
    statuses: tuple[tuple[str, int], ...]
    entries: tuple[Entry, ...]
    left_out: int
    disputes: tuple[str, ...]
    agreements: tuple[str, ...]
    readings: tuple[Reading, ...]
    map: Picture | None
    sources: tuple[Reference, ...]
    method: tuple[str, ...]
    empty: str = ""
    """Where nothing fits: why, in words."""
