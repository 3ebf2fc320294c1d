"""Names that tell of a place without naming where something is: nationalities, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from contested.extract.lexicon import table
from contested.extract.where_words import Words
from contested.world import Place, World
from contested.world.names import fold

_LONGEST = 3
_NO_PLURAL = ("s", "sh", "ch", "ese", "men", "man", "x")
_WIDE = ("country", "region", "admin1")
_BEHIND = re.compile(r"[^\W\d_]\.?,\s$")


class Demonym(NamedTuple):
    """A word for the people of a place, or for what is theirs; it ends before word `stop`."""

    stop: int
    place: Place


class Peoples:
    """The words for nationalities ("Sudanese", "a Turk", "European") with their places."""

    def __init__(self, world: World) -> None:
        self._places: dict[str, Place] = {}
        for row in table("demonyms"):
            self._put(row["word"], _wide(world, row["place"]))
        for alias in world.aliases:
            actor = world.actors[alias.actor]
            if alias.use == "adjective" and actor.kind == "state" and actor.country:
                self._put(alias.text, _wide(world, actor.name, actor.country))

    def _put(self, word: str, place: Place | None) -> None:
        key = fold(word)
        if place is None:
            return
        self._places.setdefault(key, place)
        if not key.endswith(_NO_PLURAL):
            self._places.setdefault(f"{key}s", place)

    def at(self, words: Words, i: int) -> Demonym | None:
        """The longest one that begins at word `i`, which has a capital."""
        if not words.all[i].upper:
            return None
        for size in range(_LONGEST, 0, -1):
            run = words.all[i : i + size]
            inside = all(words.beside(n, n + 1) for n in range(i, i + size - 1))
            place = self._places.get(" ".join(w.key for w in run)) if inside else None
            if place is not None:
                return Demonym(i + len(run), place)
        return None


def _wide(world: World, name: str, country: str | None = None) -> Place | None:
    wide = (p for p in world.places_named(name) if p.kind in _WIDE)
    return next((p for p in wide if country in (None, p.country)), None)


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, tuple[str, str, bool]]:
    """Short forms of states and provinces: the place, its country, and whether it stands alone.

    The others are one only behind the name of a town and a comma: "London, Ky."
    """
    return {
        row["written"].rstrip("."): (row["place"], row["country"], row["alone"] == "yes")
        for row in table("place_abbreviations")
    }


def abbreviated(words: Words, i: int, behind_place: bool) -> tuple[str, str] | None:
    """The place and the country that the short form at word `i` stands for, if it is one.

    `behind_place`: a place's name ends right before word `i`. Codes such as "OR" need that.
    """
    word = words.all[i]
    found = abbreviations().get(word.text.rstrip("."))
    if found is None or (words.beside(i, i + 1) and words.all[i + 1].upper):
        return None
    place, country, alone = found
    before = words.text[max(0, word.start - 4) : word.start]
    behind = bool(_BEHIND.search(before)) and i > 0 and words.all[i - 1].upper
    code = word.text.isupper() and "." not in word.text
    if behind and (behind_place or not code):
        return place, country
    digit = before.strip()[-1:].isdigit()
    return (place, country) if alone and not code and not digit else None
