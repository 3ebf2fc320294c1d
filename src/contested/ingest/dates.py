"""Dates as outlets write them. What can be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contested.model.edtf import when
from contested.model.values import When

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
TIME = r"\d{1,2}(?:[:.]\d{2}){1,2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"
_ZONE = r"(?:\s*\(?(?:utc|gmt|[a-z]{2,4}t|pk|z)\b(?:[+-]\d{1,2})?\)?|\s*[+-]\d{2}:?\d{2})?"
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY}[\s-]+(?:of\s+)?{MONTH},?[\s-]+{_YEAR}"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR})"
)
STAMP = rf"(?:{WEEKDAY},?\s+)?{DATE}(?:(?:,?\s*(?:at\s+)?|t)(?:{TIME}){_ZONE})?"
MONTH_OF_YEAR = rf"{MONTH},?\s+{_YEAR}"
DAY_OF_MONTH = rf"(?:{MONTH}\s+{_DAY}|{_DAY}\s+{MONTH})"

_FULL = re.compile(rf"(?<![\w/.-])(?:{DATE})(?!\d)", re.IGNORECASE)
_PARTIAL = re.compile(
    rf"(?<!\w){MONTH_OF_YEAR}(?!\d)|(?<![\d-]){_YEAR}-\d\d(?![\d-])", re.IGNORECASE
)
_STAMP = re.compile(STAMP, re.IGNORECASE)
_MONTH_ALONE = re.compile(MONTH_OF_YEAR, re.IGNORECASE)
_ISO_STAMP = re.compile(
    rf"({_YEAR}-\d\d-\d\d)[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"[a-z]{3}", re.IGNORECASE)


def parse_date(text: str) -> When | None:
    """The date that `text` is, as a whole: EDTF, ISO 8601 with a time, or as English writes it.

    None if it is none, or if day and month could change places ("10/08/2025").

    >>> parse_date("Monday, 30 January 2023").edtf
    '2023-01-30'
    """
    text = " ".join(text.split())
    if len(text) > 80:
        return None
    try:
        return when(text)
    except ValueError:
        pass
    stamp = _ISO_STAMP.fullmatch(text)
    try:
        if stamp:
            return when(stamp[1], text)
    except ValueError:
        return None
    if _STAMP.fullmatch(text):
        return next(find_dates(text), None)
    return next(find_months(text), None) if _MONTH_ALONE.fullmatch(text) else None


def find_dates(text: str) -> Iterator[When]:
    """Every full date in `text` that reads in one way only."""
    for found in _FULL.finditer(text):
        edtf = _edtf(found[0])
        if edtf:
            try:
                yield when(edtf, found[0])
            except ValueError:
                continue


def find_months(text: str) -> Iterator[When]:
    """Every month with a year in `text`."""
    for found in _PARTIAL.finditer(text):
        numbers = _NUMBER.findall(found[0])
        month = numbers[1] if len(numbers) > 1 else f"{_month(found[0]):02d}"
        try:
            yield when(f"{numbers[0]}-{month}", found[0])
        except ValueError:
            continue


def is_ambiguous(text: str) -> bool:
    """Whether `text` holds a numeric date whose day and month could change places."""
    return any(_edtf(found[0]) is None for found in _FULL.finditer(text))


def _edtf(text: str) -> str | None:
    numbers = [int(part) for part in _NUMBER.findall(text)]
    if len(numbers) == 2:
        day, year = numbers
        return f"{year}-{_month(text):02d}-{day:02d}"
    first, second, last = numbers
    if first > 31:
        return f"{first}-{second:02d}-{last:02d}"
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (second, first) if first > 12 else (first, second)
    return f"{last}-{month:02d}-{day:02d}"


def _month(text: str) -> int:
    for found in _NAME.finditer(text):
        if found[0].lower() in _MONTHS:
            return _MONTHS.index(found[0].lower()) + 1
    return 0
