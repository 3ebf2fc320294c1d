"""Correct the lemmatiser's odd guesses ("droppe" for "dropping") with a list of known lemmas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import resources

from spacy.tokens import Doc, Token

_VOWELS = "aeiou"


AMOUNTS = {"at", "more", "up", "over", "some", "several", "dozens", "scores", "nearly", "around",
           "about", "many", "hundreds", "almost"}  # fmt: skip


FINITE = {"VBD", "VBZ", "VBP"}


class Lemmas:
    """Known verb and noun lemmas: those of the treebank and those the word tables use."""

    def __init__(self) -> None:
        self._table = set(_verbs_of_the_tables())
        text = (resources.files("contested") / "data" / "language" / "lemmas.txt").read_text(
            "utf-8"
        )
        rows = [line.split(" ", 1) for line in text.splitlines()]
        self._known = {
            "VERB": {word for kind, word in rows if kind == "v"} | self._table,
            "NOUN": {word for kind, word in rows if kind == "n"} | set(_things_of_the_tables()),
        }

    def correct(self, doc: Doc) -> Doc:
        """Give tokens with an unknown lemma the known one that their ending points to."""
        for token in doc:
            self._mend(token)
            if token.tag_ in FINITE and token.pos_ not in ("VERB", "AUX"):
                token.pos_ = "VERB"
            elif token.tag_ in ("NN", "NNS") and token.pos_ == "VERB":
                token.pos_ = "NOUN"
            known = self._known.get(token.pos_)
            lemma = token.lemma_.lower()
            if known is None or lemma in known or not token.is_alpha:
                continue
            better = next((c for c in candidates(token) if c in known), None)
            if better is not None:
                token.lemma_ = better
        return doc

    def _mend(self, token: Token) -> None:
        """Make verbs of the table verbs that the tagger took for nouns or adjectives.

        "shot dead", "injuring at least six", "aircraft bombed houses": what follows decides.
        """
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        if following is not None and _finite(token):
            token.pos_, token.tag_ = "VERB", "VBD"
            _rule(token)
            return
        if following is None or token.pos_ == "VERB":
            return
        word, after = token.lower_, following.lower_
        if word == "shot" and after == "dead":
            token.pos_, token.tag_, token.lemma_ = "VERB", "VBD", "shoot"
            return
        if token.dep_ == "ROOT" and token.i and self._is_verb(token, following):
            token.pos_, token.tag_ = "VERB", "VBP"
            return
        counted = following.pos_ in ("NUM", "DET") or after in AMOUNTS
        past = word.endswith("ed") and token.pos_ in ("NOUN", "PROPN") and not token.is_sent_start
        if not ((word.endswith("ing") and counted) or (past and token.dep_ == "compound")):
            return
        lemma = next((c for c in candidates(token) if c in self._table and c != word), None)
        if lemma is not None:
            token.pos_, token.lemma_ = "VERB", lemma
            token.tag_ = "VBG" if word.endswith("ing") else "VBD"
            if past:
                token.dep_ = "dep"

    def _is_verb(self, token: Token, following: Token) -> bool:
        """ "The group deny backing them": the head of a sentence that can be a verb."""
        forms = {token.lower_, *candidates(token)}
        ruled = following.pos_ in ("DET", "PRON", "SCONJ") or following.tag_ == "VBG"
        return token.text.islower() and ruled and bool(forms & self._table)


def _finite(token: Token) -> bool:
    """ "The group absorbed fighters": a participle between two nouns is a verb, not an epithet."""
    if not token.lower_.endswith("ed") or token.dep_ != "amod" or token.head.i <= token.i:
        return False
    before = token.nbor(-1) if token.i else None
    if before is None or before.pos_ not in ("NOUN", "PROPN") or not before.whitespace_:
        return False
    return token.tag_ in ("VBN", "JJ", "VBD")


def _rule(verb: Token) -> None:
    """Hang the nouns beside a verb that was read as an epithet on it, as subject and object."""
    noun, before = verb.head, verb.nbor(-1)
    above, label = noun.head, noun.dep_
    verb.head = verb if above.i == noun.i else above
    verb.dep_ = label
    noun.head, noun.dep_ = verb, "obj"
    if before.head.i == noun.i and before.dep_ in ("compound", "nmod", "amod", "nsubj"):
        before.head, before.dep_ = verb, "nsubj"


def _verbs_of_the_tables() -> Iterator[str]:
    folder = resources.files("contested") / "data" / "lexicon"
    for name in ("triggers", "casualty_verbs", "reporting"):
        for row in csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"))):
            if row.get("pos", "verb") == "verb":
                yield row["lemma"]


def _things_of_the_tables() -> Iterator[str]:
    """What can be struck ("lorries"), of the table of targets."""
    text = (resources.files("contested") / "data" / "lexicon" / "targets.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        yield row["word"]


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
