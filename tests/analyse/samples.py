"""Incidents in a line."""

from __future__ import annotations

from typing import Any

from contested.model import (
    ActorRef,
    Count,
    Figure,
    Incident,
    Responsibility,
    Speaker,
    Toll,
    Where,
)
from contested.model.edtf import when

VOICES = {
    "ispr": (Speaker("ISPR", "pakistan-ispr", "official"),),
    "ttp": (Speaker("the group", "ttp", "party"),),
    "villager": (Speaker("Gul Khan", None, "witness"),),
    "outlet": (),
}


def figure(voice: str, low: int | None, high: int | None = -1, **values: Any) -> Figure:
    """A figure; exact where no upper end is given."""
    top = low if high == -1 else high
    return Figure(
        count=Count(low, top, "exactly", str(low)),
        speakers=VOICES[voice],
        stance=values.get("stance", "asserts"),
        said=values.get("said"),
        origin=voice,
        claims=(f"c-{voice}",),
        part=values.get("part", False),
        stated=values.get("stated"),
    )


def toll(low: int | None, best: int | None, high: int | None, *said: Figure, **values: Any) -> Toll:
    """Killed soldiers, unless told otherwise."""
    return Toll(
        effect=values.get("effect", "killed"),
        victims=values.get("victims", "security_forces"),
        low=low,
        best=best,
        high=high,
        rule="lowest_credible",
        disputed=values.get("disputed", False),
        according_to=said,
        disagreement=values.get("disagreement", "none"),
        attackers=values.get("attackers", False),
    )


def incident(id: str, edtf: str | None, *tolls: Toll, **values: Any) -> Incident:
    """An incident of that id and time."""
    return Incident(
        id=id,
        type=values.get("type", "ambush"),
        where=values.get("where", Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK")),
        when=when(edtf) if edtf else None,
        initiators=values.get("initiators", (ActorRef("ttp", "TTP"),)),
        targets=(),
        status=values.get("status", "single_source"),
        casualties=tolls,
        responsibility=Responsibility(state=values.get("state", "unknown")),
        reports=("r-1",),
        origins=(),
        claims=(),
        why=(),
        as_of="2026-01-01",
        accounts=values.get("accounts", ()),
    )
