"""What speaks for a claim and against it, as far as a reader can tell: features by name.

A feature is a number near 0 to 1; one that is not there is 0. `confidence` weighs them. They say
how a claim was found, which of its values stand in the sentence and how near to its word, what
was carried over or taken for somebody, how sure the network was of the sentence's syntax, and what
kind of text it is. None asks what the claim is about beyond its kind, type or act.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from spacy.tokens import Token

from contested.extract.lexicon import Lexicon, table
from contested.extract.mentions import PlaceMention, TimeMention
from contested.extract.reading import Reading, Sentence
from contested.language import CERTAINTY
from contested.model import ActorRef, CasualtiesClaim, Claim, StatisticClaim, When, Where

FAR = 12.0
"""Tokens between a claim's word and its place or time from which they count as far."""
WIDE_KM, LONG_DAYS = 300.0, 31
OPENING = 60
"""A place or time this near to the front of a sentence with a dash behind is a dateline's."""
UNSURE = 0.8
_DASH = re.compile(r"--|—|–|\]")
_QUOTES = '"“”'
_PARTIES = (
    "initiators",
    "targets",
    "parties",
    "mediators",
    "addressees",
    "subject",
    "object",
    "by",
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a claim was found: its sentence, and the word that names it."""

    sentence: Sentence
    token: Token


@dataclass(frozen=True, slots=True)
class Setting:
    """What all claims of a report share: its reading, and how much of it told anything."""

    reading: Reading
    words: Lexicon
    claims: int
    prose: int


def evidence(claim: Claim, ground: Ground, setting: Setting) -> dict[str, float]:
    """The features of one claim."""
    found: dict[str, float] = {"any": 1.0}
    for name, value in (
        *_found(claim),
        *_sentence(ground, setting),
        *_syntax(ground),
        *_place(claim, ground, setting.reading.home),
        *_time(claim, ground),
        *_parties(claim, ground),
        *_speakers(claim, ground),
        *_number(claim, setting.words),
    ):
        found[name] = found.get(name, 0.0) + float(value)
    return {name: value for name, value in found.items() if value}


def _found(claim: Claim) -> Iterator[tuple[str, float]]:
    """The kind, what it codes first, and how it was found."""
    yield f"kind {claim.kind}", 1.0
    for key in ("type", "act", "effect", "measure", "relation", "role"):
        value = getattr(claim, key, None)
        if value:
            yield f"{claim.kind} {value}", 1.0
    how = claim.method.split("/")
    if len(how) > 2 and claim.kind in ("event", "casualties", "statement", "statistic"):
        yield f"{claim.kind} by {how[2].partition(':')[0]}", 1.0
    if claim.stance != "asserts":
        yield f"stance {claim.stance}", 1.0
    if claim.status != "occurred":
        yield f"status {claim.status}", 1.0
    yield "part", bool(getattr(claim, "part_of", None))
    yield "carried", bool(claim.carried)
    yield "carried party", bool({"parties", "object", "subject"} & set(claim.carried))


def _sentence(ground: Ground, setting: Setting) -> Iterator[tuple[str, float]]:
    """The sentence and the text around it."""
    text = ground.sentence.text
    words = len(text.split())
    yield "long sentence", min(max(math.log2(max(words, 1) / 16), 0.0), 3.0) / 2
    yield "short sentence", words < 8
    yield "no full stop", text.rstrip()[-1:] not in '.!?"”'
    yield "capitals", sum(c.isupper() for c in text) > 0.7 * sum(c.isalpha() for c in text)
    yield "brackets", "[" in text or "]" in text
    start = ground.sentence.chars(ground.token.i)[0] - ground.sentence.start
    yield "quoted", sum(text[:start].count(mark) for mark in _QUOTES) % 2
    yield "first sentence", ground.sentence.number < 3
    yield "undated report", setting.reading.report.published is None
    yield "no country", setting.reading.home is None
    yield "little told", math.exp(-2.0 * setting.claims / max(setting.prose, 1))


def _syntax(ground: Ground) -> Iterator[tuple[str, float]]:
    """How sure the network was; nothing where the language pipeline does not say."""
    span = ground.sentence.span
    chances = span.doc.user_data.get(CERTAINTY)
    if chances is None:
        return
    inside = 1.0 - np.asarray(chances[span.start : span.end])
    own = [ground.token.i, *(child.i for child in ground.token.children)]
    yield "unsure tree", 4.0 * float(inside.mean())
    yield "unsure word", 1.0 - float(chances[ground.token.i])
    yield "unsure around", max(1.0 - float(chances[i]) for i in own)


def _place(claim: Claim, ground: Ground, home: str | None) -> Iterator[tuple[str, float]]:
    where: Where | None = getattr(claim, "where", None)
    if where is None:
        yield "no place", hasattr(claim, "where")
        return
    yield "place carried", "where" in claim.carried
    yield "place unknown", where.lat is None
    yield "place wide", (where.radius_km or 0.0) > WIDE_KM
    yield "place abroad", bool(home and where.country and where.country != home)
    if "where" in claim.carried:
        return
    spoken = [m for m in ground.sentence.places if m.where.as_written == where.as_written]
    yield from _reach("place", spoken, ground)
    yield "several places", len({m.where.name for m in ground.sentence.places}) > 1


def _time(claim: Claim, ground: Ground) -> Iterator[tuple[str, float]]:
    when: When | None = getattr(claim, "when", None) or getattr(claim, "period", None)
    if when is None:
        yield "no time", hasattr(claim, "when")
        return
    kept = bool({"when", "period"} & set(claim.carried))
    yield "time carried", kept
    yield "time open", when.earliest is None or when.latest is None
    yield "time long", _days(when) > LONG_DAYS
    if kept:
        return
    spoken = [m for m in ground.sentence.times if m.when.as_written == when.as_written]
    yield from _reach("time", spoken, ground)
    yield "several times", len(ground.sentence.times) > 1


def _days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 0
    first, last = (np.datetime64(day) for day in (when.earliest, when.latest))
    return int((last - first).astype(int)) + 1


def _reach(
    name: str, spoken: Iterable[PlaceMention | TimeMention], ground: Ground
) -> Iterator[tuple[str, float]]:
    """How far from the claim's word its place or time stands, and whether a dateline gives it."""
    near: float | None = None
    for mention in spoken:
        hung = ground.sentence.place_token(mention)
        if hung is None:
            continue
        gap = abs(hung.i - ground.token.i) / FAR
        if near is None or gap < near:
            near = gap
            ahead = mention.end - ground.sentence.start
            rest = ground.sentence.text[ahead : ahead + OPENING]
            dateline = ahead < OPENING and _DASH.search(rest) is not None
    if near is None:
        yield f"{name} not in sentence", 1.0
        return
    yield f"{name} far", min(near, 2.0)
    yield f"{name} of dateline", dateline


def _refs(claim: Claim) -> Iterator[tuple[str, ActorRef]]:
    for key in _PARTIES:
        value = getattr(claim, key, None)
        for ref in value if isinstance(value, tuple) else () if value is None else (value,):
            yield key, ref
    if claim.kind == "responsibility":
        yield "actor", ActorRef(claim.actor, claim.actor_as_written)
    if claim.kind == "position":
        yield "organisation", ActorRef(claim.organisation, claim.organisation_as_written)
    if claim.kind == "casualties" and claim.side:
        yield "side", ActorRef(claim.side, claim.victims_as_written)


@lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    return frozenset(row["word"] for row in table("pronouns"))


def _parties(claim: Claim, ground: Ground) -> Iterator[tuple[str, float]]:
    """How each party got its actor: by name, by an adjective or a role, or by inference."""
    refs = list(_refs(claim))
    yield "no party", not refs and claim.kind in ("event", "agreement", "relation")
    for key, ref in refs:
        share = 1.0 / len(refs)
        role = "victim" if key in ("targets", "side") else "party"
        if ref.as_written.lower() in _pronouns():
            yield "party a pronoun", share
        if ref.actor is None:
            yield f"{role} unknown", share
            continue
        inside = [m for m in ground.sentence.actors if m.ref.as_written in ref.as_written]
        own = next((m.how for m in inside if m.ref.actor == ref.actor), None)
        other = inside[0].how if inside else None
        if own is not None:
            yield f"{role} by {own}", share
        elif other is not None:
            yield f"{role} over {other}", share
        else:
            yield f"{role} inferred", share


def _speakers(claim: Claim, ground: Ground) -> Iterator[tuple[str, float]]:
    if not claim.speakers:
        yield "no speaker", 1.0
        return
    last = claim.speakers[-1]
    yield f"speaker {last.kind}", 1.0
    yield "speaker chain", len(claim.speakers) > 1
    yield "speaker elsewhere", last.name not in ground.sentence.text
    named = any(m.ref.as_written in last.name for m in ground.sentence.actors)
    yield "speaker inferred", last.actor is not None and not named
    place = any(m.where.as_written == last.name for m in ground.sentence.places)
    yield "speaker a place", place


def _number(claim: Claim, words: Lexicon) -> Iterator[tuple[str, float]]:
    if isinstance(claim, CasualtiesClaim):
        text = claim.victims_as_written
        last = text.split()[-1] if text.split() else ""
        implied = claim.count.as_written == text
        yield "count implied", implied
        yield "no people", words.victims_of(last) is None and not any(c.isdigit() for c in text)
        yield "victims unknown", claim.victims == "unknown"
        yield "victims a name", implied and text[:1].isupper() and not text.isupper()
        yield "count vague", claim.count.qualifier not in ("exactly", "at_least", "about")
    if isinstance(claim, StatisticClaim):
        yield "no number", claim.count is None and claim.change_percent is None
