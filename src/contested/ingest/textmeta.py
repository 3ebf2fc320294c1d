"""What the text of a report says of itself: title, byline, dateline, dated footer.

Only lines of the head (before the first sentence) and the foot (after the last one) are read,
and only dates that stand alone, in a byline or in a dateline: the date of an event in the body
is never a date of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contested.ingest.dates import (
    DATE,
    DAY_OF_MONTH,
    MONTH_OF_YEAR,
    STAMP,
    TIME,
    WEEKDAY,
    find_dates,
    is_ambiguous,
    parse_date,
)
from contested.ingest.types import Known
from contested.model.values import When

_HEAD_LINES, _FOOT_LINES = 15, 10
_NAVIGATION = frozenset(
    """premium|skip to content|skip to main content|skip to navigation|advertisement|advertisements
    |menu|main menu|home|share|share this|share this article|subscribe|subscribe now|sign in|log in
    |sign up|search|opinion|news|world news|latest news|breaking news|top stories|read more|print
    |email|listen|follow us|close|toggle navigation|open menu|exclusive|analysis|editorial
    |press release|story continues below""".replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
_RELATED = re.compile(
    r"(?:related|trending|more (?:from|on|stories|news)|read (?:also|more|next)|also read|latest|"
    r"most (?:read|popular)|recommended|you may also|previous|next)\b",
    re.IGNORECASE,
)
_WORD = r"[A-Z][\w.'’-]*"
_LINK = r"(?:al|bin|ul|ur|de|van|von|der|el|e|i)"
_NAME = rf"(?:{_WORD}|{_LINK}-{_WORD})(?:\s+(?:{_WORD}|{_LINK}|{_LINK}-{_WORD})){{0,4}}"
_BYLINE = re.compile(rf"[Bb][Yy]:?\s+(?P<name>{_NAME}(?:(?:,\s+|\s+and\s+|\s+&\s+){_NAME}){{0,4}})")
_NO_NAME = re.compile(rf"(?:{WEEKDAY}|{MONTH_OF_YEAR}|{DATE}|the|this|that|an?)\b", re.IGNORECASE)
_LABEL = r"(?:(?:first\s+)?published|posted|issued|released|date(?:d| of publication)?)"
_LABELLED = re.compile(
    rf"{_LABEL}(?:\s+(?:on|at))?\s*:?\s*(?P<date>{STAMP}|(?:{TIME}),?\s*{STAMP}|{MONTH_OF_YEAR})\.?",
    re.IGNORECASE,
)
_IN_OUTLET = re.compile(
    rf"[Pp]ublished in\s+(?P<outlet>(?:[Tt]he\s+)?{_NAME}),?\s+(?:on\s+)?(?P<date>(?i:{STAMP}))\.?"
)
_ALONE = re.compile(rf"(?:(?:{TIME}),?\s*)?{STAMP}\.?", re.IGNORECASE)
_TIMED = re.compile(rf"(?:(?P<name>{_NAME}),?\s+)?(?i:{TIME})(?:\s+[A-Z]{{2,4}})?")
_ASIDE = re.compile(
    r"(?:\d+\s+(?:min(?:ute)?s?(?: read)?|comments?|views?|shares?))", re.IGNORECASE
)
_BAR = re.compile(r"\s*[|·•]\s*")
_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /]+[A-Z][A-Z.'’-]+)*"
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS})(?:,\s+(?!(?i:{DAY_OF_MONTH}|{WEEKDAY})){_NAME})?,?\s*"
    rf"(?P<date>(?i:(?:{WEEKDAY},?\s+)?(?:{DATE}|{DAY_OF_MONTH})))?,?\s*"
    r"(?:\([^()\n]{2,40}\))?\s*(?:\s-+\s|\s*[–—]+\s*|:\s)"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_INNER_STOP = re.compile(r"[a-z]{3}[.;] +[A-Z“\"]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank; `date` is set where it may date the report.

    `labelled`: "Published: ..."; `signed`: with a byline or a time; `named`: beside a name.
    """

    text: str
    date: When | None = None
    author: str | None = None
    outlet: str | None = None
    labelled: bool = False
    signed: bool = False
    named: bool = False


def from_text(text: str) -> Known:
    """Title, author, outlet and date of publication as far as the text gives them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head, foot = _head(lines), _foot(lines)
    read = [_read(line) for line in head], [_read(line) for line in foot]
    author = next((line.author for part in read for line in part if line.author), None)
    published, note = _published(read[0], read[1], lines)
    return Known(
        source="text",
        title=_title(lines, head),
        author=author,
        outlet=next((line.outlet for part in read for line in part if line.outlet), None),
        published=published,
        notes=(note,) if note and published is None else (),
    )


def _is_prose(line: str) -> bool:
    return len(line) > 200 or (len(line.split()) >= 10 and bool(_SENTENCE_END.search(line)))


def _head(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _is_prose(line):
            return lines[:number]
    return lines[:_HEAD_LINES]


def _foot(lines: list[str]) -> list[str]:
    last = lines[-_FOOT_LINES:]
    for number in range(len(last) - 1, -1, -1):
        if _is_prose(last[number]) and not _IN_OUTLET.fullmatch(last[number]):
            return last[number + 1 :]
    return last if len(lines) > _FOOT_LINES else []


def _read(line: str) -> _Line:
    if len(line) > 160:
        return _Line(line)
    outlet = _IN_OUTLET.fullmatch(line)
    if outlet:
        return _Line(line, parse_date(outlet["date"]), None, outlet["outlet"], labelled=True)
    date: When | None = None
    author: str | None = None
    labelled = signed = named = False
    for part in _BAR.split(line):
        label, byline, timed = (
            _LABELLED.fullmatch(part),
            _BYLINE.fullmatch(part),
            _TIMED.fullmatch(part),
        )
        if label:
            date, labelled = date or _day(label["date"]), True
        elif _ALONE.fullmatch(part):
            date = date or _day(part)
        elif byline and not _NO_NAME.match(byline["name"]):
            author, signed = byline["name"], True
        elif timed:
            author, signed = timed["name"] or author, True
        elif part and not _ASIDE.fullmatch(part):
            if part == line or not _is_name(part):
                return _Line(line)
            named = True
    return _Line(line, date, author, None, labelled, signed, named)


def _is_name(part: str) -> bool:
    return bool(re.fullmatch(_NAME, part)) and len(part.split()) <= 4


def _day(text: str) -> When | None:
    return next(find_dates(text), None) or parse_date(text)


def _published(
    head: list[_Line], foot: list[_Line], lines: list[str]
) -> tuple[When | None, str | None]:
    """The date of publication, or why there is none."""
    # A first line such as "Mosque Bombing | January 30, 2023" is a title: it dates an event.
    own = head[1:] if head and _may_be_title(head[0]) else head
    dated = [line for line in own if line.date] + _own(foot)
    for wanted in ([line for line in dated if line.labelled], dated):
        days = {line.date.edtf: line.date for line in wanted if line.date}
        if len(days) == 1 and (wanted[0].labelled or _alone_in(lines, days)):
            return next(iter(days.values())), None
        if days:
            return None, f"The text gives several dates ({', '.join(sorted(days))}); none is taken."
    return _dateline(lines) or _why_not(head + foot)


def _may_be_title(line: _Line) -> bool:
    return line.named and not (line.labelled or line.signed)


def _own(foot: list[_Line]) -> list[_Line]:
    """Dated lines of the foot; after a heading of other stories, only signed or labelled ones."""
    own, others = [], False
    for line in foot:
        others = others or bool(_RELATED.match(line.text))
        if line.date and (line.labelled or line.signed or not others):
            own.append(line)
    return own


def _alone_in(lines: list[str], days: dict[str, When]) -> bool:
    """Whether no other date stands on a line of its own: a chronology has many."""
    for line in lines:
        if len(line) < 60 and _ALONE.fullmatch(line):
            found = _day(line)
            if found and found.edtf not in days:
                return False
    return True


def _dateline(lines: list[str]) -> tuple[When | None, str | None] | None:
    for line in lines[:8]:
        found = _DATELINE.match(line[:160])
        if not found or sum(sign.isupper() for sign in found["place"]) < 3 or not found["date"]:
            continue
        day = next(find_dates(found["date"]), None)
        if day:
            return day, None
        return None, f"The dateline says {found['date']!r} and no year; none is assumed."
    return None


def _why_not(lines: list[_Line]) -> tuple[None, str | None]:
    for line in lines:
        if len(line.text) < 80 and line.date is None and is_ambiguous(line.text):
            return None, f"{line.text!r} can be read in two ways; it is not taken as the date."
    return None, None


def _title(lines: list[str], head: list[str]) -> str | None:
    for line in (head or lines)[:6]:
        marked = re.match(r"#{1,2}\s+(?P<title>\S.*?)\s*#*$", line)
        if marked:
            return marked["title"]
        bare = line.strip("*_ ")
        if bare.lower() in _NAVIGATION or len(bare.split()) < 2:
            continue
        read = _read(line)
        dates = (read.date or read.author or read.labelled) and not _may_be_title(read)
        if dates or _DATELINE.match(line):
            continue
        return bare if len(lines) > 1 and _looks_like_title(bare) else None
    return None


def _looks_like_title(line: str) -> bool:
    return (
        len(line) <= 160
        and len(line.split()) <= 25
        and (line[0].isupper() or not line[0].isalpha())
        and line[-1] not in ".,;:"
        and not line.startswith(("- ", "* ", "|", ">", "<", "!["))
        and not _INNER_STOP.search(line)
    )
