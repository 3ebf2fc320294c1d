"""From a report to its claims: the one way through all readers and kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Doc, Span

from contested.extract.according_to import Attributor
from contested.extract.how_many import read_counts
from contested.extract.kinds.agreement import agreements
from contested.extract.kinds.casualties import casualties
from contested.extract.kinds.context import Context
from contested.extract.kinds.event import events, link_answers
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
from contested.extract.resolve import Resolver
from contested.extract.when import TimeReader
from contested.extract.where import PlaceFinder
from contested.extract.where_names import Name, Names
from contested.extract.where_peoples import Peoples
from contested.extract.where_words import beginnings
from contested.extract.who import ActorFinder
from contested.language import Language, Paragraph
from contested.language.encoder.scenes import Scene
from contested.model import Claim, Report, admit
from contested.model.ids import digest
from contested.tongues import other_language
from contested.world import World

VERSION = "1"
_WORD_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
ENDLESS = 120
"""Words without a mark that ends a sentence: text that has lost its marks. The longest run in
some forty articles that were tried is 65."""
ENDS = '.!?…:;"”’)]»'
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
    gives the same claims in any order.
    """

    def __init__(self, world: World, language: Language) -> None:
        self._world = world
        self._language = language
        self._words = lexicon()
        self._actors = ActorFinder(world)
        self._places = PlaceFinder(world, Peoples(world))

    @cached_property
    def method(self) -> str:
        """What made the claims: rules version, language pipeline, and the tables' rows."""
        names = sorted((a.text, a.actor, a.use) for a in self._world.aliases)
        parents = sorted((a.id, a.parent or "") for a in self._world.actors.values())
        rows = digest(names, parents)
        return f"rules-{VERSION}/{self._language.name}/{rows[:8]}"

    def extract(self, report: Report) -> Extraction:
        """All claims of `report`, each checked against its text."""
        reading = self.read(report)
        words = self._words
        attributor = Attributor(self._world, words)
        attributions = attributor.attribute(reading.sentences)
        marks = Marks(self._language.scenes, reading)
        ctx = Context(self._world, words, reading, attributions, marks=marks)
        told = [s for s in reading.sentences if is_prose(s)]
        counted: dict[int, set[int]] = {}
        for sentence in told:
            counted[sentence.number] = statistics(ctx, sentence)
            events(ctx, sentence)
        link_answers(ctx)
        for sentence in told:
            casualties(ctx, sentence, counted[sentence.number])
            responsibility(ctx, sentence)
            agreements(ctx, sentence)
            statements(ctx, sentence)
            relations(ctx, sentence)
            positions(ctx, sentence)
        claims, refused = admit(report, ctx.claims)
        claims.sort(key=lambda c: (c.start, c.kind, c.id))
        return Extraction(claims, [*report.notes, *reading.notes, *refused])

    def scene(self, text: str) -> Scene | None:
        """Who takes part in what over the whole text; None where the pipeline cannot tell."""
        reader = self._language.scenes
        return reader.read(text) if reader is not None else None

    def read(self, report: Report) -> Reading:
        """The report's sentences with everything the readers find in them."""
        actors = [m for m in self._actors.find(report.text) if _whole(m, report.text)]
        parsed = list(self._language.parse(report.text))
        found = self._places.find(report.text, names=_names(parsed))
        named = [m for m in found if _whole(m, report.text)]
        places = [p for p in named if p.literal and not _inside_actor(p, actors)]
        associated = [p for p in named if p not in places]
        home = _home(places, actors, self._world)
        reading = Reading(report, [], home)
        resolver = Resolver(self._world, self._actors, self._words, home)
        times = TimeReader(report.published)
        unread = endless = 0
        foreign: Counter[str] = Counter()
        for number, (paragraph, doc) in enumerate(parsed):
            unread += not paragraph.clean
            tongue = other_language(paragraph.clean)
            if tongue:
                foreign[tongue] += 1
                continue
            endless += _unended(doc)
            piece = report.text[paragraph.start : paragraph.end]
            found_times, durations = times.read(piece, paragraph.start)
            counts = read_counts(piece, paragraph.start)
            for sentence in _sentences(report, paragraph, doc, number, len(reading.sentences)):
                sentence.actors = _within(actors, sentence)
                sentence.places = _within(places, sentence)
                sentence.associated = _within(associated, sentence)
                sentence.times = _within(found_times, sentence)
                sentence.durations = _within(durations, sentence)
                sentence.counts = _within(counts, sentence)
                fill(sentence)
                resolver.resolve(sentence)
                reading.sentences.append(sentence)
        reading.notes += _unread(unread, endless, foreign)
        return reading


def _unread(unread: int, endless: int, foreign: Counter[str]) -> Iterator[str]:
    """What a reader must know of the paragraphs that could not be read, or not well."""
    if unread:
        yield f"{_paragraphs(unread)} with hardly any letters: not read"
    for tongue, count in sorted(foreign.items()):
        yield f"{_paragraphs(count)} in {tongue}: not read; translate what matters into English"
    if endless:
        yield (
            f"{_paragraphs(endless)} where no marks end the sentences: their ends are guessed, "
            "so that who did what to whom is less sure"
        )


def _paragraphs(count: int) -> str:
    return "1 paragraph" if count == 1 else f"{count} paragraphs"


def _unended(doc: Doc) -> bool:
    """Whether a paragraph goes on for longer than a sentence may without a mark that ends one."""
    run = 0
    for token in doc:
        run = 0 if token.text[-1:] in ENDS else run + 1
        if run > ENDLESS:
            return True
    return False


def _names(parsed: list[tuple[Paragraph, Doc]]) -> Names:
    """The names that the language pipeline marks, at the report's characters."""
    return Names(
        Name(*paragraph.at(name.start_char, name.end_char), name.label_)
        for paragraph, doc in parsed
        for name in doc.ents
    )


def _within(mentions: list[M], sentence: Sentence) -> list[M]:
    return [m for m in mentions if sentence.start <= m.start < sentence.end]


def _sentences(
    report: Report, paragraph: Paragraph, doc: Doc, paragraph_number: int, first: int
) -> Iterator[Sentence]:
    number = first
    for span in _joined(doc):
        if not span.text.strip():
            continue
        start, end = paragraph.at(span.start_char, span.end_char)
        yield Sentence(report, paragraph, number, paragraph_number, span, start, end)
        number += 1


def _joined(doc: Doc) -> Iterator[Span]:
    """The parser's sentences, joined where no mark ends one: within a paragraph a sentence ends
    with a full stop or the like. Where that would make one that nobody writes, the parser is
    believed: the text has lost its marks."""
    start = 0
    believed = _unended(doc)
    for span in doc.sents:
        last = doc[span.end - 1]
        if span.end < len(doc) and last.text[-1:] not in ENDS and not believed:
            continue
        if span.end < len(doc) and last.text == "." and doc[span.end].text[:1].islower():
            continue
        yield doc[start : span.end]
        start = span.end
    if start < len(doc):
        yield doc[start:]


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


def _home(places: list[PlaceMention], actors: list[ActorMention], world: World) -> str | None:
    """The country that most place names and state names of the report belong to."""
    votes: Counter[str] = Counter(p.where.country for p in places if p.where.country)
    for mention in actors:
        actor = world.actors.get(mention.ref.actor or "")
        if actor is not None and actor.country and actor.kind in ("state", "organ"):
            votes[actor.country] += 1
    return votes.most_common(1)[0][0] if votes else None
