"""Where claims ultimately come from: copies of a text, and reports that carry one statement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contested.model import Claim, Origin, Report
from contested.model.ids import short_id
from contested.world import World

SHINGLE = 5
COPY = 0.5
"""Share of the shorter report's word runs that stand in the other one too."""
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """Runs of five words, without case and punctuation (Broder, 1997)."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


class Origins:
    """Which reports copy each other, and which origin each claim has."""

    def __init__(self, reports: Mapping[str, Report], world: World) -> None:
        self._reports = reports
        self._world = world
        self._source = self._copies()

    def _copies(self) -> dict[str, str]:
        """Report id to the first report that carries the same text."""
        index: dict[str, set[str]] = {}
        sets: dict[str, frozenset[str]] = {}
        out: dict[str, str] = {}
        ordered = sorted(
            self._reports.values(),
            key=lambda r: ((r.published.earliest or "9") if r.published else "9", r.id),
        )
        for report in ordered:
            mine = shingles(report.text)
            counts: dict[str, int] = {}
            for piece in mine:
                for other in index.get(piece, ()):
                    counts[other] = counts.get(other, 0) + 1
            best = max(counts.items(), key=lambda c: (c[1], c[0]), default=None)
            out[report.id] = report.id
            if best is not None and mine:
                smaller = min(len(mine), len(sets[best[0]]))
                if smaller and best[1] / smaller >= COPY:
                    out[report.id] = out[best[0]]
            sets[report.id] = mine
            for piece in mine:
                index.setdefault(piece, set()).add(report.id)
        return out

    def key(self, claim: Claim) -> str:
        """Key of a claim's origin: whose statement it is, else which text it stands in.

        An attributed claim comes from the innermost speaker that is an actor; all organs of one
        state or group count as one voice. Witnesses, anonymous and other voices without an
        actor are one origin a text, and so is an outlet in its own voice.
        """
        voice = claim.voice
        text = self._source.get(claim.report, claim.report)
        if voice is None or voice.kind == "outlet":
            return f"text:{text}"
        if voice.actor and voice.kind != "anonymous":
            return f"actor:{self._world.ancestors(voice.actor)[-1]}"
        return f"voice:{text}"

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
        report = self._reports.get(key)
        if report is None:
            return key
        return report.outlet.value if report.outlet else report.name

    def _why(self, kind: str, reports: Sequence[str]) -> str:
        if kind == "actor":
            count = len(reports)
            return "its statement" if count == 1 else f"its statement, carried by {count} reports"
        if kind == "voice":
            return "people it quotes who stand for no known actor"
        if len(reports) > 1:
            return f"{len(reports)} reports with the same text"
        return "the report's own words"
