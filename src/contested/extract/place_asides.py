"""Places that a sentence names without saying that something happened there.

Somebody's home ("hailing from Swat"), where a thing comes from or goes to, the far side of a
border, who owns or leads something ("Iran's guards", "the US-led force"), and the place from which
a report is filed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from contested.extract.lexicon import table
from contested.extract.mentions import PlaceMention
from contested.extract.reading import Sentence

_LOOK = 70
_OPENING = 1
"""Number of the last sentence of a report in which a name and a colon tell where it was filed."""
_NAMES_BETWEEN = r"\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?(?:[A-Z][\w’'-]*\s*(?:,|and)\s+)*$"
_HYPHENED = re.compile(r"[-‐‑](?:[a-z]+ed|led|born|made|bound|run|owned|wide)\b")
_DATELINE = re.compile(
    r"[\W_]*(?P<name>[^\W\d_][^.!?;:—–]{1,70}?)\s*(?:\([^)]{2,30}\)\s*)?"
    r"(?:\s[—–]+\s|\s-{1,2}\s|\)\s?[-–—]\s|:\s)"
)
_SMALL_START = re.compile(r"(?:^|\s)[a-z]")
_HERE = re.compile(r"\bhere\b")


def is_aside(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether the words around a place say that it is not where something was."""
    text = sentence.report.text
    before = text[max(sentence.start, mention.start - _LOOK) : mention.start]
    if _before().search(before):
        return True
    after = text[mention.end : min(sentence.end, mention.end + _LOOK)]
    if _HYPHENED.match(after) or (mention.kind == "country" and _after().match(after)):
        return True
    return _owns_actor(sentence, mention) or _is_dateline(sentence, mention)


def _owns_actor(sentence: Sentence, mention: PlaceMention) -> bool:
    """ "Yemen's Houthi rebels": the place only tells who they are."""
    text = sentence.report.text
    if text[mention.end : mention.end + 2] not in ("'s", "’s"):
        return False
    start = mention.end + 3
    return any(start <= a.start <= start + 1 for a in sentence.actors)


def _is_dateline(sentence: Sentence, mention: PlaceMention) -> bool:
    """ "PESHAWAR, Pakistan — A bomb": where the report was filed, unless the text says "here"."""
    if mention.start - sentence.start > _LOOK:
        return False
    line = _DATELINE.match(sentence.text)
    if line is None or mention.end > sentence.start + line.end():
        return False
    if line[0].rstrip().endswith(":") and sentence.number > _OPENING:
        return False
    return not _SMALL_START.search(line["name"]) and not _HERE.search(sentence.text)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{_phrases('before')}){_NAMES_BETWEEN}")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    """ "the Chad and Niger borders", "the Syrian-Iraq border" """
    return re.compile(rf"(?:\s+and\s+[A-Z][\w’'-]+|[-–][A-Z][\w’'-]+)?\s+(?:{_phrases('after')})\b")


def _phrases(side: str) -> str:
    words = sorted((r["words"] for r in table("place_asides") if r["side"] == side), key=len)
    return "|".join(r"\s+".join(map(re.escape, one.split())) for one in reversed(words))
