"""Claims and incidents against a hand-made key of facts, traps and pairs.

A fact is FOUND if a claim of its kind has a quote in the fact's sentence, and RIGHT if one claim
also carries every value that the fact asks for. A claim in a trap's sentence, of a kind that the
trap forbids, is a FALSE ALARM. A pair is right if claims of its facts share an incident, or do
not, as the key says. The key is not complete: further claims cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from evaluation.keyfields import Fields, Plain
from evaluation.measure import BadData

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_STOPS = (". ", "? ", "! ")


def plain(text: str) -> str:
    """`text` in small letters, with single spaces and plain quotation marks and dashes."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).casefold()


def sentence(text: str, at: int, end: int) -> tuple[int, int]:
    """The sentence around characters `at` to `end`: from one full stop to the next."""
    start = max(text.rfind(mark, 0, at) for mark in _STOPS)
    ends = [e for e in (text.find(mark, end - 1) for mark in _STOPS) if e >= 0]
    return max(start, 0), min(ends, default=len(text)) + 1


@dataclass(slots=True)
class Tally:
    """Facts of one kind: how many there are, were found, were right."""

    facts: int = 0
    found: int = 0
    right: int = 0


@dataclass(slots=True)
class Score:
    """How claims and incidents stand against a key. `misses` says what failed, and why."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    traps: int = 0
    false_alarms: int = 0
    pairs: int = 0
    joined: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def all(self) -> Tally:
        """All kinds together."""
        kinds = self.kinds.values()
        return Tally(
            sum(t.facts for t in kinds), sum(t.found for t in kinds), sum(t.right for t in kinds)
        )


class Key:
    """A key over reports: `data` is its JSON, `texts` the stored text of each report by name."""

    def __init__(
        self, data: Mapping[str, Any], texts: Mapping[str, str], parents: Mapping[str, str | None]
    ) -> None:
        self._data = data
        self._texts = {PurePosixPath(name).name: plain(text) for name, text in texts.items()}
        self._fields = Fields(parents)
        for row in (*data["facts"], *data["negatives"]):
            if row["doc"] not in self._texts:
                raise BadData(f"{row['id']}: no report {row['doc']} among those that were read")

    def _says(self, row: Plain) -> bool:
        """Whether the stored text has the row's words: menus and the like are left out of it."""
        return plain(row["anchor"]) in self._texts[row["doc"]]

    def score(self, claims: Iterable[Plain], incidents: Iterable[Plain]) -> Score:
        """Hold `claims` and `incidents`, both as plain data, against the key."""
        by_report: dict[str, list[Plain]] = {}
        for claim in claims:
            by_report.setdefault(PurePosixPath(claim["name"]).name, []).append(claim)
        score = Score()
        matched = {}
        for fact in self._data["facts"]:
            ids = self._fact(fact, by_report, score)
            if ids:
                matched[fact["id"]] = ids
        alarms = [a for trap in self._data["negatives"] for a in self._alarms(trap, by_report)]
        score.traps, score.false_alarms = len(self._data["negatives"]), len(alarms)
        self._pairs(matched, incidents, score)
        score.misses += alarms
        return score

    def _near(self, row: Plain, by_report: Mapping[str, Sequence[Plain]]) -> Iterator[Plain]:
        """Claims with a quote in the sentence of `row`'s anchor."""
        if not self._says(row):
            return
        text, anchor = self._texts[row["doc"]], plain(row["anchor"])
        at = text.index(anchor)
        low, high = sentence(text, at, at + len(anchor))
        for claim in by_report.get(row["doc"], ()):
            quote = plain(claim["quote"]).strip()
            found = re.finditer(re.escape(quote), text) if quote else ()
            if any(m.start() < high and m.end() > low for m in found):
                yield claim

    def _fact(
        self, fact: Plain, by_report: Mapping[str, Sequence[Plain]], score: Score
    ) -> set[str]:
        want = fact["want"]
        here = [c for c in self._near(fact, by_report) if c["kind"] in fact["kind"]]
        best = min(here, key=lambda c: len(self._fields.wrong(want, c)), default=None)
        wrong = self._fields.wrong(want, best)
        tally = score.kinds.setdefault(fact["kind"][0], Tally())
        tally.facts += 1
        tally.found += best is not None
        tally.right += best is not None and not wrong
        if best is None:
            why = "not found" if self._says(fact) else "its words are not in the stored text"
            score.misses.append((fact["id"], why))
            return set()
        if wrong:
            score.misses.append((fact["id"], "wrong: " + ", ".join(wrong)))
        return {c["id"] for c in here if not self._fields.wrong(want, c)} or {best["id"]}

    def _alarms(
        self, trap: Plain, by_report: Mapping[str, Sequence[Plain]]
    ) -> Iterator[tuple[str, str]]:
        anchor = plain(trap["anchor"])
        for claim in self._near(trap, by_report):
            quote = plain(claim["quote"])
            if anchor not in quote and quote not in anchor:
                continue
            for forbidden in trap["kinds"]:
                kind, _, value = forbidden.partition(":")
                told = (claim.get("status"), claim.get("stance"))
                if claim["kind"] == kind and (not value or value in told):
                    yield trap["id"], f"false alarm: {kind}: {claim['quote'][:80]}"

    def _pairs(
        self, matched: Mapping[str, set[str]], incidents: Iterable[Plain], score: Score
    ) -> None:
        home = {claim: i["id"] for i in incidents for claim in i["claims"]}
        for want in self._data["incidents"]:
            groups = [{home[c] for c in matched.get(f, ()) if c in home} for f in want["claims"]]
            shared = set.intersection(*groups)
            right = all(groups) and bool(shared) is bool(want["same"])
            score.pairs += 1
            score.joined += right
            if not right:
                why = "not joined" if want["same"] else "joined or missing"
                score.misses.append((want["id"], f"incidents: {why}"))
