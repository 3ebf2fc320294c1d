"""Where claims ultimately come from: copies of a text, and reports that carry one statement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contested.model import Claim, Origin, Report
from contested.model.ids import short_id
from contested.reconcile.copies import Repeats, Sketch, marks, repeats
from contested.world import World


class Origins:
    """Which reports copy each other, and which origin each claim has."""

    def __init__(
        self,
        reports: Mapping[str, Report],
        world: World,
        copies: Mapping[str, Repeats] | None = None,
    ) -> None:
        """`copies` says which reports repeat which; worked out from the texts if not given."""
        self._reports = reports
        self._world = world
        self._told: dict[str, tuple[str, ...]] = {}
        self._copies = repeats([sketch(r) for r in reports.values()]) if copies is None else copies

    def _source(self, report: str) -> str:
        found = self._copies.get(report)
        return found.source if found else report

    def key(self, claim: Claim) -> str:
        """Key of a claim's origin: whose statement it is, else which text it stands in.

        An attributed claim comes from the innermost speaker that is an actor; all organs of one
        state or group count as one voice. A body without an actor is known by its name
        ("the Doctors Network" in three papers is one origin); one that a report only describes
        ("a doctors' group") is the body of that kind that the report names. Witnesses,
        anonymous and other voices are one origin a text, and so is an outlet in its own voice.
        """
        voice = claim.voice
        text = self._source(claim.report)
        if voice is None or voice.kind == "outlet":
            return f"text:{text}"
        if voice.actor and voice.kind != "anonymous":
            return f"actor:{self._world.ancestors(voice.actor)[-1]}"
        if voice.kind == "independent" and (name := self._named_body(claim.report, voice.name)):
            return f"body:{name}"
        return f"voice:{text}"

    def _named_body(self, report: str, name: str) -> str:
        """The fullest name that a report gives the body it calls `name`; empty if it has none."""
        own = _body(name)
        kind = set() if own else _described(name)
        if not own and not kind:
            return ""
        for full in self._bodies(report):
            if own and full.endswith(" " + own):
                return full
            if kind and kind <= _stems(full):
                return full
        return own

    def _bodies(self, report: str) -> tuple[str, ...]:
        """The names of organisations in a report, as first written."""
        found = self._reports.get(report)
        if report not in self._told:
            text = found.text if found is not None else ""
            names = (_body(m.group()) for m in _NAMES.finditer(text))
            self._told[report] = tuple(dict.fromkeys(n for n in names if n))
        return self._told[report]

    @staticmethod
    def id_of(key: str) -> str:
        """The id by which figures and incidents name an origin."""
        return short_id("o", key)

    def describe(self, claims: Sequence[Claim]) -> tuple[Origin, ...]:
        """The independent origins of `claims`, each with its reports and why they are one.

        What a report tells in its own voice beside people it quotes most likely comes from
        them: it is no origin of its own, and corroborates nobody.
        """
        quoted = {c.report for c in claims if c.speakers}
        groups: dict[str, list[str]] = {}
        for claim in claims:
            members = groups.setdefault(self.key(claim), [])
            if claim.report not in members:
                members.append(claim.report)
        texts = {k for k in groups if k.startswith("text:")}
        out = []
        for key, reports in sorted(groups.items()):
            kind, _, name = key.partition(":")
            if (
                kind == "text"
                and len(groups) > 1
                and (quoted.issuperset(reports) or self._only_carries(reports, claims, texts))
            ):
                continue
            out.append(Origin(
                id=self.id_of(key),
                name=self._name(kind, name),
                why=self._why(kind, reports),
                reports=tuple(reports),
            ))  # fmt: skip
        return tuple(out)

    def _only_carries(
        self, reports: Sequence[str], claims: Sequence[Claim], texts: set[str]
    ) -> bool:
        """Whether these reports add no fact of their own to the statements that they quote."""
        own = [c for c in claims if c.report in reports and self.key(c) in texts]
        return bool(own) and all(c.kind == "responsibility" for c in own)

    def _name(self, kind: str, key: str) -> str:
        if kind == "actor":
            return self._world.actors[key].name
        if kind == "body":
            return key
        return self._name_of(key)

    def _name_of(self, id: str) -> str:
        report = self._reports.get(id)
        if report is None:
            return id
        return report.outlet.value if report.outlet else report.name

    def _why(self, kind: str, reports: Sequence[str]) -> str:
        if kind in ("actor", "body"):
            count = len(reports)
            return "its statement" if count == 1 else f"its statement, carried by {count} reports"
        if kind == "voice":
            return "people it quotes who stand for no known actor"
        if len(reports) > 1:
            least = min((self._copies[r].share for r in reports if r in self._copies), default=1.0)
            return f"{len(reports)} reports with the same text ({least:.0%} of it or more)"
        found = self._copies.get(reports[0])
        if found is not None:
            return f"a copy: {found.share:.0%} of the text stands in {self._name_of(found.of)}"
        return "the report's own words"


def sketch(report: Report) -> Sketch:
    """What of a report is kept to find its copies by."""
    published = (report.published.earliest or "") if report.published else ""
    return Sketch(report.id, published, marks(report.text))


def _body(name: str) -> str:
    """The proper name of an organisation, without its article; else empty."""
    words = [w for w in name.split() if w.lower() not in ("the", "a", "an")]
    proper = all(w[:1].isupper() or w.lower() in _SMALL for w in words)
    named = len(words) > 1 and any(w.lower().removesuffix("s") in _BODIES for w in words)
    return " ".join(words) if proper and named else ""


def _stems(words: str) -> set[str]:
    plain = (w.lower().replace("’", "'").removesuffix("'s").strip("'") for w in words.split())
    return {w.removesuffix("s") for w in plain if w not in _SMALL}


def _described(name: str) -> set[str]:
    """What kind of body "a Sudanese doctors' group" is: its small-letter words; else empty."""
    words = [w for w in name.split() if w.lower() not in ("the", "a", "an", "local", "another")]
    if len(words) < 2 or words[-1].lower() not in _BODIES | {"group", "charity", "body", "ngo"}:
        return set()
    return _stems(" ".join(w for w in words[:-1] if w[:1].islower()))


_NAMES = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|for|and|de) )?[A-Z][\w’'-]*)+")
"""Names of several words, as they stand in a text."""
_SMALL = {"of", "for", "and", "the", "in", "on", "de", "del", "los", "sans"}
_BODIES = {"network", "association", "union", "society", "federation", "syndicate", "observatory",
           "committee", "foundation", "coalition", "organisation", "organization", "centre",
           "center", "council", "institute", "commission", "watch", "alliance"}  # fmt: skip
"""Words that tell an organisation's name from a person's."""
