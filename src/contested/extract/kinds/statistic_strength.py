"""How many fighters a group has."""

from __future__ import annotations

import re

from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_terms import Total, counted
from contested.extract.reading import Group, rel
from contested.extract.reality import NEGATIONS

HAVING = {"have", "has", "had", "number", "command", "field", "boast", "comprise", "estimate",
          "include", "be", "is", "are", "between", "retain", "maintain"}  # fmt: skip
_STRENGTH = re.compile(r"\b(?:number|strength|ranks|estimat\w+|size|fighting force)\b")


def strengths(scene: Scene) -> list[Total]:
    """How many fighters a group has."""
    out: list[Total] = []
    for group in scene.sentence.groups:
        if group.count is None or group.count.unit != "things" or group.count.value < 10:
            continue
        before = scene.sentence.span.doc[
            max(group.start - 5, scene.sentence.span.start) : group.start
        ]
        if any(t.lower_ in NEGATIONS for t in before):
            continue
        held = counted(group)
        if held is not None and held[1].counts == "strength" and _held(group):
            out.append(Total(group, group.head, held[1].name))
        elif group.head.pos_ == "NUM" and _STRENGTH.search(scene.text):
            subject = _number_of(scene, group)
            if subject is not None:
                out.append(Total(group, subject.head, "fighters", doer=subject))
    return [t for t in out if t.measure == "fighters"]


def _held(group: Group) -> bool:
    """Whether a number of fighters is what somebody has, not what happened to them."""
    at = group.head.head
    if rel(group.head) == "nsubj" and at.lemma_.lower() not in HAVING:
        return False
    doc, first = group.head.doc, group.start
    left = [doc[i] for i in range(max(first - 6, group.sentence.span.start), first)]
    if at.lemma_.lower() in HAVING and at.i < group.start:
        return True
    verbs = [t for t in left if t.pos_ in ("VERB", "AUX")]
    return bool(verbs) and verbs[-1].lemma_.lower() in HAVING and verbs[-1].pos_ != "NOUN"


def _number_of(scene: Scene, group: Group) -> Group | None:
    """The fighters in "the number of TTP fighters is between 7,000 and 10,000"."""
    for other in scene.sentence.groups:
        if other.start >= group.start:
            break
        found = counted(other)
        if found is not None and found[0] is not other and found[1].counts == "strength":
            between = other.head.doc[found[0].end : group.start]
            if any(t.lemma_ in ("be", "stand", "reach", "exceed", "put") for t in between):
                return found[0]
    return None
