"""What every kind of claim needs from the reading: passages, voices, times, places, actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.circumstances import pick_time
from contested.extract.clauses import coordinated
from contested.extract.evidence import Ground
from contested.extract.lexicon import Lexicon
from contested.extract.mentions import PlaceMention
from contested.extract.reading import Group, Reading, Sentence
from contested.extract.reality import Reality, reality
from contested.extract.resolve import next_phrase
from contested.extract.spots import pick_places
from contested.extract.voices import Attribution
from contested.language.happenings import RoleMention
from contested.model import ActorRef, Claim, EventClaim, Speaker, When, Where, make
from contested.model.terms import Stance
from contested.world import World

UNWEIGHED = 0.5
"""What a claim has for a confidence until the evidence of its whole report is weighed."""
ARMED = {"armed_group", "faction", "front", "media_wing"}


def no_marks(sentence: Sentence) -> Sequence[RoleMention]:  # noqa: ARG001
    """Nothing is marked by a pipeline that reads no roles."""
    return ()


@dataclass(slots=True)
class Context:
    """A reading with its voices, and the claims made from it so far."""

    world: World
    words: Lexicon
    reading: Reading
    attributions: list[Attribution]
    claims: list[Claim] = field(default_factory=list)
    marks: Callable[[Sentence], Sequence[RoleMention]] = no_marks
    """What the pipeline marks of roles in a sentence."""
    events: dict[int, list[tuple[Token, EventClaim]]] = field(default_factory=dict)
    """Event claims by sentence number, with the token that named each."""
    grounds: dict[str, Ground] = field(default_factory=dict)
    """Where each claim was found, by its id."""
    _ids: set[str] = field(default_factory=set)
    _by_start: dict[int, list[Claim]] = field(default_factory=dict)

    def voices(self, sentence: Sentence, token: Token) -> tuple[tuple[Speaker, ...], Stance]:
        """Who says what stands at `token`, and how firmly."""
        return self.attributions[sentence.number].of(token)

    def reality(self, sentence: Sentence, token: Token) -> Reality:
        """Whether the text says that it happened."""
        return reality(sentence, token, self.words)

    def when(self, sentence: Sentence, token: Token) -> When | None:
        """The time that belongs to the predicate at `token`."""
        found = pick_time(sentence, token, self.words)
        return found.when if found else None

    def places(self, sentence: Sentence, token: Token) -> list[PlaceMention]:
        """Places that belong to the predicate at `token`, best first."""
        return pick_places(sentence, token, self.words)

    def where(self, sentence: Sentence, token: Token) -> Where | None:
        """The best place that belongs to the predicate at `token`."""
        found = self.places(sentence, token)
        return found[0].where if found else None

    def refs(self, group: Group | None, *, people: bool = True) -> tuple[ActorRef, ...]:
        """Actors that a noun group and its coordinated neighbours stand for.

        Where `people` is true, nouns for people that are no known actor ("worshippers") are
        kept with a null id.
        """
        if group is None:
            return ()
        out: list[ActorRef] = []
        for one in coordinated(group):
            ref, written = self._one(one, people=people), one.text
            if ref is None and one.head.lemma_.lower() in self.words.collectives:
                whole = _members(one)
                ref = self._one(whole, people=people) if whole is not None else None
                written = whole.text if whole is not None else written
            if ref is not None and all(r.as_written != ref.as_written for r in out):
                out.append(ActorRef(ref.actor, written or ref.as_written))
        return tuple(out)

    def _one(self, group: Group, *, people: bool) -> ActorRef | None:
        """The actor of one group; people of no known actor keep their words."""
        if group.actor is None and people and self.words.victims_of(group.head.text):
            return ActorRef(None, group.text)
        return group.actor

    def actor_id(self, ref: ActorRef) -> str | None:
        """The actor that a raw mention stands for; a person's name stands for its body."""
        if ref.actor in self.world.actors:
            return ref.actor
        for person in self.world.persons:
            if person.name == ref.actor:
                return person.actor
        return None

    def speaker(self, group: Group) -> Speaker | None:
        """A noun group as a voice, or None if it is nothing that can speak."""
        return Attributor(self.world, self.words).speaker(group)

    def is_armed(self, actor: str | None) -> bool:
        """Whether an actor is an armed group or part of one."""
        return actor in self.world.actors and any(
            self.world.actors[a].kind in ARMED for a in self.world.ancestors(str(actor))
        )

    def is_state(self, actor: str | None) -> bool:
        """Whether an actor is a state or an organ of one."""
        if not actor or actor not in self.world.actors:
            return False
        return self.world.actors[self.world.ancestors(actor)[-1]].kind == "state"

    def add(
        self,
        kind: str,
        sentence: Sentence,
        token: Token,
        *,
        method: str,
        **values: Any,
    ) -> Claim:
        """Make a claim on the sentence that holds `token`, with its voices, and keep it.

        `speakers` and `stance` may be given where the kind knows better.
        """
        speakers, stance = self.voices(sentence, token)
        values.setdefault("speakers", speakers)
        values.setdefault("stance", stance)
        start, end = trimmed(sentence)
        claim = make(
            kind,
            sentence.report.passage(start, end),
            method=method,
            confidence=UNWEIGHED,
            **{k: v for k, v in values.items() if v is not None},
        )
        if claim.id not in self._ids:
            self._ids.add(claim.id)
            self.grounds[claim.id] = Ground(sentence, token)
            self.claims.append(claim)
            self._by_start.setdefault(start, []).append(claim)
        return claim

    def told(self, sentence: Sentence) -> list[Claim]:
        """The claims made on a sentence so far, in order."""
        return self._by_start.get(trimmed(sentence)[0], [])


def _members(group: Group) -> Group | None:
    """ "a large band of rebels": the band with its members, as one group."""
    follow = next_phrase(group)
    if follow is None or follow[0] != "of":
        return None
    of = follow[1]
    return Group(group.sentence, group.start, of.end, of.head, of.count, of.actor, of.how)


def trimmed(sentence: Sentence) -> tuple[int, int]:
    """The sentence's span without the white space around it."""
    text = sentence.text
    lead = len(text) - len(text.lstrip())
    return sentence.start + lead, sentence.start + len(text.rstrip())


def same_happening(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two type paths lie on one line of the codebook's tree."""
    a, b = tuple(one), tuple(other)
    return a[0] in b or b[0] in a
