"""Events and their participants on WikiEvents: attacks, deaths, injuries, arrests.

WikiEvents (Li, Ji and Han, 2021) marks triggers of 67 types in news on bombings, and who takes part
in each. Four families are scored, those that this program's codebook has claims for. An event of
the corpus is found if a claim of its family (an event claim below the family's types, or a
casualties claim of its effect) has a passage that overlaps the trigger's sentence; precision is the
share of event claims of these families whose passage overlaps a sentence with an event of the same
family. A participant is found if the claims that find its event name it: its last word stands in
what they name as doer, target, victims, weapon or place. Every mention counts for itself: one that
only points back ("after the attack") is missed where no claim is made of its sentence. The text is
put together from the corpus' sentences, which it gives without the breaks between them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contested.model import CasualtiesClaim, Claim, EventClaim, Where
from contested.world import World
from evaluation.measure import (
    BadData,
    Figure,
    Measured,
    Options,
    Say,
    f_score,
    fingerprint,
    present,
    share,
)
from evaluation.reading import all_claims, report_of, stages

FAMILIES = {
    "Conflict.Attack": "attack",
    "Life.Die": "death",
    "Life.Injure": "injury",
    "Justice.ArrestJailDetain": "arrest",
}
TYPES = {"attack": ("attack", "explosion", "armed_clash"), "arrest": ("arrest",)}
EFFECTS = {"killed": "death", "wounded": "injury", "detained": "arrest", "captured": "arrest"}
ROLES = {
    "Attacker": "doer", "Killer": "doer", "Injurer": "doer", "Jailer": "doer",
    "Target": "target", "Victim": "victim", "Detainee": "victim",
    "ExplosiveDevice": "weapon", "Instrument": "weapon",
    "Place": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """One event of the corpus: the characters of its sentence and who takes part."""

    family: str
    start: int
    end: int
    participants: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text and the events marked in it."""

    name: str
    text: str
    events: tuple[Marked, ...]


def read(path: Path) -> list[Text]:
    """The texts of the corpus. Raises NoData or BadData."""
    lines = present(path).read_text("utf-8").splitlines()
    try:
        return [_text(json.loads(line)) for line in lines if line.strip()]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BadData(f"{path}: no JSON lines of WikiEvents ({error!r})") from error


def _text(row: dict[str, Any]) -> Text:
    spans: list[tuple[int, int]] = []
    whole = ""
    for _, words in row["sentences"]:
        whole += "\n\n" if whole and whole[-1:] not in ".!?”\"'" else " " if whole else ""
        spans.append((len(whole), len(whole) + len(words)))
        whole += words
    events = []
    for event in row["event_mentions"]:
        family = FAMILIES.get(".".join(event["event_type"].split(".")[:2]))
        if family is None:
            continue
        parts = tuple(
            (ROLES[each["role"]], str(each["text"]))
            for each in event["arguments"]
            if each["role"] in ROLES
        )
        start, end = spans[event["trigger"]["sent_idx"]]
        events.append(Marked(family, start, end, parts))
    return Text(row["doc_id"], whole, tuple(events))


def families(world: World, claim: Claim) -> set[str]:
    """The families that a claim tells of."""
    if isinstance(claim, CasualtiesClaim):
        return {EFFECTS[claim.effect]} if claim.effect in EFFECTS else set()
    if not isinstance(claim, EventClaim) or claim.status == "hypothetical":
        return set()
    path = world.type_path(claim.type)
    return {family for family, types in TYPES.items() if any(each in types for each in path)}


def names(claims: Sequence[Claim]) -> dict[str, set[str]]:
    """The words, in small letters, with which `claims` name who takes part, by role."""
    told: dict[str, list[str]] = {role: [] for role in ROLES.values()}
    for claim in claims:
        if isinstance(claim, EventClaim | CasualtiesClaim) and claim.where is not None:
            told["place"] += _place(claim.where)
        if isinstance(claim, EventClaim):
            told["doer"] += [ref.as_written for ref in claim.initiators]
            told["target"] += [ref.as_written for ref in claim.targets]
            told["weapon"] += claim.weapons
        elif isinstance(claim, CasualtiesClaim):
            told["victim"].append(claim.victims_as_written or "")
    told["victim"] += told["target"]
    told["target"] += told["victim"]
    return {role: set(re.findall(r"\w+", " ".join(each).lower())) for role, each in told.items()}


def _place(where: Where) -> list[str]:
    return [each for each in (where.as_written, where.name, where.admin1) if each]


@dataclass(slots=True)
class Tally:
    """Adds up texts."""

    marked: Counter[str]
    found: Counter[str]
    asked: Counter[str]
    named: Counter[str]
    said: int = 0
    right: int = 0

    def add(self, world: World, text: Text, claims: Sequence[Claim]) -> Iterator[str]:
        """Hold the claims of one text against what is marked; give what is missed."""
        told = [(families(world, claim), claim) for claim in claims]
        for event in text.events:
            self.marked[event.family] += 1
            mine = [c for _, c in told if c.start < event.end and c.end > event.start]
            if not any(event.family in each for each, c in told if c in mine):
                yield f"{event.family}: {text.text[event.start : event.end]}"
                mine = []
            self.found[event.family] += bool(mine)
            words = names(mine)
            for role, name in event.participants:
                self.asked[role] += 1
                last = re.findall(r"\w+", name.lower())[-1:]
                self.named[role] += bool(last) and last[0] in words[role]
        for each, claim in told:
            if isinstance(claim, EventClaim) and each:
                self.said += 1
                self.right += any(
                    event.family in each and claim.start < event.end and claim.end > event.start
                    for event in text.events
                )

    def figures(self) -> tuple[Figure, ...]:
        """All figures so far."""
        found, marked = self.found.total(), self.marked.total()
        recall, precision = share(found, marked), share(self.right, self.said)
        return (
            Figure("recall", recall, f"events: recall, of {marked}"),
            Figure("precision", precision, f"event claims: precision, of {self.said}"),
            Figure("f", f_score(precision, recall), "events: F"),
            *(
                Figure(f"{family}_recall", share(self.found[family], count),
                       f"{family}: recall, of {count}", better=None)
                for family, count in sorted(self.marked.items())
            ),
            Figure("participants", share(self.named.total(), self.asked.total()),
                   f"participants named, of {self.asked.total()}"),
            *(
                Figure(f"{role}_named", share(self.named[role], count),
                       f"{role}: named, of {count}", better=None)
                for role, count in sorted(self.asked.items())
            ),
        )  # fmt: skip


def measure(path: Path, options: Options, say: Say) -> Measured:
    """Score the events of the texts in the file `path`."""
    texts = read(path)[: options.limit]
    tally = Tally(Counter(), Counter(), Counter(), Counter())
    reports = [report_of(text.name, text.text) for text in texts]
    world = stages().world
    for text, claims in zip(texts, all_claims(reports, options.jobs), strict=True):
        for line in tally.add(world, text, claims):
            if options.misses:
                say(f"  {text.name} {line}")
    return Measured(
        measure="wikievents",
        title="Events and participants (WikiEvents)",
        command="python -m evaluation wikievents",
        data=f"{len(texts)} texts of WikiEvents, its part for development",
        sha256=fingerprint([path]),
        figures=tally.figures(),
        whole=options.limit is None,
    )
