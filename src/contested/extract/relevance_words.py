"""The words by which a quick look tells what a report speaks of: those of the readers' tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from contested.errors import TableError
from contested.extract.lexicon import lexicon, table

OWN = "+own"
"""Words by which writers speak of themselves and to readers, as letters and opinions do."""
WORD = re.compile(r"[a-z]+")
_ENDINGS = ("ing", "ed", "es", "s", "er", "ers", "d")


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Base forms of verbs that no ending gives away ("shot": "shoot")."""
    path = resources.files("contested") / "data" / "encoder" / "forms.txt"
    rows = (row.split(" ") for row in path.read_text("utf-8").splitlines())
    return {form: lemma for part, form, lemma in rows if part == "VERB"}


def classes_of(word: str) -> tuple[str, ...]:
    """The tables that a word belongs to in any of its forms."""
    stems = {*_stems(word), _irregular().get(word, word)}
    found = tuple(name for name, entries in _tables().items() if not stems.isdisjoint(entries))
    return (*found, OWN) if word in _own() else found


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    return frozenset(row["word"] for row in table("own_words"))


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield stem
        yield stem + "e"
        if stem[-1] == "i":
            yield stem[:-1] + "y"
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    """The words that name each kind of claim, from the tables of the readers."""
    words = lexicon()
    phrases = {part for _, part in words.phrases if len(part) > 4} | {"fire"}
    arrests = {lemma for lemma, trigger in words.verbs.items() if trigger.type == "arrest"}
    harm = {
        lemma
        for lemma, uses in words.casualty_verbs.items()
        if any(not needed and effect != "missing" for needed, effect, _ in uses)
    } - arrests
    people = ("civilians", "security_forces", "militants")
    return {
        "+event": frozenset((*words.verbs, *words.nouns, *phrases)),
        "+weapon": frozenset(word for word in words.weapons if word.isalpha()),
        "+harm": frozenset((*harm, *words.casualty_nouns)),
        **{f"+{p}": frozenset(w for w, k in words.victims.items() if k == p) for p in people},
        "+statement": _of(row["lemma"] for row in table("statements")),
        "+agreement": _of(row["pattern"] for row in table("agreements")),
        "+tie": _of(row["lemma"] for row in table("relations")),
        "+office": frozenset(row["word"].lower() for row in _packaged("roles.csv")),
        "+measure": _of(row["noun"] for row in table("measures")),
        "+trend": _of(row["forms"] for row in table("trends")),
    }


def _of(entries: Iterable[str]) -> frozenset[str]:
    plain = (entry.lower().replace("-?\\s?", "").replace("\\s?", "") for entry in entries)
    found = {w for entry in plain for w in WORD.findall(entry.replace("?", "")) if len(w) > 2}
    return frozenset(found | {w.removesuffix("s") for w in found})


def _packaged(name: str) -> list[dict[str, str]]:
    path = resources.files("contested") / "data" / name
    try:
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    except OSError as error:
        raise TableError(f"{name} cannot be read; install the package again") from error


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Those of the packaged table. Raises TableError if it cannot be read."""
    try:
        return {row["feature"]: float(row["weight"]) for row in _packaged("relevance.csv")}
    except (KeyError, ValueError) as error:
        raise TableError("relevance.csv cannot be read; install the package again") from error
