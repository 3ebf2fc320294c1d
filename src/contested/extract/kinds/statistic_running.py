"""Totals that run on: what a war has cost so far, how many were killed since a date.

The toll of one incident has its day. A war, a conflict or an insurgency has none; nor has what
was counted "since November", "in the past two weeks" or "in a week". A sentence that tells of one
attack keeps its toll, whatever time it names: "the deadliest attack since 2019 killed 12".
"""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.event_words import event_words
from contested.extract.kinds.statistic_brought import brought_to
from contested.extract.kinds.statistic_period import days
from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.mentions import TimeMention
from contested.extract.reading import Group, Sentence, rel
from contested.model import When

HUNDRED = 100
"""So many dead of attacks that nobody numbers are the sum of more than one."""
WEEK = 6
"""Days back from the report: what is counted since then is no toll of one incident."""
_LENGTH = r"(?:days|weeks?|months?|years?|decades?|fortnight)"
_UNREST = r"(?:war|fighting|conflict|violence|clashes|unrest|hostilities|insurgency|uprising)"
_WINDOW = re.compile(
    rf"\b(?:past|last|recent) (?:[\w-]+ ){{0,2}}(?:days|weeks|months|years|decades?)\b"
    r"|\b(?:over|during|within|in|for) the (?:past|last) (?:week|month|year|decade)\b"
    rf"|\b{_LENGTH} of (?:[\w-]+ )?{_UNREST}\b"
    rf"|\b(?:with)?in (?:just |only |about |under |less than |barely )?(?:a|one|two|three|four|five"
    rf"|six|seven|eight|nine|ten|\d+) {_LENGTH}(?! ?['’]s|\w| (?:before|after|later|ago|old))"
    r"|\b(?:over|during|within|in) (?:the|this) (?:reporting|review) period\b"
    r"|\bso far this (?:week|month|year)\b|\bthis (?:month|year) (?:alone|so far)\b"
)
_SINCE = re.compile(
    r"\bsince (?:its |their |his |the )?(?:[\w'’-]+ ){0,3}?(?:war|conflict|fighting|coup|insurgency"
    r"|uprising|rebellion|invasion|takeover|outbreak|start|beginning|onset|withdrawal|ceasefire"
    r"|truce|violence|clashes|unrest|hostilities|offensive|crackdown)\b"
    r"|\bsince (?:[\w'’-]+ ){1,4}(?:seized|took) (?:power|control)\b"
)


def running_total(scene: Scene, token: Token) -> bool:
    """Whether people are counted over a stretch of time, or as the cost of a whole war.

    With no time at all, only the perfect of numbers that nobody counted ("hundreds have been
    killed") is sure to be a sum and no toll.
    """
    if lasting(scene, token):
        return not scene.dated()
    if brought_to(scene, token, _over_time):
        return True
    if scene.incident():
        return False
    if _over_time(scene, token) or _scattered(scene, token):
        return True
    frame = verb_frame(scene.sentence, token)
    counted = [g.count.count for g in (frame.subject, frame.object) if g is not None and g.count]
    vague = any(count.qualifier in ("hundreds", "thousands", "scores") for count in counted)
    told = scene.sentence.times or scene.ctx.events.get(scene.sentence.number)
    many = vague or (_attacks(scene, frame.doer) and any((c.low or 0) >= HUNDRED for c in counted))
    return perfect(token) and many and not told


def _over_time(scene: Scene, token: Token) -> bool:
    """Whether the words for a stretch of time, or for its beginning, govern `token`."""
    return window(scene, token) is not None or _since(scene, token)


def _attacks(scene: Scene, doer: Group | None) -> bool:
    """Whether attacks, as many as there were, did it: "the attacks have claimed 640 lives"."""
    named = doer is not None and doer.head.lemma_.lower() in scene.ctx.words.nouns
    return doer is not None and named and doer.plural and doer.count is None


def _scattered(scene: Scene, token: Token) -> bool:
    """Whether people died in a week or more of several attacks: "in various raids last week"."""
    verb = _verb(token)
    for child in verb.children:
        group = scene.sentence.group(child) if rel(child) in ("obl", "nmod") else None
        named = group is not None and group.head.lemma_.lower() in scene.ctx.words.nouns
        if group is not None and named and group.plural and group.has(*event_words("several")):
            spans = [days(m.when) or 0 for m in scene.sentence.times]
            return any(length > WEEK for length in spans)
    return False


def perfect(token: Token) -> bool:
    """Whether a verb stands in the present perfect: "have been killed"."""
    return any(c.lower_ in ("have", "has") and rel(c) == "aux" for c in token.children)


def lasting(scene: Scene, token: Token) -> bool:
    """Whether a war, a conflict or an insurgency did the harm, or is what it is told of."""
    doer = verb_frame(scene.sentence, _verb(token)).doer
    return doer is not None and _is_lasting(doer)


def _is_lasting(doer: Group) -> bool:
    return doer.head.lemma_.lower() in period_words("lasting")


def window(scene: Scene, token: Token) -> tuple[int, int] | None:
    """The characters of the words for the stretch of time that `token` is counted over."""
    for found in _WINDOW.finditer(scene.text):
        start, end = scene.sentence.start + found.start(), scene.sentence.start + found.end()
        if perfect(token) or _governs(scene.sentence, token, start):
            return start, end
    return None


def window_time(scene: Scene, token: Token) -> When | None:
    """The days that a short stretch means ("in the past two weeks"), where they can be read.

    Without such a stretch it is the time that a count goes on since.
    """
    span = window(scene, token)
    if span is None and running_total(scene, token):
        begun = [m.when for m in scene.sentence.times if _after_since(scene, m)]
        return begun[0] if len(begun) == 1 else None
    if span is None:
        return None
    near = (m.when for m in scene.sentence.times if m.start < span[1] and span[0] < m.end)
    return next(near, None)


def _since(scene: Scene, token: Token) -> bool:
    """Whether the count began long before the report: with a war, a coup or on a day gone by."""
    if scene.says("superlative"):
        return False
    found = _SINCE.search(scene.text)
    if found is not None and _counts_from(scene, token, scene.sentence.start + found.start()):
        return True
    published = scene.sentence.report.published
    last = published.latest if published is not None else None
    for mention in scene.sentence.times:
        first = mention.when.earliest
        if not _after_since(scene, mention) or first is None:
            continue
        begun = dt.date.fromisoformat(first)
        long = last is None or (dt.date.fromisoformat(last) - begun).days >= WEEK
        if long and _counts_from(scene, token, mention.start):
            return True
    return False


def _after_since(scene: Scene, mention: TimeMention) -> bool:
    words = scene.sentence.report.text[max(mention.start - 12, 0) : mention.end].lower()
    return bool(re.search(r"\bsince\b", words))


def _counts_from(scene: Scene, token: Token, at: int) -> bool:
    return perfect(token) or _governs(scene.sentence, token, at)


def _governs(sentence: Sentence, token: Token, at: int) -> bool:
    """Whether the words at a character hang on the clause of `token`."""
    inside = sentence.tokens_in(at, at + 1)
    first = next(iter(inside), None)
    if first is None:
        return False
    own, other = _verb(token), _verb(first)
    if token.pos_ == "VERB" and other.i > token.i and rel(other) == "acl":
        return False
    return own.i == other.i or other.is_ancestor(own) or token.is_ancestor(first)


def _verb(token: Token) -> Token:
    """The verb of the clause that a token stands in; the token itself where there is none."""
    at = token
    for _ in range(8):
        if at.pos_ == "VERB":
            return at
        if at.i == at.head.i:
            break
        at = at.head
    return token
