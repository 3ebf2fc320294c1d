"""Reading the MUC-3/4 corpus: its messages, and its answer keys of 25 slots a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})[^\n]*\n", re.MULTILINE)
_SLOT = re.compile(r"^\d+\.\s+([A-Z][A-Z :]*[A-Z])\s{2,}(\S.*)$")
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\w* (\d{{2}})\b")
ROLES = {
    "PERP: INDIVIDUAL ID": "perpetrator, individual",
    "PERP: ORGANIZATION ID": "perpetrator, organisation",
    "PHYS TGT: ID": "target",
    "HUM TGT: NAME": "victim",
    "INCIDENT: INSTRUMENT ID": "weapon",
}
Entity = tuple[str, ...]
"""The ways of writing one filler of a role."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text, and the day of its dateline (EDTF) if it has one."""

    id: str
    text: str
    date: str | None


@dataclass(slots=True)
class Answer:
    """The templates of one text: how many must be found, how many may, and the role fillers."""

    needed: int = 0
    optional: int = 0
    roles: dict[str, list[Entity]] = field(default_factory=lambda: {r: [] for r in ROLES.values()})


def messages(paths: Iterable[Path]) -> Iterator[Message]:
    """The messages of these files in order."""
    for path in paths:
        text = path.read_text("latin-1")
        heads = list(_HEAD.finditer(text))
        for n, head in enumerate(heads):
            end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
            body = text[head.end() : end].strip("\n")
            yield Message(head[1], body, _date(body))


def _date(body: str) -> str | None:
    found = _DATE.search(body[:300])
    if not found:
        return None
    return f"19{found[3]}-{MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}"


def answers(paths: Iterable[Path]) -> dict[str, Answer]:
    """The answer of each message, its templates taken together."""
    out: dict[str, Answer] = {}
    for path in paths:
        answer, slot = Answer(), ""
        for line in path.read_text("latin-1").splitlines():
            if line.startswith(";") or not line.strip():
                continue
            found = _SLOT.match(line)
            slot, value = (found[1], found[2]) if found else (slot, line.strip())
            if slot == "MESSAGE: ID":
                answer = out.setdefault(value.split(" (")[0].strip(), Answer())
            elif slot == "MESSAGE: TEMPLATE":
                answer.optional += "OPTIONAL" in value
                answer.needed += value.strip() != "*" and "OPTIONAL" not in value
            elif slot in ROLES:
                _fill(answer.roles[ROLES[slot]], value)
    return out


def _fill(entities: list[Entity], value: str) -> None:
    """Add one line's entity, unless a template before had it (as GRIT's preprocessing does)."""
    strings = tuple(s.replace('\\"', '"').strip().lower() for s in _STRING.findall(value))
    known = any(set(strings) <= set(e) or set(e) <= set(strings) for e in entities)
    if strings and not known:
        entities.append(strings)


def within(entities: Iterable[Entity], text: str) -> list[Entity]:
    """The entities with the writings that stand in `text`; those with none are left out."""
    flat = " ".join(text.lower().split())
    kept = (tuple(m for m in e if " ".join(m.split()) in flat) for e in entities)
    return [entity for entity in kept if entity]
