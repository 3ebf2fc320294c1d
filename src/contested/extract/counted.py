"""What stands around a number: qualifiers, units, and the signs that it counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from contested.extract.lexicon import table
from contested.extract.mentions import Unit
from contested.extract.numerals import (
    Tok,
    cardinal,
    hyphen_at,
    tokens,
)
from contested.model.terms import Qualifier


class Qualified(NamedTuple):
    """A qualifier, how it moves the bound, and the token after it."""

    name: Qualifier
    shift: int
    stop: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number counts. It reaches from token `first` up to `stop`."""

    name: Unit
    first: int
    stop: int
    currency: str | None = None


Phrases = dict[str, list[tuple[tuple[str, ...], tuple[str, str]]]]


def _phrases(rows: list[tuple[str, str, str]]) -> Phrases:
    """Phrases by their first token, longest first."""
    out: Phrases = {}
    for phrase, a, b in rows:
        parts = tuple(t.low for t in tokens(phrase))
        out.setdefault(parts[0], []).append((parts, (a, b)))
    for options in out.values():
        options.sort(key=lambda option: -len(option[0]))
    return out


@lru_cache(maxsize=1)
def _qualifiers() -> tuple[Phrases, Phrases]:
    rows = table("quantifiers")
    return (
        _phrases(
            [(r["phrase"], r["qualifier"], r["shift"]) for r in rows if r["place"] == "before"]
        ),
        _phrases(
            [(r["phrase"], r["qualifier"], r["shift"]) for r in rows if r["place"] == "after"]
        ),
    )


@lru_cache(maxsize=1)
def _units() -> Phrases:
    return _phrases([(r["word"], r["unit"], r["days"]) for r in table("units")])


@lru_cache(maxsize=1)
def _currencies() -> Phrases:
    return _phrases([(r["word"], r["currency"], "") for r in table("currencies")])


@lru_cache(maxsize=2)
def _word_list(name: str) -> frozenset[str]:
    return frozenset(r["word"] for r in table(name))


@lru_cache(maxsize=8)
def context(use: str) -> frozenset[str]:
    """Words beside a number that tell what it is, by their use in the table."""
    return frozenset(r["word"] for r in table("number_context") if r["use"] == use)


def _match(phrases: Phrases, toks: list[Tok], i: int) -> tuple[str, str, int] | None:
    if not 0 <= i < len(toks):
        return None
    for parts, (a, b) in phrases.get(toks[i].low, ()):
        stop = i + len(parts)
        if stop <= len(toks) and all(toks[i + n].low == p for n, p in enumerate(parts)):
            return a, b, stop
    return None


def qualifier_at(toks: list[Tok], i: int) -> Qualified | None:
    """The qualifier that begins at token `i` ("at least", "some")."""
    found = _match(_qualifiers()[0], toks, i)
    return Qualified(cast(Qualifier, found[0]), int(found[1]), found[2]) if found else None


def qualifier_after(toks: list[Tok], i: int) -> Qualified | None:
    """The qualifier that follows a number ("or more", "-plus", "+")."""
    j = i + 1 if hyphen_at(toks, i) else i
    found = _match(_qualifiers()[1], toks, j)
    return Qualified(cast(Qualifier, found[0]), int(found[1]), found[2]) if found else None


def past_currency(toks: list[Tok], i: int) -> int:
    """The token after the currency at `i`, or `i` itself."""
    found = _match(_currencies(), toks, i)
    return found[2] if found else i


def is_unit(toks: list[Tok], i: int) -> bool:
    """Whether a unit stands at token `i`."""
    return _match(_units(), toks, i) is not None


def is_currency(toks: list[Tok], i: int) -> bool:
    """Whether a currency stands at token `i`."""
    return _match(_currencies(), toks, i) is not None


def unit_of(toks: list[Tok], first: int, stop: int, rupee: str) -> Measured:
    """What the number between the tokens `first` and `stop` counts."""
    before = _currency_before(toks, first, stop)
    after = stop + 1 if hyphen_at(toks, stop) else stop
    money = _match(_currencies(), toks, after)
    if before or money:
        code = before[0] if before else money[0] if money else ""
        begin = before[1] if before else first
        end = money[2] if money else stop
        return Measured("money", begin, end, rupee if code == "rupee" else code)
    if _is_age(toks, first, stop, after):
        return Measured("age", first, _past_age(toks, after, stop))
    unit = _match(_units(), toks, after)
    if unit and not _is_plain_noun(toks, after):
        return Measured(cast(Unit, unit[0]), first, unit[2])
    suffixed = toks[stop - 1].suffix
    if suffixed == "m" and not before and not (stop < len(toks) and toks[stop].low in people()):
        return Measured("measure", first, stop)
    return Measured("things", first, stop)


def people() -> frozenset[str]:
    """Nouns that a number before them counts."""
    return _word_list("counted_nouns")


def _is_plain_noun(toks: list[Tok], i: int) -> bool:
    """A one-letter unit ("m") or "second" before another noun is no unit."""
    return toks[i].low in ("second", "degree") and i + 1 < len(toks) and toks[i + 1].kind == "word"


def _currency_before(toks: list[Tok], first: int, stop: int) -> tuple[str, int] | None:
    for j in range(first, stop):
        found = _match(_currencies(), toks, j)
        if found and found[2] < stop:
            return found[0], first
    for back in (2, 1):
        found = _match(_currencies(), toks, first - back)
        if found and found[2] == first:
            return found[0], first - back
    return None


def _is_age(toks: list[Tok], first: int, stop: int, after: int) -> bool:
    if first and toks[first - 1].low in ("aged", "age", "ages"):
        return True
    nxt = [t.low for t in toks[after : after + 3]]
    if nxt[:1] in (["year"], ["years"], ["month"], ["months"]):
        return "old" in nxt[1:] or nxt[1:] == ["of", "age"]
    commas = first > 1 and toks[first - 1].text == "," and stop < len(toks)
    return (
        commas
        and toks[stop].text == ","
        and stop - first == 1
        and toks[first].kind == "number"
        and 0 < toks[first].value < 111
        and toks[first - 2].text[:1].isupper()
    )


def _past_age(toks: list[Tok], after: int, stop: int) -> int:
    for k in range(after, min(after + 4, len(toks))):
        if toks[k].low in ("old", "olds", "age"):
            return k + 1
    return stop


def lasts(toks: list[Tok], i: int) -> tuple[float, int] | None:
    """A length of time at token `i` ("48-hour", "ten days"): its days and the next token."""
    number = cardinal(toks, i)
    if number is None:
        return None
    after = number.stop + 1 if hyphen_at(toks, number.stop) else number.stop
    unit = _match(_units(), toks, after)
    if unit is None or unit[0] != "time":
        return None
    return round(number.value * float(unit[1]), 4), unit[2]
