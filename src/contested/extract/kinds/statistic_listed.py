"""Totals that stand in a list or a standing figure: "Total number of deaths: 2,346"."""

from __future__ import annotations

from collections.abc import Iterator

from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_terms import Measure, Total, measure_of
from contested.extract.kinds.victim_class import class_of
from contested.extract.reading import Group, Sentence
from contested.model.terms import Victims

SUMMED = {"total", "number", "sum"}
STANDING = 500
"""So many displaced people are a standing figure and no toll."""


def listed(scene: Scene) -> Iterator[Total]:
    """The number behind the colon of a line that names what it counts over a known period."""
    number = _behind_colon(scene.sentence)
    if number is None or number.count is None:
        return
    words = {t.lower_ for t in scene.sentence.span}
    period = scene.period(number.head)[0] or scene.earlier_period()[0]
    for group in scene.sentence.groups:
        measure = measure_of(group)
        if group.start >= number.start or measure is None or not words & SUMMED:
            continue
        if measure.counts in ("events", "people") and period is not None:
            people = measure.counts == "people"
            victims = _named(scene, measure) if people else None
            yield Total(number, group.head, measure.name, victims, people, period=period)
            return


def _behind_colon(sentence: Sentence) -> Group | None:
    """The last noun group of a line, if it is a bare number right behind its only colon."""
    last = sentence.groups[-1] if sentence.groups else None
    if last is None or last.head.pos_ != "NUM" or last.start <= sentence.span.start:
        return None
    doc, rest = last.head.doc, sentence.text.rstrip(" .\n")
    colon = doc[last.start - 1].text == ":" and rest.count(":") == 1
    return last if colon and rest.endswith(last.text) else None


def _named(scene: Scene, measure: Measure) -> Victims | None:
    """Whom a line counts: "fatalities from attacks on civilians"."""
    if measure.name not in ("killed", "wounded", "killed_or_wounded"):
        return None
    classes = {scene.ctx.words.victims_of(t.text) for t in scene.sentence.span}
    return "civilians" if "civilians" in classes else "unknown"


def displaced(scene: Scene) -> Iterator[Total]:
    """ "The province hosts 1.5 million displaced people": those who are displaced at the time."""
    for group in scene.sentence.groups:
        if group.count is None or group.count.unit != "things" or group.count.value < STANDING:
            continue
        before = {t.lower_ for t in group.tokens if t.i < group.head.i}
        driven = "displaced" in before or group.head.lower_ in ("idps", "displaced")
        harmed = group.head.head.lemma_.lower() in scene.ctx.words.casualty_verbs
        if driven and not harmed:
            victims = class_of(scene.ctx, group)
            yield Total(group, group.head, "displaced", victims, people=True)
