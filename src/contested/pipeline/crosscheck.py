"""Where the rules and a language model differ, claim by claim: an aid for who reviews.

Claims of one report and kind are paired where their passages overlap and they speak of one thing;
of a pair, the coded fields that differ are named. Which of the two is right, a person says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Claim,
    Count,
    EventClaim,
    Money,
    ResponseTo,
    ResponsibilityClaim,
    Speaker,
    When,
    Where,
    to_plain,
)
from contested.model.proposal import BY_MODEL

Verdict = Literal["agreed", "differ", "only_rules", "only_model"]
VERDICTS: tuple[Verdict, ...] = ("differ", "only_model", "only_rules", "agreed")

_COMMON = ("speakers", "stance", "status")
_FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "initiators", "targets", "where", "when"),
    "casualties": ("effect", "count", "victims", "side", "where", "when"),
    "responsibility": ("act", "actor"),
    "statistic": ("measure", "count", "change_percent", "direction", "period", "where", "actor"),
    "relation": ("relation", "subject", "object", "when"),
    "agreement": ("type", "act", "parties", "mediators", "when", "where", "duration_days"),
    "statement": ("act", "by", "addressees", "when", "amount"),
    "position": ("person", "role", "organisation", "act"),
}
"""The fields that are compared. What only words are told by (weapons, victims) is left out."""
_AGREES = re.compile(r"^(model/\S+) agrees with \d+ of the rules' claims: ((?:c-[0-9a-f]+ ?)+)$")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two claims of one thing have otherwise."""

    field: str
    rules: Any
    model: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A claim of the rules beside the model's, or one of them alone."""

    verdict: Verdict
    report: str
    name: str
    kind: str
    start: int
    quote: str
    rules: Claim | None
    model: Claim | None
    differences: tuple[Difference, ...] = ()


def compare(rules: Sequence[Claim], model: Sequence[Claim]) -> list[Compared]:
    """All claims of both, paired where they speak of one thing, in the order of the text."""
    pairs = list(_pairs(rules, model))
    one = {a.id: b for a, b in pairs}
    other = {b.id for _, b in pairs}
    rows = [_row(claim, one.get(claim.id)) for claim in rules]
    rows += [_row(None, claim) for claim in model if claim.id not in other]
    return sorted(rows, key=lambda row: (row.name, row.report, row.start, row.kind))


def _row(rules: Claim | None, model: Claim | None) -> Compared:
    shown = rules or model
    assert shown is not None
    differences: tuple[Difference, ...] = ()
    verdict: Verdict = "only_rules" if model is None else "only_model"
    if rules is not None and model is not None:
        differences = tuple(_differences(rules, model))
        verdict = "differ" if differences else "agreed"
    return Compared(
        verdict=verdict,
        report=shown.report,
        name=shown.name,
        kind=shown.kind,
        start=shown.start,
        quote=shown.quote,
        rules=rules,
        model=model,
        differences=differences,
    )


def _pairs(rules: Sequence[Claim], model: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The likest first; each claim is in one pair at most."""
    by_place: dict[tuple[str, str], list[Claim]] = {}
    for claim in rules:
        by_place.setdefault((claim.report, claim.kind), []).append(claim)
    scored = []
    for b in model:
        for a in by_place.get((b.report, b.kind), ()):
            if a.start < b.end and b.start < a.end and _one_thing(a, b):
                same = len(_FIELDS[a.kind]) - sum(1 for _ in _differences(a, b))
                shared = min(a.end, b.end) - max(a.start, b.start)
                scored.append((a.id != b.id, -same, -shared, a.start, a.id, b.id, a, b))
    scored.sort(key=lambda one: one[:6])
    taken: set[tuple[str, str]] = set()
    for *_, first, second, a, b in scored:
        if ("rules", first) not in taken and ("model", second) not in taken:
            taken |= {("rules", first), ("model", second)}
            yield a, b


def _one_thing(a: Claim, b: Claim) -> bool:
    """Whether two claims on overlapping passages may speak of one thing."""
    if isinstance(a, CasualtiesClaim) and isinstance(b, CasualtiesClaim):
        words = _written(a.victims_as_written) & _written(b.victims_as_written)
        return bool(words) or (a.victims == b.victims and _bare(a.count) == _bare(b.count))
    first, *rest = _FIELDS[a.kind]
    told = [n for n in rest if n not in ("where", "when") and getattr(a, n) not in (None, ())]
    return any(_bare(getattr(a, n)) == _bare(getattr(b, n)) for n in (first, *told))


def _written(words: str) -> set[str]:
    return {word for word in words.lower().split() if len(word) > 3}


def _differences(a: Claim, b: Claim) -> Iterator[Difference]:
    for name in (*_FIELDS[a.kind], *_COMMON):
        one, other = getattr(a, name), getattr(b, name)
        if _bare(one) != _bare(other):
            yield Difference(name, to_plain(one), to_plain(other))


def _bare(value: Any) -> Any:
    """A value without the words that it was written in."""
    match value:
        case ActorRef():
            return value.actor or value.as_written.lower().removeprefix("the ")
        case Where():
            return value.geonameid or value.name.lower()
        case When():
            return value.edtf
        case Count():
            return value.low, value.high
        case Money():
            return value.value, value.currency
        case Speaker():
            return value.actor or value.name.lower().removeprefix("the ")
        case ResponseTo():
            return value.as_written
        case tuple():
            return frozenset(_bare(one) for one in value)
    return value


def beside(rules: Sequence[Claim], model: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The model's claims that stand beside those of the rules in the record, and those of the
    rules with which the model agrees.

    What both found is one claim, that of the rules. A figure that they have otherwise is about
    the same event for both.
    """
    agreed: list[Claim] = []
    stand_for: dict[str, str] = {}
    kept: list[tuple[Claim, Claim | None]] = []
    for row in compare(rules, model):
        if row.model is None:
            continue
        if row.rules is not None and isinstance(row.model, EventClaim):
            stand_for[row.model.id] = row.rules.id
        if row.verdict == "agreed" and row.rules is not None:
            agreed.append(row.rules)
        else:
            kept.append((row.model, row.rules))
    ids = {claim.id for claim in rules}
    return [_hung(c, twin, stand_for) for c, twin in kept if c.id not in ids], agreed


def _hung(claim: Claim, twin: Claim | None, stand_for: dict[str, str]) -> Claim:
    """The claim about the event that the rules' claims are about."""
    if not isinstance(claim, CasualtiesClaim | ResponsibilityClaim):
        return claim
    ref = twin.event_ref if twin is not None and twin.event_ref else claim.event_ref
    return replace(claim, event_ref=stand_for.get(ref or "", ref))


def agreement(model: str, agreed: Sequence[Claim]) -> list[str]:
    """The note that says with which claims the model agrees: they are stored once."""
    if not agreed:
        return []
    ids = " ".join(dict.fromkeys(claim.id for claim in agreed))
    return [f"{model} agrees with {len(agreed)} of the rules' claims: {ids}"]


def from_record(
    claims: Iterable[Claim], readings: Iterable[tuple[str, str, Sequence[str]]]
) -> list[Compared]:
    """What a record holds of both. `readings` are reports' ids, methods and notes.

    Reports that rules or model alone read are left out.
    """
    agreed: set[str] = set()
    read: set[str] = set()
    for report, method, remarks in readings:
        if f"+{BY_MODEL}" not in method:
            continue
        read.add(report)
        for remark in remarks:
            if found := _AGREES.match(remark):
                agreed |= set(found[2].split())
    own = [claim for claim in claims if claim.report in read]
    rules = [claim for claim in own if not claim.method.startswith(BY_MODEL)]
    rows = compare(rules, [claim for claim in own if claim.method.startswith(BY_MODEL)])
    return [
        replace(row, verdict="agreed")
        if row.verdict == "only_rules" and row.rules is not None and row.rules.id in agreed
        else row
        for row in rows
    ]
