"""Correct the lemmatiser's odd guesses ("droppe" for "dropping") with a list of known lemmas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import resources

from spacy.tokens import Doc, Token

_VOWELS = "aeiou"


class Lemmas:
    """Known verb and noun lemmas: those of the treebank and those the word tables use."""

    def __init__(self) -> None:
        text = (resources.files("contested") / "data" / "language" / "lemmas.txt").read_text()
        rows = [line.split(" ", 1) for line in text.splitlines()]
        self._known = {
            "VERB": {word for kind, word in rows if kind == "v"} | set(_verbs_of_the_tables()),
            "NOUN": {word for kind, word in rows if kind == "n"},
        }

    def correct(self, doc: Doc) -> Doc:
        """Give tokens with an unknown lemma the known one that their ending points to."""
        for token in doc:
            if token.lower_ == "shot" and token.i + 1 < len(doc) and token.nbor().lower_ == "dead":
                token.pos_, token.tag_, token.lemma_ = "VERB", "VBD", "shoot"
            known = self._known.get(token.pos_)
            lemma = token.lemma_.lower()
            if known is None or lemma in known or not token.is_alpha:
                continue
            better = next((c for c in candidates(token) if c in known), None)
            if better is not None:
                token.lemma_ = better
        return doc


def _verbs_of_the_tables() -> Iterator[str]:
    folder = resources.files("contested") / "data" / "lexicon"
    for name in ("triggers", "casualty_verbs", "reporting"):
        for row in csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"))):
            if row.get("pos", "verb") == "verb":
                yield row["lemma"]


def candidates(token: Token) -> Iterator[str]:
    """Base forms that regular English endings allow, likeliest first."""
    word = token.lower_
    for ending in ("ing", "ed", "es", "s"):
        if not word.endswith(ending) or len(word) <= len(ending) + 2:
            continue
        stem = word[: -len(ending)]
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]
        yield stem
        yield stem + "e"
        if stem.endswith("i"):
            yield stem[:-1] + "y"
    yield word
