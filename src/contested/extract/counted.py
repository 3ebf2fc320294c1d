"""What stands around a number: qualifiers, units, and the signs that it counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from contested.extract.lexicon import table
from contested.extract.mentions import Unit
from contested.extract.numerals import (
    ORDINAL_SUFFIXES,
    SUFFIX_SCALES,
    Tok,
    cardinal,
    hyphen_at,
    is_dash,
    role,
    tokens,
    words,
)
from contested.model.terms import Qualifier

_PRONOUN_BEFORE = frozenset(
    ["no", "this", "that", "any", "every", "each", "the", "which", "other", "either", "neither"]
)
_PRONOUN_AFTER = frozenset(
    [
        "another",
        "can",
        "could",
        "should",
        "must",
        "may",
        "might",
        "would",
        "will",
        "has",
        "had",
        "have",
        "does",
        "did",
        "to",
        "by",
        "as",
        "if",
        "that",
        "who",
        "whom",
        "which",
        "where",
        "when",
        "in",
        "on",
        "at",
        "and",
        "or",
        "but",
        "day",
        "way",
        "sees",
        "knows",
        "hopes",
        "needs",
        "wants",
        "thinks",
        "cannot",
    ]
)
_BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "by",
        "the",
        "of",
        "from",
        "during",
        "after",
        "before",
        "between",
        "to",
        "and",
        "around",
        "about",
        "circa",
        "late",
        "early",
        "mid",
        "its",
        "his",
        "their",
        "our",
        "your",
        "this",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ]
)
_PARTS = frozenset(["half", "halves", "quarter", "quarters"])


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
def _words(name: str) -> frozenset[str]:
    return frozenset(r["word"] for r in table(name))


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
    return _words("counted_nouns")


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


def fraction(toks: list[Tok], i: int) -> int | None:
    """The token after "-thirds" or " quarters" that makes the number before it a share."""
    j = i + 1 if hyphen_at(toks, i) else i
    if j >= len(toks):
        return None
    low = toks[j].low
    share = low in _PARTS or (low.endswith("s") and words().get(low[:-1], (0, ""))[1] == "ordinal")
    one_third = hyphen_at(toks, i) and role(toks, j) == "ordinal"
    return j + 1 if (share and low != "seconds") or one_third else None


def is_share(toks: list[Tok], i: int, stop: int) -> bool:
    """Whether an ordinal is a share: "a third of", "one third"."""
    if not i or stop >= len(toks):
        return False
    if toks[i - 1].low in ("a", "one"):
        return toks[stop].low == "of"
    return toks[i].low == "second" and toks[i - 1].low in ("per", "split")


def no_count(toks: list[Tok], i: int) -> int | None:
    """The token after digits at `i` that count nothing: a name, a list mark, a telephone number."""
    tok = toks[i]
    if tok.kind == "code":
        return _past_chain(toks, i + 1)
    if tok.kind != "number":
        return None
    if tok.suffix and tok.suffix not in SUFFIX_SCALES and tok.suffix not in ORDINAL_SUFFIXES:
        return i + 1
    before = toks[i - 1] if i else None
    if before is None or "\n" in before.text:
        bare = len(toks) == 1 or (toks[1].text in ".)" and toks[1].start == tok.end)
        return i + 1 if bare else None
    joined = before.end == tok.start
    if (
        before.low in _words("numbered_names")
        or before.text in ("#", "№")
        or (joined and before.text in "/:.@")
    ):
        return _past_chain(toks, i + 1)
    if before.text == "." and i > 1 and toks[i - 2].low in ("no", "nos", "art", "para", "p"):
        return _past_chain(toks, i + 1)
    if before.text == "+":
        return _past_digits(toks, i)
    long_chain = _past_chain(toks, i + 1)
    if long_chain > i + 1 and toks[i + 1].text in "/:.":
        return long_chain
    return long_chain if long_chain > i + 3 or _mixed_chain(toks, i, long_chain) else None


def _mixed_chain(toks: list[Tok], i: int, stop: int) -> bool:
    """Two joined numbers that are no range: "0300-123", "2021-22", a score "2-1"."""
    if stop != i + 3 or not is_dash(toks, i + 1):
        return False
    a, b = toks[i], toks[i + 2]
    scaled = stop < len(toks) and role(toks, stop) in ("scale", "hundred")
    return b.kind == "code" or (a.value >= b.value and not scaled)


def _past_digits(toks: list[Tok], i: int) -> int:
    """The token after all the groups of a telephone number."""
    while i < len(toks) and (toks[i].kind in ("number", "code") or toks[i].text == "-"):
        i += 1
    return i


def _past_chain(toks: list[Tok], i: int) -> int:
    """The token after digits joined by hyphens, slashes, colons and points."""
    while (
        i + 1 < len(toks)
        and toks[i].text in {"-", "–", "/", ":", ".", "‑"}
        and toks[i].start == toks[i - 1].end
        and toks[i + 1].start == toks[i].end
        and toks[i + 1].kind in ("number", "code")
    ):
        i += 2
    return i


def is_year(toks: list[Tok], i: int, stop: int, qualified: bool) -> bool:
    """Whether the digits at `i` are a bare year (1900 to 2099) rather than a count."""
    tok = toks[i]
    if tok.kind != "number" or not tok.text.isdecimal() or len(tok.text) != 4:
        return False
    if not 1900 <= tok.value <= 2099 or stop > i + 1:
        return False
    after = [t.low for t in toks[stop : stop + 3]]
    if after[:1] and (after[0] in people() or _match(_units(), toks, stop)):
        plain = i and toks[i - 1].low in _BEFORE_YEAR and not qualified
        return bool(plain)
    if qualified:
        return not any(word in people() for word in after)
    money = i and _match(_currencies(), toks, i - 1)
    return not money and not _match(_currencies(), toks, stop)


def is_pronoun(toks: list[Tok], i: int, stop: int, qualified: bool) -> bool:
    """Whether "one" at `i` is a pronoun, not a count."""
    if toks[i].low != "one" or stop > i + 1 or qualified:
        return False
    if i and toks[i - 1].low in _PRONOUN_BEFORE:
        return True
    if stop >= len(toks):
        return False
    if hyphen_at(toks, i - 1):
        return True
    return (toks[stop].kind == "mark" and not hyphen_at(toks, stop)) or toks[
        stop
    ].low in _PRONOUN_AFTER


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
