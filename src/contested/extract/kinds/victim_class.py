"""Of what class the harmed are: civilians, security forces or militants, by the words for them.

Where the words do not say, the class is unknown: a "person" whom fighters killed may be anybody.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.lexicon import table
from contested.extract.reading import NOUNS, Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import CasualtiesClaim, Count
from contested.model.terms import Victims

KNOWN = ("security_forces", "militants", "civilians")
PHRASE = 3
"""Words that the name of an occupation has at most in the table: "polling station officer"."""
BESIDE = 5
"""Tokens that may lie between a name and the noun that says who bears it, one less."""
IDENTIFIED = {"identified", "named", "called", "known"}


VAGUE = {"member", "official", "death", "fatality", "casualty", "injury", "victim"}
"""Nouns that take their class from the word before them."""


def of_them(group: Group) -> bool:
    """Whether a number only counts some of the people before: "four people, two of them boys"."""
    follow = next_phrase(group)
    pronoun = follow is not None and follow[0] == "of" and follow[1].head.pos_ == "PRON"
    return pronoun and group.head.pos_ == "NUM"


def apposed_class(ctx: Context, group: Group) -> Victims | None:
    """Class of the people that words beside a name say it is of: "A. B. (45), a shopkeeper"."""
    doc, end = group.head.doc, group.sentence.span.end
    if (known := _identified(ctx, group)) is not None:
        return known
    if group.end >= end or doc[group.end].text not in (",", "("):
        return None
    for i in range(group.end + 1, min(group.end + 6, end)):
        other = group.sentence.by_token.get(i)
        if other is None or other.head.pos_ == "NUM":
            if doc[i].text not in (",", "(", ")") and not doc[i].like_num:
                return None
            continue
        article = doc[other.start].lower_ in ("a", "an", "the")
        found = class_of(ctx, other) if article and not other.plural else None
        fighter = ctx.words.victims_of(other.head.text) == "militants"
        return None if found == "militants" and not fighter else found
    return None


def _identified(ctx: Context, group: Group) -> Victims | None:
    """ "A soldier identified as A. B.": the class of who bears the name."""
    at, doc, start = group.start - 1, group.head.doc, group.sentence.span.start
    if at > start and doc[at].lower_ == "as":
        at -= 1
    if at <= start or doc[at].lower_ not in IDENTIFIED:
        return None
    while at > start and (doc[at].lower_ in IDENTIFIED or doc[at].text == ","
                          or doc[at].pos_ in ("AUX", "ADV")):  # fmt: skip
        at -= 1
    bearer = group.sentence.by_token.get(at)
    return class_of(ctx, bearer) if bearer is not None and not bearer.plural else None


def class_of(ctx: Context, group: Group) -> Victims | None:
    """Class of the people in a group; None if its head is no people."""
    before = _noun_before_name(ctx, group)
    if before is not None:
        found = ctx.words.victims_of(before.text)
        if found in KNOWN:
            return found  # type: ignore[return-value]
    if (named := _by_phrase(ctx, group)) is not None:
        return named
    for token in reversed(group.tokens):
        found = ctx.words.victims_of(token.text)
        if found is None and token.i == group.head.i:
            found = ctx.words.casualty_nouns.get(token.lemma_.lower(), ("", None))[1]
            if found is None and group.count is not None and token.pos_ in ("NUM", "ADJ"):
                found = "unknown"
        if found in KNOWN:
            return _of_side(ctx, group, token, found)  # type: ignore[arg-type]
        if token.i == group.head.i and found is None:
            break
        if found == "unknown" and token.i == group.head.i:
            return _by_word_before(ctx, group) or _by_owner(ctx, group)
    if group.actor is not None and group.head.pos_ != "PRON":
        return _by_owner(ctx, group)
    return None


def _by_phrase(ctx: Context, group: Group) -> Victims | None:
    """Class by the last words together: a "village head", a "security official"."""
    words = [t.lower_ for t in group.tokens if t.pos_ not in ("DET", "PUNCT")]
    for size in range(min(PHRASE, len(words)), 1, -1):
        found = ctx.words.victims_of(" ".join(words[-size:]))
        if found is not None:
            return found  # type: ignore[return-value]
    return None


def _of_side(ctx: Context, group: Group, token: Token, found: Victims) -> Victims:
    """The class by the side that the words name, where the noun is one that any side has.

    A "commander" of an army is of its forces; an "activist" of an armed group is of its men.
    """
    actor = group.actor.actor if group.actor is not None else None
    if actor is None or group.how == "reference":
        return found
    own = group.how != "home" and ctx.is_state(actor)
    if found == "militants" and token.lemma_.lower() in of_any_side() and own:
        return "security_forces"
    follower = found == "civilians" and token.lemma_.lower() in followers()
    return "militants" if follower and ctx.is_armed(actor) else found


def _political(ctx: Context, actor: str | None) -> bool:
    """Whether an actor is a party that contests elections, and no armed group."""
    return actor in ctx.world.actors and ctx.world.actors[str(actor)].kind == "party"


def _one(count: Count) -> bool:
    return count.low == count.high == 1


def same_person(ctx: Context, sentence: Sentence, group: Group, effect: str) -> bool:
    """Whether a name and the noun beside it were told of as one: "a farmer, A. B., was killed".

    One of them is a claim of the sentence already; a comma or "identified as" lies between.
    """
    told = {
        c.victims_as_written
        for c in ctx.told(sentence)
        if isinstance(c, CasualtiesClaim)
        and c.effect == effect
        and c.count.low == c.count.high == 1
    }
    for other in sentence.groups:
        if other is group or other.text not in told:
            continue
        first, second = sorted((group, other), key=lambda g: g.start)
        name, noun = (first, second) if first.head.pos_ == "PROPN" else (second, first)
        if name.head.pos_ != "PROPN" or noun.head.pos_ == "PROPN" or name.plural or noun.plural:
            continue
        between = group.head.doc[first.end : second.start]
        beside = all(t.is_punct or t.lower_ in IDENTIFIED | {"as"} for t in between)
        article = noun.head.doc[noun.start].lower_ in ("a", "an", "the", "one", "another")
        if beside and article and len(between) < BESIDE:
            return True
    return False


@lru_cache(maxsize=1)
def of_any_side() -> frozenset[str]:
    """Nouns for fighters that an army has as well: "commander"."""
    return frozenset(r["word"] for r in table("side_nouns") if r["use"] == "any")


@lru_cache(maxsize=1)
def followers() -> frozenset[str]:
    """Nouns for those who work for a party or a group: "activist", "worker"."""
    return frozenset(r["word"] for r in table("side_nouns") if r["use"] == "follower")


def _noun_before_name(ctx: Context, group: Group) -> Token | None:
    """The noun that says of what kind the bearer of a name is: "a farmer Ali Khan"."""
    new = group.head.doc[group.start].lower_ in ("a", "an", "one", "another")
    if group.head.pos_ != "PROPN" or not new or ctx.words.victims_of(group.head.text) in KNOWN:
        return None
    for token in reversed(group.tokens):
        if token.pos_ == "NOUN" and token.text.islower():
            return token
        if token.pos_ != "PROPN":
            return None
    return None


def _by_word_before(ctx: Context, group: Group) -> Victims | None:
    """Class of a vague noun by the word before it: "five army members", "30 civilian deaths".

    Bodies are those of the people behind "of".
    """
    follow = next_phrase(group) if group.head.lemma_.lower() in ("body", "corpse") else None
    if follow is not None and follow[0] == "of" and follow[1].plural:
        return class_of(ctx, follow[1])
    if group.head.lemma_.lower() not in VAGUE or group.head.i <= group.start:
        return None
    before = group.head.nbor(-1)
    found = ctx.words.victims_of(before.text) if rel(before) in ("amod", "compound") else None
    return found if found != "unknown" else None  # type: ignore[return-value]


def _by_owner(ctx: Context, group: Group) -> Victims:
    """Class of a vague noun by what it belongs to: "personnel of the KP police"."""
    follow = next_phrase(group)
    for one in (group, follow[1] if follow and follow[0] in ("of", "from") else None):
        if one is None:
            continue
        if ctx.words.victims_of(one.head.text) == "security_forces":
            return "security_forces"
        if one.actor and ctx.is_armed(one.actor.actor):
            return "militants"
        if one.actor and _political(ctx, one.actor.actor):
            return "civilians"
    return "unknown"


def own_side(ctx: Context, sentence: Sentence, token: Token) -> Victims:
    """Whose men are lost: "the army lost 23 men"."""
    loser = verb_frame(sentence, token).doer
    actor = loser.actor.actor if loser is not None and loser.actor is not None else None
    if ctx.is_armed(actor):
        return "militants"
    return "security_forces" if ctx.is_state(actor) else "unknown"


def all_of_them(ctx: Context, group: Group) -> Victims | None:
    """ "eight people, all of them women", "two of them children": the class of those counted."""
    if of_them(group) and (follow := next_phrase(group)) is not None:
        beside = group.sentence.by_token.get(follow[1].end)
        return class_of(ctx, beside) if beside is not None else None
    words = group.head.doc[group.end : min(group.end + 4, group.sentence.span.end)]
    if [t.lower_ for t in words][:2] not in ([",", "all"], [",", "both"]):
        return None
    for other in group.sentence.groups:
        if other.start > group.end + 1 and other.head.pos_ in NOUNS:
            return class_of(ctx, other)
    return None


def said_before(ctx: Context, sentence: Sentence) -> CasualtiesClaim | None:
    """The last victims told of: "… soldiers died and ten others were hurt".

    Those of the sentence, else of the one right before it ("Three others were wounded").
    """
    for number in (sentence.number, sentence.number - 1):
        if number < 0:
            continue
        before = ctx.reading.sentences[number]
        if sentence.paragraph_number - before.paragraph_number > 1:
            continue
        told = ctx.told(before)
        here = number == sentence.number
        earlier = [
            c for c in told if isinstance(c, CasualtiesClaim) and not (here and c.part_of)
        ]  # fmt: skip
        if earlier:
            return earlier[-1]
    return None


def parenthesised(ctx: Context, group: Group) -> Victims | None:
    """ "Nine dead (attackers)": the class that brackets behind a number tell."""
    doc, at = group.head.doc, group.end
    while at < group.sentence.span.end and doc[at].pos_ in ("ADJ", "VERB"):
        at += 1
    if at >= group.sentence.span.end or doc[at].text not in ("(", "["):
        return None
    inside = group.sentence.by_token.get(at + 1)
    return class_of(ctx, inside) if inside is not None and inside.plural else None
