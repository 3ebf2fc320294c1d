"""Which of a sentence's times are periods of a total, and which are only compared with."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.circumstances import owner
from contested.extract.kinds.statistic_terms import period_words
from contested.extract.lexicon import Lexicon, table
from contested.extract.mentions import TimeMention
from contested.extract.reading import Sentence, rel
from contested.extract.when import TimeReader
from contested.model import When
from contested.model.edtf import between

MONTH, SEASON = 27, 60
"""Days: a month at least, and so long that no incident fills it."""
_MONTHS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9,
    "10": 10, "11": 11,
}  # fmt: skip
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


def days(when: When) -> int | None:
    """How many days a time covers; None if it is open at an end."""
    if when.earliest is None or when.latest is None:
        return None
    first, last = dt.date.fromisoformat(when.earliest), dt.date.fromisoformat(when.latest)
    return (last - first).days + 1


@lru_cache(maxsize=1)
def _month_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("months") if row["short"] == "no")


def bare_months(sentence: Sentence) -> list[TimeMention]:
    """Months that are named without a preposition: "August saw 99 attacks"."""
    out: list[TimeMention] = []
    for token in sentence.span:
        if token.text not in _month_names() or token.pos_ != "PROPN":
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


def dateline(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a date stands before the dash that opens a wire report ("KABUL, Oct 9 — ")."""
    before = sentence.report.text[sentence.start : mention.start]
    behind = sentence.report.text[mention.end : mention.end + 12]
    return len(before) < 45 and bool(re.match(r"\s*(?:\([^)]*\)\s*)?[—–-]", behind))


def _same(mention: TimeMention) -> bool:
    """Whether a time only points back to the period spoken of ("during the month")."""
    words = mention.when.as_written.lower()
    return any(words == p or words.endswith(f" {p}") for p in period_words("same"))


@dataclass(frozen=True, slots=True)
class Times:
    """A sentence's times, seen as periods."""

    sentence: Sentence
    words: Lexicon

    def is_base(self, mention: TimeMention) -> bool:
        """Whether a time is only what is compared with: "than in 2021", "highest since 2015"."""
        before = self.sentence.report.text[self.sentence.start : mention.start]
        if _BASE.search(before):
            return not re.match(r"from\b", mention.when.as_written, re.IGNORECASE)
        if _OVER.search(before) and _YEAR_BEFORE.search(mention.when.as_written):
            return True
        since = _SINCE.search(before) or mention.when.as_written.lower().startswith("since")
        return bool(since) and self._says("superlative")

    def periods(self) -> list[TimeMention]:
        """The sentence's own periods of a month or more, without bases and dates of speech."""
        return [
            m
            for m in [*self.sentence.times, *bare_months(self.sentence)]
            if (days(m.when) or MONTH) >= MONTH
            and not _same(m)
            and not self.is_base(m)
            and not self.of_document(m)
            and not self._of_saying(m)
        ]

    def _says(self, use: str) -> bool:
        text = self.sentence.text.lower()
        return any(re.search(rf"\b{re.escape(p)}\b", text) for p in period_words(use))

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

    def part(self, when: When, mention: TimeMention) -> When:
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

    def distance(self, mention: TimeMention, token: Token) -> float:
        """Tokens between a time and `token`."""
        place = self.sentence.place_token(mention)
        return abs(place.i - token.i) if place is not None else 99.0

    def open_end(self, mention: TimeMention) -> When:
        """A time in a clause that begins with "after" only begins the period."""
        place = self.sentence.place_token(mention)
        holder = owner(place, self.words) if place is not None else None
        if holder is not None and mention.when.earliest and "/" not in mention.when.edtf:
            marks = [c for c in holder.children if rel(c) == "mark"]
            if any(_LATER.fullmatch(c.text) for c in marks):
                when = mention.when
                return replace(when, edtf=f"{when.edtf}/..", latest=None)
        return mention.when

    def of_document(self, mention: TimeMention) -> bool:
        """ "its 2022 yearly report", "a January interview": the time of a document."""
        place = self.sentence.place_token(mention)
        group = self.sentence.group(place) if place is not None else None
        if group is None or place is None or group.head.i == place.i:
            return False
        kind = self.words.source_kind(group.head.lower_)
        return kind is not None and mention.end <= self.sentence.chars(group.head.i)[0]

    def _of_saying(self, mention: TimeMention) -> bool:
        """A month that only dates the saying ("said in June that")."""
        place = self.sentence.place_token(mention)
        if place is None:
            return False
        holder = owner(place, self.words)
        if holder.lemma_.lower() not in self.words.reporting or holder.pos_ != "VERB":
            return False
        return any(rel(c) == "ccomp" and c.i > place.i > holder.i for c in holder.children)

    def dated(self) -> bool:
        """Whether a day or an hour, other than that of the saying, dates what is told."""
        for mention in self.sentence.times:
            length = days(mention.when)
            if length is None or length >= MONTH or self.is_base(mention):
                continue
            if dateline(self.sentence, mention):
                continue
            place = self.sentence.place_token(mention)
            if place is None:
                continue
            near = [
                t
                for t in self.sentence.span
                if -4 <= t.i - place.i <= 4 and t.lemma_.lower() in self.words.reporting
            ]
            holder = owner(place, self.words)
            if not near and holder.lemma_.lower() not in self.words.reporting:
                return True
        return False
