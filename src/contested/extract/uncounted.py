"""Signs that a number counts nothing: shares, names, years, telephone numbers, pronouns."""

from __future__ import annotations

from functools import lru_cache

from contested.extract.counted import context, is_currency, is_unit, people
from contested.extract.lexicon import table
from contested.extract.numerals import (
    ORDINAL_SUFFIXES,
    SUFFIX_SCALES,
    Tok,
    hyphen_at,
    is_dash,
    role,
    words,
)


@lru_cache(maxsize=1)
def _numbered_names() -> frozenset[str]:
    return frozenset(r["word"] for r in table("numbered_names"))


def fraction(toks: list[Tok], i: int) -> int | None:
    """The token after "-thirds" or " quarters" that makes the number before it a share."""
    j = i + 1 if hyphen_at(toks, i) else i
    if j >= len(toks):
        return None
    low = toks[j].low
    plural = low.endswith("s") and words().get(low[:-1], (0, ""))[1] == "ordinal"
    share = low in context("share") or (plural and low != "seconds")
    one_third = hyphen_at(toks, i) and role(toks, j) == "ordinal"
    return j + 1 if share or one_third else None


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
    if tok.kind != "number":
        return _past_chain(toks, i + 1) if tok.kind == "code" else None
    if tok.suffix and tok.suffix not in SUFFIX_SCALES and tok.suffix not in ORDINAL_SUFFIXES:
        return i + 1
    if i == 0:
        bare = len(toks) == 1 or (toks[1].text in ".)" and toks[1].start == tok.end)
        return 1 if bare else None
    if toks[i - 1].text == "+":
        return _past_digits(toks, i)
    chain = _past_chain(toks, i + 1)
    joined = chain > i + 1 and toks[i + 1].text in "/:."
    if joined or chain > i + 3 or _names_number(toks, i) or _mixed_chain(toks, i, chain):
        return chain
    return None


def _names_number(toks: list[Tok], i: int) -> bool:
    """Whether the word before makes digits a name's: "Article 5", "No. 3"."""
    before = toks[i - 1]
    if before.low in _numbered_names() or before.text in ("#", "№"):
        return True
    if before.end == toks[i].start and before.text in "/:.@":
        return True
    return before.text == "." and i > 1 and toks[i - 2].low in ("no", "nos", "art", "para", "p")


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
    if after[:1] and (after[0] in people() or is_unit(toks, stop)):
        plain = i and toks[i - 1].low in context("before_year") and not qualified
        return bool(plain)
    if qualified:
        return not any(word in people() for word in after)
    money = i and is_currency(toks, i - 1)
    return not money and not is_currency(toks, stop)


def is_pronoun(toks: list[Tok], i: int, stop: int, qualified: bool) -> bool:
    """Whether "one" at `i` is a pronoun, not a count."""
    if toks[i].low != "one" or stop > i + 1 or qualified:
        return False
    if i and (toks[i - 1].low in context("pronoun_before") or hyphen_at(toks, i - 1)):
        return True
    if stop >= len(toks):
        return False
    mark = toks[stop].kind == "mark" and not hyphen_at(toks, stop)
    return mark or toks[stop].low in context("pronoun_after")
