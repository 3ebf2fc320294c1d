"""The table of relations, and the two sides that a relation ties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.public import actor_of, related
from contested.extract.kinds.subjects import apposed
from contested.extract.lexicon import table
from contested.extract.reading import Group, Sentence
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.model import ActorRef
from contested.model.terms import RelationName


@dataclass(frozen=True, slots=True)
class Tie:
    """A row of the table of relations."""

    relation: RelationName
    frame: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bonds:
    """The words of relations by the way they are used."""

    verbs: dict[str, Tie]
    nouns: dict[str, Tie]
    given: dict[str, Tie]
    ties: dict[str, Tie]
    wars: dict[str, Tie]
    oaths: dict[str, Tie]
    hyphens: dict[str, Tie]
    uses: dict[str, frozenset[str]]


@dataclass(slots=True)
class Bond:
    """A relation on its way to claims: each subject with each object."""

    sentence: Sentence
    token: Token
    relation: RelationName
    subjects: list[ActorRef]
    objects: list[ActorRef]
    how: str
    negated: bool = False
    carried: tuple[str, ...] = ()
    verb: Token | None = None


@lru_cache(maxsize=1)
def bonds() -> Bonds:
    """The packaged tables."""
    by_pos: dict[str, dict[str, Tie]] = {}
    for row in table("relations"):
        needs = frozenset(w for w in row["needs"].split("|") if w)
        tie = Tie(cast(RelationName, row["relation"]), row["frame"], needs)
        by_pos.setdefault(row["pos"], {})[row["lemma"]] = tie
    uses: dict[str, set[str]] = {}
    for row in table("relation_words"):
        uses.setdefault(row["use"], set()).add(row["word"])
    return Bonds(
        by_pos["verb"],
        by_pos["noun"],
        by_pos["given"],
        by_pos["tie"],
        by_pos["war"],
        by_pos["oath"],
        by_pos["hyphen"],
        {use: frozenset(found) for use, found in uses.items()},
    )


def sides(ctx: Context, groups: list[Group]) -> list[ActorRef]:
    """The actors of groups: named, or people of a named actor ("members of Daesh")."""
    out: list[ActorRef] = []
    for group in groups:
        if ctx.words.source_kind(group.head.lower_) == "document":
            continue
        ref = _members(ctx, group) or actor_of(ctx, apposed(ctx, group)) or _unknown(ctx, group)
        if ref is not None and all(r.actor != ref.actor for r in out):
            out.append(ref)
    return out


def _unknown(ctx: Context, group: Group) -> ActorRef | None:
    """An armed group without an entry: "the Pakistani group" is the one named last, else words."""
    lower = group.head.lower_
    if lower in GROUP_WORDS and group.definite:
        other = other_armed(ctx, group.sentence, group.head, None)
        return ActorRef(other, group.text)
    first, _ = group.sentence.chars(group.start)
    last, _ = group.sentence.chars(group.head.i)
    named = any(first <= m.start and m.end <= last for m in group.sentence.actors)
    if named and ctx.words.victims_of(lower) == "militants":
        return ActorRef(None, group.text)
    return None


def _members(ctx: Context, group: Group) -> ActorRef | None:
    """ "some elements of the TTP" stand for the TTP."""
    if group.head.lemma_.lower() not in ("member", "element", "fighter", "commander", "remnant"):
        return None
    follow = next_phrase(group)
    if follow is None or follow[0] not in ("of", "from"):
        return None
    ref = actor_of(ctx, follow[1])
    return ActorRef(ref.actor, f"{group.text} {follow[0]} {follow[1].text}") if ref else None


def other_armed(ctx: Context, sentence: Sentence, token: Token, than: str | None) -> str | None:
    """The armed group named last before `token`, here or shortly before, that is not `than`."""
    at, _ = sentence.chars(token.i)
    here = [m for m in sentence.actors if m.end <= at]
    before = ctx.reading.sentences[max(0, sentence.number - 3) : sentence.number]
    for mentions in (here, *(s.actors for s in reversed(before))):
        for mention in reversed(mentions):
            if mention.how not in ("name", "acronym"):
                continue
            actor = ctx.actor_id(mention.ref)
            if ctx.is_armed(actor) and not related(ctx, actor, than):
                return actor
    return None
