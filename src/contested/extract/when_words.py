"""Words for times, from the tables, as parts of patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from contested.extract.lexicon import table

YEAR = r"(?:1[89]|20)\d\d(?![\d%]|[.,]\d)"


def _either(names: list[str]) -> str:
    """An alternation of names, also in capitals, the longest first."""
    forms = {n for name in names for n in (name, name.upper())}
    return "|".join(re.escape(n) for n in sorted(forms, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Month names in small letters."""
    return {r["word"].lower(): int(r["number"]) for r in table("months")}


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """Weekday names in small letters; Monday is 0."""
    return {r["word"].lower(): int(r["number"]) for r in table("weekdays")}


@lru_cache(maxsize=1)
def unsure_months() -> frozenset[str]:
    """Months whose names are also other words or persons' names."""
    return frozenset(r["word"].lower() for r in table("months") if r["ambiguous"] == "yes")


@lru_cache(maxsize=1)
def fragments() -> dict[str, str]:
    """Parts of patterns by name: months, weekdays, the year that may follow, and so on."""
    named, days = table("months"), table("weekdays")
    full = _either([r["word"] for r in named if r["short"] == "no"])
    short = _either([r["word"] for r in named if r["short"] == "yes"])
    week = _either([r["word"] for r in days if r["short"] == "no"])
    short_week = _either([r["word"] for r in days if r["short"] == "yes"])
    counted = "|".join(r["word"] for r in table("counted_nouns"))
    tail = (
        rf"(?:(?:,|\s+of|,?\s+in)?\s+(?P<y>{YEAR})"
        r"|,?\s+(?:(?:of|in)\s+)?(?P<ry>(?i:that|the\s+same|last|this|next|the\s+previous"
        r"|the\s+following))\s+year\b)?"
    )
    return {
        "M": rf"(?P<m>(?:{full})\b|(?:{short})\b\.?)",
        "FULL": rf"(?P<m>(?:{full})\b)",
        "WD": rf"(?:(?:(?:{week})|(?:{short_week})\.?),?\s+)?",
        "WEEKDAY": rf"(?P<w>{week})\b",
        "TAIL": tail,
        "NOCOUNT": rf"(?!\s+(?:{counted})\b)(?!:\d|%|\s?[ap]\.?m\b)",
        "NUMBER": _number_words(),
        "SEASON": "(?P<s>" + _either([r["word"] for r in table("seasons")]).lower() + ")",
        "HOLIDAY": _holiday_names(),
        "NATION": "|".join(
            sorted(
                {n for r in table("holidays") for n in r["nations"].split("|")} - {""},
                key=len,
                reverse=True,
            )
        ),
    }


def _number_words() -> str:
    roles = ("unit", "teen", "ten", "hundred", "dozen")
    word = "|".join(r["word"] for r in table("numbers") if r["role"] in roles)
    return (
        r"(?:\d{1,3}(?:\.\d)?|(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?|several"
        rf"|(?:{word})(?:[- ](?:{word}|and|a|half)){{0,3}}|an?(?:\s+(?:{word}))?)"
    )


def _holiday_names() -> str:
    names = {n for r in table("holidays") for n in r["names"].split("|")}
    return "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
