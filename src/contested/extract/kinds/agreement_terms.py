"""The words of agreements: what they are called, and what is done with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import table
from contested.extract.reading import Sentence
from contested.model.terms import AgreementAct, AgreementType

MEDIATED = "mediated|brokered|facilitated|sponsored|negotiated|led|hosted|backed"
PEACEFUL = re.compile(
    r"\b(?:peace|ceasefire|cease-?\s?fire|truce|non-aggression|de-?escalation|security|border"
    r"|withdrawal|disengagement|political settlement|surrender)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:trade|mineral|minerals|oil|gas|arms|business|electoral|election|loan|defen[cs]e|media"
    r"|aid|nuclear|coalition|climate|extradition|transit|water|mutual defen[cs]e|investment"
    r"|rail|visa|power-sharing|seat|plea|bail|contract)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\s+(?:with [^.,;]{0,35})?(?:in|on|over|for|about) (?:the |a |an )?(?:\w+ )?"
    r"(?:minerals?|trade|oil|gas|loans?|tariffs?|bailout|debt|investment|budget|wages?|climate"
    r"|economy|coalition|elections?|seats?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Act:
    """What is done with an agreement and by which word.

    `role` says where the agreement stands: as the word's ``object`` or ``subject``, or behind a
    ``noun`` ("the end of the truce"). `types` limits it to kinds of agreements; empty for all.
    """

    word: str
    particle: str
    role: str
    act: AgreementAct
    types: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """An agreement named in a sentence. `type` is null where the words leave it open."""

    head: Token
    first: int
    start: int
    end: int
    type: AgreementType | None


@lru_cache(maxsize=1)
def _acts() -> dict[str, list[Act]]:
    out: dict[str, list[Act]] = {}
    for row in table("agreement_acts"):
        act = Act(
            row["word"],
            row["particle"],
            row["role"],
            row["act"],  # type: ignore[arg-type]
            frozenset(row["types"].split()),
        )
        for form in row["forms"].split():
            out.setdefault(form, []).append(act)
    return out


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{row['pattern']})\b|(?<=-)(?:{row['pattern']})\b", re.I),
         row["type"])
        for row in table("agreements")
    )  # fmt: skip


@lru_cache(maxsize=1)
def _any_pattern() -> re.Pattern[str]:
    """All of them at once, wherever in a word, to be sought in small letters, as the table is:
    few sentences name an agreement, and such a pattern passes over letters that begin none."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("agreements")))


def acts_at(token: Token) -> list[Act]:
    """What a word may do to an agreement; those with a particle that is there come alone."""
    found = _acts().get(token.lower_)
    if not found:
        return []
    end = token.sent.end
    behind = [token.doc[i].lower_ for i in range(token.i + 1, min(token.i + 4, end))]
    with_particle = [a for a in found if a.particle and a.particle in behind[:3]]
    near = [a for a in with_particle if behind and a.particle in behind[:2]]
    return near or with_particle or [a for a in found if not a.particle]


def named(sentence: Sentence) -> list[Named]:
    """The agreements that a sentence names, in order."""
    out: list[Named] = []
    if _any_pattern().search(sentence.text.lower()) is None:
        return out
    taken: list[tuple[int, int]] = []
    for pattern, kind in _patterns():
        for match in pattern.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(start < b and end > a for a, b in taken):
                continue
            taken.append((start, end))
            tokens = sentence.tokens_in(start, end)
            if not tokens or any(t.pos_ == "VERB" and t.tag_ == "VBZ" for t in tokens):
                continue
            found = _named(sentence, tokens, start, end, kind)
            if found is not None:
                out.append(found)
    return sorted(out, key=lambda n: n.start)


def _named(
    sentence: Sentence, tokens: list[Token], start: int, end: int, kind: str
) -> Named | None:
    group = sentence.group(tokens[-1]) or sentence.group(tokens[0])
    first = min(group.start, tokens[0].i) if group is not None else tokens[0].i
    for token in tokens[0].doc[first : tokens[0].i]:
        if token.tag_ in ("VB", "VBP", "NN") and any(
            a.word == token.lower_ for a in acts_at(token)
        ):
            first = token.i + 1
    words = sentence.report.text[sentence.chars(first)[0] : end]
    if not kind and _OTHER.search(words):
        return None
    behind = sentence.report.text[end : end + 60]
    if kind in ("", "talks") and _TOPIC.match(behind):
        return None
    if not kind and PEACEFUL.search(words):
        kind = "ceasefire" if re.search(r"fire|truce", words, re.I) else "peace_deal"
    return Named(tokens[-1], first, start, end, kind or None)  # type: ignore[arg-type]
