"""Voices: who says the words of a sentence, and how firmly.

Source, cue and content follow the attribution scheme of Pareti (2012) and PolNeAR: a cue
("said", "according to", "claimed") ties a source (who) to a content (the words it covers).
Contents nest, and the nesting is the chain of speakers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cmp_to_key

from spacy.tokens import Token

from contested.extract.lexicon import lexicon
from contested.extract.reading import Group, Sentence
from contested.model import Speaker
from contested.model.terms import Stance

HEDGES: dict[str, Stance] = {
    "reportedly": "unconfirmed",
    "unconfirmed": "unconfirmed",
    "unverified": "unconfirmed",
    "rumoured": "unconfirmed",
    "rumored": "unconfirmed",
    "allegedly": "alleges",
    "purportedly": "alleges",
    "supposedly": "alleges",
    "alleged": "alleges",
}


DOUBTED = {"alleged", "suspected", "accused", "presumed"}
"""Words that doubt who people are."""


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One cue: its speakers (outermost first), its stance, and the tokens it covers."""

    speakers: tuple[Speaker, ...]
    stance: Stance
    covers: frozenset[int]
    cue: int
    lemma: str
    source: Group | None = None


@dataclass(slots=True)
class Attribution:
    """The voices of one sentence and the hedges on it.

    `attitudes` are those who want, plan, praise or refuse something: the words are theirs, but
    they vouch for no happening, so `of` leaves them out.
    """

    voices: list[Voice] = field(default_factory=list)
    hedges: dict[int, Stance] = field(default_factory=dict)
    attitudes: list[Voice] = field(default_factory=list)

    def of(self, token: Token) -> tuple[tuple[Speaker, ...], Stance]:
        """Chain of speakers of `token`, outermost first, and the last one's stance."""
        over = [v for v in self.voices if token.i in v.covers and v.cue != token.i]
        over.sort(key=cmp_to_key(_nested))
        chain: list[Speaker] = []
        stance: Stance = "asserts"
        for voice in over:
            for speaker in voice.speakers:
                if all(s.name != speaker.name for s in chain):
                    chain.append(speaker)
            stance = voice.stance
        hedge = self.hedges.get(token.i)
        if hedge and stance == "asserts":
            stance = hedge
        return tuple(chain), stance

    def all(self) -> Iterator[Voice]:
        """Those who say and those who want, fear, praise: every source with its content."""
        yield from self.voices
        yield from self.attitudes


def _nested(one: Voice, other: Voice) -> int:
    """Below zero where `one` tells of `other`: it covers its cue, else it covers more.

    Of two that cover each other's cues, the later tells of the earlier: "…, said A, reported B".
    """
    over, under = other.cue in one.covers, one.cue in other.covers
    if over and under and one.cue >= 0 and other.cue >= 0:
        return other.cue - one.cue
    if over != under:
        return -1 if over else 1
    return len(other.covers) - len(one.covers)


def hedges(sentence: Sentence) -> dict[int, Stance]:
    """Tokens under "reportedly", "allegedly" and the like."""
    out: dict[int, Stance] = {}
    for token in sentence.span:
        stance = HEDGES.get(token.lower_)
        if stance is None:
            continue
        if of_people(sentence, token):
            continue
        scope = token.head.subtree if token.lower_ not in ("unconfirmed", "unverified") else None
        out.update((t.i, stance) for t in (scope or sentence.span))
        out.setdefault(token.head.i, stance)
    return out


def of_people(sentence: Sentence, token: Token) -> bool:
    """ "two alleged rebels were killed": who they are is in doubt, not that they died."""
    group = sentence.by_token.get(token.i)
    if token.lower_ not in DOUBTED or group is None or group.head.i <= token.i:
        return False
    return lexicon().victims_of(group.head.text) is not None
