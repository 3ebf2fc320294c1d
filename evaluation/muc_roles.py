"""Role fillers of a text from the network's role heads, merged over the whole text.

A writing counts for as much as its likeliest mention, with a little more for each further one.
Of writings that name one thing ("Ellacuria" and "Ignacio Ellacuria", "FMLN" and the words that
it stands for) one is kept. The least chances were tuned on TST1 and TST2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from contested.bundled import ENCODER, folder
from contested.language.encoder.roles import RoleReader, Told
from contested.language.encoder.weights import Weights
from evaluation.ceaf import normal
from evaluation.muc_corpus import ROLES, Entity

ROLE = dict(
    zip(("individual", "organisation", "target", "victim", "weapon"), ROLES.values(), strict=True)
)
LONGEST = 12
"""A filler of more words is a clause."""
LEAST = 0.05
"""A mention that is less likely is not looked at."""


@dataclass(frozen=True)
class Choice:
    """What is enough for a filler: chances by role, and of the text being relevant."""

    least: Mapping[str, float] = field(
        default_factory=lambda: {
            "individual": 0.5,
            "organisation": 0.55,
            "target": 0.35,
            "victim": 0.6,
            "weapon": 0.5,
        }
    )
    relevant: float = 0.5
    again: float = 0.1
    """How much of what lacks to certainty each further mention adds."""


@lru_cache(maxsize=1)
def role_reader() -> RoleReader:
    """The packaged role heads."""
    with folder(ENCODER) as files:
        return RoleReader(Weights.load(files))


def fillers_told(text: str, told: Told, choice: Choice | None = None) -> dict[str, list[Entity]]:
    """The fillers of each role in a text whose mentions are `told`."""
    choice = choice or Choice()
    out: dict[str, list[Entity]] = {role: [] for role in ROLES.values()}
    if told.relevant < choice.relevant:
        return out
    for role, name in ROLE.items():
        chances: dict[str, float] = {}
        shown: dict[str, str] = {}
        for mention in told.mentions:
            words = " ".join(text[mention.start : mention.end].split())
            key = normal(words)
            if mention.role == role and key and len(key.split()) <= LONGEST:
                known = chances.get(key)
                more = mention.chance if known is None else max(known, mention.chance)
                chances[key] = more if known is None else more + choice.again * (1 - more)
                shown.setdefault(key, words)
        kept = [k for k, c in chances.items() if c >= choice.least[role]]
        kept.sort(key=lambda k: (-round(chances[k], 2), -len(k)))
        out[name] = [(shown[k],) for k in _apart(kept)]
    return out


def _apart(keys: Sequence[str]) -> list[str]:
    """Writings without those that name what a likelier one names."""
    out: list[str] = []
    for key in keys:
        if not any(_same(key, other) for other in out):
            out.append(key)
    return out


def _same(one: str, other: str) -> bool:
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
