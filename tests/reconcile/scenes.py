"""Accounts of one ambush in a line each, gathered into its incident."""

from __future__ import annotations

from typing import Any

from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Count,
    EventClaim,
    Incident,
    Report,
    ResponsibilityClaim,
    Sourced,
    Speaker,
    Toll,
    Where,
    make,
    report_id,
)
from contested.model.edtf import when
from contested.reconcile import Reconciling, reconcile
from contested.world import World

KURRAM = Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK", 33.75, 70.2, 45.0)
ARMY = Speaker("ISPR", "pakistan-ispr", "official")
POLICE = Speaker("police", "pakistan-police", "official")
TTP = Speaker("the TTP", "ttp", "party")
UNAMA = Speaker("UNAMA", "unama", "independent")
HOSPITAL = Speaker("hospital officials", None, "official")
Voice = Speaker | None


class Scene:
    """Says what voices say of one ambush in Kurram, each in a report of its own."""

    def __init__(self, **event: Any) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: list[Any] = []
        self.event = {
            "type": "ambush", "where": KURRAM, "when": when("2025-10-07"),
            "initiators": (ActorRef("ttp", "TTP"),),
            "targets": (ActorRef("pakistan-military", "the army"),),
        } | event  # fmt: skip

    def report(self, voice: Voice, day: str, text: str = "") -> tuple[Report, EventClaim]:
        """A report of its own words, with an account of the ambush by that voice."""
        number = len(self.reports)
        words = text or f"Account {number}: word{number} told{number} ambush{number} of Kurram."
        made = Report(
            id=report_id(None, words + day), name=f"r{number}.txt", text=words, sha256="0",
            published=when(day), outlet=Sourced(f"Outlet {number}", "manifest"),
        )  # fmt: skip
        self.reports[made.id] = made
        event = self.add("event", made, voice, **self.event)
        return made, event

    def add(self, kind: str, of: Report, voice: Voice, **values: Any) -> Any:
        """A claim on the whole text of a report."""
        values.setdefault("speakers", (voice,) if voice else ())
        made = make(kind, of.passage(0, len(of.text)), method="test", confidence=0.9, **values)
        self.claims.append(made)
        return made

    def says(self, voice: Voice, low: int, day: str = "2025-10-08", **values: Any) -> Any:
        """A figure of soldiers killed, unless told otherwise, in a report of its own."""
        of, event = self.report(voice, day, values.pop("text", ""))
        return self.also(of, event, voice, low, **values)

    def also(
        self, of: Report, event: EventClaim, voice: Voice, low: int, **values: Any
    ) -> CasualtiesClaim:
        """A further figure in a report."""
        high = values.pop("high", low)
        given = {
            "effect": "killed", "victims": "security_forces", "event_ref": event.id,
            "count": Count(low, high, "exactly" if high == low else "at_least", str(low)),
            "victims_as_written": f"{low} soldiers",
        }  # fmt: skip
        found: CasualtiesClaim = self.add("casualties", of, voice, **(given | values))
        return found

    def blames(
        self, voice: Voice, act: str, actor: str | None, day: str = "2025-10-08", text: str = ""
    ) -> ResponsibilityClaim:
        """What a voice says of who did it, in a report of its own."""
        of, event = self.report(None, day, text)
        found: ResponsibilityClaim = self.add(
            "responsibility", of, voice, act=act, actor=actor, actor_as_written=actor or "",
            event_ref=event.id, stance="denies" if act == "denies" else "asserts",
        )  # fmt: skip
        return found

    def incidents(self, **options: Any) -> list[Incident]:
        """All incidents that come of it."""
        return reconcile(self.claims, self.reports, World.load(), Reconciling(**options))

    def incident(self, **options: Any) -> Incident:
        """The one incident that comes of it."""
        found = self.incidents(**options)
        assert len(found) == 1, [i.claims for i in found]
        return found[0]

    def toll(
        self, victims: str = "security_forces", effect: str = "killed", **options: Any
    ) -> Toll:
        """One toll of the one incident."""
        tolls = self.incident(**options).casualties
        return next(t for t in tolls if (t.effect, t.victims) == (effect, victims))
