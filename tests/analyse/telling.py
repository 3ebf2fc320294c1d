"""Claims on who stands how to whom, in a line."""

from __future__ import annotations

import itertools
from typing import Any

from contested.analyse.bodies import Bodies
from contested.model import ActorRef, Claim, Report, Speaker, When, make
from contested.model.edtf import when
from contested.world import World

WORLD = World.load()
_NUMBER = itertools.count()
VOICES = {
    "outlet": (),
    "pakistan": (Speaker("an official", "pakistan-foreign-ministry", "official"),),
    "afghan-taliban": (Speaker("Mujahid", "afghan-taliban", "party"),),
    "ttp": (Speaker("the group", "ttp", "party"),),
    "analyst": (Speaker("an analyst", None, "independent"),),
}


def bodies(**values: Any) -> Bodies:
    """The packaged registry."""
    return Bodies(WORLD.actors, **values)


def ref(name: str) -> ActorRef:
    """An actor of the registry; words with a capital or a blank have no id."""
    known = name in WORLD.actors
    return ActorRef(name if known else None, name)


def claim(kind: str, voice: str = "outlet", time: str | None = None, **values: Any) -> Claim:
    """A claim of a report of its own."""
    text = f"Passage {next(_NUMBER)} tells it."
    report = Report(id=values.pop("report", f"r-{next(_NUMBER)}"), name="a", text=text, sha256="0")
    told = {"speakers": VOICES[voice], "when": when(time) if time else None}
    values.setdefault("confidence", 0.8)
    return make(kind, report.passage(0, len(text)), method="test", **(told | values))


def tie(one: str, relation: str, other: str, voice: str = "outlet", **values: Any) -> Claim:
    """One stands to the other so."""
    return claim(
        "relation", voice, subject=ref(one), relation=relation, object=ref(other), **values
    )


def post(person: str, act: str, time: str | None = None, **values: Any) -> Claim:
    """A person in a public role; leader of the TTP if not told otherwise."""
    values = {"role": "leader", "organisation": "ttp"} | values
    return claim("position", values.pop("voice", "outlet"), time, person=person, act=act, **values)


def on(day: str, *claims: Claim) -> dict[str, When | None]:
    """All these claims' reports were published on that day."""
    return {one.report: when(day) for one in claims}
