"""Statements made inside somebody's words: "will not go unanswered", "Kabul must stop", "Don't"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import (
    FIRST_PERSON,
    Party,
    actor_of,
    author_of,
    kind_of,
    party,
    related,
)
from contested.extract.kinds.saying import Act, in_clause, piece, words
from contested.extract.kinds.subjects import parties, subjects
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef, Speaker

Made = tuple[Token, str, Party, tuple[ActorRef, ...], str, str]
WILL = {"will", "would", "shall", "'ll", "’ll"}
NOT = {"not", "n't", "n’t", "never", "no"}
ASIDES = {"look", "let", "listen", "see", "thank", "imagine", "wait", "come", "believe", "remember"}
RIGHTS = {"right", "rights"}


def quoted_statements(ctx: Context, sentence: Sentence) -> Iterator[Made]:
    """Statements inside somebody's words, as (token, act, by, addressees, about, how)."""
    for token in sentence.span:
        for act, how, addressed in _acts(ctx, sentence, token):
            by = _speaker(ctx, sentence, token, own=how != "must")
            if by is not None:
                to = tuple(a for a in addressed if not related(ctx, a.actor, by.id))
                if how in ("must", "condition") and addressed and not to:
                    continue
                yield (
                    token,
                    act,
                    by,
                    to or _told(ctx, sentence, token, by),
                    _about(sentence, token),
                    f"quoted:{how}",
                )
                return


def _acts(
    ctx: Context, sentence: Sentence, token: Token
) -> Iterator[tuple[str, str, tuple[ActorRef, ...]]]:
    lemma = token.lemma_.lower()
    entry = words().future.get(lemma)
    if entry is not None and _menacing(ctx, sentence, token, entry):
        yield entry.act, f"future:{lemma}", _against(ctx, sentence, token)
    if lemma == "reserve" and token.pos_ == "VERB" and _any(sentence, token, RIGHTS, 5):
        yield "warns", "reserve", ()
    if token.lower_ == "must" and rel(token) == "aux":
        subject = verb_frame(sentence, token.head).subject
        if subject is not None and parties(ctx, subject):
            yield "demands", "must", parties(ctx, subject)
    if token.lower_ in ("if", "unless") and rel(token) == "mark":
        yield from _condition(ctx, sentence, token)
    if (
        lemma == "nothing"
        and _any(sentence, token, {"do"}, 3)
        and _any(sentence, token, {"with"}, 4)
    ):
        yield "denies", "nothing to do", ()
    if _imperative(sentence, token):
        yield "demands", "imperative", ()


def _menacing(ctx: Context, sentence: Sentence, token: Token, entry: Act) -> bool:
    """Whether the word stands in a clause that says what will (not) be done."""
    clause = _predicate(token)
    around = [
        *clause.children,
        *(c for c in clause.head.children if rel(clause) in ("xcomp", "conj")),
    ]
    near = {t.lower_ for t in around if t.i < token.i}
    if not near & WILL:
        return False
    if entry.frame == "negated":
        return bool(near & NOT)
    if near & NOT:
        return False
    if entry.frame == "against":
        verb = token.head
        taken = verb.lemma_.lower() == "take" and rel(token) == "obj"
        return taken and verb_frame(sentence, verb).phrase("against") is not None
    if entry.frame == "receive":
        return token.head.lemma_.lower() in ("receive", "get", "face", "meet", "suffer")
    subject = verb_frame(sentence, clause).subject
    return (
        token.pos_ == "VERB"
        and subject is not None
        and (subject.head.lower_ in FIRST_PERSON or actor_of(ctx, subject) is not None)
    )


def _predicate(token: Token) -> Token:
    at = token
    for _ in range(3):
        if at.pos_ == "VERB" or at.head.i == at.i:
            return at
        at = at.head
    return at


def _any(sentence: Sentence, token: Token, found: set[str], reach: int) -> bool:
    end = min(token.i + reach, sentence.span.end)
    return any(token.doc[i].lower_ in found for i in range(token.i + 1, end))


def _against(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    verb = token if token.pos_ == "VERB" else token.head
    frame = verb_frame(sentence, verb)
    return parties(ctx, frame.phrase("against")) or (
        parties(ctx, frame.object) if token.pos_ == "VERB" else ()
    )


def _condition(
    ctx: Context, sentence: Sentence, token: Token
) -> Iterator[tuple[str, str, tuple[ActorRef, ...]]]:
    """ "only if Kabul cracks down", "unless the group lays down its arms"."""
    main = token.head.head
    near = {t.lower_ for t in main.children if t.i < token.i}
    if not (token.lower_ == "unless" or "only" in near) or not near & WILL:
        return
    who = parties(ctx, verb_frame(sentence, token.head).subject)
    if who:
        yield "demands", "condition", who


def _imperative(sentence: Sentence, token: Token) -> bool:
    """ "Don't allow your soil to be used": an order inside quotation marks."""
    if token.tag_ != "VB" or token.pos_ != "VERB" or not in_clause(sentence, token):
        return False
    if any(rel(c) in ("nsubj", "mark", "expl") for c in token.children):
        return False
    helpers = {c.lower_ for c in token.children if rel(c) in ("aux", "advmod")}
    if "do" in helpers and helpers & NOT:
        return rel(token) in ("ROOT", "ccomp", "parataxis", "conj")
    opens = token.i > sentence.span.start and token.nbor(-1).text in '“"'
    return opens and not helpers and token.lemma_.lower() not in ASIDES


def _speaker(ctx: Context, sentence: Sentence, token: Token, *, own: bool) -> Party | None:
    """Whoever is quoted there; in a document that an actor issued, that actor."""
    chain, _ = ctx.voices(sentence, token)
    if not chain:
        clear = _made_clear(ctx, sentence, token) or _reporter(ctx, sentence, token)
        if clear is not None:
            return clear
    if chain:
        last = chain[-1]
        if (
            last.actor is None
            or last.kind not in ("official", "party")
            or last.actor not in ctx.world.actors
        ):
            return None
        return Party(ActorRef(last.actor, last.name), chain)
    author = author_of(ctx)
    if author is None or author.actor is None or not own:
        return None
    subject = _subject_of(sentence, token)
    if subject is not None and subject.head.lower_ not in FIRST_PERSON:
        ref = actor_of(ctx, subject)
        if ref is not None and not related(ctx, ref.actor, author.actor):
            return None
    return Party(author, (Speaker(author.as_written, author.actor, kind_of(ctx, author.actor)),))


def _subject_of(sentence: Sentence, token: Token) -> Group | None:
    return verb_frame(sentence, _predicate(token)).subject


def _made_clear(ctx: Context, sentence: Sentence, token: Token) -> Party | None:
    """ "Islamabad made it clear that …": a statement of Islamabad's."""
    for at in token.ancestors:
        if (at.lower_ == "clear" and at.head.lemma_ == "make") or (at.lemma_ == "make" and any(
            t.lower_ == "clear" for t in at.doc[at.i + 1 : at.i + 4]
        )):  # fmt: skip
            verb = at if at.lemma_ == "make" else at.head
            subject = verb_frame(sentence, verb).subject
            ref = actor_of(ctx, subject)
            if ref is not None and ref.actor is not None:
                return Party(ref, (Speaker(ref.as_written, ref.actor, kind_of(ctx, ref.actor)),))
    return None


def _reporter(ctx: Context, sentence: Sentence, token: Token) -> Party | None:
    """The subject of a verb of saying above, where the reading found no voice in it."""
    for at in token.ancestors:
        if at.lemma_.lower() in ctx.words.reporting and at.tag_ in ("VBD", "VBZ", "VBP"):
            found = subjects(ctx, sentence, at)
            return party(ctx, sentence, at, found[0]) if found else None
    return None


def _told(ctx: Context, sentence: Sentence, token: Token, by: Party) -> tuple[ActorRef, ...]:
    """To whom, or about whom, the verb of saying speaks."""
    for voice in ctx.attributions[sentence.number].voices:
        if token.i not in voice.covers or voice.source is None:
            continue
        verb = voice.source.head.head
        frame = verb_frame(voice.source.sentence, verb)
        found = parties(ctx, frame.phrase("to", "about")) if verb.pos_ == "VERB" else ()
        return tuple(a for a in found if not related(ctx, a.actor, by.id))
    return ()


def _about(sentence: Sentence, token: Token) -> str:
    clause = _predicate(token.head if token.lower_ in ("if", "unless", "must") else token)
    if token.lower_ in ("if", "unless") and clause.head.i != clause.i:
        clause = clause.head
    inside = [t.i for t in clause.subtree if sentence.span.start <= t.i < sentence.span.end]
    return piece(sentence, min(inside), max(inside) + 1)
