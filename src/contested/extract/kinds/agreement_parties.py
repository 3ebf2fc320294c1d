"""Who is party to an agreement and who mediates it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import coordinated, verb_frame
from contested.extract.kinds.agreement_terms import MEDIATED, Named
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef

SIDES = {
    "sides", "parties", "governments", "countries", "neighbours", "neighbors", "nations",
    "delegations", "capitals", "foes", "rivals", "groups", "states", "militaries",
}  # fmt: skip
ALL = {"both", "two", "all", "warring"}
GOES_BETWEEN = {"broker", "mediate", "facilitate", "host"}
_JOINT = re.compile(r"[\s\-–,&]*(?:and|as well as)?[\s\-–,&]*(?:the\s+)?", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:-|–|\s)(?:{MEDIATED})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"[-–](?:{MEDIATED})\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:mediated|brokered|facilitated|hosted|sponsored)(?:\s+\w+)?\s+by\s+(?:the\s+)?",
    re.IGNORECASE,
)
_MEDIATORS = re.compile(r"\bmediat(?:ors|ion of|ion by)\s*,?\s*(?:the\s+)?", re.IGNORECASE)


@dataclass(slots=True)
class Sides:
    """The parties named; `both` where the words are "both sides"; who accuses whom of a breach."""

    refs: tuple[ActorRef, ...] = ()
    both: bool = False
    accuser: Group | None = None


def mediators(ctx: Context, sentence: Sentence, thing: Named, token: Token) -> tuple[ActorRef, ...]:
    """Who mediates, brokers or facilitates, as the sentence's own words say."""
    text, first = sentence.report.text, sentence.chars(thing.first)[0]
    words = text[first : thing.end]
    inside = _INSIDE.search(words)
    if inside is not None:
        found = _run_before(ctx, sentence, first + inside.start())
        if found:
            return found
    before = _BEFORE.search(text[sentence.start : first])
    if before is not None:
        found = _run_before(ctx, sentence, sentence.start + before.start())
        if found:
            return found
    for pattern in (_BY, _MEDIATORS):
        for match in pattern.finditer(sentence.text):
            start = sentence.start + match.end()
            if pattern is _MEDIATORS or thing.start - 40 <= start <= thing.end + 90:
                found = _run_behind(ctx, sentence, start)
                if found:
                    return found
    return _by_subject(ctx, sentence, token)


def _by_subject(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    """ "Turkey and Qatar mediated", "Qatar offered to mediate"."""
    lemma = token.lemma_.lower()
    near = [t.lemma_.lower() for t in token.subtree if t.i > token.i][:9]
    offers = lemma in ("offer", "propose") and {"mediate", "help", "host", "broker"} & set(near)
    if lemma not in GOES_BETWEEN and not offers:
        return ()
    frame = verb_frame(sentence, token)
    if frame.passive or frame.subject is None:
        return ()
    return _known(ctx, ctx.refs(frame.subject, people=False))


def _known(ctx: Context, refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    return tuple(r for r in refs if r.actor is not None and ctx.actor_id(r))


def _run_before(ctx: Context, sentence: Sentence, end: int) -> tuple[ActorRef, ...]:
    """Names that end at `end`, joined by "and" and commas: "Qatar- and Turkey-mediated"."""
    out: list[ActorRef] = []
    at = end
    for mention in reversed(_names(ctx, sentence)):
        if mention[1] > at:
            continue
        gap = sentence.report.text[mention[1] : at]
        if not _JOINT.fullmatch(gap):
            break
        out.append(mention[2])
        at = mention[0]
    return tuple(reversed(out))


def _run_behind(ctx: Context, sentence: Sentence, start: int) -> tuple[ActorRef, ...]:
    """Names from `start` on, joined by "and" and commas."""
    out: list[ActorRef] = []
    at = start
    for first, last, ref in _names(ctx, sentence):
        if first < at:
            continue
        if not _JOINT.fullmatch(sentence.report.text[at:first]):
            break
        out.append(ref)
        at = last
    return tuple(out)


def _names(ctx: Context, sentence: Sentence) -> list[tuple[int, int, ActorRef]]:
    """Actors named in a sentence, with states that are only read as places."""
    out: list[tuple[int, int, ActorRef]] = []
    for mention in sentence.actors:
        actor = ctx.actor_id(mention.ref)
        if actor is not None and mention.how not in ("outlet",):
            out.append((mention.start, mention.end, ActorRef(actor, mention.ref.as_written)))
    for place in sentence.places:
        state = ctx.world.state_of(place.where.country) if place.where.country else None
        free = all(place.end <= a or place.start >= b for a, b, _ in out)
        if state is not None and place.kind == "country" and free:
            out.append((place.start, place.end, ActorRef(state, place.where.as_written)))
    return sorted(out, key=lambda m: m[0])


def parties_of(ctx: Context, sentence: Sentence, thing: Named, token: Token, word: str) -> Sides:
    """The parties: "between", "with", whose it is, and who does it."""
    sides = Sides()
    refs: list[ActorRef] = []
    accuser, accused = _accusation(sentence, token)
    if accuser is not None:
        sides.accuser = accuser
        refs += [*_refs(ctx, accused), *_refs(ctx, accuser)]
    between = _phrase(sentence, thing, token, "between")
    refs += _pair(ctx, between)
    if between is not None and _is_both(between):
        sides.both = True
    subject = _subject(sentence, thing, token, word) if accuser is None else []
    sides.both = sides.both or any(_is_both(g) for g in subject)
    if word not in GOES_BETWEEN and not (between is not None and refs):
        refs += [r for g in subject if not _is_both(g) for r in _one(ctx, g)]
    if token.lemma_.lower() in ("offer", "propose"):
        refs += [r for c in token.children if rel(c) in ("iobj", "obj")
                 if (g := sentence.group(c)) is not None for r in _one(ctx, g)]  # fmt: skip
    other = _phrase(sentence, thing, token, "with")
    if other is not None and between is None:
        refs += [*_refs(ctx, other)]
    refs += _owners(ctx, sentence, thing)
    sides.refs = _distinct(ctx, refs)
    return sides


def _one(ctx: Context, group: Group) -> tuple[ActorRef, ...]:
    ref = group.actor
    if ref is None or ctx.actor_id(ref) is None:
        return ()
    return (ActorRef(ctx.actor_id(ref), group.text),)


def _refs(ctx: Context, group: Group | None) -> list[ActorRef]:
    if group is None:
        return []
    return [r for g in coordinated(group) for r in _one(ctx, g)]


def _pair(ctx: Context, group: Group | None) -> list[ActorRef]:
    """Two parties after "between", also where "and" is read as something else."""
    found = _refs(ctx, group)
    if group is None or len(found) >= 2:
        return found
    doc, end = group.head.doc, group.sentence.span.end
    for i in range(group.end, min(group.end + 8, end)):
        other = group.sentence.by_token.get(i)
        if (
            other is not None
            and other is not group
            and "and" in [t.lower_ for t in doc[group.end : other.start]]
        ):
            return [*found, *_refs(ctx, other)]
    return found


def _is_both(group: Group) -> bool:
    return (group.head.lower_ in SIDES and (group.has(*ALL) or group.definite)) or (
        group.text.lower() in ("both", "they", "the two", "the pair")
    )


def _phrase(sentence: Sentence, thing: Named, token: Token, word: str) -> Group | None:
    """The group behind `word`, after the agreement or after its verb."""
    doc, end = thing.head.doc, sentence.span.end
    starts = sorted({thing.head.i, token.i}, reverse=True)
    for start in starts:
        for i in range(start + 1, min(start + 12, end)):
            if doc[i].text in (";",) or (doc[i].pos_ == "VERB" and i != token.i and i > start + 4):
                break
            if doc[i].lower_ == word:
                for j in range(i + 1, min(i + 5, end)):
                    group = sentence.by_token.get(j)
                    if group is not None:
                        return group
    return None


def _subject(sentence: Sentence, thing: Named, token: Token, word: str) -> list[Group]:
    """Who does it. The agreement itself, a pronoun for it, and outlets are nobody."""
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBD", "VBN", "VBG"):
        return []
    frame = verb_frame(sentence, token)
    if frame.passive:
        doer = frame.agent if word not in GOES_BETWEEN else None
        return coordinated(doer) if doer is not None and doer.start > thing.head.i else []
    if thing.head.i < token.i:
        return []
    near = _left_run(sentence, token)
    subject = frame.subject
    if subject is None or subject.start <= thing.head.i < subject.end or _dateline(subject, token):
        return near
    found = [g for g in coordinated(subject) if g.end <= token.i or g.start > token.i]
    fits = any(g.actor is not None or _is_both(g) for g in found)
    if not fits:
        return near
    return [*near, *found] if any(g in near for g in found) else found


def _dateline(subject: Group, token: Token) -> bool:
    """Whether a dash stands between a would-be subject and its verb ("DOHA, Oct 19 — …")."""
    between = subject.head.doc[subject.end : token.i] if subject.end <= token.i else ()
    return any(t.text in ("—", "–", ":") for t in between)


def _left_run(sentence: Sentence, token: Token) -> list[Group]:
    """The actors right before a verb, joined by "and" and commas, the first one first."""
    doc = token.doc
    out: list[Group] = []
    edge = token.i
    for group in reversed([g for g in sentence.groups if g.end <= token.i]):
        between = doc[group.end : edge]
        if not out:
            barred = any(
                (t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")) or t.text in (";", ":", "—")
                for t in between
            )
            if barred:
                return []
            if group.actor is None and not _is_both(group):
                continue
        elif not between or any(t.lower_ not in ("and", ",", "both") for t in between):
            break
        out.append(group)
        edge = group.start
    return list(reversed(out))


def _owners(ctx: Context, sentence: Sentence, thing: Named) -> list[ActorRef]:
    """ "Pakistan's truce with", "the Pakistan-TTP ceasefire", but no mediators."""
    first, last = sentence.chars(thing.first)[0], thing.start
    words = sentence.report.text[first:last]
    if _INSIDE.search(words):
        return []
    return [ref for start, end, ref in _names(ctx, sentence) if first <= start and end <= last]


def _accusation(sentence: Sentence, token: Token) -> tuple[Group | None, Group | None]:
    """Who accuses whom, where a breach is the content of an accusation."""
    for above in [token, *token.ancestors]:
        if above.lemma_.lower() in ("accuse", "blame", "charge"):
            frame = verb_frame(sentence, above)
            return frame.doer, frame.patient
    left = [t for t in sentence.span if t.i < token.i and t.lemma_.lower() == "accuse"]
    if left and token.i - left[-1].i < 12:
        frame = verb_frame(sentence, left[-1])
        return frame.doer, frame.patient
    return None, None


def _distinct(ctx: Context, refs: list[ActorRef]) -> tuple[ActorRef, ...]:
    out: list[ActorRef] = []
    for ref in refs:
        if ref.actor is not None and all(_root(ctx, ref) != _root(ctx, r) for r in out):
            out.append(ref)
    return tuple(out)


def _root(ctx: Context, ref: ActorRef) -> str:
    actor = ctx.actor_id(ref)
    known = actor is not None and actor in ctx.world.actors
    return ctx.world.ancestors(str(actor))[-1] if known else ref.as_written


def two_last(
    ctx: Context, sentence: Sentence, token: Token, exclude: tuple[ActorRef, ...]
) -> tuple[ActorRef, ...]:
    """The two states or armed groups spoken of last before `token`, for "both sides"."""
    barred = {_root(ctx, ref) for ref in exclude}
    out: list[ActorRef] = []
    number = sentence.number
    for earlier in reversed(ctx.reading.sentences[max(0, number - 6) : number + 1]):
        for group in reversed(earlier.groups):
            if earlier is sentence and group.end > token.i:
                continue
            for ref in _one(ctx, group):
                actor = ref.actor
                fits = ctx.is_armed(actor) or ctx.is_state(actor)
                root = _root(ctx, ref)
                if fits and root not in barred and group.head.pos_ != "PRON":
                    barred.add(root)
                    out.append(ref)
            if len(out) >= 2:
                return tuple(reversed(out[:2]))
    return tuple(reversed(out))
