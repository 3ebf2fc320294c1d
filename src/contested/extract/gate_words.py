"""Whether the words of a passage say what a proposed claim calls them, by the rules' own tables.

A type, an act or an effect is a judgement. The word that it rests on has to stand in the passage,
and the tables that the rules read have to know that word as what it is said to be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

from spacy.tokens import Token

from contested.errors import PassageError
from contested.extract.cues import forms
from contested.extract.gate_text import Span
from contested.extract.kinds.agreement_terms import acts_at, named
from contested.extract.kinds.blame_words import blame_words
from contested.extract.kinds.context import Context, same_happening
from contested.extract.kinds.event_found import find_event
from contested.extract.kinds.event_words import event_words
from contested.extract.kinds.loss_shapes import harm_nouns
from contested.extract.kinds.loss_tolls import TOLL_WORDS
from contested.extract.kinds.losses import EFFECT_ADJECTIVES
from contested.extract.kinds.persons import roles
from contested.extract.kinds.position import changes
from contested.extract.kinds.saying import words as statement_words
from contested.extract.kinds.statistic_terms import measure_of, trend_at
from contested.extract.lexicon import table
from contested.extract.reading import Sentence, rel
from contested.model.proposal import Proposal

MARKS = frozenset('"“”«»')
Found = list[tuple[Sentence, Token]]


def tokens_in(ctx: Context, span: Span) -> Found:
    """The tokens of a span, each with its sentence."""
    return [
        (sentence, token)
        for sentence in sentences_in(ctx, span)
        for token in sentence.tokens_in(span.start, span.end)
    ]


def tops(ctx: Context, span: Span) -> Found:
    """Those tokens of a span on which the others hang."""
    found = tokens_in(ctx, span)
    inside = {token.i for _, token in found}
    return [(s, t) for s, t in found if t.head.i == t.i or t.head.i not in inside]


def sentences_in(ctx: Context, span: Span) -> list[Sentence]:
    """The sentences that a span touches, in order."""
    every = ctx.reading.sentences
    out: list[Sentence] = []
    for at in range(bisect_left(every, span.end, key=_start) - 1, -1, -1):
        if every[at].end <= span.start:
            break
        out.append(every[at])
    return out[::-1]


def _start(sentence: Sentence) -> int:
    return sentence.start


def speaks(ctx: Context, span: Span) -> bool:
    """Whether anything in the sentences of a span says that somebody speaks there: a word of
    saying, a document, a quotation mark."""
    known = statement_words()
    tables = (ctx.words.reporting, known.verbs, known.forms, known.nouns, forms(), _nouns())
    for sentence in sentences_in(ctx, span):
        if "according to" in sentence.text.lower() or MARKS & set(sentence.text):
            return True
        for token in sentence.span:
            for word in (token.lemma_.lower(), token.lower_):
                if any(word in one for one in tables) or word in ctx.words.sources:
                    return True
    return False


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(value for row in table("attribution_nouns") for value in row.values())


def event_type(ctx: Context, proposal: Proposal, cue: Span) -> str:
    """The type that the tables give the words of `cue`.

    Raises PassageError where they know no happening by these words, or another one.
    """
    proposed = str(proposal.values["type"])
    if proposed not in ctx.world.event_types:
        raise PassageError(f"the codebook has no type {proposed[:40]!r}")
    found = [e.type for s, t in tokens_in(ctx, cue) if (e := find_event(ctx, s, t)) is not None]
    if not found:
        raise PassageError(f"no word of {proposal.cue[:60]!r} names a happening that is known")
    path = ctx.world.type_path(proposed)
    for one in found:
        if same_happening(path, ctx.world.type_path(one)):
            return one
    raise PassageError(f"{proposal.cue[:60]!r} is {found[0]} and not {proposed}")


def check(ctx: Context, proposal: Proposal, passage: Span, cue: Span) -> None:
    """Raise PassageError where the tables do not know the words of `cue` as what they are called.

    Events are not looked at here: their type is the tables' own (`event_type`).
    """
    for name, known in _CHECKS.get(proposal.kind, {}).items():
        proposed = proposal.values.get(name)
        if proposed is None:
            continue
        said = known(ctx, cue, passage)
        if proposed not in said:
            others = f"; they say {', '.join(sorted(said))}" if said else ""
            raise PassageError(
                f"the words {proposal.cue[:60]!r} are not known for {name} {proposed!r:.40}{others}"
            )


def is_order(token: Token) -> bool:
    """Whether a word stands in an order to the reader: "report that 500 were killed".

    That is a verb in its bare form that has no subject and hangs on nothing, or on another order.
    """
    for _ in range(40):
        hangs = token.head.i != token.i
        if _is_bare(token) and (not hangs or (rel(token) == "conj" and _is_bare(token.head))):
            return True
        if not hangs:
            return False
        token = token.head
    return False


def _is_bare(token: Token) -> bool:
    if token.tag_ not in ("VB", "VBP") or token.pos_ == "AUX":
        return False
    held = {"nsubj", "csubj", "aux", "expl"}
    return not any(rel(child) in held or child.lower_ == "to" for child in token.children)


def _lemmas(ctx: Context, span: Span) -> set[str]:
    found = tokens_in(ctx, span)
    return {t.lemma_.lower() for _, t in found} | {t.lower_ for _, t in found}


def _effects(ctx: Context, cue: Span, passage: Span) -> set[str]:
    words, near = _lemmas(ctx, cue), _lemmas(ctx, passage)
    out: set[str] = set()
    for word in words:
        for needed, effect, _ in ctx.words.casualty_verbs.get(word, ()):
            if not needed or near & {needed, f"{needed}s"}:
                out.add(effect)
        if word in ctx.words.casualty_nouns:
            out.add(ctx.words.casualty_nouns[word][0])
        out |= {one[word] for one in (EFFECT_ADJECTIVES, harm_nouns()) if word in one}
        if word in TOLL_WORDS:
            out.add("killed")
    return out | {"killed_or_wounded"} if {"killed", "wounded"} <= out else out


def _responsibility(ctx: Context, cue: Span, passage: Span) -> set[str]:
    words, near = _lemmas(ctx, cue), _lemmas(ctx, passage)
    out: set[str] = set()
    if words & blame_words("share"):
        words |= near & (blame_words("claiming") | blame_words("denying"))
    if words & blame_words("claiming"):
        out.add("claims")
    if words & blame_words("denying"):
        out.add("denies")
    if words & (
        blame_words("blaming")
        | event_words("carrier")
        | blame_words("deed")
        | blame_words("belonging")
        | {"suspect", "suspected"}
    ):
        out.add("is_blamed")
    if near & blame_words("nobody") and words & (blame_words("claiming") | blame_words("share")):
        out = {"unclaimed"}
    return out


def _statement(ctx: Context, cue: Span, _: Span) -> set[str]:
    known = statement_words()
    tables = (known.verbs, known.nouns, known.future, known.forms)
    return {one[word].act for word in _lemmas(ctx, cue) for one in tables if word in one}


def _relation(ctx: Context, cue: Span, _: Span) -> set[str]:
    return {name for word in _lemmas(ctx, cue) for name in _bonds().get(word, ())}


@lru_cache(maxsize=1)
def _bonds() -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for row in table("relations"):
        out.setdefault(row["lemma"], set()).add(row["relation"])
    return out


def _agreement_type(ctx: Context, _: Span, passage: Span) -> set[str]:
    return {
        one.type or "other"
        for sentence in sentences_in(ctx, passage)
        for one in named(sentence)
        if passage.meets(one.start, one.end)
    }


def _agreement_act(ctx: Context, cue: Span, _: Span) -> set[str]:
    return {act.act for _, token in tokens_in(ctx, cue) for act in acts_at(token)}


def _position_act(ctx: Context, cue: Span, passage: Span) -> set[str]:
    words = _lemmas(ctx, cue)
    named_acts = {one.act for word, one in changes().items() if word in words}
    return named_acts | ({"holds"} if _role(ctx, cue, passage) else set())


def _role(ctx: Context, _: Span, passage: Span) -> set[str]:
    text = f" {' '.join(ctx.reading.report.text[passage.start : passage.end].lower().split())} "
    plain = "".join(sign if sign.isalnum() or sign in "-'" else " " for sign in text)
    return {role for word, (role, _) in roles(ctx.world).items() if f" {word} " in plain}


def _measure(ctx: Context, _: Span, passage: Span) -> set[str]:
    out: set[str] = set()
    for sentence in sentences_in(ctx, passage):
        for group in sentence.groups:
            a, _end = sentence.chars(group.start)
            found = measure_of(group) if passage.meets(a, a + 1) else None
            if found is not None:
                out.add(found.name)
    return out | _effects(ctx, passage, passage)


def _direction(ctx: Context, _: Span, passage: Span) -> set[str]:
    return {one.direction for _s, t in tokens_in(ctx, passage) if (one := trend_at(t)) is not None}


Known = Callable[[Context, Span, Span], set[str]]
_CHECKS: dict[str, dict[str, Known]] = {
    "casualties": {"effect": _effects},
    "responsibility": {"act": _responsibility},
    "statistic": {"measure": _measure, "direction": _direction},
    "relation": {"relation": _relation},
    "agreement": {"type": _agreement_type, "act": _agreement_act},
    "statement": {"act": _statement},
    "position": {"act": _position_act, "role": _role},
}
