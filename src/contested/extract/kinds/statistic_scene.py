"""What tells a total over a period from the toll of one incident: periods, institutes, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.statistic_period import MONTH, Times, days
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.mentions import TimeMention
from contested.extract.reading import Group, Sentence, rel
from contested.model import Speaker, StatisticClaim, When
from contested.model.terms import Stance

COUNTERS = {"research", "international"}
"""Kinds of actors that count."""
_INSTITUTE = re.compile(
    r"\b(?:institute|think[- ]tank|cent(?:re|er)|report|study|data|figures|index|monitors?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Scene:
    """A sentence with the last statistic before it."""

    ctx: Context
    sentence: Sentence
    last: StatisticClaim | None = None
    gap: int = 99
    """Sentences between this one and the last statistic's; 0 in the same sentence."""
    text: str = field(init=False)
    times: Times = field(init=False)
    period_before: When | None = field(init=False, default=None)
    """The period of the last statistic of an earlier sentence."""

    def __post_init__(self) -> None:
        self.text = self.sentence.text.lower()
        self.times = Times(self.sentence, self.ctx.words)
        self.refresh()
        self.period_before = self.last.period if self.last is not None else None

    def refresh(self) -> None:
        """Look up the last sentence of this paragraph or the one before with a statistic.

        Of several in one sentence the first is the one that the others are parts of.
        """
        told = [c for c in self.ctx.claims if isinstance(c, StatisticClaim)]
        if not told:
            return
        start = told[-1].start
        sentences = self.ctx.reading.sentences
        for number in range(self.sentence.number, max(self.sentence.number - 7, -1), -1):
            there = sentences[number]
            if not there.start <= start < there.end:
                continue
            if self.sentence.paragraph_number - there.paragraph_number <= 1:
                self.last = next(c for c in told if c.start == start)
                self.gap = self.sentence.number - number
            return

    @property
    def same_paragraph(self) -> bool:
        """Whether the last statistic stands in this paragraph."""
        if self.last is None:
            return False
        there = self.ctx.reading.sentences[self.sentence.number - self.gap]
        return there.paragraph_number == self.sentence.paragraph_number

    def says(self, use: str) -> bool:
        """Whether the sentence has one of the table's phrases for `use`."""
        return any(re.search(rf"\b{re.escape(p)}\b", self.text) for p in period_words(use))

    def periods(self) -> list[TimeMention]:
        """The sentence's own periods of a month or more."""
        return self.times.periods()

    def dated(self) -> bool:
        """Whether a day or an hour, other than that of the saying, dates what is told."""
        return self.times.dated()

    def period(self, token: Token) -> tuple[When | None, bool]:
        """The period that governs `token`, and whether it was spoken of before only."""
        own = [m for m in self.periods() if self.times.belongs(m, token)]
        if own:
            best = min(own, key=lambda m: self.times.distance(m, token))
            return self.times.part(self.times.open_end(best), best), False
        reports = [m for m in self.sentence.times if self.times.of_document(m)]
        if reports and (days(reports[0].when) or 0) >= MONTH:
            return reports[0].when, False
        if self.last is not None and self.last.period is not None and self._goes_on():
            return self.last.period, True
        return self.earlier_period() if self.says("same") else (None, False)

    def _goes_on(self) -> bool:
        return self.says("same") or self.same_paragraph or self.gap <= 2

    def earlier_period(self) -> tuple[When | None, bool]:
        """The period last spoken of, up to three sentences back."""
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 3) : number]):
            found = Scene(self.ctx, earlier).periods()
            if found:
                return found[-1].when, True
        return None, False

    def incident(self) -> bool:
        """Whether one attack, clash or blast is spoken of."""
        for group in self.sentence.groups:
            head = group.head
            trigger = self.ctx.words.nouns.get(head.lemma_.lower())
            if (
                trigger is None
                or group.plural
                or group.count is not None
                or rel(head) == "compound"
            ):
                continue
            if head.lower_ in ("violence", "fighting", "crackdown", "hostage", "suicide", "drone"):
                continue
            if head.lemma_.lower() in period_words("lasting") or self._begins(group):
                continue
            if head.lower_.endswith("s") or group.has("every", "each", "any", "no"):
                continue
            return True
        return False

    def _begins(self, group: Group) -> bool:
        """Whether a happening is only what the count begins with: "since the May attack"."""
        doc, first = group.head.doc, group.start
        return first > self.sentence.span.start and doc[first - 1].lower_ == "since"

    def institutional(self, token: Token) -> bool:
        """Whether an institute, a database or a yearly report counts here or just before."""
        chain, _ = self.voices(token)
        if any(self.counts(s.actor) for s in chain) or self.says("source"):
            return True
        number = self.sentence.number
        earlier = self.ctx.reading.sentences[number - 1] if number else None
        if earlier is None or self.sentence.paragraph_number - earlier.paragraph_number > 1:
            return False
        return Scene(self.ctx, earlier).says("source") or any(
            g.actor is not None and self.counts(g.actor.actor) for g in earlier.groups
        )

    def counts(self, actor: str | None) -> bool:
        """Whether an actor is an institute or an international body."""
        known = self.ctx.world.actors.get(actor or "")
        return known is not None and known.kind in COUNTERS

    def voices(self, token: Token) -> tuple[tuple[Speaker, ...], Stance]:
        """Who counts: the voices of `token`, else the institute that is the verb's subject.

        "The institute" and "its report" stand for the body named before.
        """
        chain, stance = self.ctx.voices(self.sentence, token)
        if not chain:
            subject = self._counter(token)
            if subject is not None and subject.actor is not None:
                chain = (Speaker(subject.text, subject.actor.actor, "independent"),)
            else:
                chain = self._closing() or self._according() or self._opening()
        if chain and self._nameless(chain[-1]):
            body = self._body()
            if body is not None:
                chain = (*chain[:-1], replace(chain[-1], actor=body, kind="independent"))
        return chain, stance

    def _nameless(self, speaker: Speaker) -> bool:
        """Whether "the institute", "its report" or "it" stands for the body named before."""
        if self.counts(speaker.actor):
            return False
        lower = speaker.name.lower()
        if lower == "it":
            return self.last is not None
        if re.search(r"\binstitute\b|\bthink[- ]tank\b", lower):
            return True
        return speaker.actor is None and bool(_INSTITUTE.search(lower))

    def _closing(self) -> tuple[Speaker, ...]:
        """ "…, the institute said.": a voice that closes the sentence."""
        doc, first = self.sentence.span.doc, self.sentence.span.start
        for token in reversed(list(self.sentence.span)[-9:]):
            says = token.lemma_.lower() in self.ctx.words.reporting
            if not says or token.tag_ not in ("VBD", "VBZ"):
                continue
            commas = [i for i in range(max(first, token.i - 14), token.i) if doc[i].text == ","]
            if not commas or any(t.pos_ == "VERB" for t in doc[commas[-1] : token.i]):
                return ()
            groups = [g for g in self.sentence.groups if commas[-1] < g.start and g.end <= token.i]
            known = [g for g in groups if g.actor is not None and self.counts(g.actor.actor)]
            if not groups:
                return ()
            speaker = Attributor(self.ctx.world, self.ctx.words).speaker((known or groups)[0])
            return (speaker,) if speaker is not None else ()
        return ()

    def _opening(self) -> tuple[Speaker, ...]:
        """ "The institute's report says …": the body named before, where it says the rest."""
        for group in self.sentence.groups:
            verb = group.head.head
            says = verb.lemma_.lower() in self.ctx.words.reporting and rel(group.head) == "nsubj"
            if says and _INSTITUTE.search(group.text):
                body = self._body()
                return (Speaker(group.text, body, "independent"),) if body else ()
        return ()

    def _according(self) -> tuple[Speaker, ...]:
        """The institute behind "according to a report by"."""
        at = self.text.find("according to")
        if at < 0:
            return ()
        for mention in self.sentence.actors:
            if mention.start >= self.sentence.start + at and self.counts(mention.ref.actor):
                return (Speaker(mention.ref.as_written, mention.ref.actor, "independent"),)
        return ()

    def _counter(self, token: Token) -> Group | None:
        at = token
        for _ in range(6):
            if at.pos_ == "VERB":
                doer = verb_frame(self.sentence, at).doer
                if doer is not None and doer.actor and self.counts(doer.actor.actor):
                    return doer
            if at.i == at.head.i:
                break
            at = at.head
        left = [g for g in self.sentence.groups if g.end <= token.i and rel(g.head) == "nsubj"]
        counters = [g for g in left if g.actor is not None and self.counts(g.actor.actor)]
        return counters[-1] if counters and counters[-1] is left[-1] else None

    def _body(self) -> str | None:
        """The institute named last, in this sentence or in the dozen before."""
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 12) : number + 1]):
            for mention in reversed(earlier.actors):
                if self.counts(mention.ref.actor):
                    return mention.ref.actor
        return None
