"""Changes and ranks: "rose by 44 percent", "have steadily risen", "the second-most affected"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.circumstances import owner
from contested.extract.clauses import verb_frame
from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_terms import Measure, Trend, counted, measure_of, trend_at
from contested.extract.kinds.statistic_who import doer
from contested.extract.mentions import CountMention
from contested.extract.reading import NOUNS, Group, rel
from contested.extract.resolve import next_phrase
from contested.model import When

_FRACTIONS = {
    "third": 100 / 3, "quarter": 25.0, "half": 50.0, "fifth": 20.0, "tenth": 10.0,
    "thirds": 200 / 3, "quarters": 75.0,
}  # fmt: skip
_FRACTION = re.compile(
    r"\b(?:by|of)\s+(?:(?:about|almost|nearly|around|roughly|more than|over|at least|up to)\s+)?"
    r"(?:an?|one|two|three)[ -](third|quarter|half|fifth|tenth|thirds|quarters)\b|\bby\s+(half)\b"
)
_FOLD = re.compile(r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten)-?\s?fold\b")
_SMALL = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_MORE = {"more": 1, "higher": 1, "fewer": -1, "less": -1, "lower": -1, "up": 1, "down": -1}
_ON_PERIOD = re.compile(
    r"\bfrom one (?:month|year|quarter) to the next\b|\b(?:month|year|quarter)[- ](?:on|over)[- ]"
    r"(?:month|year|quarter)\b"
)


@dataclass(slots=True)
class Change:
    """A change on the way to a claim."""

    token: Token
    measure: str
    direction: str
    percent: float | None = None
    group: Group | None = None
    kept: bool = False
    to: CountMention | None = None
    before: When | None = None
    """The period spoken of before, where the words compare the periods themselves."""


def changes(scene: Scene) -> set[int]:
    """Add the changes of one sentence; the starts of the numbers that they use."""
    used: set[int] = set()
    found: list[Change] = []
    for token in scene.sentence.span:
        trend = trend_at(token)
        change = _change(scene, token, trend) if trend is not None else None
        if change is not None:
            found.append(change)
    if not any(c.percent is not None for c in found):
        found += _compared(scene)
    seen: set[tuple[str, float | None]] = set()
    for change in found:
        real = scene.ctx.reality(scene.sentence, change.token)
        if real.negated or real.status not in ("occurred", "ongoing"):
            continue
        key = (change.measure, change.percent)
        if key not in seen and not (change.percent is None and scene.dated()):
            seen.add(key)
            _add(scene, change)
            used |= {change.to.start} if change.to else set()
    return used


def _add(scene: Scene, change: Change) -> None:
    period, carried = scene.period(change.token)
    if change.before is not None:
        period, carried = change.before, True
    elif change.percent is None and not carried and not _close(scene, change.token):
        period = None
    speakers, stance = scene.voices(change.token)
    actor = doer(scene, change.group, change.token) if change.group is not None else None
    fixed = {
        "speakers": speakers,
        "stance": stance,
        "measure": change.measure,
        "period": period,
        "where": scene.ctx.where(scene.sentence, change.token),
        "actor": actor,
        "carried": ("period",) if carried and period else (),
    }
    moved = {"change_percent": change.percent} if change.percent is not None else {
        "direction": change.direction
    }  # fmt: skip
    rows = [moved] + ([{"count": change.to.count}] if change.to else [])
    for row in rows:
        scene.ctx.add(
            "statistic",
            scene.sentence,
            change.token,
            method="rules/statistic/change",
            **fixed,
            **row,
        )


def _close(scene: Scene, token: Token) -> bool:
    """Whether one of the sentence's periods hangs on the clause of the change itself."""
    for mention in scene.periods():
        place = scene.sentence.place_token(mention)
        if place is None:
            continue
        holder = owner(place, scene.ctx.words)
        if holder.i == token.i or holder.is_ancestor(token) or token.is_ancestor(holder):
            return True
    return False


def _change(scene: Scene, token: Token, trend: Trend) -> Change | None:
    if trend.transitive == "never" or _grown_into(token):
        return None
    group = scene.sentence.group(token)
    noun = group is not None and group.head.i == token.i and token.pos_ in NOUNS
    thing, kept = _noun_thing(scene, token, group) if noun and group else (None, False)
    if thing is None:
        thing = _verb_thing(scene, token, trend, group)
    percent = _percent(scene, token, trend)
    if thing is None and scene.last is not None and not noun and _bare_number(scene, token):
        reached = _reached(scene, token, Measure("", "events"))
        last = scene.last.measure
        return Change(token, last, trend.direction, percent, kept=True, to=reached)
    if thing is None:
        if not (noun and percent is not None and scene.last is not None and scene.gap <= 3):
            return None
        return Change(token, scene.last.measure, trend.direction, percent, kept=True)
    if group is not None and not noun and rel(token) in ("amod", "compound"):
        return None
    record = percent is None and trend.direction == "up" and _record(scene)
    compared = kept and _ON_PERIOD.search(scene.text)
    return Change(
        token,
        thing[1].name,
        "record" if record else trend.direction,
        percent,
        thing[0],
        kept,
        _reached(scene, token, thing[1]),
        scene.period_before if compared else None,
    )


def _bare_number(scene: Scene, token: Token) -> bool:
    """ "the number went up": of what was counted just before."""
    subject = verb_frame(scene.sentence, token).subject or _before(scene, token)
    if subject is None or scene.last is None or scene.gap > 2:
        return False
    return subject.definite and subject.head.lower_ in ("number", "figure", "total", "count")


def _grown_into(token: Token) -> bool:
    """ "grown more sophisticated", "grown into": a change of kind, not of number."""
    if token.i + 1 >= token.sent.end:
        return False
    after = token.doc[token.i + 1].lower_
    return after in ("into", "increasingly") or (
        after == "more" and token.i + 2 < token.sent.end and token.doc[token.i + 2].pos_ == "ADJ"
    )


def _noun_thing(
    scene: Scene, token: Token, group: Group
) -> tuple[tuple[Group, Measure] | None, bool]:
    """ "a rise in attacks", "the attack surge"; else what the sentence counted before."""
    follow = next_phrase(group)
    if follow is not None and follow[0] in ("in", "of"):
        found = counted(follow[1])
        if found is not None:
            return found, False
    left = [
        g
        for g in scene.sentence.groups
        if g.end <= group.start and (m := measure_of(g)) is not None and m.counts != "strength"
    ]
    if left and _percent(scene, token, None) is not None:
        measure = measure_of(left[-1])
        return ((left[-1], measure), True) if measure is not None else (None, False)
    return None, False


def _verb_thing(
    scene: Scene, token: Token, trend: Trend, own: Group | None
) -> tuple[Group, Measure] | None:
    if own is not None and own.head.i != token.i:
        return None
    frame = verb_frame(scene.sentence, token)
    sides = [frame.subject]
    if trend.transitive == "yes":
        sides += [frame.object, _object(scene, token)]
    if frame.subject is None or frame.subject.head.pos_ == "PRON":
        sides.append(_before(scene, token))
    for group in sides:
        found = counted(group) if group is not None else None
        if found is None or found[1].counts == "strength" or found[0].start == token.i:
            continue
        if found[0].plural or found[1].counts in ("mass", "people") or found[0] is not group:
            return found
    return None


def _object(scene: Scene, token: Token) -> Group | None:
    for i in range(token.i + 1, min(token.i + 4, scene.sentence.span.end)):
        group = scene.sentence.by_token.get(i)
        if group is not None:
            return group
    return None


def _before(scene: Scene, token: Token) -> Group | None:
    """The measure that the verb follows, where the tree shows no subject."""
    left = [g for g in scene.sentence.groups if token.i - 14 < g.end <= token.i]
    for group in reversed(left):
        if counted(group) is not None:
            between = token.doc[group.end : token.i]
            if not any(t.pos_ == "VERB" or t.text in (";", ",") for t in between):
                return group
    return None


def _percent(scene: Scene, token: Token, trend: Trend | None) -> float | None:
    """The percentage that belongs to a change, with its sign."""
    sign = -1 if trend is not None and trend.direction == "down" else 1
    near: list[tuple[int, float]] = []
    for mention in scene.sentence.counts:
        if mention.unit != "percent":
            continue
        inside = scene.sentence.tokens_in(mention.start, mention.end)
        if inside and -4 <= inside[0].i - token.i <= 11:
            near.append((abs(inside[0].i - token.i), mention.value))
    if near:
        return sign * min(near)[1]
    start, _ = scene.sentence.chars(token.i)
    window = scene.sentence.report.text[max(scene.sentence.start, start - 20) : start + 60].lower()
    part = _FRACTION.search(window)
    if part:
        return round(sign * _FRACTIONS[part[1] or part[2]], 1)
    fold = _FOLD.search(window)
    if fold:
        times = _SMALL.get(fold[1]) or int(fold[1])
        return float((times - 1) * 100)
    return trend.percent if trend is not None else None


def _record(scene: Scene) -> bool:
    return bool(
        re.search(
            r"\b(?:highest|record|unprecedented|worst|deadliest)\b[^.;]*\b(?:levels?|since|ever|high|"
            r"years?|decade|number|figure)\b|\b\w+-year high\b",
            scene.text,
        )
    )


def _reached(scene: Scene, token: Token, measure: Measure) -> CountMention | None:
    """The number that was reached: "from 69 in September to 89", "rose to 12"."""
    if measure.counts not in ("events", "people"):
        return None
    doc, end = token.doc, scene.sentence.span.end
    for mention in scene.sentence.counts:
        if mention.unit != "things":
            continue
        inside = scene.sentence.tokens_in(mention.start, mention.end)
        if not inside or not token.i < inside[0].i <= token.i + 14:
            continue
        before = doc[inside[0].i - 1].lower_
        after = doc[inside[-1].i + 1].lower_ if inside[-1].i + 1 < end else "."
        if before == "to" and after in (".", ",", ";", "in", "and", "during", "last", "attacks"):
            return mention
    return None


def _compared(scene: Scene) -> list[Change]:
    """ "28 percent more than in 2021", "up 12 percent", and "in Sindh it was 54 percent"."""
    out: list[Change] = []
    doc, span = scene.sentence.span.doc, scene.sentence.span
    for mention in scene.sentence.counts:
        inside = scene.sentence.tokens_in(mention.start, mention.end)
        if mention.unit != "percent" or not inside:
            continue
        last = inside[-1].i
        behind = [doc[i].lower_ for i in range(last + 1, min(last + 3, span.end))]
        ahead = [doc[i].lower_ for i in range(max(inside[0].i - 2, span.start), inside[0].i)]
        sign = next((_MORE[w] for w in behind[:2] if w in _MORE and w not in ("up", "down")), None)
        if sign is None:
            sign = next((_MORE[w] for w in ahead if w in ("up", "down")), None)
        group = _measured_before(scene, inside[0])
        if sign is not None:
            measure = measure_of(group) if group is not None else None
            name = measure.name if measure else scene.last.measure if scene.last else None
            near = group is not None or scene.gap <= 1
            if name is not None and near:
                out.append(Change(inside[-1], name, "", sign * mention.value, group, group is None))
        elif _same_change(scene, ahead) and scene.last is not None:
            sign = -1 if (scene.last.change_percent or 0) < 0 else 1
            out.append(Change(inside[-1], scene.last.measure, "", sign * mention.value, kept=True))
    return out


def _same_change(scene: Scene, ahead: list[str]) -> bool:
    """Whether "it was 54 percent" goes on with the change told before."""
    last = scene.last
    if last is None or last.change_percent is None or scene.gap > 1:
        return False
    return ahead[-2:] == ["it", "was"] or (ahead[-1:] == ["was"] and "it" in scene.text.split())


def _measured_before(scene: Scene, token: Token) -> Group | None:
    left = [g for g in scene.sentence.groups if g.end <= token.i]
    for group in reversed(left):
        measure = measure_of(group)
        if measure is not None and measure.counts in ("events", "people"):
            return group
    return None
