"""What tells a total over a period from the toll of one incident: periods, institutes, totals."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.circumstances import owner
from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.mentions import TimeMention
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.extract.when import TimeReader
from contested.model import Speaker, StatisticClaim, When
from contested.model.edtf import between
from contested.model.terms import Stance

MONTH, SEASON = 27, 60
"""Days: a month at least, and so long that no incident fills it."""
_MONTHS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9,
    "10": 10, "11": 11,
}  # fmt: skip
COUNTING = {"count", "record", "register", "document", "report", "note", "estimate", "tally"}
"""Verbs of those who count, not of those who attack."""
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
    r")$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+(?:at least\s+)?(?:the\s+|year\s+)*$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:previous|before|preceding|earlier|prior)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:over|on)\s+(?:the\s+|a\s+)?$", re.IGNORECASE)
_FIRST = re.compile(
    r"\bfirst\s+(\w+\s+months|half|quarter|month)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
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


def bare_months(sentence: Sentence) -> list[TimeMention]:
    """Months that are named without a preposition: "August saw 99 attacks"."""
    out: list[TimeMention] = []
    for token in sentence.span:
        if token.text not in calendar.month_name or token.pos_ != "PROPN":
            continue
        start, end = sentence.chars(token.i)
        covered = any(m.start < end and m.end > start for m in sentence.times)
        if covered or rel(token) not in ("nsubj", "compound", "nmod"):
            continue
        found, _ = TimeReader(sentence.report.published).read(f"in {token.text}", 0)
        if found:
            when = replace(found[0].when, as_written=token.text)
            out.append(TimeMention(start, end, when, "month"))
    return out


@dataclass(slots=True)
class Scene:
    """A sentence with the last statistic before it."""

    ctx: Context
    sentence: Sentence
    last: StatisticClaim | None = None
    gap: int = 99
    """Sentences between this one and the last statistic's; 0 in the same sentence."""
    text: str = field(init=False)
    period_before: When | None = field(init=False, default=None)
    """The period of the last statistic of an earlier sentence."""

    def __post_init__(self) -> None:
        self.text = self.sentence.text.lower()
        self.refresh()
        self.period_before = self.last.period if self.last is not None else None

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
        if _OVER.search(before) and _YEAR_BEFORE.search(mention.when.as_written):
            return True
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
            for m in [*self.sentence.times, *bare_months(self.sentence)]
            if (days(m.when) or MONTH) >= MONTH
            and m.when.as_written.lower() not in period_words("same")
            and not self.is_base(m)
            and not self._of_document(m)
            and not self._of_saying(m)
        ]

    def period(self, token: Token) -> tuple[When | None, bool]:
        """The period that governs `token`, and whether it was spoken of before only."""
        own = [m for m in self.periods() if self.belongs(m, token)]
        if own:
            best = min(own, key=lambda m: self._distance(m, token))
            return self._part(self._open_end(best), best), False
        reports = [m for m in self.sentence.times if self._of_document(m)]
        if reports and (days(reports[0].when) or 0) >= MONTH:
            return reports[0].when, False
        if self.last is not None and self.last.period is not None and self._goes_on():
            return self.last.period, True
        return self._earlier_period() if self.says("same") else (None, False)

    def belongs(self, mention: TimeMention, token: Token) -> bool:
        """Whether a time does not stand in another clause than `token` ("before it fell in")."""
        at = self.sentence.place_token(mention)
        for _ in range(12):
            if at is None or at.i == token.i or at.is_ancestor(token):
                return True
            clause = at.pos_ in ("VERB", "AUX") and rel(at) in ("advcl", "acl", "ccomp")
            if clause and not any(_LATER.fullmatch(c.text) for c in at.children):
                inner = at.dep_ == "acl:relcl" or rel(at) in ("advcl", "acl")
                if (inner and at.i > token.i) or at.tag_ == "VBN":
                    return False
            if at.i == at.head.i:
                return True
            at = at.head
        return True

    def _part(self, when: When, mention: TimeMention) -> When:
        """ "the first eight months of 2023": that part of the year."""
        before = self.sentence.report.text[self.sentence.start : mention.start]
        found = _FIRST.search(before)
        if found is None or (days(when) or 0) < 360 or when.earliest is None:
            return when
        words = found[1].lower().split()
        months = {"half": 6, "quarter": 3, "month": 1}.get(words[0]) or _MONTHS.get(words[0])
        if not months:
            return when
        first = dt.date.fromisoformat(when.earliest)
        last = dt.date(first.year, months, calendar.monthrange(first.year, months)[1])
        return between(first, last, f"{found[0].strip()} {when.as_written}")

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
            else:
                chain = self._closing()
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
            return self.last is not None and any(self.counts(s.actor) for s in self.last.speakers)
        if re.search(r"\binstitute\b|\bthink[- ]tank\b", lower):
            return True
        return speaker.actor is None and bool(_INSTITUTE.search(lower))

    def _closing(self) -> tuple[Speaker, ...]:
        """ "…, the institute said.": a voice that closes the sentence."""
        for token in reversed(list(self.sentence.span)[-9:]):
            if token.lemma_.lower() not in self.ctx.words.reporting or token.tag_ != "VBD":
                continue
            group = self.sentence.by_token.get(token.i - 1)
            if group is None or token.i - self.sentence.span.start < 6:
                continue
            first = min((c.left_edge.i for c in token.children if rel(c) == "nsubj"),
                        default=group.start)  # fmt: skip
            if token.doc[first - 1].text != ",":
                return ()
            whole = self.sentence.group(token.doc[first]) or group
            whole = self.sentence.by_token.get(first + 1, whole) if whole is None else whole
            speaker = Attributor(self.ctx.world, self.ctx.words).speaker(whole)
            return (speaker,) if speaker is not None else ()
        return ()

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
        """The institute named last, in this sentence or in the dozen before."""
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 12) : number + 1]):
            for mention in reversed(earlier.actors):
                if self.counts(mention.ref.actor):
                    return mention.ref.actor
        return None

    def doer(self, group: Group, token: Token) -> str | None:
        """Whose attacks: "by", "attributed to", the verb's doer, or the name in the group."""
        follow = next_phrase(group)
        if follow is not None and follow[0] == "by" and follow[1].actor:
            return follow[1].actor.actor
        inside = self._named_in(group)
        if inside is not None and group.head.tag_ != "NN":
            return inside
        at = token
        for _ in range(4):
            found = self._doer_at(at, group) if at.pos_ == "VERB" else None
            if found is not None:
                return found
            if at.i == at.head.i or rel(at) in ("ccomp", "advcl", "parataxis", "acl"):
                break
            at = at.head
        return inside

    def _named_in(self, group: Group) -> str | None:
        """An armed group's name inside "TTP attacks", or whom "their attacks" points to."""
        names = [
            m.ref.actor
            for m in self.sentence.actors
            if m.how != "person" and self.ctx.is_armed(m.ref.actor)
        ]
        inside = [
            m.ref.actor
            for m in self.sentence.actors
            if m.ref.actor in names and self._within(group, m.start)
        ]
        if inside:
            return inside[-1]
        if group.head.doc[group.start].lower_ not in ("their", "its"):
            return None
        first, _ = self.sentence.chars(group.start)
        left = [
            m.ref.actor for m in self.sentence.actors if m.end <= first and m.ref.actor in names
        ]
        return left[-1] if left else None

    def _doer_at(self, verb: Token, group: Group) -> str | None:
        frame = verb_frame(self.sentence, verb)
        lemma = verb.lemma_.lower()
        given = {"attribute": ("to",), "ascribe": ("to",), "blame": ("on",)}.get(lemma)
        doer = frame.phrase(*given) if given else frame.doer
        if doer is None or doer is group or (lemma in COUNTING and not given):
            return None
        if lemma in ("die", "perish", "lose", "embrace", "sustain", "suffer", "see", "leave"):
            return None
        if doer.head.pos_ == "PRON":
            return self._pronoun(doer)
        follow = next_phrase(doer)
        if doer.actor is None and follow is not None and follow[0] == "of" and follow[1].actor:
            return follow[1].actor.actor
        if doer.actor is None or self.counts(doer.actor.actor):
            return None
        return doer.actor.actor

    def _pronoun(self, doer: Group) -> str | None:
        """Whom "it" or "they" stands for; after counted attacks, "they" are these attacks."""
        if doer.head.lower_ in ("they", "these", "those") and self.last and self.gap <= 1:
            return self.last.actor
        actor = doer.actor.actor if doer.actor else None
        if actor is None or not self.counts(actor):
            return actor
        number = self.sentence.number
        for earlier in reversed(self.ctx.reading.sentences[max(0, number - 3) : number]):
            for mention in reversed(earlier.actors):
                if self.ctx.is_armed(mention.ref.actor):
                    return mention.ref.actor
        return None

    def _within(self, group: Group, start: int) -> bool:
        first, _ = self.sentence.chars(group.start)
        _, last = self.sentence.chars(group.end - 1)
        return first <= start < last
