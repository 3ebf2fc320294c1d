"""The answer keys of MUC-4 as templates: each slot with its fills, as they are scored.

A fill is a string of the text, a word of a list, a number, a date or a place. A key may name
ways of writing one fill (``"A" / "B"``), say of which string of another slot it holds
(``CIVILIAN: "A"``), and mark it as one that may be given and need not (``? "A"``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

DATE, PLACE = "INCIDENT: DATE", "INCIDENT: LOCATION"
TYPE, STAGE = "INCIDENT: TYPE", "INCIDENT: STAGE OF EXECUTION"
WEAPON, WEAPON_TYPE = "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE"
CATEGORY = "PERP: INCIDENT CATEGORY"
INDIVIDUAL, ORGANISATION = "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID"
CONFIDENCE = "PERP: ORGANIZATION CONFIDENCE"
THING, THING_TYPE, THING_NUMBER = "PHYS TGT: ID", "PHYS TGT: TYPE", "PHYS TGT: NUMBER"
THING_NATION, THING_EFFECT = "PHYS TGT: FOREIGN NATION", "PHYS TGT: EFFECT OF INCIDENT"
THING_TOTAL = "PHYS TGT: TOTAL NUMBER"
NAME, DESCRIPTION = "HUM TGT: NAME", "HUM TGT: DESCRIPTION"
HUMAN_TYPE, HUMAN_NUMBER = "HUM TGT: TYPE", "HUM TGT: NUMBER"
HUMAN_NATION, HUMAN_EFFECT = "HUM TGT: FOREIGN NATION", "HUM TGT: EFFECT OF INCIDENT"
HUMAN_TOTAL = "HUM TGT: TOTAL NUMBER"
SLOTS = (
    DATE, PLACE, TYPE, STAGE, WEAPON, WEAPON_TYPE, CATEGORY, INDIVIDUAL, ORGANISATION, CONFIDENCE,
    THING, THING_TYPE, THING_NUMBER, THING_NATION, THING_EFFECT, THING_TOTAL,
    NAME, DESCRIPTION, HUMAN_TYPE, HUMAN_NUMBER, HUMAN_NATION, HUMAN_EFFECT, HUMAN_TOTAL,
)  # fmt: skip
STRINGS = frozenset({WEAPON, INDIVIDUAL, ORGANISATION, THING, NAME, DESCRIPTION})
"""The slots that hold strings of the text."""
NUMBERS = frozenset({THING_NUMBER, THING_TOTAL, HUMAN_NUMBER, HUMAN_TOTAL})
PLAIN = frozenset({DATE, PLACE, TYPE, STAGE, CATEGORY}) | (STRINGS - {DESCRIPTION})
"""The slots whose fills hold of no other slot's string."""
_SLOT = re.compile(r"^\d+\.\s+([A-Z][A-Z :]*[A-Z])\s{2,}(\S.*)$")
_PART = re.compile(r'"((?:\\.|[^"\\])*)"|([/:?])|([^/:?"]+)')


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill: the ways of giving it, and the strings of another slot that it holds of."""

    values: tuple[str, ...]
    refs: tuple[str, ...] = ()
    optional: bool = False


@dataclass(slots=True)
class Template:
    """One incident of a message, by slot. An optional one may be told and need not."""

    optional: bool = False
    slots: dict[str, tuple[Fill, ...]] = field(default_factory=dict)

    def fills(self, slot: str) -> tuple[Fill, ...]:
        """What the slot holds."""
        return self.slots.get(slot, ())


def templates(paths: Iterable[Path]) -> dict[str, list[Template]]:
    """The templates of each message in these keys; none for one that tells of nothing."""
    out: dict[str, list[Template]] = {}
    for path in paths:
        here: list[Template] = []
        current: Template | None = None
        for slot, lines in _slots(path):
            if slot == "MESSAGE: ID":
                here = out.setdefault(lines[0].split(" (")[0].strip(), [])
            elif slot == "MESSAGE: TEMPLATE":
                current = Template("OPTIONAL" in lines[0])
                if lines[0].strip() != "*":
                    here.append(current)
            elif current is not None and slot in SLOTS:
                fills = (fill(slot, line) for line in lines)
                current.slots[slot] = tuple(f for f in fills if f is not None)
    return out


def _slots(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each slot of a key with its lines; one that begins with a slash goes on the one before."""
    slot: str | None = None
    lines: list[str] = []
    for line in path.read_text("latin-1").splitlines():
        if line.startswith(";") or not line.strip():
            continue
        found = _SLOT.match(line)
        if found:
            if slot is not None:
                yield slot, lines
            slot, lines = found[1], [found[2]]
        elif line.strip().startswith("/") and lines:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    if slot is not None:
        yield slot, lines


def fill(slot: str, line: str) -> Fill | None:
    """The fill that a key's line gives, or None for ``-`` and ``*``.

    >>> fill("HUM TGT: TYPE", '? CIVILIAN / OTHER: "PRIEST"')
    Fill(values=('CIVILIAN', 'OTHER'), refs=('PRIEST',), optional=True)
    """
    values: list[str] = []
    refs: list[str] = []
    into, optional = values, False
    if slot in (PLACE, DATE):
        optional = line.startswith("?")
        values = list(_alternatives(line.lstrip("? ")))
        return Fill(tuple(values), (), optional) if values[0] not in ("-", "*", "") else None
    for found in _PART.finditer(line):
        quoted, mark, words = found.groups()
        if mark == "?":
            optional = True
        elif mark == ":" and slot not in PLAIN:
            into = refs
        elif quoted is not None:
            listed = slot not in STRINGS
            (refs if listed else into).append(quoted.replace('\\"', '"').strip())
        elif words is not None and words.strip():
            values.append(_bare(words))
    values = [v for v in values if v not in ("-", "*", "")]
    return Fill(tuple(values), tuple(refs), optional) if values else None


def _alternatives(line: str) -> Iterator[str]:
    """The ways of giving a date or place, parted by slashes that stand in no brackets.

    >>> list(_alternatives("(PERU: LIMA (CITY)) / PERU: LIMA (CITY / PROVINCE)"))
    ['PERU: LIMA (CITY)', 'PERU: LIMA (CITY / PROVINCE)']
    """
    start = depth = 0
    for n, mark in enumerate(line):
        depth += (mark == "(") - (mark == ")")
        if mark == "/" and depth <= 0:
            yield _bare(line[start:n])
            start = n + 1
    yield _bare(line[start:])


def _bare(words: str) -> str:
    """Words without the brackets that hold one way of giving a fill together."""
    words = words.strip()
    if words.startswith("(") and (words.endswith("))") or words.count(")") <= 1):
        words = words[1:].removesuffix(")")
    elif words.endswith(")") and "(" not in words:
        words = words[:-1]
    return words.strip()
