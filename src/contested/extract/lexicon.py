"""The word tables of `data/lexicon`, read once: what words say, kept apart from the code."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from contested.errors import TableError


def table(name: str) -> list[dict[str, str]]:
    """Rows of the packaged table `name`. Raises TableError if it is not there."""
    path = resources.files("contested") / "data" / "lexicon" / f"{name}.csv"
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise TableError(f"lexicon/{name}.csv cannot be read; install the package again") from error
    return list(csv.DictReader(io.StringIO(text)))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names a happening, its type in the codebook, and how its roles are written."""

    type: str
    frame: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word tables. Keys are lemmas in small letters."""

    verbs: dict[str, Trigger]
    nouns: dict[str, Trigger]
    phrases: dict[tuple[str, str], Trigger]
    weapons: dict[str, tuple[str, str]]
    casualty_verbs: dict[str, list[tuple[str, str, str]]]
    casualty_nouns: dict[str, tuple[str, str]]
    victims: dict[str, str]
    status: dict[tuple[str, str], str]
    modals: dict[str, str]
    reporting: dict[str, tuple[str, str]]
    sources: dict[str, str]
    anybody: frozenset[str] = field(default=frozenset())
    """Verbs of saying whose subject speaks, whatever it is: "one slide says"."""
    wanting: frozenset[str] = field(default=frozenset())
    """Verbs of saying that vouch for no happening: "they demand that police be withdrawn"."""
    targets: frozenset[str] = field(default=frozenset())
    ground: frozenset[str] = field(default=frozenset())
    """Those of the targets that can be taken and held: places, posts and buildings."""
    sport: frozenset[str] = field(default=frozenset())
    collectives: frozenset[str] = field(default=frozenset())
    civil: frozenset[str] = field(default=frozenset())
    coming: frozenset[str] = field(default=frozenset())
    foreign: frozenset[str] = field(default=frozenset())

    def victims_of(self, word: str) -> str | None:
        """Class of people that a noun (any form) stands for, or None if it is no people."""
        word = word.lower().strip("'\"‘’“”")
        for form in _singulars(word):
            if form in self.victims:
                return self.victims[form]
        return None

    def is_target(self, word: str) -> bool:
        """Whether a noun (any form) names a place or a thing that can be struck or burnt."""
        return any(form in self.targets for form in _singulars(word.lower()))

    def source_kind(self, word: str) -> str | None:
        """What sort of source a noun names (``document``, ``official``, …), or None."""
        for form in _singulars(word.lower()):
            if form in self.sources:
                return self.sources[form]
        return None


def _singulars(word: str) -> list[str]:
    forms = [word]
    if word.endswith("men"):
        forms.append(word[:-2] + "an")
    if word.endswith("children"):
        forms.append("child")
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    return forms


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    triggers = table("triggers")
    casualty: dict[str, list[tuple[str, str, str]]] = {}
    for row in table("casualty_verbs"):
        casualty.setdefault(row["lemma"], []).append((row["object"], row["effect"], row["frame"]))
    return Lexicon(
        verbs={r["lemma"]: Trigger(r["type"], r["frame"]) for r in triggers if r["pos"] == "verb"},
        nouns={r["lemma"]: Trigger(r["type"], r["frame"]) for r in triggers if r["pos"] == "noun"},
        phrases={
            (r["verb"], r["particle_or_object"]): Trigger(r["type"], r["frame"])
            for r in table("phrases")
        },
        weapons={r["word"]: (r["weapon"], r["type"]) for r in table("weapons")},
        casualty_verbs=casualty,
        casualty_nouns={r["lemma"]: (r["effect"], r["victims"]) for r in table("casualty_nouns")},
        victims={r["word"].lower(): r["victims"] for r in table("victims")},
        status={(r["lemma"], r["pos"]): r["status"] for r in table("status_cues")},
        modals={r["word"]: r["status"] for r in table("modals")},
        reporting={r["lemma"]: (r["stance"], r["content"]) for r in table("reporting")},
        sources={r["word"]: r["kind"] for r in table("source_nouns")},
        anybody=frozenset(r["lemma"] for r in table("reporting") if r["anybody"] == "yes"),
        wanting=frozenset(r["lemma"] for r in table("reporting") if r["anybody"] == "wants"),
        targets=frozenset(r["word"] for r in table("targets")),
        ground=frozenset(r["word"] for r in table("targets") if r["ground"] == "yes"),
        sport=frozenset(r["word"] for r in table("sport")),
        foreign=frozenset(r["word"] for r in table("foreign_words")),
        coming=frozenset(r["word"] for r in table("coming_verbs")),
        civil=frozenset(r["word"] for r in table("civil_words")),
        collectives=frozenset(r["word"] for r in table("collectives")),
    )
