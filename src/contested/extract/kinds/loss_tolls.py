"""Tolls that a noun counts: "the death toll rose to 84", "put the number of dead at 54"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.reading import Group, Sentence, rel
from contested.model import Count
from contested.model.terms import Effect

TOLL_WORDS = {"toll"}


TOLL_VERBS = {"rise", "climb", "raise", "lower", "reach", "stand", "put", "revise", "grow", "jump",
              "increase", "drop", "give", "reduce", "bring", "take", "update", "place"}  # fmt: skip


TOLL_FORMS = {"rose", "risen", "stood", "grew", "grown"}
"""Forms that the tagger does not always trace to their verb."""


COUNTED = {"killed", "dead", "deaths", "fatalities", "casualties", "wounded", "injured", "victims"}


@dataclass(slots=True)
class Loss:
    """Harm on the way to a claim."""

    token: Token
    effect: Effect
    group: Group
    how: str
    count: Count | None = None


def toll(sentence: Sentence, token: Token) -> list[Loss]:
    """ "the death toll rose to 84", "put the number of dead at 54": the number reached."""
    for i in range(token.i + 1, min(token.i + 26, sentence.span.end)):
        group = sentence.by_token.get(i)
        before = token.doc[i - 1].lower_
        if group is not None and group.start == i and _is_number(token, i):
            return [Loss(token, _toll_effect(sentence, token), group, "noun:toll")]
        if group is None or group.start != i or before not in ("to", "at", "as"):
            continue
        if group.count is not None and _moves(sentence, token, i):
            return [Loss(token, _toll_effect(sentence, token), group, "noun:toll")]
    return []


def _is_number(token: Token, i: int) -> bool:
    """Whether a toll is said to be what stands at `i`: "the toll on their side was nine men"."""
    before = token.doc[i - 1]
    copula = before.lemma_.lower() == "be" and token.lower_ in TOLL_WORDS | {"number"}
    return copula and rel(token) == "nsubj" and token.doc[i].pos_ == "NUM"


def _moves(sentence: Sentence, token: Token, stop: int) -> bool:
    """Whether a verb near the toll says what number it is given, raised or lowered to."""
    around = token.doc[max(sentence.span.start, token.i - 6) : stop]
    return any({t.lemma_.lower(), t.lower_} & (TOLL_VERBS | TOLL_FORMS) for t in around)


def _toll_effect(sentence: Sentence, token: Token) -> Effect:
    around = token.doc[max(sentence.span.start, token.i - 2) : token.i + 5]
    hurt = any(t.lower_ in ("wounded", "injured") for t in around)
    return "wounded" if hurt else "killed"


def is_toll(token: Token) -> bool:
    """A noun that counts the dead: "toll", "number of people killed", "the dead"."""
    if token.lower_ in TOLL_WORDS:
        return True
    if token.lower_ in ("number", "count", "tally"):
        return any(t.lower_ in COUNTED for t in token.doc[token.i + 1 : token.i + 6])
    before = token.nbor(-1).lower_ if token.i else ""
    return token.lower_ == "dead" and before == "the"
