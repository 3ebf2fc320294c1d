"""Ranks: "the second-most affected country", "ranked fourth on the index"."""

from __future__ import annotations

import re

from contested.extract.kinds.statistic_scene import Scene
from contested.extract.reading import rel
from contested.model import Count, Where

_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_ORD = r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))"
_RANKS = (
    re.compile(
        rf"\b{_ORD}[- ](?:most|worst|hardest)[- ]?(?:affected|hit|impacted|terrori[sz]ed|violent|"
        r"dangerous|deadly|attacked)"
    ),
    re.compile(
        rf"\brank(?:s|ed|ing)?\s+(?:(?:as|at|in|the|country|among|number|no\.?|#)\s*)*(?:{_ORD}|#?(\d+))\b"
    ),
    re.compile(rf"\b{_ORD}\s+(?:place|position|spot)?\s*(?:in|on)\s+(?:the\s+)?[\w ]*index\b"),
)
_SUBJECT = re.compile(r"terror|violen|attack|deadl|conflict|insurgen|militan|index")


def ranks(scene: Scene) -> None:
    """Add ranks: a country's or a group's place on a list of the worst."""
    if not _SUBJECT.search(scene.text):
        return
    for pattern in _RANKS:
        match = pattern.search(scene.text)
        if match is None:
            continue
        word = next(g for g in match.groups() if g)
        value = _ORDINAL.get(word) or int(re.sub(r"\D", "", word))
        start = scene.sentence.start + match.start()
        tokens = scene.sentence.tokens_in(start, start + 1)
        if not tokens:
            return
        token = tokens[0].head if rel(tokens[0]) in ("amod", "advmod") else tokens[0]
        real = scene.ctx.reality(scene.sentence, token)
        if real.negated or real.status not in ("occurred", "ongoing"):
            return
        speakers, stance = scene.voices(tokens[0])
        period = scene.period(token)[0] if scene.periods() else None
        scene.ctx.add(
            "statistic",
            scene.sentence,
            token,
            method="rules/statistic/rank",
            speakers=speakers,
            stance=stance,
            measure="rank",
            count=Count(value, value, "exactly", match.group().strip()),
            period=period,
            where=_ranked(scene),
        )
        return


def _ranked(scene: Scene) -> Where | None:
    """The country that has the rank."""
    for mention in scene.sentence.places:
        if mention.kind == "country":
            return mention.where
    return None
