"""What persons decided on one incident, claim or report, for the eye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contested.model.decision import APART
from contested.pipeline import Record, Ruling
from contested.publish.words import decision_in_words


def lines(record: Record, id: str) -> Iterator[str]:
    """A line for every decision on it: what, who, when and why; and whether it holds."""
    for ruling in record.decisions_on(id):
        one = ruling.decision
        state = "" if ruling.state == "holds" and not ruling.why else _state(ruling)
        yield f"{_what(ruling)}, says {one.author} ({one.at[:10]}): {one.reason} · {one.id}{state}"


def _state(ruling: Ruling) -> str:
    told = ruling.why.startswith(ruling.state)
    return f" · {ruling.why if told else f'{ruling.state}: {ruling.why}'}"


def _what(ruling: Ruling) -> str:
    one = ruling.decision
    if one.act == "correct":
        return f"{one.field}: was {brief(one.before)}, is {one.value}"
    if one.act == "wrong":
        return "marked as wrong"
    if one.act == "confirm":
        pair = len(one.subjects) > 1
        found = "two happenings" if one.value == APART else "one happening"
        return f"confirmed: {' + '.join(s.id for s in one.subjects)} are {found}" * pair or (
            "confirmed"
        )
    return f"{one.act} {decision_in_words(one)}"


def brief(plain: Any) -> str:
    """A stored value in a few words."""
    if plain in (None, [], ""):
        return "unknown"
    if isinstance(plain, list):
        return ", ".join(brief(each) for each in plain)
    if isinstance(plain, dict):
        for key in ("actor", "name", "edtf", "as_written", "quote"):
            if plain.get(key):
                return str(plain[key])
    return str(plain)
