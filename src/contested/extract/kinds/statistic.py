"""Statistics: totals, changes, ranks and strengths over a period.

A total is told from the toll of one incident by its period, by who counts, and by what is
counted (see `statistic_scene`). `statistics` gives back the numbers that it used, so that they
are not read as the toll of an incident as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.loss_tolls import Loss
from contested.extract.kinds.losses import by_noun, by_verb
from contested.extract.kinds.statistic_brought import counted_in
from contested.extract.kinds.statistic_change import changes
from contested.extract.kinds.statistic_listed import displaced, listed
from contested.extract.kinds.statistic_period import MONTH, SEASON, days
from contested.extract.kinds.statistic_rank import ranks
from contested.extract.kinds.statistic_running import running_total, window_time
from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_strength import strengths
from contested.extract.kinds.statistic_terms import Measure, Total, measure_of
from contested.extract.kinds.statistic_who import doer
from contested.extract.kinds.victim_class import class_of
from contested.extract.kinds.victims import parts_of
from contested.extract.reading import Group, Sentence
from contested.extract.resolve import next_phrase
from contested.model import When, Where

MANY = 3
"""More attacks than these are a count over a period, not one incident in several places."""
POINTERS = {"them", "those", "these", "which", "attacks"}
DOING = {
    "carry", "conduct", "launch", "mount", "stage", "claim", "perpetrate", "commit", "record",
    "register", "report", "count", "attribute", "execute", "orchestrate", "document",
}  # fmt: skip
SEIZING = {
    "kidnap": "abductions", "abduct": "abductions", "arrest": "arrests", "detain": "arrests",
    "apprehend": "arrests", "displace": "displaced", "uproot": "displaced", "flee": "displaced",
    "expel": "refugees", "deport": "refugees", "repatriate": "refugees", "return": "refugees",
}  # fmt: skip
CROWDS = {"abductions": 3, "arrests": 20, "displaced": 500, "refugees": 500}
"""How many people a number must be over to be a total of its own, without a period."""
FACTIVE = {"notice", "recall", "remember", "know", "see"}
"""Verbs whose content is so, whoever will notice it."""
_THERE = re.compile(
    r"\b(?:in|across|within) (?:the|that|this) (?:province|region|district|area|city|state)\b"
    r"|\bthere (?!was|were|had|have|has|is|are)"
)
_JOINED = re.compile(
    r"\b(?:kill|martyr)\w* (?:and|or) (?:injur|wound|hurt)\w*|(?:injur|wound)\w* (?:and|or) kill"
)


def statistics(ctx: Context, sentence: Sentence) -> set[int]:
    """Add the statistic claims of one sentence; the starts of the count mentions that they use."""
    used: set[int] = set()
    if sentence.text.rstrip().endswith("?"):
        return used
    scene = Scene(ctx, sentence)
    for total in _totals(scene):
        mention = total.group.count
        if mention is None or mention.start in used or not _real(scene, total.token):
            continue
        if _claim(scene, total):
            used.add(mention.start)
            scene.refresh()
    used |= changes(scene)
    ranks(scene)
    return used


def _totals(scene: Scene) -> Iterator[Total]:
    """All totals of a sentence. People come last: whether theirs is a total depends on what was
    counted before."""
    yield from strengths(scene)
    yield from listed(scene)
    yield from displaced(scene)
    yield from _events(scene)
    yield from _people(scene)


def _real(scene: Scene, token: Token) -> bool:
    real = scene.ctx.reality(scene.sentence, token)
    known = any(t.lemma_.lower() in FACTIVE for t in token.ancestors)
    return not real.negated and (real.status in ("occurred", "ongoing") or known)


def _claim(scene: Scene, total: Total) -> bool:
    assert total.group.count is not None
    period, carried = scene.period(total.token)
    if total.people and (period is None or carried):
        short = window_time(scene, total.token)
        period, carried = (short, False) if short is not None else (period, carried)
    if period is None and total.period is not None:
        period, carried = total.period, True
    if total.measure in ("fighters", "troops") and carried:
        period, carried = None, False
    where, gone_back = _where(scene, total.token)
    kept = (*(("period",) if carried else ()), *(("where",) if gone_back else ()))
    speakers, stance = scene.voices(total.token)
    if not speakers:
        speakers, stance = scene.voices(total.group.head)
    if total.period is not None and stance == "unconfirmed":
        stance = "asserts"
    scene.ctx.add(
        "statistic",
        scene.sentence,
        total.token,
        method=f"rules/statistic/{'people' if total.people else 'events'}",
        speakers=speakers,
        stance=stance,
        measure=total.measure,
        count=total.group.count.count,
        period=period,
        where=where,
        actor=doer(scene, total.doer or total.group, total.token),
        victims=total.victims,
        carried=kept,
    )
    return True


def _where(scene: Scene, token: Token) -> tuple[Where | None, bool]:
    """Its own place; "in the province" is the place of the statistic before."""
    own = scene.ctx.where(scene.sentence, token) or counted_in(scene, token)
    if own is None and scene.last is not None and _THERE.search(scene.text):
        return scene.last.where, scene.last.where is not None
    return own, False


def _based(scene: Scene, group: Group) -> bool:
    """Whether a number is only what is compared with: "against 21 in September"."""
    doc, first = group.head.doc, group.start
    before = [doc[i].lower_ for i in range(max(first - 3, scene.sentence.span.start), first)]
    near = (
        before[-2:] if before[-1:] in (["about"], ["around"], ["just"], ["only"]) else before[-1:]
    )
    if set(near) & {"against", "versus", "than"} or before[-2:] in (
        ["compared", "with"], ["compared", "to"],
    ):  # fmt: skip
        return True
    return bool(set(near) & {"from"}) and (
        "up" in before or "down" in before or " to " in _behind(scene, group)
    )


def _behind(scene: Scene, group: Group) -> str:
    _, last = scene.sentence.chars(group.end - 1)
    return scene.sentence.report.text[last : last + 40]


def _events(scene: Scene) -> Iterator[Total]:
    """Counted attacks, incidents and operations, and parts of them ("14 of them bombings")."""
    for group in scene.sentence.groups:
        if group.count is None or group.count.unit != "things" or _based(scene, group):
            continue
        found = _counted_events(scene, group)
        if found is None:
            continue
        measure, token = found
        few = group.count.value <= MANY
        if few and not (scene.gap <= 1 or scene.institutional(token)):
            continue
        long = any((days(m.when) or 0) >= MONTH for m in scene.periods())
        if scene.dated() and not long and not scene.says("same"):
            continue
        yield Total(group, token, measure.name)


def _counted_events(scene: Scene, group: Group) -> tuple[Measure, Token] | None:
    measure = measure_of(group)
    if measure is not None:
        good = measure.counts in ("events", "agreement")
        return (measure, group.head) if good and group.head.tag_ != "NN" else None
    if group.head.pos_ not in ("NUM", "ADJ") and group.head.lower_ != "dozens":
        return None
    follow = next_phrase(group)
    if follow is not None and follow[0] == "of":
        return _part(scene, group, follow[1])
    return _elided(scene, group)


def _part(scene: Scene, group: Group, whole: Group) -> tuple[Measure, Token] | None:
    """ "14 of them suicide bombings", "348 of those attacks took place in"."""
    inner = measure_of(whole)
    pointing = whole.head.lower_ in POINTERS and scene.last is not None
    if (inner is None or inner.counts != "events") and not pointing:
        return None
    for i in range(whole.end, min(whole.end + 4, scene.sentence.span.end)):
        other = scene.sentence.by_token.get(i)
        special = measure_of(other) if other is not None and other.count is None else None
        if special is not None and special.counts == "events":
            return special, group.head
    if inner is not None:
        return inner, group.head
    return None


def _elided(scene: Scene, group: Group) -> tuple[Measure, Token] | None:
    """ "the BLA carried out 23": attacks, if attacks were counted just before."""
    if scene.last is None or scene.gap > 2 or "attacks" not in scene.last.measure:
        return None
    if group.head.head.lemma_.lower() not in DOING or (
        next_phrase(group) is not None and (next_phrase(group) or ("",))[0] == "of"
    ):
        return None
    return Measure(scene.last.measure, "events"), group.head


def _people(scene: Scene) -> list[Total]:
    """People killed, hurt, seized or driven out, where that is a total and no single toll."""
    out: list[Total] = []
    for token in scene.sentence.span:
        out += _seized(scene, token)
        for loss in [
            *by_verb(scene.ctx, scene.sentence, token),
            *by_noun(scene.ctx, scene.sentence, token),
        ]:
            for part in parts_of(scene.ctx, loss):
                mention = part.group.count
                if mention is None or mention.unit != "things" or _based(scene, part.group):
                    continue
                victims = class_of(scene.ctx, part.group)
                if victims is None and part.group.head.lower_ in mention.count.as_written.lower():
                    victims = "unknown"
                measure = SEIZING.get(part.token.lemma_.lower(), _both(part, str(part.effect)))
                if victims is not None and _is_total(scene, part.token, mention.value, measure):
                    out.append(Total(part.group, part.token, measure, victims, people=True))
    return out


def _both(part: Loss, effect: str) -> str:
    """ "killing and injuring 1,105": one number for two effects."""
    doc, end = part.token.doc, part.group.head.i
    words = " ".join(t.lower_ for t in doc[max(part.token.i - 2, 0) : end])
    return "killed_or_wounded" if _JOINED.search(words) else effect


def _seized(scene: Scene, token: Token) -> list[Total]:
    """Arrests, expulsions and flights: verbs that name their own measure."""
    measure = SEIZING.get(token.lemma_.lower()) if token.pos_ == "VERB" else None
    if measure is None:
        return []
    frame = verb_frame(scene.sentence, token)
    returns = token.lemma_.lower() in ("flee", "return")
    group = frame.subject if returns else frame.patient
    if group is None or group.count is None or group.count.unit != "things":
        follow = next_phrase(group) if group is not None else None
        group = follow[1] if follow is not None and follow[0] == "of" and follow[1].count else group
    if group is None or group.count is None or _based(scene, group):
        return []
    people = scene.ctx.words.victims_of(group.head.text)
    if people is None and group.head.pos_ not in ("NUM", "ADJ"):
        return []
    if not _is_total(scene, token, group.count.value, measure):
        return []
    victims = class_of(scene.ctx, group)
    return [Total(group, token, measure, victims, people=True)]


def _is_total(scene: Scene, token: Token, value: float, measure: str) -> bool:
    """Whether harmed people are a total over a period and not the toll of one incident."""
    if running_total(scene, token):
        return True
    if scene.dated() or scene.incident():
        return False
    if measure in CROWDS and value >= CROWDS[measure] and measure in ("displaced", "refugees"):
        return True
    spans = [days(m.when) for m in scene.periods()]
    longest = max((d or SEASON for d in spans), default=0)
    counted_here = scene.institutional(token)
    summed = scene.says("total") or (scene.says("superlative") and longest >= MONTH)
    running = scene.last is not None and (scene.gap <= 1 or scene.same_paragraph)
    plural = _attacks_kill(scene)
    if longest >= MONTH:
        extra = counted_here or summed or running or plural
        return extra or (longest >= 364 and value > MANY and _whole(scene))
    more = bool(re.search(r"\b(?:further|another|other|additional)\b", scene.text))
    goes_on = running and (plural or counted_here or more or _points(scene))
    return goes_on or (summed and counted_here)


def _points(scene: Scene) -> bool:
    """Whether the sentence points back to the period or sets a record in it."""
    return scene.says("same") or scene.says("superlative")


def _whole(scene: Scene) -> bool:
    """Whether a long period stands for its whole length ("over the past year")."""
    return any(
        re.search(r"\b(?:over|during|throughout|in|within|between|for)\s+(?:the\s+)?$", before)
        for m in scene.periods()
        for before in [scene.sentence.report.text[scene.sentence.start : m.start].lower()]
        if _spans(m.when)
    ) or any(re.match(r"(?:over|during|throughout|between|in the)\b", m.when.as_written.lower())
             for m in scene.periods() if _spans(m.when))  # fmt: skip


def _spans(when: When) -> bool:
    length = days(when)
    return length is None or length >= 364


def _attacks_kill(scene: Scene) -> bool:
    """Whether attacks in the plural did the harm, or "they" did, after attacks were counted."""
    for group in scene.sentence.groups:
        measure = measure_of(group)
        if measure is not None and measure.counts == "events" and group.plural:
            return True
    first = next((t for t in scene.sentence.span if t.is_alpha), None)
    after = scene.last is not None and scene.gap <= 1
    return after and first is not None and first.lower_ in ("they", "these", "those")
