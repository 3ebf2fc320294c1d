"""The ways English writes a time, as patterns: text in, unresolved `Atom`s out.

An atom keeps what the words say (a day, a month, "last", "mid") and nothing that they do not;
`when_resolve` turns it into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contested.extract.numerals import cardinal, tokens
from contested.extract.when_words import YEAR, fragments, months, unsure_months

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_APART = r"(?:\s*[-–—/&]\s*|\s+(?:to|and|through|or|till|until)\s+(?:the\s+)?)"
_PART = (
    r"(?i:early|mid|middle|late|later|earlier|(?:the\s+)?(?:very\s+)?"
    r"(?:start|beginning|end|middle|turn|(?:first|second|third|last|final|closing|opening)"
    r"\s+(?:half|week|days|weeks|months|part)))"
)
_UNIT = r"(?:second|minute|hour|day|night|week|fortnight|month|year|decade|centur(?:y|ie))s?"
_AFTER_DAY = r"(?:\s+(?:early\s+)?(?:night|morning|evening|afternoon|noon|midnight))?"


_DIGIT = re.compile(r"\d")
_LAST_WORD = re.compile(r"(\w+)\s*$")
_BEFORE_MONTH = frozenset(
    (
        *("in", "of", "since", "until", "till", "by", "from", "through", "during", "between"),
        *("mid", "early", "late", "and", "to", "before", "after"),
    )
)


@dataclass(frozen=True, slots=True)
class Atom:
    """Words that name a time, unresolved. `form` says which fields count."""

    start: int
    end: int
    form: str
    year: int | None = None
    year_word: str = ""
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_year: int | None = None
    part: str = ""
    word: str = ""
    number: float | None = None
    unit: str = ""


@lru_cache(maxsize=1)
def _calendar() -> list[tuple[str, re.Pattern[str]]]:
    """Patterns of dates that hold a day or a month with a number: none fits without a digit."""
    f = fragments()
    edge = r"(?<![\w/.,:$€£-])"
    return [
        ("date", re.compile(rf"(?<![\d-])(?P<y>{YEAR})-(?P<mm>[01]\d)-(?P<d>[0-3]\d)(?!\d|-\d)")),
        (
            "slash",
            re.compile(r"(?<![\d/.])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})(?![\d/])"),
        ),
        (
            "date",
            re.compile(
                rf"{edge}{f['WD']}(?P<d>{_DAY}){_APART}(?P<d2>{_DAY})\s+(?:of\s+)?{f['M']}{f['TAIL']}"
            ),
        ),
        (
            "date",
            re.compile(
                rf"\b{f['WD']}{f['M']}\s+(?P<d>{_DAY}){_APART}(?P<d2>{_DAY}){f['NOCOUNT']}{f['TAIL']}"
            ),
        ),
        (
            "date",
            re.compile(rf"{edge}{f['WD']}(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?{f['M']}{f['TAIL']}"),
        ),
        ("date", re.compile(rf"{edge}(?P<d>{_DAY})-{f['M']}(?:-(?P<y>{YEAR}))?")),
        (
            "date",
            re.compile(rf"\b{f['WD']}{f['M']}\s+(?:the\s+)?(?P<d>{_DAY}){f['NOCOUNT']}{f['TAIL']}"),
        ),
        (
            "month",
            re.compile(
                rf"\b(?:(?P<p>{_PART})[\s-]+(?:of\s+)?)?{f['M']}(?:(?:,|\s+of)?\s+|-)(?P<y>{YEAR})"
            ),
        ),
    ]


@lru_cache(maxsize=1)
def _clock() -> re.Pattern[str]:
    """Times of the day, which are neither dates nor counts."""
    return re.compile(
        r"(?<![\w.:])(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.m\.|[apAP]\.?[mM]\b)|\d{1,2}:\d\d(?::\d\d)?(?!\d)"
        r"|\d{1,2}\s?o['’]clock|[0-2]\d{3}\s?(?:GMT|UTC|PST|PKT|AFT|hrs)\b)"
    )


Patterns = list[tuple[str, re.Pattern[str]]]


def _months() -> Patterns:
    """Holidays, months and parts of years."""
    f = fragments()
    i = re.IGNORECASE
    ref = (
        r"(?:(?P<r>last|this\s+past|this\s+coming|this|next|past|the\s+previous|the\s+following)"
        r"\s+)?"
    )
    return [
        (
            "holiday",
            re.compile(
                rf"\b(?:(?P<n>{f['NATION']})(?:['’]s)?\s+)?(?P<h>{f['HOLIDAY']})(?!\w)"
                rf"(?:\s+(?:in|of)\s+(?P<n2>{f['NATION']})(?!\w))?(?:,?\s+(?P<y>{YEAR}))?"
            ),
        ),
        (
            "half",
            re.compile(
                rf"\b(?P<p>first|second|third|fourth|last|final)\s+(?P<u>quarter|half)\s+of\s+"
                rf"(?:(?P<y>{YEAR})|(?:(?P<r>last|this|next|that|the)\s+)year)",
                i,
            ),
        ),
        ("half", re.compile(rf"\b(?P<p>[QH][1-4])[ ,]*(?:of\s+)?(?P<y>{YEAR})")),
        (
            "month",
            re.compile(
                rf"\b{ref}(?:(?P<p>{_PART})[\s-]+(?:of\s+)?(?:(?P<r2>last|this|next)\s+)?)?{f['FULL']}{f['TAIL']}"
            ),
        ),
    ]


def _years() -> Patterns:
    """Years, decades and seasons."""
    f = fragments()
    i = re.IGNORECASE
    year_ref = (
        r"(?<!\bthe\s)(?P<r>last|this|next|the\s+previous|the\s+following|that|the\s+same)\s+year"
    )
    return [
        (
            "years",
            re.compile(rf"(?<![\w$€£#/.,-])(?P<y>{YEAR})\s?[-–—/]\s?(?P<y2>{YEAR}|\d\d)(?![\d-])"),
        ),
        (
            "year",
            re.compile(
                rf"(?<![\w$€£₹#/.,:-])(?:(?P<p>{_PART})[\s-]+(?:of\s+)?)?(?P<y>{YEAR})(?![\w/:]|-\d)"
            ),
        ),
        ("year_word", re.compile(rf"\b(?:(?P<p>{_PART})[\s-]+(?:of\s+)?)?{year_ref}\b", i)),
        ("year_word", re.compile(rf"\b(?P<p>{_PART})\s+of\s+(?P<r>the)\s+year\b", i)),
        (
            "decade",
            re.compile(
                r"\b(?:(?P<p>early|mid|late)(?:\s+|-)(?:the\s+)?)?(?P<y>(?:1[89]|20)\d)0['’]?s\b",
                i,
            ),
        ),
        (
            "season",
            re.compile(
                rf"\b(?:(?P<p>early|mid|late)[\s-]+)?(?:(?P<r>last|this|next|this\s+past|past|in\s+the|over\s+the|during\s+the)\s+)?"
                rf"{f['SEASON']}(?:(?:\s+of)?\s+(?P<y>{YEAR})|\s+(?:of\s+)?(?P<r2>last|this|that)\s+year)?\b",
                i,
            ),
        ),
    ]


def _days() -> Patterns:
    """Weekdays, and days, weeks and months by where they lie from the report."""
    f = fragments()
    i = re.IGNORECASE
    return [
        (
            "weekday",
            re.compile(
                rf"\b(?:(?P<r>(?i:last|this|next|this\s+past|past|the\s+previous|the\s+following|this\s+coming))\s+)?"
                rf"{f['WEEKDAY']}{_AFTER_DAY}"
            ),
        ),
        (
            "day_word",
            re.compile(
                r"\b(?P<t>the\s+day\s+before\s+yesterday|today|tonight|tomorrow|yesterday|overnight|last\s+night"
                rf"|this\s+(?:morning|afternoon|evening))\b{_AFTER_DAY}",
                i,
            ),
        ),
        (
            "same_day",
            re.compile(
                r"\b(?:on\s+)?(?P<t>(?:on\s+the|that|the\s+(?:same|next|following|previous|very\s+next))\s+day"
                r"|that\s+(?:night|morning|evening)|the\s+day\s+(?:before|after)(?=[,.;)]|\s+(?:in|at|near|by)\b|\s*$))(?!s)",
                i,
            ),
        ),
        (
            "span_word",
            re.compile(
                r"\b(?:(?P<p>early|earlier|late|later)\s+)?(?P<r>this\s+past|this\s+coming|this|last|past|next|over\s+the|"
                r"at\s+the|that|the\s+same|the\s+previous|the\s+following|during\s+the)\s+(?P<u>weekend|week|month)\b(?!s\b|-)",
                i,
            ),
        ),
        (
            "span_word",
            re.compile(
                r"(?<!\ba )(?<!\bevery )(?<!\beach )\b(?P<u>weekend)(?=\s+(?!of\b)[a-z]{4,}s\b)"
            ),
        ),
    ]


def _hanging() -> Patterns:
    """Times told by a length or by what was named before."""
    f = fragments()
    i = re.IGNORECASE
    return [
        (
            "rolling",
            re.compile(
                rf"\b(?P<r>past|last|previous|preceding|coming|next)\s+(?:(?P<n>{f['NUMBER']})\s+)?(?P<u>{_UNIT})\b(?!\s+ago)",
                i,
            ),
        ),
        ("recent", re.compile(r"\brecent\s+(?P<u>hours|days|weeks|months|years)\b", i)),
        (
            "ago",
            re.compile(
                rf"\b(?P<n>{f['NUMBER']})[\s-](?P<u>{_UNIT})\s+(?P<r>ago|earlier|later|prior|back|before(?=\s*[,.;]))\b(?!\s+than)",
                i,
            ),
        ),
        (
            "period",
            re.compile(
                r"\b(?:this|that|the\s+same|the\s+said|the\s+stated)\s+(?P<t>period|time\s+frame|timeframe)\b",
                i,
            ),
        ),
    ]


@lru_cache(maxsize=2)
def _all(digits: bool) -> Patterns:
    """All patterns that may fit a text with digits or without; of two that fit the same words the
    first counts."""
    return [*(_calendar() if digits else ()), *_months(), *_years(), *_days(), *_hanging()]


def calendar_spans(text: str) -> list[tuple[int, int]]:
    """Where dates and clock times stand in `text`, whatever they mean; in order, apart."""
    if not _DIGIT.search(text):
        return []
    spans = [m.span() for _, p in _calendar() for m in p.finditer(text)]
    spans += [m.span() for m in _clock().finditer(text)]
    spans += [m.span() for m in re.finditer(r"(?<!\w)(?:9[/-]11|26/11)(?!\w)", text)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def find_atoms(text: str) -> list[Atom]:
    """All readings of times in `text`, by where they start, the longest first; they may overlap."""
    found: list[tuple[int, int, int, Atom]] = []
    for order, (form, pattern) in enumerate(_all(_DIGIT.search(text) is not None)):
        for match in pattern.finditer(text):
            atom = _atom(form, match, text)
            if atom is not None:
                found.append((atom.start, -atom.end, order, atom))
    return [row[-1] for row in sorted(found, key=lambda row: row[:3])]


def _atom(form: str, match: re.Match[str], text: str) -> Atom | None:
    g = {k: v for k, v in match.groupdict().items() if v}
    if form == "slash":
        return _slash(match, g)
    if "m" in g and not _is_month(text, match, g):
        return None
    word = " ".join((g.get("w") or g.get("t") or g.get("s") or g.get("h") or "").lower().split())
    ref = " ".join((g.get("ry") or g.get("r2") or g.get("r") or "").lower().split())
    start = match.start()
    return Atom(
        start,
        match.end(),
        form,
        year=int(g["y"]) if "y" in g else None,
        year_word=ref,
        month=months()[g["m"].lower().rstrip(".")] if "m" in g else _int(g.get("mm")),
        day=_int(g.get("d")),
        last_day=_int(g.get("d2")),
        last_year=_int(g.get("y2")),
        part=_part(g.get("p", "")),
        word=word if form != "holiday" else g["h"] + "|" + (g.get("n") or g.get("n2", "")),
        number=_number(g["n"]) if "n" in g and form != "holiday" else None,
        unit=_unit(g.get("u", "year" if "ry" in g or (form == "season" and "r2" in g) else "")),
    )


def _part(words: str) -> str:
    return " ".join(words.lower().removeprefix("the ").split())


def _unit(word: str) -> str:
    low = word.lower()
    if low.startswith("centur"):
        return "century"
    return low.removesuffix("s")


def _int(digits: str | None) -> int | None:
    return int(re.sub(r"\D", "", digits)) if digits else None


def _number(words: str) -> float | None:
    """What the words before a unit are worth: 3 for "three", -1 for "several", None for neither."""
    low = words.lower()
    if low in ("a", "an"):
        return 1.0
    if low.split()[-1] in ("few", "several") or "couple" in low:
        return -1.0
    toks = tokens(words)
    number = cardinal(toks, 0)
    return number.value if number and number.stop == len(toks) else None


def _slash(match: re.Match[str], g: dict[str, str]) -> Atom | None:
    """A date in digits, if only one of its two readings is a date."""
    a, b = int(g["a"]), int(g["b"])
    if a <= 12 and b <= 12 and a != b:
        return None
    day, month = (b, a) if b > 12 else (a, b)
    return Atom(*match.span(), "date", year=int(g["y"]), month=month, day=day)


def _is_month(text: str, match: re.Match[str], g: dict[str, str]) -> bool:
    """Whether a month's name is one here: "May" may be a verb, "April" a person."""
    if not g.keys().isdisjoint(("d", "y", "ry", "p", "r")):
        return True
    if g["m"].lower().rstrip(".") not in unsure_months():
        return True
    before = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
    return before is not None and before[1].lower() in _BEFORE_MONTH
