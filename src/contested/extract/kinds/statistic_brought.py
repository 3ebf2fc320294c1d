"""Sums that one happening raises: "Monday's raid brings the number killed this year to 41".

The sentence tells of one attack, and its number is yet no toll of that attack: it is counted since
a day, over a month or more, or in a whole war. Where the words behind the number's noun name one
attack ("the toll of the bombing in January"), it is that attack's toll.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Token

from contested.extract.kinds.loss_tolls import is_toll
from contested.extract.kinds.statistic_period import MONTH, days
from contested.extract.kinds.statistic_scene import Scene
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.reading import Group
from contested.model import Where

_THERE = re.compile(r"(?: of [\w -]{1,40}?)? (?:in|across|throughout) (?:the )?(?:\w+ern )?")
REACH = 3
"""Steps up the tree from the noun that counts to the verb that raises it."""


def brought_to(scene: Scene, token: Token, over_time: Callable[[Scene, Token], bool]) -> bool:
    """Whether `token` counts the dead of a long time, which one happening brings to a number.

    `over_time` says whether the sentence has words for such a time that govern a token: "since".
    """
    verb = _raising(token) if is_toll(token) else None
    if verb is None:
        return False
    behind = [g for g in scene.sentence.groups if g.start > token.i]
    if any(_one_happening(scene, group) for group in behind):
        return False
    if any(group.head.lemma_.lower() in period_words("lasting") for group in behind):
        return True
    at, _ = scene.sentence.chars(token.i)
    long = (m for m in scene.periods() if m.start > at and (days(m.when) or 0) >= MONTH)
    return any(True for _ in long) or over_time(scene, verb)


def counted_in(scene: Scene, token: Token) -> Where | None:
    """The place right behind the noun that counts: "brings the death toll in Ata to 90"."""
    if not is_toll(token) or _raising(token) is None:
        return None
    _, end = scene.sentence.chars(token.i)
    for place in scene.sentence.places:
        words = scene.sentence.report.text[end : place.start].lower()
        if place.start >= end and _THERE.fullmatch(words):
            return place.where
    return None


def _raising(token: Token) -> Token | None:
    """The verb that brings what `token` counts to its number."""
    above = token
    for _ in range(REACH):
        above = above.head
        if above.pos_ == "VERB":
            found = above.lemma_.lower() in period_words("raising") and above.i < token.i
            return above if found else None
    return None


def _one_happening(scene: Scene, group: Group) -> bool:
    """Whether a group names one attack, and not what a count began with: "since the May raid"."""
    head = group.head
    if head.lemma_.lower() not in scene.ctx.words.nouns or group.plural:
        return False
    if head.lemma_.lower() in period_words("lasting"):
        return False
    return head.doc[group.start - 1].lower_ != "since"
