"""Where something happened: which of a sentence's places belong to it, the finest first."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.circumstances import below, elsewhere, owner, ranks
from contested.extract.lexicon import Lexicon
from contested.extract.mentions import PlaceMention
from contested.extract.place_asides import is_aside
from contested.extract.reading import Sentence, rel

IN = {
    "in",
    "at",
    "near",
    "on",
    "inside",
    "outside",
    "across",
    "along",
    "from",
    "of",
    "around",
    "between",
    "over",
    "within",
    "through",
    "into",
    "throughout",
    "targeting",
    "to",
}
WIDE = {"country", "region", "line"}


def pick_places(sentence: Sentence, trigger: Token, words: Lexicon) -> list[PlaceMention]:
    """Places that belong to `trigger`, the most precise first; several only where listed."""
    rank = ranks(trigger, words)
    inside_below = {t.i for t in below(trigger, words)}
    scored: list[tuple[float, PlaceMention]] = []
    spare: list[tuple[float, PlaceMention]] = []
    for mention in sentence.places:
        token = sentence.place_token(mention)
        if token is None or not _is_locative(sentence, mention, token, trigger):
            continue
        holder = owner(token, words)
        distance = abs(token.i - trigger.i) / 50
        wide = 1.5 if mention.kind == "country" else 0.4 if mention.kind in WIDE else 0.0
        if _told_there(holder, token, trigger, words):
            continue
        if holder.i in rank:
            score = rank[holder.i] + distance + wide
        elif holder.i in inside_below:
            score = 2 + distance + wide
        elif holder.head.i == trigger.i and rel(holder) == "nsubj":
            score = 1 + distance + wide
        elif elsewhere(holder, trigger, words) or _anaphor(sentence, trigger):
            if _of_no_other(holder, words):
                spare.append((distance + wide, mention))
            continue
        else:
            score = 3 + distance + wide
        scored.append((score, mention))
    spare = spare if trigger.pos_ == "VERB" and not scored else []
    found = [mention for _, mention in sorted(scored or spare, key=lambda s: s[0])]
    return list(dict.fromkeys(_innermost(sentence, one) for one in found))


def _innermost(sentence: Sentence, mention: PlaceMention) -> PlaceMention:
    """The finest place that the words put into this one: "Wana, South Waziristan" is Wana."""
    finer = [p for p in sentence.places if mention.start in p.within and not is_aside(sentence, p)]
    held = {start for p in finer for start in p.within}
    inner = [p for p in finer if p.start not in held]
    return min(inner, key=lambda p: abs(p.start - mention.start), default=mention)


def _told_there(holder: Token, place: Token, trigger: Token, words: Lexicon) -> bool:
    """Whether a place says where somebody spoke: "told reporters in Geneva that …"."""
    says = holder.pos_ == "VERB" and holder.lemma_.lower() in words.reporting
    told = rel(trigger) == "nsubj" and trigger.head.i == holder.i
    return says and not told and place.i > holder.i and trigger.i not in (holder.i, place.head.i)


def _of_no_other(holder: Token, words: Lexicon) -> bool:
    """Whether a clause names no happening of its own: "… after a shell fell in Chaman"."""
    lemma = holder.lemma_.lower()
    return holder.pos_ == "VERB" and lemma not in words.verbs and lemma not in words.reporting


def _anaphor(sentence: Sentence, trigger: Token) -> bool:
    """ "the attack": told before, so that a stray place of the sentence is hardly its own."""
    group = sentence.group(trigger)
    return trigger.pos_ != "VERB" and group is not None and group.definite


def _is_locative(sentence: Sentence, mention: PlaceMention, token: Token, trigger: Token) -> bool:
    """Whether the words say where: a preposition of place, or a name before the trigger noun."""
    if is_aside(sentence, mention):
        return False
    group = sentence.group(token)
    case = [c.lower_ for c in token.children if rel(c) == "case"]
    first = group.start if group else token.i
    before = token.doc[first - 1].lower_ if first > sentence.span.start else ""
    if group is not None and trigger.i in range(group.start, group.end):
        return mention.kind != "country" or before in IN
    covered = any(a.start < mention.end and a.end > mention.start for a in sentence.actors)
    direct = set(case) & IN or before in IN or rel(token) == "appos"
    if before in ("by", "with", "against") or "by" in case:
        return False
    if before == "of" and mention.kind == "country":
        return False
    if direct:
        return True
    if rel(token) == "obj":
        return mention.kind != "country" or token.head.i == trigger.i
    return not covered and rel(token) not in ("nsubj",)
