"""Numbers in words and digits, as tokens with what they are worth. Pure text, linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from contested.extract.lexicon import table

TokenKind = Literal["number", "word", "code", "mark", "currency"]

_GROUPED = r"\d{1,3}(?:,\d{2,3}){0,4},\d{3}(?!\d)|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,4}(?!\d)"
_TOKEN = re.compile(
    r"(?P<code>(?:https?://|www\.)\S+|[#@]\w+)"
    r"|(?P<currency>(?:US|A|C)\$|[$€£₹¥]|Rs\.?(?=\s?\d)|(?:USD|EUR|GBP|INR|PKR|AFN)(?=\d))"
    r"|(?P<name>[^\W\d_]+[-‑]?\d\w*)"
    rf"|(?P<number>(?:{_GROUPED}|\d+)(?:\.\d+)?)(?P<suffix>[^\W\d_]+)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<mark>\S)"
)
_HYPHENS = frozenset("-‐‑–—")
SUFFIX_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
ORDINAL_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_LONGEST = 15
_LARGEST = 1e18


class Tok(NamedTuple):
    """One token: `low` is its text in small letters, `value` is set for digits."""

    kind: TokenKind
    text: str
    low: str
    start: int
    end: int
    value: float = 0.0
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal: what it is worth, the token after it, and the scale word that it ended with."""

    value: float
    stop: int
    scale: float = 1.0
    dozen: bool = False


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[float, str]]:
    """Number words with their value and role."""
    return {r["word"]: (float(r["value"]), r["role"]) for r in table("numbers")}


def tokens(text: str) -> list[Tok]:
    """The tokens of `text`, in order."""
    out: list[Tok] = []
    for found in _TOKEN.finditer(text):
        tok = _token(found)
        if tok.suffix in _glued_units():
            cut = tok.end - len(tok.suffix)
            word = text[cut : tok.end]
            digits = text[tok.start : cut]
            out.append(tok._replace(text=digits, low=digits, end=cut, suffix=""))
            tok = Tok("word", word, word.lower(), cut, tok.end)
        out.append(tok)
    return out


@lru_cache(maxsize=1)
def _glued_units() -> frozenset[str]:
    """Units that may touch the digits ("5km")."""
    return frozenset(r["word"] for r in table("units") if len(r["word"]) > 1)


def _token(found: re.Match[str]) -> Tok:
    raw, start, end = found[0], found.start(), found.end()
    kind: TokenKind
    if found["number"] is not None:
        digits = re.sub(r"[,\s]", "", found["number"])
        suffix = (found["suffix"] or "").lower()
        if len(digits) > _LONGEST or (len(digits) > 1 and digits[0] == "0" and "." not in digits):
            return Tok("code", raw, raw.lower(), start, end)
        return Tok("number", raw, raw.lower(), start, end, float(digits), suffix)
    if found["word"] is not None:
        kind = "word"
    elif found["currency"] is not None:
        return Tok("currency", raw, raw.lower().rstrip("."), start, end)
    else:
        kind = "mark" if found["mark"] is not None else "code"
    return Tok(kind, raw, raw.lower(), start, end)


def hyphen_at(toks: list[Tok], i: int) -> bool:
    """Whether token `i` is a hyphen that touches the tokens on both sides."""
    return (
        0 < i < len(toks) - 1
        and toks[i].text in _HYPHENS
        and toks[i - 1].end == toks[i].start
        and toks[i].end == toks[i + 1].start
    )


def is_dash(toks: list[Tok], i: int) -> bool:
    """Whether token `i` is a hyphen or dash."""
    return i < len(toks) and toks[i].text in _HYPHENS


def role(toks: list[Tok], i: int) -> str:
    """The role of token `i` as a number word, or an empty string."""
    if 0 <= i < len(toks) and toks[i].kind == "word":
        return words().get(toks[i].low, (0.0, ""))[1]
    return ""


def ordinal(toks: list[Tok], i: int) -> tuple[int, int] | None:
    """Value of the ordinal at token `i` ("21st", "second", "twenty-first") and the next token."""
    if i >= len(toks):
        return None
    tok = toks[i]
    if tok.kind == "number":
        fits = tok.suffix in ORDINAL_SUFFIXES and tok.value.is_integer()
        return (int(tok.value), i + 1) if fits else None
    if role(toks, i) == "ordinal":
        return int(words()[tok.low][0]), i + 1
    if role(toks, i) == "ten":
        j = i + 2 if hyphen_at(toks, i + 1) else i + 1
        if role(toks, j) == "ordinal" and words()[toks[j].low][0] < 10:
            return int(words()[tok.low][0] + words()[toks[j].low][0]), j + 1
    return None


def cardinal(toks: list[Tok], i: int) -> Number | None:
    """The cardinal that begins at token `i`, or None."""
    begun = _begin(toks, i)
    if begun is None:
        return None
    group, j, last = begun
    total, scale, dozen, below = 0.0, 1.0, False, 0.0
    while True:
        k = _next_part(toks, j, last)
        part = role(toks, k)
        value = words()[toks[k].low][0] if part else 0.0
        if part in ("unit", "teen", "ten") and _adds(part, last):
            group = (group or 0.0) + value
        elif (
            part == "hundred"
            and (group or 1.0) < 100
            and last in ("unit", "teen", "number", "article")
        ):
            group, scale = (1.0 if group is None else group) * value, value
        elif part == "scale" and last not in ("scale", "dozen") and value < (below or value + 1):
            total += (1.0 if group is None else group) * value
            group, scale, below = None, value, value
        elif part == "dozen" and last in ("unit", "teen", "number", "article"):
            group, dozen = (1.0 if group is None else group) * value, True
        else:
            break
        j, last = k + 1, part
        scale = 1.0 if part in ("unit", "teen", "ten") else scale
    if last == "article":
        return None
    half = _and_a_half(toks, j)
    if half and last in ("unit", "teen", "number"):
        return _with_half(toks, half, (group or 0.0) + 0.5)
    value = total + (group or 0.0)
    return Number(value, j, scale, dozen) if value < _LARGEST else None


def _begin(toks: list[Tok], i: int) -> tuple[float | None, int, str] | None:
    """The first part of a cardinal: its value, the next token, and what sort of part it was."""
    if i >= len(toks):
        return None
    tok, part = toks[i], role(toks, i)
    if tok.kind == "number":
        if tok.suffix in SUFFIX_SCALES:
            return tok.value * SUFFIX_SCALES[tok.suffix], i + 1, "dozen"
        return None if tok.suffix else (tok.value, i + 1, "number")
    if part in ("unit", "teen", "ten"):
        return words()[tok.low][0], i + 1, part
    half = tok.low == "half" and i + 1 < len(toks) and toks[i + 1].low == "a"
    if half and role(toks, i + 2) in ("scale", "dozen"):
        return 0.5, i + 2, "article"
    article = tok.low in ("a", "an") and role(toks, i + 1) in ("hundred", "scale", "dozen")
    return (None, i + 1, "article") if article else None


def _next_part(toks: list[Tok], j: int, last: str) -> int:
    """Where the next part of a number would stand: past a hyphen or an "and" that may join."""
    if hyphen_at(toks, j) and role(toks, j + 1) in ("unit", "hundred", "scale", "dozen"):
        return j + 1
    joins = last in ("hundred", "scale") and j < len(toks) and toks[j].low == "and"
    if joins and role(toks, j + 1) in ("unit", "teen", "ten"):
        return j + 1
    return j


def _adds(part: str, last: str) -> bool:
    if last == "ten":
        return part == "unit"
    return last in ("hundred", "scale")


def _and_a_half(toks: list[Tok], j: int) -> int | None:
    """The token after "and a half" or "-and-a-half" at `j`, or None."""
    wanted = ["and", "a", "half"]
    while wanted and j < len(toks):
        if toks[j].low == wanted[0]:
            wanted.pop(0)
        elif not hyphen_at(toks, j):
            return None
        j += 1
    return None if wanted else j


def _with_half(toks: list[Tok], j: int, value: float) -> Number:
    if role(toks, j) == "scale":
        size = words()[toks[j].low][0]
        return Number(value * size, j + 1, size)
    return Number(value, j)
