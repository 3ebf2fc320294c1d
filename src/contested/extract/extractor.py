"""From a report to its claims: the one way through all readers and kinds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TypeVar

from spacy.tokens import Doc, Span

from contested.extract.according_to import Attributor
from contested.extract.confidence import features, weighed, weights
from contested.extract.ground import ground
from contested.extract.how_many import read_counts
from contested.extract.kinds.agreement import agreements
from contested.extract.kinds.casualties import casualties
from contested.extract.kinds.context import ARMED, Context
from contested.extract.kinds.event import events, link_answers
from contested.extract.kinds.event_gather import gather
from contested.extract.kinds.position import positions
from contested.extract.kinds.relation import relations
from contested.extract.kinds.responsibility import responsibility
from contested.extract.kinds.statement import statements
from contested.extract.kinds.statistic import statistics
from contested.extract.lexicon import lexicon
from contested.extract.marks import Marks
from contested.extract.mentions import (
    ActorMention,
    CountMention,
    DurationMention,
    PlaceMention,
    TimeMention,
)
from contested.extract.prose import is_prose
from contested.extract.reading import Reading, Sentence, fill
from contested.extract.relevance import ACTOR as ACTOR_NAMED
from contested.extract.relevance import ARMED as ARMED_NAMED
from contested.extract.relevance import Piece, Relevance, Seen
from contested.extract.relevance_words import weights as of_relevance
from contested.extract.resolve import Resolver
from contested.extract.sentences import Unread, passed_over, sentences_of
from contested.extract.short_forms import ShortForms
from contested.extract.when import TimeReader
from contested.extract.where import PlaceFinder
from contested.extract.where_names import Name, Names
from contested.extract.where_peoples import Peoples
from contested.extract.where_words import beginnings
from contested.extract.who import ActorFinder
from contested.language import Language, Paragraph, paragraphs_of
from contested.language.happenings import Scene
from contested.model import Claim, Report, admit
from contested.model.ids import digest
from contested.world import World

VERSION = "1"
_WORD_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
M = TypeVar("M", ActorMention, PlaceMention, TimeMention, DurationMention, CountMention)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Claims of one report, and notes on what could not be read.

    `method` is set where the report was read in another way than the extractor's `method` says.
    """

    claims: list[Claim]
    notes: list[str] = field(default_factory=list)
    method: str | None = None


class Extractor:
    """Reads reports into claims.

    Holds the tables and the language pipeline, and no state between reports: the same report
    gives the same claims in any order. Paragraphs with nothing to code are not parsed (see
    `relevance`) unless `everything` is true.
    """

    def __init__(self, world: World, language: Language, *, everything: bool = False) -> None:
        self._world = world
        self._everything = everything
        self._relevance = Relevance(of_relevance())
        self._language = language
        self._blank: Doc | None = None
        self._words = lexicon()
        self._actors = ActorFinder(world)
        self._places = PlaceFinder(world, Peoples(world))
        self._short = ShortForms(world)

    @cached_property
    def method(self) -> str:
        """What made the claims: rules, language pipeline, actors and weights.

        The weights are those of confidence and, unless everything is read, of relevance.
        """
        names = sorted((a.text, a.actor, a.use) for a in self._world.aliases)
        parents = sorted((a.id, a.parent or "") for a in self._world.actors.values())
        rows = digest(names, parents)
        look = "all" if self._everything else digest(sorted(of_relevance().items()))[:8]
        return f"rules-{VERSION}/{self._language.name}/{rows[:8]}/{weights().version}-{look}"

    def extract(self, report: Report) -> Extraction:
        """All claims of `report`, each checked against its text."""
        ctx, told = self._context(report)
        claims, refused = admit(report, weighed(ctx, told))
        claims.sort(key=lambda c: (c.start, c.kind, c.id))
        return Extraction(claims, [*report.notes, *ctx.reading.notes, *refused])

    def evidence(self, report: Report) -> list[tuple[Claim, dict[str, float]]]:
        """The claims of `report` before they are weighed, each with the evidence for it."""
        return list(features(*self._context(report)))

    def _context(self, report: Report) -> tuple[Context, int]:
        """All that the kinds find in a report, and how many of its sentences are prose."""
        reading = self.read(report, everything=self._everything)
        words = self._words
        attributor = Attributor(self._world, words)
        attributions = attributor.attribute(reading.sentences)
        marks = Marks(self._language.scenes, reading)
        ctx = Context(self._world, words, reading, attributions, marks=marks)
        told = [s for s in reading.sentences if s.read and is_prose(s)]
        counted: dict[int, set[int]] = {}
        for sentence in told:
            counted[sentence.number] = statistics(ctx, sentence)
            events(ctx, sentence)
        gather(ctx)
        link_answers(ctx)
        for sentence in told:
            casualties(ctx, sentence, counted[sentence.number])
            responsibility(ctx, sentence)
            agreements(ctx, sentence)
            statements(ctx, sentence)
            relations(ctx, sentence)
            positions(ctx, sentence)
        return ctx, len(told) + sum(not s.read for s in reading.sentences)

    def scene(self, text: str) -> Scene | None:
        """Who takes part in what over the whole text; None where the pipeline cannot tell."""
        reader = self._language.scenes
        return reader.read(text) if reader is not None else None

    def _mark(self, doc: Doc) -> Span:
        """What stands for a sentence that is not parsed: one token that says nothing."""
        if self._blank is None:
            self._blank = Doc(doc.vocab, words=["-"], sent_starts=[True])
        return self._blank[:1]

    def glance(self, text: str) -> list[Seen]:
        """What a quick look finds in each paragraph of `text`."""
        return [self._relevance.look(text, piece) for piece in self.pieces(text)]

    def pieces(self, text: str) -> list[Piece]:
        """The paragraphs of `text` with the sorts of actors that each names."""
        return self._pieces(text, [m for m in self._actors.find(text) if _whole(m, text)])

    def _pieces(self, text: str, actors: list[ActorMention]) -> list[Piece]:
        starts = [m.start for m in actors]
        kinds = [self._kinds_of(m) for m in actors]
        pieces = []
        for p in paragraphs_of(text):
            inside = kinds[bisect_left(starts, p.start) : bisect_left(starts, p.end)]
            pieces.append(Piece(p.start, p.end, frozenset().union(*inside)))
        return pieces

    def _kinds_of(self, mention: ActorMention) -> frozenset[str]:
        """What sort of actor a name is, as `relevance` tells them apart."""
        actor = self._world.actors.get(mention.ref.actor or "")
        armed = actor is not None and actor.kind in ARMED
        return frozenset((ACTOR_NAMED, ARMED_NAMED)) if armed else frozenset((ACTOR_NAMED,))

    def read(self, report: Report, *, everything: bool = True) -> Reading:
        """The report's sentences with all that the readers find in them.

        Where `everything` is false, only in paragraphs that may hold something to code.
        """
        actors = [m for m in self._actors.find(report.text) if _whole(m, report.text)]
        pieces = [] if everything else self._pieces(report.text, actors)
        only = None if everything else self._relevance.chosen(report.text, pieces)
        if pieces and not only:
            return Reading(report, [], notes=list(Unread.of(report.text).remarks()))
        parsed = list(self._language.parse(report.text, only))
        found = self._places.find(report.text, names=_names(parsed))
        named = [m for m in found if _whole(m, report.text)]
        here = [p.literal and not _inside_actor(p, actors) for p in named]
        places = list(compress(named, here))
        associated = [p for p, is_here in zip(named, here, strict=True) if not is_here]
        lands = _lands(named, actors, self._world)
        home = _home(places, actors, self._world)
        actors = self._short.settle(report.text, actors, home, lands)
        reading = Reading(report, [], home)
        self._fill(reading, parsed, only, _Named(actors, places, associated))
        return reading

    def _fill(
        self,
        reading: Reading,
        parsed: list[tuple[Paragraph, Doc]],
        only: set[int] | None,
        named: _Named,
    ) -> None:
        """Add the sentences of the paragraphs with what is found in each, and what was left out."""
        report = reading.report
        home = ground(report.text, named.places, named.actors, self._world)
        resolver = Resolver(self._world, self._actors, self._words, home)
        times = TimeReader(report.published)
        unread = Unread()
        for number, (paragraph, doc) in enumerate(parsed):
            first = len(reading.sentences)
            if unread.at_all(paragraph):
                continue
            if only is not None and number not in only:
                unread.passed += 1
                mark = self._mark(doc)
                reading.sentences += passed_over(report, paragraph, number, first, mark)
                continue
            unread.ends(doc)
            piece = report.text[paragraph.start : paragraph.end]
            found_times, durations = times.read(piece, paragraph.start)
            counts = read_counts(piece, paragraph.start)
            for sentence in sentences_of(report, paragraph, doc, number, first):
                named.give(sentence)
                sentence.times = _within(found_times, sentence)
                sentence.durations = _within(durations, sentence)
                sentence.counts = _within(counts, sentence)
                fill(sentence)
                resolver.resolve(sentence)
                reading.sentences.append(sentence)
        reading.notes += unread.remarks()


@dataclass(frozen=True, slots=True)
class _Named:
    """The names of a report, each list in order."""

    actors: list[ActorMention]
    places: list[PlaceMention]
    associated: list[PlaceMention]

    def give(self, sentence: Sentence) -> None:
        """Give a sentence its own."""
        sentence.actors = _cut(self.actors, sentence)
        sentence.places = _cut(self.places, sentence)
        sentence.associated = _cut(self.associated, sentence)


def _names(parsed: list[tuple[Paragraph, Doc]]) -> Names:
    """The names that the language pipeline marks, at the report's characters."""
    return Names(
        Name(*paragraph.at(name.start_char, name.end_char), name.label_)
        for paragraph, doc in parsed
        for name in doc.ents
    )


def _cut(mentions: list[M], sentence: Sentence) -> list[M]:
    """The mentions that begin in a sentence, of a whole report's in order."""
    first = bisect_left(mentions, sentence.start, key=_start)
    return mentions[first : bisect_left(mentions, sentence.end, key=_start)]


def _start(mention: M) -> int:
    return mention.start


def _within(mentions: list[M], sentence: Sentence) -> list[M]:
    return [m for m in mentions if sentence.start <= m.start < sentence.end]


def _whole(mention: ActorMention | PlaceMention, text: str) -> bool:
    """Whether a name is not the second half of a longer one ("Puerto Jordan", "anti-Islamabad")."""
    if text[max(0, mention.start - 5) : mention.start].lower().endswith("anti-"):
        return False
    before = _WORD_BEFORE.search(text, max(0, mention.start - 12), mention.start)
    return before is None or before[1].lower() not in beginnings()


def _inside_actor(place: PlaceMention, actors: list[ActorMention]) -> bool:
    """Whether a place name is only part of an actor's longer name."""
    return any(
        a.start <= place.start
        and place.end <= a.end
        and (a.end - a.start) > (place.end - place.start)
        for a in actors
    )


def _lands(places: list[PlaceMention], actors: list[ActorMention], world: World) -> frozenset[str]:
    """The countries that the report names, or of which it names a place or the state."""
    states = (world.actors.get(m.ref.actor or "") for m in actors)
    of_states = (a.country for a in states if a is not None and a.kind in ("state", "organ"))
    return frozenset(c for c in (*(p.where.country for p in places), *of_states) if c)


def _home(places: list[PlaceMention], actors: list[ActorMention], world: World) -> str | None:
    """The country that most place names and state names of the report belong to."""
    votes: Counter[str] = Counter(p.where.country for p in places if p.where.country)
    for mention in actors:
        actor = world.actors.get(mention.ref.actor or "")
        if actor is not None and actor.country and actor.kind in ("state", "organ"):
            votes[actor.country] += 1
    return votes.most_common(1)[0][0] if votes else None
