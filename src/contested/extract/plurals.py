"""Open numbers: "dozens", "hundreds of thousands", "several hundred", "a few"."""

from __future__ import annotations

from typing import cast

from contested.extract.counted import context, people
from contested.extract.numerals import Tok, role, words
from contested.model.terms import Qualifier


def plural_at(toks: list[Tok], i: int) -> tuple[float, Qualifier, int] | None:
    """An open number at token `i`: its least value, its qualifier, the token after it."""
    if role(toks, i) in ("plural", "tens_of"):
        return _plural_word(toks, i)
    start = _vague_at(toks, i)
    if start is None:
        return None
    value = words()[toks[start].low][0]
    stop = start + 1
    of = stop + 1 if stop < len(toks) and toks[stop].low == "of" else stop
    if role(toks, of) in ("hundred", "scale", "dozen"):
        size = words()[toks[of].low][0]
        return 2 * size, _size_name(size), of + 1
    if role(toks, stop) == "plural":
        return _plural_word(toks, stop)
    return value, "none", of if toks[start].low == "couple" else stop


def _vague_at(toks: list[Tok], i: int) -> int | None:
    """Where the word stands that "several" or "a few" at `i` counts by, or None."""
    if i >= len(toks):
        return None
    if toks[i].low == "a" and i + 1 < len(toks) and toks[i + 1].low in ("few", "couple"):
        return i + 1
    alone = role(toks, i) == "vague" and toks[i].low in context("vague_alone")
    if not alone or (toks[i].low in ("many", "numerous") and not _counts_nouns(toks, i)):
        return None
    return i


def _counts_nouns(toks: list[Tok], i: int) -> bool:
    """Whether "many" counts: not "so many", not "many say"."""
    if i and toks[i - 1].low in ("how", "so", "as", "too", "that", "this", "not", "the"):
        return False
    if i + 1 >= len(toks) or toks[i + 1].kind != "word":
        return False
    nxt = toks[i + 1].low
    return nxt in people() or role(toks, i + 1) in ("hundred", "scale", "plural", "dozen")


def _plural_word(toks: list[Tok], i: int) -> tuple[float, Qualifier, int] | None:
    least, kind = words()[toks[i].low]
    name = _plural_name(toks[i].low, least)
    stop = i + 1
    of = stop < len(toks) and toks[stop].low == "of"
    if toks[i].low == "scores" and not (
        stop < len(toks) and toks[stop].low in context("after_scores")
    ):
        return None
    if of and role(toks, stop + 1) == "plural":
        base = words()[toks[stop + 1].low][0] / 2
        return least * base, "thousands" if base >= 1000 else "hundreds", stop + 2
    return None if kind == "tens_of" else (least, name, stop)


def _plural_name(word: str, least: float) -> Qualifier:
    if word in ("dozens", "scores"):
        return cast(Qualifier, word)
    return _size_name(least / 2)


def _size_name(size: float) -> Qualifier:
    if size >= 1000:
        return "thousands"
    return "hundreds" if size >= 100 else "dozens"
