"""Statements made by nouns: "issued a warning to", "pledges from", "a bounty on"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import Party, party, party_named
from contested.extract.kinds.saying import Act, follows, piece, told, words
from contested.extract.kinds.subjects import parties, subjects
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import ActorRef

Made = tuple[Token, str, Party, tuple[ActorRef, ...], str, str]
TO = ("to", "against", "at", "on", "towards", "toward")


def noun_statements(ctx: Context, sentence: Sentence) -> Iterator[Made]:
    """Statements whose act is named by a noun, as (token, act, by, addressees, about, how)."""
    for token in sentence.span:
        entry = words().nouns.get(token.lemma_.lower())
        if entry is None or token.pos_ != "NOUN" or rel(token) in ("compound", "amod"):
            continue
        group = sentence.group(token)
        if group is None or group.head.i != token.i:
            continue
        if any(t.lower_ in ("no", "possible", "any") for t in group.tokens):
            continue
        made = _made(ctx, sentence, token, group, entry)
        if made is not None:
            yield made


def _made(ctx: Context, sentence: Sentence, token: Token, group: Group, entry: Act) -> Made | None:
    how = f"noun:{token.lemma_.lower()}"
    verb = _light_verb(token)
    about = _about(sentence, group)
    behind = _phrases(group)
    source = next((g for p, g in behind if p in ("from", "by")), None)
    addressed = next((parties(ctx, g) for p, g in behind if p in TO and parties(ctx, g)), ())
    if verb is not None and told(sentence, verb):
        lemma = verb.lemma_.lower()
        speaking = subjects(ctx, sentence, verb)
        if lemma in words().uses["give"] and speaking and not verb_frame(sentence, verb).passive:
            by = party(ctx, sentence, verb, speaking[0])
            if by is None or (entry.frame == "bounty") != (entry.act == "offers_bounty"):
                return None
            addressed = addressed or _verb_addressees(ctx, sentence, verb)
            return token, entry.act, by, addressed, about, how
        if lemma in words().uses["get"] and source is not None:
            by = party(ctx, sentence, token, source)
            given = parties(ctx, speaking[0]) if speaking else ()
            return (token, entry.act, by, given, about, how) if by else None
    if source is not None and entry.frame != "bounty" and _specific(token):
        by = party(ctx, sentence, token, source)
        verbs = [verb, *verb.conjuncts] if verb is not None else []
        if verb is not None and not addressed and any(
            v.lemma_.lower() in words().uses["get"] for v in verbs
        ):  # fmt: skip
            addressed = _subject_party(ctx, sentence, verb)
        return (token, entry.act, by, addressed, about, how) if by else None
    return _possessed(ctx, sentence, token, group, entry, addressed)


def _subject_party(ctx: Context, sentence: Sentence, verb: Token) -> tuple[ActorRef, ...]:
    speaking = subjects(ctx, sentence, verb)
    return parties(ctx, speaking[0]) if speaking else ()


def _specific(token: Token) -> bool:
    """ "a threat from" may be a danger; a pledge or a warning is always said."""
    return token.lemma_.lower() != "threat"


def _light_verb(token: Token) -> Token | None:
    """The verb that has the noun as its object."""
    at = token
    for _ in range(3):
        if rel(at) in ("obj", "nsubj") and at.head.pos_ == "VERB":
            return at.head
        if rel(at) in ("conj", "nmod", "appos", "obl") and at.head.i != at.i:
            at = at.head
            continue
        break
    return None


def _verb_addressees(ctx: Context, sentence: Sentence, verb: Token) -> tuple[ActorRef, ...]:
    frame = verb_frame(sentence, verb)
    return parties(ctx, frame.phrase("to", "against"))


def _phrases(group: Group) -> list[tuple[str, Group]]:
    """Prepositions and groups in a row behind a group."""
    out: list[tuple[str, Group]] = []
    at = group
    for _ in range(3):
        found = next_phrase(at)
        if found is None:
            break
        out.append(found)
        at = found[1]
    return out


def _possessed(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    group: Group,
    entry: Act,
    addressed: tuple[ActorRef, ...],
) -> Made | None:
    """ "Islamabad's warning to Kabul", "the Pakistani demands for the Taliban to …"."""
    if (
        entry.frame != "given"
        or follows(token, frozenset({"to", "that", "for", "of", "against"}), 2) is None
    ):
        return None
    inside = [
        m
        for m in sentence.actors
        if sentence.chars(group.start)[0] <= m.start and m.end <= sentence.chars(token.i)[0]
    ]
    if not inside or inside[-1].how not in ("name", "acronym", "metonym", "adjective"):
        return None
    mention = inside[-1]
    gap = sentence.report.text[mention.end : sentence.chars(token.i)[0]]
    if mention.how != "adjective" and gap.strip()[:2] not in ("'s", "’s", "'", "’"):
        return None
    actor = ctx.actor_id(mention.ref)
    if actor is None or actor not in ctx.world.actors:
        return None
    by = party_named(ctx, sentence, token, ActorRef(actor, mention.ref.as_written))
    follow = next_phrase(group)
    if not addressed and follow is not None and follow[0] == "for":
        after = sentence.span.doc[follow[1].end] if follow[1].end < sentence.span.end else token
        addressed = parties(ctx, follow[1]) if after.lower_ == "to" else ()
    return token, entry.act, by, addressed, _about(sentence, group), f"noun:{token.lemma_.lower()}"


def _about(sentence: Sentence, group: Group) -> str:
    """The noun with what hangs behind it."""
    last = max((t.i for t in group.head.subtree), default=group.end - 1)
    for i in range(group.end, last + 1):
        token = sentence.span.doc[i]
        if token.tag_ in ("WP", "WDT", "WRB") or token.text in (",", ";", ":", "—"):
            last = i - 1
            break
    last = min(max(last, group.end - 1), sentence.span.end - 1)
    inside = sentence.by_token.get(last)
    return piece(sentence, group.start, max(last + 1, inside.end if inside else 0))
