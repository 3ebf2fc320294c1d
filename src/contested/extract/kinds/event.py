"""What happened: events named by verbs and nouns, with who did it to whom, where and when."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from contested.extract.clauses import coordinated
from contested.extract.kinds.context import Context, same_happening
from contested.extract.kinds.event_echo import without_echoes
from contested.extract.kinds.event_found import find_event
from contested.extract.kinds.event_listed import listed
from contested.extract.kinds.event_marked import fill_marked
from contested.extract.kinds.event_setting import harm_told
from contested.extract.kinds.event_thread import (
    answer,
    fits,
    length_in_days,
    may_fit,
    same_thing,
    told_before,
)
from contested.extract.kinds.event_words import Found, event_words
from contested.extract.reading import Group, Sentence, rel
from contested.model import EventClaim, ResponseTo, StatisticClaim, When, Where
from contested.model.terms import Status

LONG_DAYS = 100
"""A noun set in a longer time names a run of happenings, not one."""


def events(ctx: Context, sentence: Sentence) -> None:
    """Add the event claims of one sentence to the context."""
    if any(t.lower_ in ctx.words.sport for t in sentence.span):
        return
    kept: list[tuple[Token, EventClaim]] = []
    found = [f for t in sentence.span if (f := find_event(ctx, sentence, t)) is not None]
    told = without_echoes(ctx, found)
    fill_marked(ctx, sentence, told)
    for one in told:
        alone = all(one is o or o.how.startswith("noun") for o in told)
        kept.extend(_claims(ctx, sentence, one, alone))
    kept = kept or listed(ctx, sentence)
    if kept:
        ctx.events[sentence.number] = kept


def _claims(
    ctx: Context, sentence: Sentence, one: Found, alone: bool
) -> list[tuple[Token, EventClaim]]:
    real = ctx.reality(sentence, one.token)
    if real.negated or real.generic or real.status == "hypothetical":
        return []
    scene = _coming(ctx, one.token) or (harm_told(ctx, one) if alone else None) or one.token
    tokens = (one.token, scene, *one.echoes)
    places = next((found for t in tokens if (found := ctx.places(sentence, t))), [])
    places = [] if one.unplaced else places
    when = next((w for t in tokens if (w := ctx.when(sentence, t)) is not None), None)
    when = None if when is not None and _counted_since(ctx, sentence, when) else when
    before = told_before(ctx, sentence, one) if when is None else None
    same = same_thing(ctx, sentence, one) if before is None else None
    group = sentence.group(one.token)
    noun = one.how.startswith("noun")
    if noun and group is not None and not _specific(one, group, bool(places), when):
        return []
    if not noun and not _told(ctx, one, real.status):
        return []
    if one.how == "verb:kill" and (length_in_days(when) or 0) > LONG_DAYS:
        return []
    if not (places or when) and _anybody(one):
        return []
    if real.status == "planned" and not (places or when or one.targets):
        return []
    known = any(r.actor for r in one.initiators + one.targets)
    again = same is not None and not noun
    if not (places or when or known or again or one.marked is not None):
        return []
    if _summed(ctx, sentence, one):
        return []
    spots: list[Where | None] = [p.where for p in places[:1]] or [None]
    if group is not None and noun and group.plural:
        spots = _spots(one, places) or spots
    carried: list[str] = []
    if same is not None and spots == [None] and same.where is not None:
        spots = [same.where]
        carried.append("where")
    if same is not None and when is None and _the_same(ctx, one, group, same, spots):
        when = same.when
        carried.append("when")
    if before is not None and may_fit(before, spots):
        when = before.when
        carried.append("when")
        if spots == [None] and before.where is not None:
            spots = [before.where]
            carried.append("where")
    out: list[tuple[Token, EventClaim]] = []
    for where in spots:
        claim = ctx.add(
            "event",
            sentence,
            one.token,
            method=_method(one),
            type=one.type,
            status=_status(one, real.status),
            initiators=one.initiators,
            targets=one.targets,
            where=where,
            when=when,
            weapons=one.weapons,
            in_response_to=answer(sentence, one.token, alone),
            event_ref=_ref(before if carried and before is not None else same, spots),
            carried=tuple(carried),
        )
        if isinstance(claim, EventClaim):
            out.append((one.token, claim))
    return out


def _the_same(
    ctx: Context, one: Found, group: Group | None, same: EventClaim, spots: list[Where | None]
) -> bool:
    """Whether "the attack" is the one told before, and so on its day."""
    named = group is not None and group.definite and not group.plural and one.how[:4] == "noun"
    alike = same_happening(ctx.world.type_path(one.type), ctx.world.type_path(same.type))
    return named and alike and fits(same, spots)


def _method(one: Found) -> str:
    how = f"rules/event/{one.how}"
    return how if one.marked is None else f"{how}/roles:{one.marked:.2f}"


def _ref(earlier: EventClaim | None, spots: list[Where | None]) -> str | None:
    return earlier.id if earlier is not None and fits(earlier, spots) else None


def _spots(one: Found, places: list) -> list[Where | None]:  # type: ignore[type-arg]
    """ "attacks in Wana and in Peshawar": one event a place."""
    listed = []
    for groups in one.frame.phrases.values():
        for group in groups:
            for part in coordinated(group):
                a, _ = part.sentence.chars(part.start)
                _, b = part.sentence.chars(part.end - 1)
                listed += [p.where for p in places if p.start < b and p.end > a]
    return list(dict.fromkeys(listed))


def _specific(one: Found, group: Group, placed: bool, when: When | None) -> bool:
    """Whether a noun names one happening rather than a kind of happening."""
    days = length_in_days(when)
    if when is not None and (days is None or days > LONG_DAYS):
        return False
    dated = days is not None and days <= 31
    if group.plural and group.count is None:
        named = any(r.actor for r in one.initiators)
        told = placed and (bool(one.targets) or named)
        return (dated and (placed or named)) or (told and days is None)
    if group.plural and group.count is not None and (group.count.count.low or 0) > 3:
        return False
    if group.definite and not (placed or dated):
        return False
    if not dated and _charged(one.token):
        return False
    if rel(one.token) in ("compound", "amod") and one.token.head.i > one.token.i:
        return dated and placed
    return placed or dated or bool(one.targets)


def _summed(ctx: Context, sentence: Sentence, one: Found) -> bool:
    """Whether the people killed were counted over a time: no one happening is told."""
    struck = one.frame.patient
    if one.how != "verb:kill" or struck is None or struck.count is None:
        return False
    sums = (c for c in ctx.told(sentence) if isinstance(c, StatisticClaim) and c.count)
    return any(c.count and c.count.as_written == struck.count.count.as_written for c in sums)


def _counted_since(ctx: Context, sentence: Sentence, when: When) -> bool:
    """Whether a time without an end is that of a sum in the sentence: "the toll since May"."""
    sums = (c for c in ctx.told(sentence) if isinstance(c, StatisticClaim) and c.period)
    return when.edtf.endswith("/..") and any(c.period and c.period.edtf == when.edtf for c in sums)


def _anybody(one: Found) -> bool:
    """Whether people as such were killed, anywhere and at any time: "troops killed civilians"."""
    struck = one.frame.patient
    if one.how != "verb:kill" or struck is None or not struck.plural or struck.actor is not None:
        return False
    return struck.count is None and struck.end - struck.start == 1


def _charged(token: Token) -> bool:
    """Whether a deed is only what somebody is sought or tried for: "wanted in the murder of"."""
    above = token.head
    return rel(token) in ("obl", "nmod") and above.lemma_.lower() in event_words("charged")


def _told(ctx: Context, one: Found, status: Status) -> bool:
    """Whether a verb tells of something that happened: past, perfect or progressive."""
    token = one.token
    if token.tag_ in ("VBD", "VBN"):
        return True
    auxiliaries = {c.lower_ for c in token.children if rel(c) == "aux"}
    if token.tag_ == "VBG":
        if one.frame.passive and one.frame.agent is not None:
            return True
        first = token.head if rel(token) == "conj" else token
        marks = {c.lower_ for c in first.children if rel(c) in ("mark", "case")}
        if token.lemma_ in ("use", "deploy") and not auxiliaries:
            return False
        if marks & {"of", "for"} and token.head.lemma_ in ("accuse", "blame"):
            return True
        if marks - {"while", "after", "when", "by", "before"}:
            return False
        return bool(auxiliaries & {"was", "were"}) or rel(token) in ("advcl", "acl", "conj")
    if token.tag_ in ("VBZ", "VBP"):
        return _headline(one)
    if _coming(ctx, token) is not None:
        return status == "occurred"
    return (rel(token) == "xcomp" and status == "occurred") or status != "occurred"


def _coming(ctx: Context, token: Token) -> Token | None:
    """The verb of coming whose purpose an infinitive tells: "rode into the town to attack"."""
    first = token.head if rel(token) == "conj" else token
    came = first.head
    purpose = first.tag_ == "VB" and token.tag_ == "VB" and rel(first) == "advcl"
    moved = {came.lemma_.lower(), came.lower_} & ctx.words.coming
    return came if purpose and came.tag_ == "VBD" and moved else None


def _headline(one: Found) -> bool:
    """Headlines tell the past in the present tense and have no full stop."""
    sentence = one.frame.sentence
    return sentence.number == 0 and sentence.text.rstrip()[-1:] not in '.!?”"'


def _status(one: Found, status: Status) -> Status:
    if status in ("occurred", "planned") and one.how == "noun:attempt":
        return "attempted"
    if status == "occurred" and (
        any(c.lower_ in ("is", "are") and rel(c) == "aux" for c in one.token.children)
        or one.token.head.lemma_ in event_words("ongoing")
    ):
        return "ongoing"
    return status


def link_answers(ctx: Context) -> None:
    """Where the words of an answer hold another event claim, point to it."""
    for number, entries in ctx.events.items():
        for at, (token, claim) in enumerate(entries):
            if claim.in_response_to is None:
                continue
            for other_token, other in entries:
                start, end = ctx.reading.sentences[number].chars(other_token.i)
                words = ctx.reading.report.text[start:end]
                if other.id != claim.id and words in claim.in_response_to.as_written:
                    new = replace(
                        claim,
                        in_response_to=ResponseTo(claim.in_response_to.as_written, other.id),
                    )
                    entries[at] = (token, new)
                    ctx.claims[:] = [new if c.id == claim.id else c for c in ctx.claims]
