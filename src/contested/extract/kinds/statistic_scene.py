"""What tells a total over a period from the toll of one incident: periods, institutes, totals."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from contested.extract.circumstances import owner
from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.mentions import TimeMention
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import Speaker, StatisticClaim, When
from contested.model.terms import Stance

MONTH, SEASON = 27, 60
"""Days: a month at least, and so long that no incident fills it."""
COUNTERS = {"research", "international"}
"""Kinds of actors that count."""
_NUMBER = (
    r"(?:[\d,.]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)"
)
_BASE = re.compile(
    rf"\b(?:from\s+(?:(?:the|that|just|only|about|{_NUMBER})\s+(?:percent\s+)?(?:in\s+|of\s+|for\s+)?)*"
    r"|than\s+(?:[\w']+\s+){0,4}"
    rf"|(?:against|versus)\s+(?:{_NUMBER}\s+)?(?:\w+\s+)?(?:in\s+|for\s+|during\s+)?(?:the\s+)?"
    r"|compar(?:ed|ison)\s+(?:with|to)\s+(?:[\w,']+\s+){0,4}"
    r"|(?:over|on)\s+the\s+(?=$))$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+(?:at least\s+)?(?:the\s+|year\s+)*$", re.IGNORECASE)
_LATER = re.compile(r"\b(?:after|since|following)\b", re.IGNORECASE)
_INSTITUTE = re.compile(
    r"\b(?:institute|think[- ]tank|cent(?:re|er)|report|study|data|figures|index|monitors?)\b",
    re.IGNORECASE,
)


def days(when: When) -> int | None:
    """How many days a time covers; None if it is open at an end."""
    if when.earliest is None or when.latest is None:
        return None
    first, last = dt.date.fromisoformat(when.earliest), dt.date.fromisoformat(when.latest)
    return (last - first).days + 1


@dataclass(slots=True)
class Scene:
    """A sentence with the last statistic before it."""

    ctx: Context
    sentence: Sentence
    last: StatisticClaim | None = None
    gap: int = 99
    """Sentences between this one and the last statistic's; 0 in the same sentence."""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.sentence.text.lower()
        self.refresh()

    def refresh(self) -> None:
        """Look up the last statistic of this paragraph or of the one before."""
        sentences = self.ctx.reading.sentences
        for claim in reversed(self.ctx.claims):
            if not isinstance(claim, StatisticClaim):
                continue
            for number in range(self.sentence.number, max(self.sentence.number - 7, -1), -1):
                there = sentences[number]
                if there.start <= claim.start < there.end:
                    if self.sentence.paragraph_number - there.paragraph_number <= 1:
                        self.last, self.gap = claim, self.sentence.number - number
                    return
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

    def is_base(self, mention: TimeMention) -> bool:
        """Whether a time is only what is compared with: "than in 2021", "highest since 2015"."""
        before = self.sentence.report.text[self.sentence.start : mention.start]
        if _BASE.search(before):
            return days(mention.when) is None or not self._interval(mention)
        since = _SINCE.search(before) or mention.when.as_written.lower().startswith("since")
        return bool(since) and self.says("superlative")

    @staticmethod
    def _interval(mention: TimeMention) -> bool:
        """A span that begins with its own "from" is no base."""
        return bool(re.match(r"from\b", mention.when.as_written, re.IGNORECASE))

    def periods(self) -> list[TimeMention]:
        """The sentence's own periods of a month or more, without bases and dates of speech."""
        return [
            m
            for m in self.sentence.times
            if (days(m.when) or MONTH) >= MONTH
            and not self.is_base(m)
            and not self._of_document(m)
            and not self._of_saying(m)
        ]

    def period(self, token: Token) -> tuple[When | None, bool]:
        """The period that governs `token`, and whether it was spoken of before only."""
        own = self.periods()
        if own:
            best = min(own, key=lambda m: self._distance(m, token))
            return self._open_end(best), False
        reports = [m for m in self.sentence.times if self._of_document(m)]
        if reports and (days(reports[0].when) or 0) >= MONTH:
            return reports[0].when, False
        if self.last is not None and self.last.period is not None and self._goes_on():
            return self.last.period, True
        return self._earlier_period() if self.says("same") else (None, False)

    def _goes_on(self) -> bool:
        return self.says("same") or self.same_paragraph or self.gap <= 2

    def _earlier_period(self) -> tuple[When | None, bool]:
        """The period last spoken of, up to three sentences back."""
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 3) : number]):
            found = Scene(self.ctx, earlier).periods()
            if found:
                return found[-1].when, True
        return None, False

    def _distance(self, mention: TimeMention, token: Token) -> float:
        place = self.sentence.place_token(mention)
        return abs(place.i - token.i) if place is not None else 99.0

    def _open_end(self, mention: TimeMention) -> When:
        """A time in a clause that begins with "after" only begins the period."""
        place = self.sentence.place_token(mention)
        holder = owner(place, self.ctx.words) if place is not None else None
        if holder is not None and mention.when.earliest and "/" not in mention.when.edtf:
            marks = [c for c in holder.children if rel(c) == "mark"]
            if any(_LATER.fullmatch(c.text) for c in marks):
                when = mention.when
                return replace(when, edtf=f"{when.edtf}/..", latest=None)
        return mention.when

    def _of_document(self, mention: TimeMention) -> bool:
        """ "its 2022 yearly report", "a January interview": the time of a document."""
        place = self.sentence.place_token(mention)
        group = self.sentence.group(place) if place is not None else None
        if group is None or place is None or group.head.i == place.i:
            return False
        kind = self.ctx.words.source_kind(group.head.lower_)
        return kind is not None and mention.end <= self.sentence.chars(group.head.i)[0]

    def _of_saying(self, mention: TimeMention) -> bool:
        """A month that only dates the saying ("said in June that")."""
        place = self.sentence.place_token(mention)
        if place is None:
            return False
        holder = owner(place, self.ctx.words)
        if holder.lemma_.lower() not in self.ctx.words.reporting or holder.pos_ != "VERB":
            return False
        return any(rel(c) == "ccomp" and c.i > place.i > holder.i for c in holder.children)

    def dated(self) -> bool:
        """Whether a day or an hour, other than that of the saying, dates what is told."""
        for mention in self.sentence.times:
            length = days(mention.when)
            if length is None or length >= MONTH or self.is_base(mention):
                continue
            place = self.sentence.place_token(mention)
            if place is None:
                continue
            near = [
                t
                for t in self.sentence.span
                if -4 <= t.i - place.i <= 4 and t.lemma_.lower() in self.ctx.words.reporting
            ]
            holder = owner(place, self.ctx.words)
            if not near and holder.lemma_.lower() not in self.ctx.words.reporting:
                return True
        return False

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
            if head.lower_.endswith("s") or group.has("every", "each", "any", "no"):
                continue
            return True
        return False

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
        if chain and chain[-1].actor is None and _INSTITUTE.search(chain[-1].name):
            body = self._body()
            if body is not None:
                chain = (*chain[:-1], replace(chain[-1], actor=body, kind="independent"))
        return chain, stance

    def _counter(self, token: Token) -> Group | None:
        at = token
        for _ in range(6):
            if at.pos_ == "VERB":
                doer = verb_frame(self.sentence, at).doer
                if doer is not None and doer.actor and self.counts(doer.actor.actor):
                    return doer
            if at.i == at.head.i:
                return None
            at = at.head
        return None

    def _body(self) -> str | None:
        """The institute named last, in this sentence or up to three sentences back."""
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 3) : number + 1]):
            for mention in reversed(earlier.actors):
                if self.counts(mention.ref.actor):
                    return mention.ref.actor
        return None

    def doer(self, group: Group, token: Token) -> str | None:
        """Whose attacks: "by", "attributed to", the verb's doer, or the name in the group."""
        follow = next_phrase(group)
        if follow is not None and follow[0] == "by" and follow[1].actor:
            return follow[1].actor.actor
        at = token
        for _ in range(4):
            found = self._doer_at(at) if at.pos_ == "VERB" else None
            if found is not None:
                return found
            if at.i == at.head.i:
                break
            at = at.head
        inside = [
            m.ref.actor
            for m in self.sentence.actors
            if m.how != "person"
            and self._within(group, m.start)
            and self.ctx.is_armed(m.ref.actor)
        ]
        return inside[-1] if inside else None

    def _doer_at(self, verb: Token) -> str | None:
        frame = verb_frame(self.sentence, verb)
        lemma = verb.lemma_.lower()
        given = {"attribute": ("to",), "ascribe": ("to",), "blame": ("on",)}.get(lemma)
        doer = frame.phrase(*given) if given else frame.doer
        if doer is None or doer.actor is None or self.counts(doer.actor.actor):
            return None
        return doer.actor.actor

    def _within(self, group: Group, start: int) -> bool:
        first, _ = self.sentence.chars(group.start)
        _, last = self.sentence.chars(group.end - 1)
        return first <= start < last
