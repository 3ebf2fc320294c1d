"""When something happened: which of a sentence's times belongs to it, and what hangs on what."""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Token

from contested.extract.lexicon import Lexicon
from contested.extract.mentions import TimeMention
from contested.extract.reading import Sentence, rel

TELLING = {
    "happen", "occur", "take", "come", "begin", "start", "continue", "break",
    "erupt", "rock", "shake", "tear", "rip", "leave", "destroy", "damage",
    "carry", "launch", "conduct", "mount", "stage", "be", "see", "unfold",
    "last", "end", "cause", "trigger", "rage", "hit", "go", "set",
    "injure", "claim", "foil", "thwart", "follow", "fell", "level", "report",
    "reportedly", "halt", "force",
}  # fmt: skip
LOOSE = {"vague", "period", "relative"}
SAYING = {"say", "tell", "report", "announce", "claim", "confirm", "add", "state", "warn"}
_NAMING = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "ADP", "CCONJ"))
_BEFORE_SAID = frozenset((",", "”", '"', "’", "'"))
_RANKED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|\d+(?:st|nd|rd|th)|latest|deadliest|worst"
    r"|bloodiest|biggest|heaviest|largest|most\s+\w+)\s+(?!(?:half|quarter|week|day)\b)"
    r"[^,;.:()“”]{2,70}?\b(?:in|since|for|of|over|during|within)\s+(?:the\s+|less\s+than\s+|at\s+least\s+|more\s+than\s+)?$"
)
SETTING = {"in", "during", "amid"}


def owner(token: Token, words: Lexicon) -> Token:
    """The verb, or the noun that names a happening, that a phrase hangs on."""
    at = token
    for _ in range(12):
        if at.i == at.head.i:
            return at
        at = at.head
        if at.pos_ == "VERB" or (at.lemma_.lower() in words.nouns and at.pos_ in ("NOUN", "PROPN")):
            return at
    return at


def _claimants(trigger: Token, words: Lexicon) -> list[Token]:
    """The trigger and the clauses above it, as far as their time and place are its own."""
    out = [trigger]
    at = trigger
    for _ in range(8):
        if at.i == at.head.i:
            break
        above = at.head
        if above.lemma_.lower() in words.reporting and rel(at) in (
            "ccomp",
            "xcomp",
            "parataxis",
            "obj",
            "obl",
        ):
            break
        if above.lemma_.lower() in ("responsibility", "blame", "accuse", "threaten", "vow"):
            break
        named = at is trigger and trigger.pos_ != "VERB"
        if above.pos_ == "VERB" and named and not _tells(above, words):
            break
        if above.pos_ == "VERB" or above.lemma_.lower() in words.nouns:
            out.append(above)
        at = above
    return out


def _tells(verb: Token, words: Lexicon) -> bool:
    """Whether a verb tells of the happening that its noun names, so that its time is shared.

    "The blast killed nine on Monday" does; "police raised the toll of the blast on Friday" and
    "the minister condemned the attack on Tuesday" do not.
    """
    lemma = verb.lemma_.lower()
    return lemma in TELLING or lemma in words.verbs or lemma in words.casualty_verbs


def ranks(trigger: Token, words: Lexicon) -> dict[int, float]:
    """Whose times and places count for `trigger`, and how far off they are.

    "In a clash in December, six were killed after …": what the clause is set in counts too.
    """
    out: dict[int, float] = {}
    for n, token in enumerate(_claimants(trigger, words)):
        out.setdefault(token.i, n)
        for child in token.children:
            setting = any(c.lower_ in SETTING for c in child.children if rel(c) == "case")
            if rel(child) == "obl" and setting and child.lemma_.lower() in words.nouns:
                out.setdefault(child.i, n + 0.5)
    return out


def below(trigger: Token, words: Lexicon) -> list[Token]:
    """Clauses that hang on the trigger and tell more of the same happening."""
    return [
        c
        for c in trigger.subtree
        if c.i != trigger.i
        and c.pos_ == "VERB"
        and rel(c) in ("advcl", "acl", "conj", "xcomp")
        and c.lemma_.lower() not in words.reporting
    ]


def pick_time(sentence: Sentence, trigger: Token, words: Lexicon) -> TimeMention | None:
    """The time that belongs to `trigger`, or None if the sentence gives it none.

    A time that hangs on a verb of saying is when it was said, not when it happened.
    """
    rank = ranks(trigger, words)
    inside_below = {t.i for t in below(trigger, words)}
    own_clause = _own_clause(trigger)
    best: tuple[float, TimeMention] | None = None
    for mention in sentence.times:
        token = sentence.place_token(mention)
        if token is None:
            continue
        own = sentence.group(trigger)
        inside = own is not None and own.start <= token.i < own.end
        saying = _of_saying(sentence, mention, words) and not inside
        if saying or _of_rank(sentence, mention):
            continue
        holder = owner(token, words)
        distance = abs(token.i - trigger.i) / 100
        vague = 0.5 if mention.kind in ("vague", "period") else 0.0
        vague += 2.5 if mention.kind in LOOSE and _wide(mention) else 0.0
        if inside or _touches(sentence, mention, trigger):
            score = distance
        elif holder.i in rank:
            score = rank[holder.i] + distance + vague
        elif _trails(sentence, trigger, token):
            score = 1.2 + distance + vague
        elif holder.i in inside_below:
            score = (0.6 if holder.i in own_clause else 3) + distance + vague
        elif _of_part(holder, trigger, token):
            score = 0.5 + distance + vague
        elif (holder.lemma_.lower() in words.reporting and holder.pos_ == "VERB") or elsewhere(
            holder, trigger, words
        ):
            continue
        else:
            score = 5 + distance + vague
        if best is None or score < best[0]:
            best = (score, mention)
    return best[1] if best else None


def _of_part(holder: Token, trigger: Token, time: Token) -> bool:
    """Whether a time stands by the happening that did it ("the blast on Monday killed six"), or
    loosely behind what was used ("set off a bomb Monday")."""
    if holder.head.i != trigger.i:
        return False
    return rel(holder) == "nsubj" or (rel(holder) == "obj" and not _is_bound(time))


def _is_bound(time: Token) -> bool:
    """Whether a preposition or a possessive binds a time to the noun that it hangs on."""
    return any(rel(c) == "case" for c in time.children) or rel(time) in ("compound", "amod")


def _own_clause(trigger: Token) -> frozenset[int]:
    """The verbs that hang on what a clause with its own subject names, where it is joined to
    another: "…, and raiders ambushed a convoy heading there on Sunday"."""
    subject = any(rel(c) == "nsubj" for c in trigger.children)
    if rel(trigger) != "conj" or not subject:
        return frozenset()
    return frozenset(t.i for t in trigger.subtree if t.pos_ == "VERB" and t.i > trigger.i)


def _touches(sentence: Sentence, mention: TimeMention, verb: Token) -> bool:
    """Whether a time stands right before a verb: "rebels said to be foreign on Friday killed"."""
    if verb.tag_ != "VBD":
        return False
    inside = sentence.tokens_in(mention.start, mention.end)
    last = inside[-1].i if inside else -1
    if rel(verb) == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
    if last + 1 == verb.i:
        return True
    return last + 2 == verb.i and verb.nbor(-1).lower_ in ("night", "morning", "evening")


def _wide(mention: TimeMention) -> bool:
    """Whether a time is vaguer than a few days, so that a day in the same sentence is meant."""
    first, last = mention.when.earliest, mention.when.latest
    if first is None or last is None:
        return True
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days > 3


def _of_saying(sentence: Sentence, mention: TimeMention, words: Lexicon) -> bool:
    """Whether a time says when somebody spoke: "a governor said late on Saturday", "said a local
    official on Saturday", "a doctor told the agency on Friday"."""
    inside = sentence.tokens_in(mention.start, mention.end)
    doc, first = sentence.span.doc, sentence.span.start
    at = inside[0].i - 1 if inside else -1
    while at > first and doc[at].pos_ in ("ADP", "ADV", "DET"):
        at -= 1
    if at < first:
        return False
    if _says(doc[at]):
        return True
    stop = inside[-1].i + 1
    closed = stop >= sentence.span.end or doc[stop].pos_ == "PUNCT" or doc[stop].lower_ == "that"
    while closed and at > first and doc[at].pos_ in _NAMING and doc[at].lower_ not in words.nouns:
        at -= 1
        if _says(doc[at]):
            return doc[at].lemma_ == "tell" or _is_put_first(doc[at])
    return False


def _says(token: Token) -> bool:
    return token.lemma_.lower() in SAYING and token.pos_ == "VERB"


def _is_put_first(verb: Token) -> bool:
    """Whether the speaker stands behind the verb: "…, said a local official"."""
    return verb.i > verb.sent.start and verb.nbor(-1).text in _BEFORE_SAID


def _of_rank(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a time says among which a thing is counted: "the third attack in the last month",
    "the deadliest since 2017"."""
    if mention.kind in ("day", "weekday"):
        return False
    text = sentence.report.text[sentence.start : mention.start]
    return _RANKED.search(text) is not None


def _trails(sentence: Sentence, trigger: Token, time: Token) -> bool:
    """Whether a time closes the noun's own phrase: "the attack in Wana on 1 May"."""
    if trigger.pos_ == "VERB" or time.i < trigger.i:
        return False
    between = time.doc[trigger.i + 1 : time.i]
    if any(t.pos_ in ("VERB", "AUX") for t in between):
        return False
    _, start = sentence.chars(trigger.i)
    end, _ = sentence.chars(time.i)
    return any(start <= p.start < end for p in sentence.places)


def elsewhere(holder: Token, trigger: Token, words: Lexicon) -> bool:
    """Whether a phrase hangs on another happening than the trigger's own clause."""
    if holder.lemma_.lower() in words.nouns and holder.pos_ in ("NOUN", "PROPN"):
        return trigger.i not in {t.i for t in holder.subtree} and not holder.is_ancestor(trigger)
    if holder.pos_ != "VERB":
        return False
    aside = rel(holder) in ("advcl", "ccomp", "acl") and not holder.is_ancestor(trigger)
    return aside or holder.lemma_.lower() in words.verbs
