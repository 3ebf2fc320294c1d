"""Role mentions of a report merged into who and what fills each role, over the whole report.

A writing counts for as much as its likeliest mention, with a little more for each further one.
Of writings that name one thing ("Ellacuria" and "Ignacio Ellacuria", "FMLN" and the words that
it stands for) one is kept. What is enough was tuned on the parts TST1 and TST2 of MUC-3/4.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contested.language.encoder.roles import Told

ROLES = ("individual", "organisation", "target", "victim", "weapon")
LONGEST = 12
"""A filler of more words is a clause."""
LEAST = 0.05
"""A mention that is less likely is not looked at."""
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_MARKS = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a role: the words as they stand in the report, where, how likely."""

    words: str
    start: int
    end: int
    chance: float


@dataclass(frozen=True)
class Choice:
    """What is enough for a filler of a role, and of the report to tell of an attack at all."""

    least: Mapping[str, float] = field(
        default_factory=lambda: {
            "individual": 0.4,
            "organisation": 0.44,
            "target": 0.48,
            "victim": 0.68,
            "weapon": 0.48,
        }
    )
    relevant: Mapping[str, float] = field(
        default_factory=lambda: {"individual": 0.85, "organisation": 0.85}
    )
    relevant_else: float = 0.5
    again: float = 0.1
    """How much of what lacks to certainty each further mention adds."""


def plain(words: str) -> str:
    """`words` without case, punctuation, articles and further spaces."""
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_MARKS)).split())


def fillers(text: str, told: Told, choice: Choice | None = None) -> dict[str, list[Filler]]:
    """The fillers of each role in a report whose mentions are `told`, likeliest first."""
    choice = choice or Choice()
    out: dict[str, list[Filler]] = {}
    for role in ROLES:
        enough = told.relevant >= choice.relevant.get(role, choice.relevant_else)
        found = _merged(text, told, role, choice.again) if enough else {}
        kept = [key for key, one in found.items() if one.chance >= choice.least[role]]
        kept.sort(key=lambda key: (-round(found[key].chance, 2), -len(key)))
        out[role] = [found[key] for key in _apart(kept)]
    return out


def _merged(text: str, told: Told, role: str, again: float) -> dict[str, Filler]:
    out: dict[str, Filler] = {}
    for mention in told.mentions:
        words = " ".join(text[mention.start : mention.end].split())
        key = plain(words)
        if mention.role != role or not key or len(key.split()) > LONGEST:
            continue
        known = out.get(key)
        if known is None:
            out[key] = Filler(words, mention.start, mention.end, mention.chance)
            continue
        most = max(known.chance, mention.chance)
        chance = most + again * (1 - most)
        out[key] = Filler(known.words, known.start, known.end, chance)
    return out


def _apart(keys: Sequence[str]) -> list[str]:
    """Writings without those that name what a likelier one names."""
    out: list[str] = []
    for key in keys:
        if not any(same(key, other) for other in out):
            out.append(key)
    return out


def same(one: str, other: str) -> bool:
    """Whether two plain writings may name one thing: a part, a plural, the initials of the other.

    >>> same("perez", "juan perez"), same("fmln", "farabundo marti national liberation front")
    (True, True)
    """
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1 and len(long) > 2 and _stands_for(short[0], long):
        return True
    if short == long[-len(short) :] or short == long[: len(short)]:
        return True
    singular = {w.removesuffix("s") for w in short}
    return singular <= {w.removesuffix("s") for w in long}


def _stands_for(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the words' initials, in another order where another tongue has one."""
    initials = Counter(w[0] for w in words if w not in ("of", "for", "and"))
    return len(letters) >= max(3, initials.total() - 1) and Counter(letters) <= initials
