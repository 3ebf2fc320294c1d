"""Which independent body spoke last: "the group said" may be a committee, not who it accuses."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.bodies import independent_body
from contested.extract.lexicon import Lexicon
from contested.extract.reading import Group, Sentence, rel
from contested.extract.voices import Voice
from contested.model import Speaker
from contested.world import World

REACH = 4
"""Sentences over which "the group" goes back to a body that spoke."""
ANAPHORS = {"group", "network", "organisation", "organization", "committee", "association",
            "union", "movement", "it", "they"}  # fmt: skip
QUOTED = {"“", "”", '"'}


class Bodies:
    """The body that spoke last in a report, and what armed sides did or said after it."""

    def __init__(self) -> None:
        self._last: tuple[int, Speaker] | None = None
        self._sides = -1

    @property
    def last(self) -> Speaker | None:
        """The body that spoke last, or None."""
        return self._last[1] if self._last is not None else None

    def heard(self, source: Group, speaker: Speaker) -> None:
        """Remember a body by its name; a side that speaks takes its place."""
        if speaker.kind == "independent" and speaker.actor is None and independent_body(source):
            self._last = source.sentence.number, speaker
        elif speaker.kind == "party" and speaker.actor is not None:
            self._last = None

    def seen(self, group: Group, armed: bool) -> None:
        """Remember where an armed side was last the subject by its name."""
        named = group.how in ("name", "acronym") and rel(group.head) in ("nsubj", "csubj")
        if armed and named:
            self._sides = group.sentence.number

    def meant(self, group: Group) -> Speaker | None:
        """The body that "the group" or "it" stands for, or None if none is near enough.

        Nor where an armed side was the subject of a sentence in between.
        """
        if self._last is None or group.head.lower_ not in ANAPHORS:
            return None
        if group.head.pos_ != "PRON" and not _bare(group):
            return None
        at, speaker = self._last
        here = group.sentence.number
        between = at < self._sides < here
        return speaker if 0 <= here - at <= REACH and not between else None


def _bare(group: Group) -> bool:
    """ "the group", not "the rebel group" or "a group"."""
    return group.definite and group.end - group.start == 2


def anaphoric(group: Group) -> bool:
    """Whether a group stands for an actor only by what was told before."""
    return group.how == "reference" and (group.head.pos_ == "PRON" or group.definite)


def accuses(sentence: Sentence, voice: Voice, world: World, words: Lexicon) -> bool:
    """Whether a voice's words name its own speaker, a mere "the group", as doer of harm.

    Only where the words are quoted or tell of harmed civilians: a side that tells of its own raid
    on soldiers is also named in the third person ("JNIM overran a post, the group said").
    """
    source, actor = voice.source, voice.speakers[-1].actor if voice.speakers else None
    if source is None or actor is None or voice.speakers[-1].kind != "party":
        return False
    if not anaphoric(source):
        return False
    line = set(world.ancestors(actor))
    doers = [t for t in sentence.span if t.i in voice.covers and _harms(sentence, t, line, words)]
    if not doers:
        return False
    quoted = any(t.text in QUOTED for t in sentence.span)
    civil = any(words.victims_of(g.head.lower_) == "civilians" for g in sentence.groups)
    return quoted or civil


def _harms(sentence: Sentence, token: Token, line: set[str], words: Lexicon) -> bool:
    group = sentence.by_token.get(token.i)
    if group is None or group.head.i != token.i:
        return False
    a, _ = sentence.chars(group.start)
    _, b = sentence.chars(group.end - 1)
    mine = [m for m in sentence.actors if a <= m.start < b and m.ref.actor in line]
    if not mine:
        return False
    if group.head.lemma_.lower() in words.nouns:
        return True
    above = group.head.head
    lemma = above.lemma_.lower()
    return rel(group.head) == "nsubj" and (lemma in words.verbs or lemma in words.casualty_verbs)
