"""When and where something happened: which of a sentence's times and places belong to it."""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Token

from contested.extract.lexicon import Lexicon
from contested.extract.mentions import PlaceMention, TimeMention
from contested.extract.reading import Sentence, rel

_ORIGIN = re.compile(
    r"\b(?:(?:hail(?:ing|s|ed)?|originat(?:ing|es|ed)|originally)\s+from"
    r"|(?:natives?|residents?|citizens?|nationals?|inhabitants?)\s+of"
    r"|born\s+(?:and\s+raised\s+)?in|suppl(?:y|ied|ies)\s+(?:routes?|lines?)\s+(?:in|from|through))"
    r"\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?(?:[A-Z][\w’'-]*\s*(?:,|and)\s+)*$"
)
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
SETTING = {"in", "during", "amid"}
WIDE = {"country", "region", "line"}


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


def _ranks(trigger: Token, words: Lexicon) -> dict[int, float]:
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


def _below(trigger: Token, words: Lexicon) -> list[Token]:
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
    rank = _ranks(trigger, words)
    below = {t.i for t in _below(trigger, words)}
    best: tuple[float, TimeMention] | None = None
    for mention in sentence.times:
        token = sentence.place_token(mention)
        if token is None:
            continue
        own = sentence.group(trigger)
        inside = own is not None and own.start <= token.i < own.end
        if _of_saying(sentence, mention) and not inside:
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
        elif holder.i in below:
            score = 3 + distance + vague
        elif (holder.lemma_.lower() in words.reporting and holder.pos_ == "VERB") or _elsewhere(
            holder, trigger, words
        ):
            continue
        else:
            score = 5 + distance + vague
        if best is None or score < best[0]:
            best = (score, mention)
    return best[1] if best else None


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


def _of_saying(sentence: Sentence, mention: TimeMention) -> bool:
    """Whether a time stands right behind a verb of saying: "a governor said late on Saturday"."""
    inside = sentence.tokens_in(mention.start, mention.end)
    at = inside[0].i - 1 if inside else -1
    while at > sentence.span.start and sentence.span.doc[at].pos_ in ("ADP", "ADV", "DET"):
        at -= 1
    word = sentence.span.doc[at] if at >= 0 else None
    return word is not None and word.lemma_.lower() in SAYING and word.pos_ == "VERB"


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


def _elsewhere(holder: Token, trigger: Token, words: Lexicon) -> bool:
    """Whether a phrase hangs on another happening than the trigger's own clause."""
    if holder.lemma_.lower() in words.nouns and holder.pos_ in ("NOUN", "PROPN"):
        return trigger.i not in {t.i for t in holder.subtree} and not holder.is_ancestor(trigger)
    if holder.pos_ != "VERB":
        return False
    aside = rel(holder) in ("advcl", "ccomp", "acl") and not holder.is_ancestor(trigger)
    return aside or holder.lemma_.lower() in words.verbs


def pick_places(sentence: Sentence, trigger: Token, words: Lexicon) -> list[PlaceMention]:
    """Places that belong to `trigger`, the most precise first; several only where listed."""
    rank = _ranks(trigger, words)
    below = {t.i for t in _below(trigger, words)}
    scored: list[tuple[float, PlaceMention]] = []
    spare: list[tuple[float, PlaceMention]] = []
    for mention in sentence.places:
        token = sentence.place_token(mention)
        if token is None or not _is_locative(sentence, mention, token, trigger):
            continue
        holder = owner(token, words)
        distance = abs(token.i - trigger.i) / 50
        wide = 1.5 if mention.kind == "country" else 0.4 if mention.kind in WIDE else 0.0
        if holder.i in rank:
            score = rank[holder.i] + distance + wide
        elif holder.i in below:
            score = 2 + distance + wide
        elif _elsewhere(holder, trigger, words) or _anaphor(sentence, trigger):
            if _of_no_other(holder, words):
                spare.append((distance + wide, mention))
            continue
        else:
            score = 3 + distance + wide
        scored.append((score, mention))
    spare = spare if trigger.pos_ == "VERB" and not scored else []
    return [mention for _, mention in sorted(scored or spare, key=lambda s: s[0])]


def _of_no_other(holder: Token, words: Lexicon) -> bool:
    """Whether a clause names no happening of its own: "… after a shell fell in Chaman"."""
    lemma = holder.lemma_.lower()
    return holder.pos_ == "VERB" and lemma not in words.verbs and lemma not in words.reporting


def _anaphor(sentence: Sentence, trigger: Token) -> bool:
    """ "the attack": told before, so that a stray place of the sentence is hardly its own."""
    group = sentence.group(trigger)
    return trigger.pos_ != "VERB" and group is not None and group.definite


def _is_origin(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether somebody's home is named, or whence a thing comes, not where something was:
    "hailing from Swat", "born in Lyari", "supply routes in Chad"."""
    before = sentence.report.text[max(sentence.start, mention.start - 60) : mention.start]
    return _ORIGIN.search(before) is not None


def _is_locative(sentence: Sentence, mention: PlaceMention, token: Token, trigger: Token) -> bool:
    """Whether the words say where: a preposition of place, or a name before the trigger noun."""
    if _is_origin(sentence, mention):
        return False
    behind = sentence.report.text[mention.end : mention.end + 10].lower()
    if behind.startswith(("-bound", "-based", "-born")):
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
