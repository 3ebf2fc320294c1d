"""How many: numbers in words and digits, with what the words around them say of them.

How each way of counting is kept:

- a plain number is ``exactly``; "at least N" and its kin are ``at_least`` N with no upper bound,
  "more than N" is ``at_least`` N + 1 (a count of things) or N (money, percent, time);
- "up to N", "as many as N" and "at most N" are ``at_most`` with high N, "fewer than N" with high
  N - 1, and no lower bound: the words set none;
- "about N" and "a dozen" are ``about``, low and high N: how far they reach is the reader's call;
- "dozens" is at least 24, "scores" 40, "hundreds" 200, "thousands" and above 2,000 (of what they
  count by: "hundreds of thousands" is 200,000), and so is "several hundred";
- "a few" and "several" are at least 3, "a couple", "many" and "multiple" 2, qualifier ``none``.

"a" and "an" are left to syntax. Years, dates, clock times and numbers within names are no counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from contested.extract import counted, uncounted
from contested.extract.mentions import CountMention, Unit
from contested.extract.numerals import (
    Number,
    Tok,
    cardinal,
    hyphen_at,
    is_dash,
    ordinal,
    role,
    tokens,
)
from contested.extract.plurals import plural_at
from contested.extract.when_rules import calendar_spans
from contested.model import Count
from contested.model.terms import Qualifier

_AFTER_HYPHEN = frozenset(("strong", "plus", "odd", "year", "yr", "and", "to", "or"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A number before its unit is known: from token `first` up to `stop`."""

    first: int
    stop: int
    low: float | None
    high: float | None
    qualifier: Qualifier
    value: float
    shift: int = 0


def read_counts(text: str, offset: int = 0, rupee: str = "PKR") -> list[CountMention]:
    """The numbers of `text`, in order; spans are moved on by `offset`.

    `rupee` is the currency (ISO 4217) that a bare "Rs" or "rupee" means.
    """
    toks = tokens(text)
    barred = _barred(text, toks)
    out: list[CountMention] = []
    i = 0
    while i < len(toks):
        made = None if i in barred else _read_at(text, toks, i, barred, rupee)
        if made is None:
            i += 1
            continue
        mention, i = made
        if mention is not None and (not out or out[-1].end <= mention.start + offset):
            out.append(_moved(mention, offset))
    return out


def _moved(m: CountMention, by: int) -> CountMention:
    return CountMention(m.start + by, m.end + by, m.count, m.unit, m.value, m.currency)


def _barred(text: str, toks: list[Tok]) -> set[int]:
    """Tokens that belong to dates and clock times."""
    spans = calendar_spans(text)
    out: set[int] = set()
    at = 0
    for i, tok in enumerate(toks):
        while at < len(spans) and spans[at][1] <= tok.start:
            at += 1
        if at < len(spans) and spans[at][0] < tok.end:
            out.add(i)
    return out


def _read_at(
    text: str, toks: list[Tok], i: int, barred: set[int], rupee: str
) -> tuple[CountMention | None, int] | None:
    """The mention that begins at token `i` and the next token to read, or None.

    The mention is None where a number stands there that is no count.
    """
    skip = uncounted.no_count(toks, i)
    if skip:
        return None, skip
    ordered = ordinal(toks, i)
    if ordered:
        return _ordinal(text, toks, i, *ordered)
    found = _quantity(toks, i, barred)
    if found is None:
        return None
    after = uncounted.fraction(toks, found.stop)
    if after:
        return None, after
    unit = counted.unit_of(toks, found.first, found.stop, rupee)
    if unit.name == "things" and _is_modifier(toks, found.stop):
        return None, found.stop
    return _mention(text, toks, found, unit), max(unit.stop, found.stop)


def _mention(text: str, toks: list[Tok], found: _Found, unit: counted.Measured) -> CountMention:
    start, end = toks[min(found.first, unit.first)].start, toks[max(unit.stop, found.stop) - 1].end
    low, high = found.low, found.high
    if unit.name == "things":
        low = None if low is None else low + max(found.shift, 0)
        high = None if high is None else high + min(found.shift, 0)
    count = Count(
        None if low is None else math.floor(low),
        None if high is None else max(math.ceil(high), 0),
        found.qualifier,
        text[start:end],
    )
    return CountMention(start, end, count, unit.name, found.value, unit.currency)


def _ordinal(
    text: str, toks: list[Tok], i: int, value: int, stop: int
) -> tuple[CountMention | None, int]:
    if uncounted.is_share(toks, i, stop):
        return None, stop
    start, end = toks[i].start, toks[stop - 1].end
    unit: Unit = "ordinal"
    count = Count(value, value, "exactly", text[start:end])
    return CountMention(start, end, count, unit, float(value)), stop


def _quantity(toks: list[Tok], i: int, barred: set[int]) -> _Found | None:
    """A number with the qualifiers before and after it, from token `i`."""
    told: counted.Qualified | None = None
    j = i
    for _ in range(3):
        step = counted.qualifier_at(toks, j)
        if step is None:
            break
        told = told or step
        j = step.stop
    j = counted.past_currency(toks, j)
    if j in barred or (told and j < len(toks) and uncounted.no_count(toks, j)):
        return None
    found = _between(toks, i, j) or _plural(toks, i, j) or _range(toks, i, j)
    if found is not None:
        return found
    number = cardinal(toks, j)
    if number is None or uncounted.is_year(toks, j, number.stop, told is not None):
        return None
    if role(toks, j) == "unit" and uncounted.is_pronoun(toks, j, number.stop, told is not None):
        return None
    return _single(toks, i, number, told)


def _single(toks: list[Tok], i: int, number: Number, told: counted.Qualified | None) -> _Found:
    after = counted.qualifier_after(toks, number.stop)
    stop = after.stop if after else number.stop
    told = told or after
    value = number.value
    name: Qualifier = told.name if told else ("about" if number.dozen else "exactly")
    low = None if name == "at_most" else value
    high = None if name == "at_least" else value
    return _Found(i, stop, low, high, name, value, told.shift if told else 0)


def _between(toks: list[Tok], i: int, j: int) -> _Found | None:
    """ "between 10 and 15", "between 7,000 to 10,000" """
    if j >= len(toks) or toks[j].low != "between":
        return None
    start = counted.past_currency(toks, j + 1)
    return _pair(toks, i, start, ("and", "to"))


def _range(toks: list[Tok], i: int, j: int) -> _Found | None:
    """ "10-15", "7,000 to 10,000", "ten or twelve" """
    if i and toks[i - 1].low == "from":
        return None
    return _pair(toks, i, j, ("to", "or"))


def _pair(toks: list[Tok], i: int, j: int, joins: tuple[str, ...]) -> _Found | None:
    first = cardinal(toks, j)
    if first is None or first.stop >= len(toks):
        return None
    k = first.stop
    if hyphen_at(toks, k) and k + 1 < len(toks) and toks[k + 1].low in joins:
        k += 1
    if not (is_dash(toks, k) or toks[k].low in joins):
        return None
    k = k + 2 if hyphen_at(toks, k + 1) and toks[k].low in joins else k + 1
    second = cardinal(toks, counted.past_currency(toks, k))
    if second is None or uncounted.is_year(toks, j, first.stop, False):
        return None
    low = first.value
    if first.scale == 1 and second.scale > 1 and low * second.scale < second.value:
        low *= second.scale
    if low >= second.value:
        return None
    return _Found(i, second.stop, low, second.value, "range", low)


def _plural(toks: list[Tok], i: int, j: int) -> _Found | None:
    """ "dozens", "hundreds of thousands", "several hundred", "a few" """
    found = plural_at(toks, j)
    if found is None:
        return None
    low, name, stop = found
    return _Found(i, stop, low, None, name, low)


def _is_modifier(toks: list[Tok], stop: int) -> bool:
    """Whether a hyphen ties the number to a noun that it only describes ("ten-member")."""
    if not hyphen_at(toks, stop) or toks[stop + 1].kind != "word":
        return False
    return toks[stop + 1].low not in _AFTER_HYPHEN
