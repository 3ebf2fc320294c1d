"""How reliable a source is taken to be: a person's word, the user's table, else ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from contested.errors import UsageError
from contested.model import Report, Speaker
from contested.model.ratings import LETTERS, Overrides, Rating
from contested.world.names import fold
from contested.world.rows import Outlet, Reliability
from contested.world.tables import OWN
from contested.world.world import World

ANY = "*"
PACKAGED = "the packaged table"
USER = "your table"


class Ratings:
    """Letters of outlets, actors and kinds of voices.

    `overrides` are decisions of people: letter, reason and author by the id of an outlet or an
    actor. They go over the user's table, which goes over the packaged one. A body without a
    letter of its own has that of the body it belongs to; a person in a role that of the body,
    unless a row of kind ``person`` names them. A voice that is no known outlet or actor can be
    decided on by its words. Raises UsageError for a letter that is none.
    """

    def __init__(self, world: World, overrides: Overrides | None = None) -> None:
        self._world = world
        self._overrides = overrides or {}
        self._voices: dict[Speaker, Rating] = {}
        for subject, (letter, _, _) in self._overrides.items():
            if letter not in LETTERS:
                raise UsageError(
                    f"The reliability of {subject} is set to {letter!r}. Use one of A to F."
                )

    def outlet(self, report: Report | None) -> Rating:
        """Of whoever published a report, found by its name, else by its address."""
        named = report.outlet.value if report is not None and report.outlet else ""
        url = (report.url or "") if report is not None else ""
        known = self._outlets.get(fold(named)) or self._by_domain(url)
        if known is not None:
            return self._rated(known.id, known.name, "outlet", (known.id,))
        if (spoken := self._spoken.get(fold(named))) is not None:
            return self._overridden(spoken, spoken, named)
        return self._rated(named or "unknown outlet", named or "unknown outlet", "outlet", ())

    def voice(self, speaker: Speaker) -> Rating:
        """Of a voice: the person, the body it speaks for and what that belongs to, its kind."""
        known = self._voices.get(speaker)
        if known is None:
            known = self._voices[speaker] = self._voice(speaker)
        return known

    def decided(self, subject: str) -> str | None:
        """The id or words under which a person decided on the subject of a rating, if one did."""
        line = self._world.ancestors(subject) if subject in self._world.actors else (subject,)
        return next((one for one in line if one in self._overrides), None)

    def _voice(self, speaker: Speaker) -> Rating:
        spoken = self._spoken.get(fold(speaker.name))
        if spoken is not None and not (speaker.actor and spoken in self._world.actors):
            return self._overridden(spoken, spoken, speaker.name)
        persons = self._world.reliability.get(("person", fold(speaker.name)))
        if persons is not None:
            return self._of(persons, speaker.name, speaker.name)
        if speaker.kind == "outlet" and (known := self._outlets.get(fold(speaker.name))):
            return self._rated(known.id, known.name, "outlet", (known.id,))
        if speaker.actor and speaker.kind != "anonymous":
            return self.actor(speaker.actor, speaker.kind)
        unnamed = {"anonymous": "anonymous sources", "witness": "witnesses"}
        name = unnamed.get(speaker.kind, f"other voices ({speaker.kind})")
        return self._rated(f"{speaker.kind}", name, speaker.kind, ())

    def actor(self, actor: str, kind: str) -> Rating:
        """Of a body that speaks, as that `kind` of voice."""
        known = self._world.actors.get(actor)
        line = self._world.ancestors(actor) if known else (actor,)
        return self._rated(actor, known.name if known else actor, kind, line)

    def of(self, speakers: tuple[Speaker, ...], report: Report | None) -> Rating:
        """Of whoever is closest to the content: the last speaker, else the outlet itself."""
        return self.voice(speakers[-1]) if speakers else self.outlet(report)

    def _rated(self, subject: str, name: str, kind: str, line: tuple[str, ...]) -> Rating:
        for one in line or (subject,):
            if one in self._overrides:
                return self._overridden(one, subject, name)
        table = self._world.reliability
        for one in line:
            row = table.get(("outlet", one)) or table.get(("actor", one))
            if row is not None:
                found = self._of(row, subject, name)
                return Rating(
                    subject, name, found.letter, self._inherited(one, subject, found.reason),
                    found.set_by, found.source,
                )  # fmt: skip
        return self._of(table.get(("voice", kind)) or table["any", ANY], subject, name)

    def _overridden(self, one: str, subject: str, name: str) -> Rating:
        letter, reason, author = self._overrides[one]
        return Rating(subject, name, letter, self._inherited(one, subject, reason), author)  # type: ignore[arg-type]

    @staticmethod
    def _of(row: Reliability, subject: str, name: str) -> Rating:
        set_by = USER if row.own else PACKAGED
        source = "" if row.source == OWN else row.source
        return Rating(subject, name, row.letter, row.reason, set_by, source)

    def _inherited(self, one: str, subject: str, reason: str) -> str:
        if one == subject:
            return reason
        return f"As {self._world.actors[one].name}, to which it belongs: {reason}"

    @cached_property
    def _spoken(self) -> Mapping[str, str]:
        """Words of voices that were decided on, as they are compared."""
        known = self._world.actors
        names = {fold(known[one].name): one for one in self._overrides if one in known}
        return names | {fold(one): one for one in self._overrides}

    @cached_property
    def _outlets(self) -> Mapping[str, Outlet]:
        out: dict[str, Outlet] = {}
        for outlet in self._world.outlets:
            for name in (outlet.id, outlet.name, *outlet.aliases):
                out.setdefault(fold(name), outlet)
        return out

    def _by_domain(self, url: str) -> Outlet | None:
        host = url.partition("://")[2].partition("/")[0].casefold().removeprefix("www.")
        parts = host.split(".")
        return next(
            (self._domains[d] for n in range(len(parts) - 1)
             if (d := ".".join(parts[n:])) in self._domains),
            None,
        )  # fmt: skip

    @cached_property
    def _domains(self) -> Mapping[str, Outlet]:
        return {o.domain.casefold(): o for o in self._world.outlets if o.domain}
