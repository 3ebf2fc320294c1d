"""The words of a text that may begin a place name, and the tables that say what stands by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from contested.extract.lexicon import table
from contested.world import Place
from contested.world.names import fold

_WORD = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?:[A-Z]\.){2,5}"
    r"|[^\W\d_]+(?:['’ʼ‘`](?!s(?![^\W\d_]))[^\W\d_]+)*"
)
_HEADLINE_SHARE = 0.6
_HEADLINE_SHARE_OF_FEW = 0.75
_FEW_WORDS = 5
_HEADLINE_WORDS = 3
LOCATIVE = frozenset(
    (
        *("in", "at", "near", "from", "to", "across", "outside", "around", "inside", "into"),
        *("through", "throughout", "towards", "toward", "within", "over", "of", "via", "between"),
    )
)
AT = frozenset(("in", "at", "near", "across", "outside", "inside", "throughout", "around"))
FUNCTION = LOCATIVE | frozenset(
    (
        *("the", "a", "an", "and", "or", "but", "for", "with", "by", "on", "as", "if", "when"),
        *("while", "after", "before", "since", "until", "that", "this", "these", "those", "its"),
        *("his", "her", "their", "our", "my", "your", "is", "are", "was", "were", "has", "have"),
        *("both", "all", "some", "many", "most", "no", "not", "because", "although", "though"),
        *("against", "about", "under", "during", "along", "beyond", "meanwhile", "however"),
    )
)
DIRECTIONS = frozenset(
    (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("central", "greater", "upper", "lower", "mainland", "downtown", "old", "new"),
        *("northwest", "northeast", "southwest", "southeast", "former", "occupied", "rural"),
    )
)
SOLDERS = frozenset(("e", "i", "ul", "u", "al", "anti", "pro", "non", "ex"))
"""Words that a hyphen ties to a name so that the whole is another name, or no place."""


@dataclass(slots=True)
class Word:
    """One word; `key` is its folded form, `line` the number of its line."""

    text: str
    start: int
    end: int
    key: str
    line: int
    starts_sentence: bool
    starts_line: bool
    upper: bool


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word such as "district": the kinds of place it names, and whether it is kept with them."""

    kinds: frozenset[str]
    kept: bool


@dataclass(slots=True)
class Hit:
    """A name found: words `first` up to `stop`, and what it could be."""

    first: int
    stop: int
    start: int
    end: int
    key: str
    options: tuple[Place, ...]
    type: TypeWord | None = None
    within: list[Hit] = field(default_factory=list)
    located: bool = False
    unknown_area: bool = False
    holds: bool = False
    literal: bool = True
    short: bool = False
    named: str = ""
    """What the language pipeline takes the name for, as `where_names.Names.kind` says it."""
    name_start: int = -1
    name_end: int = -1
    """Characters of the name without a type word taken in."""

    @property
    def known_within(self) -> list[Hit]:
        """Of the names that the text puts it in, those that the gazetteer has."""
        return [one for one in self.within if one.options]


@dataclass(slots=True)
class Words:
    """The words of a text, which of its lines are headlines, and the stems of wide places."""

    text: str
    all: list[Word]
    headlines: set[int]
    stems: frozenset[str]

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next; at most a few characters of it."""
        if not 0 <= i < len(self.all) - 1:
            return "\n"
        return self.text[self.all[i].end : self.all[i].end + 4][
            : self.all[i + 1].start - self.all[i].end
        ]

    def beside(self, i: int, j: int) -> bool:
        """Whether only blanks stand between word `i` and the next word `j`."""
        if i < 0 or j >= len(self.all):
            return False
        between = self.text[self.all[i].end : self.all[j].start][:8]
        return bool(between) and not between.strip(" \u00a0")

    def low(self, i: int) -> str:
        """Word `i` in small letters, empty beyond the ends."""
        return self.all[i].text.lower() if 0 <= i < len(self.all) else ""


def read_words(text: str, stems: frozenset[str] = frozenset()) -> Words:
    """The words of `text` with their lines; `stems` are kept for those who read on."""
    words: list[Word] = []
    line = at = 0
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        line += between.count("\n")
        at = found.end()
        raw = found[0]
        if raw.startswith(("http", "www.")) or text[max(0, found.start() - 1)] in "#@_":
            continue
        sentence = not words or bool(re.search(r"[.!?:;“\"\n(•]", between[-8:]))
        starts_line = not words or "\n" in between
        words.append(
            Word(raw, found.start(), at, fold(raw), line, sentence, starts_line, raw[:1].isupper())
        )
    return Words(text, words, _headlines(text, words), stems)


def _headlines(text: str, words: list[Word]) -> set[int]:
    """Lines without a full stop in which most longer words are capitalised.

    There a capital says little.
    """
    long: dict[int, int] = {}
    capital: dict[int, int] = {}
    ends: dict[int, int] = {}
    for word in words:
        ends[word.line] = word.end
        if len(word.text) > 3:
            long[word.line] = long.get(word.line, 0) + 1
            capital[word.line] = capital.get(word.line, 0) + word.upper
    return {
        line
        for line, n in long.items()
        if n >= _HEADLINE_WORDS
        and capital[line] >= (_HEADLINE_SHARE if n > _FEW_WORDS else _HEADLINE_SHARE_OF_FEW) * n
        and "." not in text[ends[line] - 1 : ends[line] + 2]
    }


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Ordinary words that are also names of places."""
    return frozenset(r["word"] for r in table("ordinary_words"))


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Titles and first names, after which a name is a person's."""
    return frozenset(r["word"] for r in table("titles") if r["use"] == "before")


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Names of places that people bear too: "Jordan"."""
    return frozenset(r["word"] for r in table("titles") if r["use"] == "place_too")


@lru_cache(maxsize=8)
def organisations(place: str) -> frozenset[str]:
    """Words of organisations' names: ``after`` a place and ``before_of`` one they take it into
    the name, as a ``head`` before it they leave it a place."""
    return frozenset(r["word"] for r in table("organisation_words") if r["place"] == place)


@lru_cache(maxsize=2)
def place_types(place: str) -> dict[tuple[str, ...], TypeWord]:
    """Type words that stand ``after`` or ``before`` a name, by their words.

    Those of the use ``part`` name a part of a place: "the outskirts of Ata".
    """
    return {
        tuple(r["word"].replace("-", " ").split()): TypeWord(
            frozenset(r["kinds"].split("|")) - {""}, r["span"] == "yes"
        )
        for r in table("place_types")
        if r["place"] in (place, "both")
    }


@lru_cache(maxsize=1)
def calendar_words() -> frozenset[str]:
    """Names of months and weekdays."""
    return frozenset(r["word"].lower() for t in ("months", "weekdays") for r in table(t))


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """Words that begin longer names of places: "Puerto", "Deir"."""
    return frozenset(row["word"] for row in table("name_beginnings"))
