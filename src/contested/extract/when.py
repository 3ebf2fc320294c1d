"""When: the times and the lengths of time that a report names.

>>> from contested.model import edtf
>>> reader = TimeReader(edtf.when("2022-12-21"))
>>> [m.when.edtf for m in reader.read("On Monday and in late November")[0]]
['2022-12-19', '2022-11-21/2022-11-30']

A date without a year takes the latest year in which it is not after the report. Relative words
("yesterday", "this week") hang on the report's own date and are as vague as it; without one they
give nothing. "that year", "a day earlier" and "this period" hang on what the report named before:
the year and the period at any distance, the day only in the same or the paragraph before.
"by Tuesday" is taken as Tuesday, the day on which the thing said was so.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from contested.extract.counted import lasts, people
from contested.extract.lexicon import table
from contested.extract.mentions import DurationMention, TimeMention
from contested.extract.numerals import tokens
from contested.extract.when_clock import DAY, Clock, Span
from contested.extract.when_resolve import resolve
from contested.extract.when_rules import Atom, find_atoms
from contested.extract.when_words import weekdays
from contested.model import When
from contested.model import edtf as dates

_JOIN = re.compile(r"\s*[-–—]\s*|\s+(?:to|through|until|till)\s+(?:the\s+)?")
_AND = re.compile(r",?\s+and\s+(?:the\s+)?(?:early\s+(?:hours\s+of\s+)?)?")
_BETWEEN = re.compile(
    r"\b(?:between\s+(?:the\s+)?(?:night\s+of\s+)?|night\s+(?:of\s+)?(?:the\s+)?)$", re.IGNORECASE
)
_NIGHT = re.compile(r"\b(?:night|late)\b", re.IGNORECASE)
_EARLY = re.compile(r",?\s+and\s+(?:(?:in|into)\s+)?(?:the\s+)?early\s+(?:on\s+|hours\s+of\s+)?")
_LEAD = re.compile(
    r"\b(?P<w>since|until|till|before|prior\s+to|after|from)\s+"
    r"(?:(?:at\s+least|about|around|as\s+early\s+as)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|on)\b")
_CLOSED = re.compile(r"\s*(?:[.,;:)!?]|$|(?:and|but|or|when|while)\b)")
_AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|due(?!\s+to\s+(?:an?|the|\w+ing)\b)|upcoming|deadline|set\s+to|expected\s+to|planned\s+for)\b[^.;!?]*$",
    re.IGNORECASE,
)
_NIGHT_OF = re.compile(
    r"\s+(?:(?:between|on|from|into)\s+(?:the\s+)?(?:\d|[A-Z])"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
_THAT_ONE = re.compile(r"\s+(?:when|that|which|on\s+which|of|marking|marked)\b")
_POINTS = frozenset(("date", "month", "year", "year_word", "weekday"))
_LENGTH = re.compile(r"\b(?P<u>day|week|month|year|hour|decade)-?long\b", re.IGNORECASE)
_A_LENGTH = re.compile(
    r"\b(?:for|lasting|lasted|within|over|than|nearly|almost|about)\s+(?P<q>an?\s+(?:full\s+|whole\s+)?"
    r"(?P<u>day|week|fortnight|month|year|decade|hour))\b(?!-|\s+(?:ago|earlier|later|old))",
    re.IGNORECASE,
)
_LONG = re.compile(r"-long\b")
_NO_LENGTH = re.compile(
    r"\s*(?:-?\s*old\b|ago\b|earlier\b|later\b|after\b|before\b|of\s+age\b|\d{4}\b)"
)
_LENGTH_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_MEMORY = 1
_OPEN = frozenset(("after", "before", "when", "as", "with", "and", "where", "that", "from"))
_BREAKS = frozenset(("the", "a", "an", "when", "and", "or", "as", "after", "before", "his", "by"))
_BOTH = re.compile(r",?\s+and\s+(?:on\s+)?")


class TimeReader:
    """Reads the paragraphs of one report, in order: it remembers what was named before.

    `published` is the report's own date as far as it is known.
    """

    def __init__(self, published: When | None) -> None:
        first = (
            dt.date.fromisoformat(published.earliest) if published and published.earliest else None
        )
        last = dt.date.fromisoformat(published.latest) if published and published.latest else None
        self._clock = Clock(first or last, last or first)
        self._paragraph = 0
        self._day_seen = 0

    def read(self, text: str, offset: int = 0) -> tuple[list[TimeMention], list[DurationMention]]:
        """Times and lengths of time in the next paragraph; spans are moved on by `offset`."""
        self._paragraph += 1
        if self._paragraph - self._day_seen > _MEMORY:
            self._clock.day = None
        if not _times().search(text):
            return [], []
        times: list[TimeMention] = []
        atoms = find_atoms(text)
        at = i = 0
        while i < len(atoms):
            atom = atoms[i]
            i += 1
            if atom.start < at or not _is_time(text, atom):
                continue
            made = self._ranged(text, atom, atoms, i) or self._alone(text, atom)
            if made is None:
                continue
            mention, at = made, made.end
            times.append(mention)
        lengths = _durations(text, [(m.start, m.end) for m in times])
        return (
            [replace(m, start=m.start + offset, end=m.end + offset) for m in times],
            [DurationMention(a + offset, b + offset, days) for a, b, days in lengths],
        )

    def _ranged(self, text: str, atom: Atom, atoms: list[Atom], i: int) -> TimeMention | None:
        """A mention of the time from `atom` to the one that follows it, or None."""
        if atom.form not in _POINTS or atom.last_day is not None:
            return None
        other = _follower(text, atom, atoms, i)
        if other is None:
            return None
        if atom.year is None and not atom.year_word and atom.form != "weekday":
            atom = replace(atom, year=other.year, year_word=other.year_word, unit=other.unit)
        a, b = resolve(atom, self._clock), resolve(other, self._clock)
        if a is None or b is None or a.first is None or b.last is None or a.first > b.last:
            return None
        self._remember(atom, a)
        self._remember(other, b)
        code = dates.between(a.first, b.last, "").edtf
        if a.kind in ("month", "year") and a.kind == b.kind and a.edtf != b.edtf:
            code = f"{a.edtf}/{b.edtf}"
        together = Span(a.first, b.last, code, "period")
        self._clock.period = together
        return _mention(text, atom.start, other.end, together)

    def _alone(self, text: str, atom: Atom) -> TimeMention | None:
        ahead = bool(_AHEAD.search(text[max(0, atom.start - 60) : atom.start]))
        found = resolve(atom, self._clock, ahead)
        if found is None:
            return None
        self._remember(atom, found)
        start = atom.start
        lead = _LEAD.search(text[max(0, start - 40) : start])
        if lead:
            opened = self._opened(text, lead["w"].lower(), atom, found)
            if opened is not None:
                word_at = max(0, start - 40) + lead.start()
                return _mention(text, word_at, atom.end, opened)
        return _mention(text, start, atom.end, found)

    def _opened(self, text: str, lead: str, atom: Atom, found: Span) -> Span | None:
        """The open time that a word such as "since" makes of `found`, or None."""
        first, last, until = found.first, found.last, self._clock.last
        if first is None or last is None:
            return None
        plain = first.isoformat() if "/" in found.edtf else found.edtf
        end = until if until and until >= first else None
        if lead == "since" or (lead == "from" and _ONWARDS.match(text, atom.end)):
            return Span(first, end, f"{plain}/..", "period")
        if lead in ("until", "till"):
            plain = last.isoformat() if "/" in found.edtf else found.edtf
            return Span(None, last, f"../{plain}", "period")
        if lead == "from" or not (atom.form == "year" or _CLOSED.match(text, atom.end)):
            return None
        day = last + DAY if lead == "after" else first - DAY
        plain = f"{day.year:04d}" if found.kind == "year" else day.isoformat()
        if lead != "after":
            return Span(None, day, f"../{plain}", "period")
        return Span(day, until, f"{plain}/..", "period") if not until or day <= until else None

    def _remember(self, atom: Atom, found: Span) -> None:
        """Keep what later words may hang on."""
        if found.first is None or found.last is None:
            return
        said = atom.year is not None or atom.year_word in ("last", "this", "that", "the same")
        if said and atom.form in ("date", "month", "year", "year_word", "half", "season"):
            self._clock.year = found.first.year
        if atom.form in ("date", "weekday", "day_word", "same_day") and found.first == found.last:
            self._clock.day = found.first
            self._day_seen = self._paragraph
        if (found.first.year, found.first.month) == (found.last.year, found.last.month):
            self._clock.month = (found.first.year, found.first.month)
        compares = atom.year_word in ("the previous", "the following")
        lasting = found.kind in ("year", "month", "period") and found.first != found.last
        if lasting and not compares and atom.form != "period":
            self._clock.period = found


def _mention(text: str, start: int, end: int, found: Span) -> TimeMention:
    written = text[start:end]
    when = When(
        found.edtf,
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
        written,
    )
    return TimeMention(start, end, when, found.kind)


def _follower(text: str, atom: Atom, atoms: list[Atom], i: int) -> Atom | None:
    """The atom that closes a range which `atom` opens, or None."""
    between = bool(_BETWEEN.search(text[max(0, atom.start - 40) : atom.start]))
    for other in atoms[i : i + 12]:
        if other.start < atom.end:
            continue
        gap = text[atom.end : other.start]
        if len(gap) > 30:
            return None
        if _are_neighbours(atom, other) and _BOTH.fullmatch(gap):
            return other
        joined = _JOIN.fullmatch(gap) or (between and _AND.fullmatch(gap))
        joined = joined or (
            _EARLY.fullmatch(gap) and _NIGHT.search(text, max(0, atom.start - 5), atom.end)
        )
        if joined and other.form == atom.form and other.last_day is None:
            return other
    return None


def _are_neighbours(atom: Atom, other: Atom) -> bool:
    """Whether two weekdays follow one another: "on Sunday and Monday" is both days."""
    if not atom.form == other.form == "weekday" or atom.year_word or other.year_word:
        return False
    return (weekdays()[other.word] - weekdays()[atom.word]) % 7 == 1


def _is_time(text: str, atom: Atom) -> bool:
    """Whether the words are a time here, not a name ("The Friday Times") or a count."""
    before = text[max(0, atom.start - 24) : atom.start]
    after = text[atom.end : atom.end + 24]
    word_before = re.search(r"([^\W\d_]+)[.\s]*$", before)
    word_after = re.match(r"\s+([^\W\d_]+)", after)
    last = word_before[1] if word_before else ""
    following = word_after[1] if word_after else ""
    if atom.form == "weekday":
        if following in _not_days("after") or last in _not_days("before"):
            return False
        return not re.match(r"s\b", after)
    if atom.form == "year" and not atom.part:
        return _is_year(last.lower(), following.lower(), before) and not _counts(
            last.lower(), text[atom.end : atom.end + 50]
        )
    if atom.word == "overnight":
        return not _NIGHT_OF.match(text, atom.end)
    if atom.word.lower() == "on the day":
        return not _THAT_ONE.match(text, atom.end)
    return True


def _is_year(last: str, following: str, before: str) -> bool:
    if last in _numbered() or re.search(r"(?:[#№$€£₹]|\bRs\.?|\bPKR|\bUSD)\s*$", before):
        return False
    if re.search(r"\b(?:at least|more than|over|nearly|almost|some|up to|than)\s*$", before):
        return following not in people()
    if following in people() or following in _measures():
        return last in ("in", "the", "of", "since", "its", "their", "his", "by", "during")
    return True


def _counts(last: str, after: str) -> bool:
    """Whether a number behind a word that leaves it open counts people: "after 2000 armed men"."""
    words = re.match(r"(?:\s+[a-z][a-z-]+){0,3}", after)
    nouns = set(words[0].split()) if words else set()
    return last in _OPEN and not nouns & _BREAKS and bool(nouns & people())


@lru_cache(maxsize=1)
def _times() -> re.Pattern[str]:
    """A quick look: words without which a paragraph names no time."""
    names = {r["word"].lower() for r in (*table("months"), *table("weekdays"), *table("seasons"))}
    names |= {n.lower() for r in table("holidays") for n in r["names"].split("|")}
    words = "|".join(re.escape(n) for n in sorted(names))
    return re.compile(
        rf"\d|\b(?:{words})\b|day|night|morning|evening|afternoon|week|month|year|hour|period|today"
        r"|decade|time|\blong|recent|tomorrow",
        re.IGNORECASE,
    )


@lru_cache(maxsize=2)
def _not_days(place: str) -> frozenset[str]:
    return frozenset(r["word"] for r in table("not_days") if r["place"] == place)


@lru_cache(maxsize=2)
def _numbered() -> frozenset[str]:
    return frozenset(r["word"] for r in table("numbered_names"))


@lru_cache(maxsize=2)
def _measures() -> frozenset[str]:
    return frozenset(r["word"] for r in table("units"))


def _durations(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int, float]]:
    """Lengths of time that are no part of a time: ("48-hour", "month-long", "for a week")."""
    found: list[tuple[int, int, float]] = []
    toks = tokens(text)
    i = 0
    while i < len(toks):
        made = lasts(toks, i)
        if made is None:
            i += 1
            continue
        days, stop = made
        start, end = toks[i].start, toks[stop - 1].end
        long = _LONG.match(text, end)
        end = long.end() if long else end
        if not _NO_LENGTH.match(text, end) and not (i and toks[i - 1].low in ("aged", "age")):
            found.append((start, end, days))
        i = stop
    for match in _LENGTH.finditer(text):
        found.append((*match.span(), float(_LENGTH_DAYS.get(match["u"].lower(), 3650))))
    for match in _A_LENGTH.finditer(text):
        found.append((*match.span("q"), float(_LENGTH_DAYS.get(match["u"].lower(), 3650))))
    return _apart(found, taken)


def _apart(
    found: list[tuple[int, int, float]], taken: list[tuple[int, int]]
) -> list[tuple[int, int, float]]:
    """Those of `found` that overlap neither `taken` nor one another, in order."""
    out: list[tuple[int, int, float]] = []
    at = 0
    for start, end, days in sorted(found, key=lambda f: (f[0], -f[1])):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        clear = at == len(taken) or end <= taken[at][0]
        if clear and (not out or start >= out[-1][1]):
            out.append((start, end, days))
    return out
