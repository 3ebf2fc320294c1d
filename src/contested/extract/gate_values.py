"""What the words of a proposed claim mean, by the readers that the rules use.

A proposal holds words only. Each is looked for in the passage, and what it means is read from
the report there: an actor's id, a place's point, a date's days, a number's bounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from contested.errors import PassageError
from contested.extract.gate_text import Span, words
from contested.extract.gate_words import sentences_in, speaks
from contested.extract.kinds.context import Context
from contested.extract.kinds.persons import Named, office, people
from contested.extract.kinds.public import kind_of
from contested.extract.kinds.victim_class import class_of
from contested.extract.kinds.victims import INANIMATE
from contested.extract.mentions import (
    ActorMention,
    CountMention,
    DurationMention,
    PlaceMention,
    TimeMention,
    Unit,
)
from contested.extract.reading import Group, Sentence
from contested.model import ActorRef, Count, Money, Speaker, When, Where
from contested.model.proposal import NamedSpeaker
from contested.model.terms import Victims

ONE = frozenset(("a", "an", "one", "the", "another"))
MENTION = TypeVar("MENTION", ActorMention, CountMention, DurationMention, PlaceMention, TimeMention)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads words in the passage of one proposal, or in the passages that name its speakers.

    `places` are where to look, the first first.
    """

    ctx: Context
    places: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The report's text."""
        return self.ctx.reading.report.text

    def find(self, written: str, what: str) -> Span:
        """Where the words stand: where they are a noun group, if they do several times.

        Raises PassageError where they do not.
        """
        found = self.found(written)
        if not found:
            raise PassageError(f"{what} {written[:60]!r} is not in the passage")
        return next((span for span in found if self.group(span) is not None), found[0])

    def found(self, written: str) -> list[Span]:
        """Each place where the words stand."""
        return [span for place in self.places for span in words(self.text, written, place)]

    def sentences(self, span: Span) -> Iterable[Sentence]:
        """The sentences that a span touches."""
        return sentences_in(self.ctx, span)

    def group(self, span: Span) -> Group | None:
        """The noun group that the words of a span are, by its head."""
        found = [
            group
            for sentence in self.sentences(span)
            for group in sentence.groups
            if span.holds(*sentence.chars(group.head.i))
        ]
        return found[0] if found else None

    def written(self, span: Span) -> str:
        """The report's own characters."""
        return self.text[span.start : span.end]

    def actor(self, written: str, what: str) -> ActorRef:
        """The actor that the words stand for; without an id where the tables know none."""
        span = self.find(written, what)
        group = self.group(span)
        if group is not None and group.actor is not None:
            id = self.ctx.actor_id(group.actor)
            return ActorRef(id, self.written(span))
        mention = self._named(span)
        return ActorRef(self.ctx.actor_id(mention.ref) if mention else None, self.written(span))

    def _named(self, span: Span) -> ActorMention | None:
        found = self._mentions(span, "actors")
        return next((m for m in found if m.how != "outlet"), None)

    def _mentions(self, span: Span, name: str) -> list[MENTION]:
        return [
            mention
            for sentence in self.sentences(span)
            for mention in getattr(sentence, name)
            if span.meets(mention.start, mention.end)
        ]

    def where(self, written: str, what: str) -> Where:
        """The place of the gazetteer, or, where it knows none, the words alone."""
        span = self.find(written, what)
        found: list[PlaceMention] = self._mentions(span, "places")
        if found:
            return found[0].where
        return Where(self.written(span), self.written(span))

    def when(self, written: str, what: str) -> When | None:
        """The days that the words mean; null where they set none."""
        span = self.find(written, what)
        found: list[TimeMention] = self._mentions(span, "times")
        self._whole(found, what)
        return found[0].when if found else None

    def count(self, written: str, what: str) -> Count:
        """The number that the words are. Raises PassageError where they are none."""
        span = self.find(written, what)
        found = [m for m in self._counts(span) if m.unit in ("things", "score")]
        self._whole(found, what)
        if found:
            return found[0].count
        first = written.split(maxsplit=1)[0].lower()
        if first in ONE and not self._plural(span):
            return Count(1, 1, "exactly", self.text[span.start : span.start + len(first)])
        if self._person(span) is not None:
            return Count(1, 1, "exactly", self.written(span))
        raise PassageError(f"{what} {written[:60]!r} is no number")

    def _plural(self, span: Span) -> bool:
        group = self.group(span)
        return group is not None and group.plural

    def _counts(self, span: Span) -> list[CountMention]:
        return self._mentions(span, "counts")

    def _whole(self, found: list[MENTION], what: str) -> None:
        """Raise PassageError where the quote was cut so that the words say something else."""
        for one in found[:1]:
            if not any(place.holds(one.start, one.end) for place in self.places):
                raise PassageError(
                    f"the quote cuts off a part of {what} {self.text[one.start : one.end][:60]!r}"
                )

    def measured(self, written: str, unit: Unit, what: str) -> CountMention:
        """The number of that unit. Raises PassageError where the words are none."""
        span = self.find(written, what)
        found = [m for m in self._counts(span) if m.unit == unit]
        self._whole(found, what)
        if not found:
            raise PassageError(f"{what} {written[:60]!r} is no number of that sort")
        return found[0]

    def money(self, written: str, what: str) -> Money:
        """The amount of money."""
        found = self.measured(written, "money", what)
        return Money(found.value, found.currency or "XXX")

    def days(self, written: str, what: str) -> float:
        """The length of time, in days."""
        span = self.find(written, what)
        found: list[DurationMention] = self._mentions(span, "durations")
        self._whole(found, what)
        if not found:
            raise PassageError(f"{what} {written[:60]!r} is no length of time")
        return found[0].days

    def victims(self, written: str) -> tuple[Victims, str | None, str]:
        """The class of the harmed, the side that they are of, and the words for them.

        Raises PassageError where the words are no people.
        """
        span = self.find(written, "victims")
        group = self.group(span)
        if group is None:
            return "unknown", None, self.written(span)
        if group.head.lemma_.lower() in INANIMATE:
            raise PassageError(f"{written[:60]!r} are no people")
        named = group.actor if group.how != "reference" else None
        side = self.ctx.actor_id(named) if named is not None else None
        return class_of(self.ctx, group) or "unknown", side, self.written(span)

    def person(self, written: str) -> str:
        """The name of a person that the rules take for one. Raises PassageError."""
        span = self.find(written, "person")
        if self._person(span) is None:
            raise PassageError(f"{written[:60]!r} is no person's name")
        return self.written(span)

    def _person(self, span: Span) -> Named | None:
        for sentence in self.sentences(span):
            for named in people(self.ctx, sentence):
                a, b = sentence.chars(named.start)[0], sentence.chars(named.end - 1)[1]
                if span.meets(a, b):
                    return named
        return None

    def office(self, person: str, role: str) -> ActorRef | None:
        """The body in which the rules see a person in that role; None where they see none."""
        span = self.find(person, "person")
        named = self._person(span)
        for sentence in self.sentences(span):
            for group in sentence.groups:
                own = named is not None and group.start < named.start < group.end
                found = office(self.ctx, group, named.start if own and named else None)
                if found is not None and found.role == role:
                    return ActorRef(found.organisation or None, found.as_written)
        return None

    def counted(self, written: str) -> Victims | None:
        """The class of the people whom a number counts; None where it counts no people."""
        span = self.find(written, "number")
        for sentence in self.sentences(span):
            for token in sentence.tokens_in(span.start, span.end):
                group = sentence.group(token)
                if group is not None:
                    return class_of(self.ctx, group)
        return None

    def weapon(self, written: str) -> str | None:
        """The weapon's name in the tables; None where they know none of the words."""
        span = self.find(written, "weapon")
        told = " ".join(self.written(span).lower().split())
        known = self.ctx.words.weapons
        fitting = [w for w in known if w in (told, told.rstrip("s")) or w in told.split()]
        return known[max(fitting, key=len)][0] if fitting else None

    def speaker(self, named: NamedSpeaker) -> Speaker:
        """The voice that the words name. Raises PassageError where they stand nowhere."""
        span = self.find(named.name, "speaker")
        for one in self.found(named.name):
            if (heard := self._heard(one)) is not None:
                return heard
        group = self.group(span)
        if not any(speaks(self.ctx, place) for place in self.places):
            raise PassageError(f"nothing in the passage says that {named.name[:60]!r} speaks")
        known = self.ctx.speaker(group) if group is not None else None
        if known is not None:
            return Speaker(self.written(span), known.actor, known.kind)
        outlets: list[ActorMention] = self._mentions(span, "actors")
        if any(m.how == "outlet" for m in outlets):
            return Speaker(self.written(span), None, "outlet")
        ref = self.actor(named.name, "speaker")
        kind = kind_of(self.ctx, ref.actor) if ref.actor else "independent"
        return Speaker(self.written(span), ref.actor, kind)

    def _heard(self, span: Span) -> Speaker | None:
        """The voice that the rules found at these words, with what "he" stands for."""
        for sentence in self.sentences(span):
            for voice in self.ctx.attributions[sentence.number].voices:
                source = voice.source
                if source is None or not voice.speakers:
                    continue
                if span.holds(*source.sentence.chars(source.head.i)):
                    return voice.speakers[-1]
        return None
