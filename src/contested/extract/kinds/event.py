"""What happened: events named by verbs and nouns, with who did it to whom, where and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from contested.extract.clauses import Frame, coordinated, noun_frame, verb_frame
from contested.extract.kinds.context import Context, same_happening
from contested.extract.lexicon import Trigger
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef, EventClaim, ResponseTo, When, Where
from contested.model.terms import Status

CARRIERS = {
    "carry", "launch", "conduct", "mount", "stage", "perpetrate", "unleash", "commit", "claim",
    "execute", "orchestrate", "undertake",
}  # fmt: skip
ELSEWHEN = {"another", "separate", "separately", "earlier", "previous", "previously", "ago", "once",
            "last", "past", "recent", "history", "since", "ever", "other", "similar", "elsewhere",
            "decade", "decades", "years", "later", "next", "former", "often"}  # fmt: skip
"""Words that mark a happening as another one than that of the sentences before."""
ANSWERS = {"retaliation", "response", "revenge", "reprisal", "retaliate", "avenge", "respond"}
HOSTAGE_WORDS = {"hostage", "hostages", "captive", "captives"}
MILITARY_WORDS = {
    "air", "drone", "missile", "military", "precision", "rocket", "jet", "cross-border",
    "terrorist", "suicide", "retaliatory", "aerial", "pakistani", "afghan", "israeli", "indian",
}  # fmt: skip
OPERATION_WORDS = {
    "military", "intelligence", "based", "intelligence-based", "search", "combing", "clearance",
    "security", "rescue", "counter", "sanitisation", "sanitization", "clearing", "kinetic",
    "counterterrorism", "counter-terrorism", "offensive",
}  # fmt: skip
PEOPLE_WEAPONS = {"gunman", "gunmen", "sniper"}
NOT_VIOLENT = {"hunger", "labour", "labor", "heart", "verbal", "media", "cyber", "work", "panic"}
LONG_DAYS = 100
"""A noun set in a longer time names a run of happenings, not one."""
ONGOING = {"continue", "rage", "ongoing"}


@dataclass(slots=True)
class Found:
    """An event on the way to a claim."""

    token: Token
    frame: Frame
    type: str
    how: str
    initiators: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    weapons: tuple[str, ...] = ()


def events(ctx: Context, sentence: Sentence) -> None:
    """Add the event claims of one sentence to the context."""
    if any(t.lower_ in ctx.words.sport for t in sentence.span):
        return
    kept: list[tuple[Token, EventClaim]] = []
    found = [f for t in sentence.span if (f := _find(ctx, sentence, t)) is not None]
    told = _without_echoes(ctx, found)
    for one in told:
        alone = all(one is o or o.how.startswith("noun") for o in told)
        kept.extend(_claims(ctx, sentence, one, alone))
    if kept:
        ctx.events[sentence.number] = kept


def _find(ctx: Context, sentence: Sentence, token: Token) -> Found | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" or (token.tag_ in ("VBD", "VBN", "VBG") and token.pos_ != "ADJ"):
        return _verb(ctx, sentence, token, lemma)
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun(ctx, sentence, token, lemma)
    return None


def _verb(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    frame = verb_frame(sentence, token)
    trigger = _phrase(ctx, frame, lemma) or ctx.words.verbs.get(lemma)
    weapons = _weapons(ctx, sentence, frame)
    if trigger is None and lemma in ("fire", "launch", "lob", "drop", "deploy", "use", "fall"):
        trigger = _by_weapon(ctx, frame)
    if trigger is None and lemma in ctx.words.casualty_verbs:
        trigger = _by_killing(ctx, frame, lemma)
    if _modifies(sentence, token):
        return None
    empty = frame.subject is not None and frame.subject.head.lower_ in ("it", "there")
    if (
        trigger is None
        or (empty and frame.object is None)
        or rel(token) in ("amod", "compound")
        or sentence.group(token)
    ):
        return None
    if lemma == "ram" and frame.phrase("into") is None:
        return None
    if lemma in ("target", "strike", "hit", "raid", "storm") and not _bodily(ctx, frame):
        return None
    kind = _refine(ctx, trigger.type, weapons, sentence, frame)
    found = Found(token, frame, kind, f"verb:{lemma}", weapons=tuple(w for w, _ in weapons))
    if trigger.frame == "mutual":
        sides = ctx.refs(frame.subject) or _inside(ctx, frame.subject)
        sides += ctx.refs(frame.phrase("with", "against"))
        found.initiators, found.targets = sides[:1], sides[1:]
    elif trigger.frame == "weapon_subject":
        doer = frame.doer
        if doer is not None and ctx.words.victims_of(doer.head.text) == "militants":
            found.initiators = ctx.refs(doer)
    else:
        doer = frame.doer
        if doer is not None and ctx.words.weapons.get(doer.head.lemma_.lower()) is None:
            found.initiators = ctx.refs(doer) or _inside(ctx, doer)
        elif doer is not None and doer.head.lemma_.lower() not in PEOPLE_WEAPONS:
            found.initiators = _inside(ctx, doer)
        elif doer is not None:
            found.initiators = ctx.refs(doer)
        found.targets = ctx.refs(frame.patient) or _inside(ctx, frame.patient)
        if not found.targets:
            found.targets = ctx.refs(frame.phrase("at", "on", "against", "upon"))
    return found


def _modifies(sentence: Sentence, token: Token) -> bool:
    """ "the two murdered officers": a participle in front of its noun."""
    if token.tag_ != "VBN" or token.i <= sentence.span.start or token.i + 1 >= sentence.span.end:
        return False
    before = token.nbor(-1)
    return before.pos_ in ("DET", "NUM", "ADJ") and token.i + 1 in sentence.by_token


def _phrase(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A verb with its object or particle: "opened fire", "took hostage", "gained control"."""
    reach = 6 if lemma in ("drive", "set") else 4
    after = {t.lemma_.lower() for t in frame.token.doc[frame.token.i + 1 : frame.token.i + reach]}
    if frame.object is not None:
        after.add(frame.object.head.lemma_.lower())
    if frame.passive and frame.subject is not None:
        after.add(frame.subject.head.lemma_.lower())
    for word in after:
        trigger = ctx.words.phrases.get((lemma, word))
        if trigger is not None:
            return trigger
    return None


def _by_weapon(ctx: Context, frame: Frame) -> Trigger | None:
    """ "fired mortars", "dropped bombs": the weapon says what was done."""
    for group in (frame.object, frame.patient, frame.subject):
        if group is None:
            continue
        words = " ".join(t.lemma_.lower() for t in group.tokens)
        entries = [e for word, e in ctx.words.weapons.items() if _has_word(words, word)]
        if entries:
            kind = "airstrike" if frame.token.lemma_ == "drop" else entries[0][1]
            return Trigger(kind, "agent_target")
    return None


def _by_killing(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A killing with a human doer is an attack of some kind; one by a weapon is that weapon's."""
    shapes = ctx.words.casualty_verbs[lemma]
    near = {t.lower_ for t in frame.token.doc[frame.token.i + 1 : frame.token.i + 9]}
    if not any(f == "victim_object" and (not o or o in near) for o, _, f in shapes) or lemma in (
        "hurt",
        "displace",
        "leave",
        "capture",
        "lose",
    ):
        return None
    doer = frame.doer
    if doer is None or doer.head.pos_ == "PRON":
        return None
    weapon = ctx.words.weapons.get(doer.head.lemma_.lower())
    if weapon is not None:
        return Trigger(weapon[1], "agent_target")
    if doer.head.lemma_.lower() in ctx.words.nouns:
        return None
    if doer.actor is not None and ctx.is_state(doer.actor.actor):
        return Trigger("military_operation", "agent_target")
    if doer.actor is not None or ctx.words.victims_of(doer.head.text) == "militants":
        return Trigger("armed_attack", "agent_target")
    return None


def _bodily(ctx: Context, frame: Frame) -> bool:
    """Whether what is struck or targeted can be struck: people, buildings, vehicles, places."""
    patient = frame.patient
    if patient is None:
        return False
    if patient.actor is not None or ctx.words.victims_of(patient.head.text):
        return True
    a, _ = patient.sentence.chars(patient.start)
    _, b = patient.sentence.chars(patient.end - 1)
    if any(p.start < b and p.end > a for p in patient.sentence.places):
        return True
    return patient.head.lemma_.lower() in ctx.words.targets


def _noun(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    trigger = ctx.words.nouns.get(lemma)
    group = sentence.group(token)
    if trigger is None or group is None or group.head.i != token.i:
        return None
    if trigger.frame in ("modifier", "weapon"):
        return None
    before = {t.lower_ for t in group.tokens}
    if before & NOT_VIOLENT:
        return None
    if trigger.frame == "strike" and not _striking(group, before):
        return None
    if trigger.frame == "operation" and not before & OPERATION_WORDS:
        return None
    if trigger.frame == "needs_hostage" and not before & HOSTAGE_WORDS:
        return None
    if trigger.frame == "needs_border" and not before & {"border", "crossing", "crossings"}:
        return None
    frame = noun_frame(sentence, token)
    if frame.object is not None and frame.object.head.lemma_.lower() in ("kind", "sort", "type"):
        return None
    weapons = _weapons(ctx, sentence, frame)
    kind = _refine(ctx, trigger.type, weapons, sentence, frame)
    found = Found(token, frame, kind, f"noun:{lemma}", weapons=tuple(w for w, _ in weapons))
    doers = ctx.refs(frame.agent) or _inside(ctx, group)
    if not doers:
        doers = _carried_out(ctx, sentence, token)
    if trigger.frame == "mutual":
        sides = ctx.refs(frame.phrase("between")) or doers
        sides += ctx.refs(frame.phrase("with", "against"))
        found.initiators, found.targets = sides[:1], sides[1:]
    else:
        found.initiators, found.targets = doers, ctx.refs(frame.object)
    return found


def _striking(group: Group, before: set[str]) -> bool:
    """ "strikes" of weapons or on targets, not of workers."""
    if before & MILITARY_WORDS:
        return True
    frame = noun_frame(group.sentence, group.head)
    return frame.phrase("on", "against", "at", "in") is not None and group.plural


def _inside(ctx: Context, group: Group | None) -> tuple[ActorRef, ...]:
    """Actors named before the head noun ("TTP attacks") or after "of" ("militaries of A and B")."""
    if group is None:
        return ()
    a, _ = group.sentence.chars(group.start)
    head, _b = group.sentence.chars(group.head.i)
    refs = [m.ref for m in group.sentence.actors if a <= m.start < head and m.how != "outlet"]
    out = [ActorRef(ctx.actor_id(r), r.as_written) for r in refs]
    if not out and group.plural:
        frame = noun_frame(group.sentence, group.head)
        of = frame.phrase("of")
        if of is not None:
            out = list(ctx.refs(of, people=False))
    return tuple(r for r in out if r.actor)


def _carried_out(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    """ "The TTP carried out an attack": the doer is the carrying verb's."""
    head = token.head
    if head.pos_ == "VERB" and head.lemma_.lower() in CARRIERS and rel(token) in ("obj", "nsubj"):
        frame = verb_frame(sentence, head)
        doer = frame.doer
        if doer is not None and doer.head.i != token.i:
            return ctx.refs(doer)
    return ()


def _weapons(ctx: Context, sentence: Sentence, frame: Frame) -> list[tuple[str, str]]:
    """Weapon names in the predicate's own words, most telling first."""
    groups = [sentence.group(frame.token), frame.object, frame.subject, frame.agent]
    groups += frame.phrases.get("with", []) + frame.phrases.get("by", [])
    groups += frame.phrases.get("using", []) + frame.phrases.get("for", [])
    out: list[tuple[str, str]] = []
    for group in groups:
        if group is None:
            continue
        text = " ".join(t.lemma_.lower() for t in group.tokens)
        lower = " ".join(t.lower_ for t in group.tokens)
        for word, entry in ctx.words.weapons.items():
            if entry not in out and (_has_word(text, word) or _has_word(lower, word)):
                out.append(entry)
    return out


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text.replace(' - ', '-')} "


def _refine(
    ctx: Context, base: str, weapons: list[tuple[str, str]], sentence: Sentence, frame: Frame
) -> str:
    """A more special type where a weapon or the place says so: "bomb attack", "border clash"."""
    if base in ("attack", "armed_attack", "explosion", "bombing", "shelling"):
        options = [kind for _, kind in weapons]
        special = [k for k in options if base in ctx.world.type_path(k) or base != "bombing"]
        for kind in ("suicide_bombing", "car_bombing", "drone_strike", "ied"):
            if kind in special:
                return kind
        if special and (special[0] != "shooting" or base != "attack"):
            return special[0]
        if special:
            return "armed_attack"
    if base == "armed_clash":
        words = {t.lower_ for t in sentence.span}
        near = frame.phrase("along", "at", "near", "on", "across")
        border = near is not None and near.has("border", "crossing", "frontier", "line")
        group = sentence.group(frame.token)
        if border or (group is not None and group.has("border", "cross-border")):
            return "border_clash"
        if "border" in words and "forces" in words:
            return "border_clash"
    return base


def _without_echoes(ctx: Context, found: list[Found]) -> list[Found]:
    """Drop a trigger that only repeats another of the sentence in other words."""
    out: list[Found] = []
    for one in found:
        twin = next((o for o in out if _echo(ctx, o, one)), None)
        if twin is None:
            out.append(one)
            continue
        depth = len(ctx.world.type_path(one.type)) > len(ctx.world.type_path(twin.type))
        twin.type = one.type if depth else twin.type
        twin.initiators = twin.initiators or one.initiators
        twin.targets = twin.targets or one.targets
        twin.weapons = tuple(dict.fromkeys(twin.weapons + one.weapons))
    return out


def _echo(ctx: Context, one: Found, other: Found) -> bool:
    path, other_path = ctx.world.type_path(one.type), ctx.world.type_path(other.type)
    if not same_happening(path, other_path) and not (
        one.type == "explosion" or other.type == "explosion"
    ):
        return False
    linked = other.token.head.i == one.token.i or one.token.head.i == other.token.i
    mine = {r.actor for r in one.initiators if r.actor}
    theirs = {r.actor for r in other.initiators if r.actor}
    conflict = bool(mine and theirs and not mine & theirs)
    if conflict or _marked_apart(one) or _marked_apart(other):
        return False
    return linked or one.type == other.type


def _marked_apart(found: Found) -> bool:
    """ "another blast", "a second attack": not the one just told."""
    group = found.frame.sentence.group(found.token)
    return group is not None and group.has("another", "second", "separate", "third", "other")


def _claims(
    ctx: Context, sentence: Sentence, one: Found, alone: bool
) -> list[tuple[Token, EventClaim]]:
    real = ctx.reality(sentence, one.token)
    if real.negated or real.generic or real.status == "hypothetical":
        return []
    places = ctx.places(sentence, one.token)
    when = ctx.when(sentence, one.token)
    before = _told_before(ctx, sentence, one) if when is None else None
    group = sentence.group(one.token)
    noun = one.how.startswith("noun")
    if noun and group is not None and not _specific(one, group, bool(places), when):
        return []
    if not noun and not _told(one, real.status):
        return []
    if not (places or when or any(r.actor for r in one.initiators + one.targets)):
        return []
    spots: list[Where | None] = [p.where for p in places[:1]] or [None]
    if group is not None and noun and group.plural:
        spots = _spots(one, places) or spots
    carried: list[str] = []
    same = _same_thing(ctx, sentence, one) if before is None else None
    if same is not None and spots == [None] and same.where is not None:
        spots = [same.where]
        carried.append("where")
    if before is not None and _fits(before, spots):
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
            method=f"rules/event/{one.how}",
            confidence=_confidence(one, where, when),
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


def _ref(earlier: EventClaim | None, spots: list[Where | None]) -> str | None:
    return earlier.id if earlier is not None and _fits(earlier, spots) else None


def _same_thing(ctx: Context, sentence: Sentence, one: Found) -> EventClaim | None:
    """The event of a few sentences before whose thing this one speaks of again.

    "Militants seized a prison. … By Tuesday an operation to retake the prison had begun": the
    prison, or a definite "the siege", makes them one, though on another day.
    """
    if any(t.lower_ in ELSEWHEN for t in sentence.span):
        return None
    here = {g.head.lemma_.lower() for g in sentence.groups if g.definite}
    here = {w for w in here if w in ctx.words.targets or w in ctx.words.nouns}
    for number in range(sentence.number - 1, max(sentence.number - 5, -1), -1):
        other = ctx.reading.sentences[number]
        there = {g.head.lemma_.lower() for g in other.groups}
        for _, event in reversed(ctx.events.get(number, [])):
            days = _days(event.when)
            definite = here & set(ctx.words.nouns) and one.token.lemma_.lower() in here
            if days is not None and days <= 7 and (here & there or definite):
                return event
    return None


def _told_before(ctx: Context, sentence: Sentence, one: Found) -> EventClaim | None:
    """The dated event of the sentences before that this one goes on telling of, if any.

    A narrative does not repeat the day in each sentence. Nothing is carried where the words
    mark something else ("another", "a year earlier"), nor over more than two paragraphs, nor
    from one voice's account to another's.
    """
    if sentence.times or any(t.lower_ in ELSEWHEN for t in sentence.span):
        return None
    mine = {s.actor or s.name for s in ctx.voices(sentence, one.token)[0]}
    for number in range(sentence.number - 1, max(sentence.number - 5, -1), -1):
        other = ctx.reading.sentences[number]
        if sentence.paragraph_number - other.paragraph_number > 2:
            return None
        for _, event in reversed(ctx.events.get(number, [])):
            days = _days(event.when)
            theirs = {s.actor or s.name for s in event.speakers}
            if mine and theirs and not mine & theirs:
                return None
            if days is not None and days <= 31 and event.status in ("occurred", "ongoing"):
                progressive = one.token.tag_ == "VBG"
                near = progressive or ctx.world.type_distance(event.type, one.type) < 1
                return event if near else None
        if any(t.kind in ("day", "weekday", "month", "year") for t in other.times):
            return None
    return None


def _fits(before: EventClaim, spots: list[Where | None]) -> bool:
    """Whether the places of two sentences can be of one happening."""
    named = [w for w in spots if w is not None]
    old = before.where
    if not named or old is None:
        return True
    return any(_hold(old, new) or _hold(new, old) or old.name == new.name for new in named)


def _hold(wide: Where, narrow: Where) -> bool:
    """Whether one place is, by its name or its width, a wider one around the other."""
    if wide.name == narrow.admin1:
        return True
    radius = wide.radius_km or 0
    if wide.country == narrow.country and radius > 100:
        return True
    return wide.admin1 is not None and wide.admin1 == narrow.admin1 and radius >= 20


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
    days = _days(when)
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
    if rel(one.token) in ("compound", "amod"):
        return dated and placed
    return placed or dated or bool(one.targets)


def _days(when: When | None) -> int | None:
    import datetime as dt

    if when is None or when.earliest is None or when.latest is None:
        return None
    first, last = dt.date.fromisoformat(when.earliest), dt.date.fromisoformat(when.latest)
    return (last - first).days + 1


def _told(one: Found, status: Status) -> bool:
    """Whether a verb tells of something that happened: past, perfect or progressive."""
    token = one.token
    if token.tag_ in ("VBD", "VBN"):
        return True
    auxiliaries = {c.lower_ for c in token.children if rel(c) == "aux"}
    if token.tag_ == "VBG":
        first = token.head if rel(token) == "conj" else token
        marks = {c.lower_ for c in first.children if rel(c) in ("mark", "case")}
        if token.lemma_ in ("use", "deploy") and not auxiliaries:
            return False
        if marks - {"while", "after", "when", "by", "before"}:
            return False
        return bool(auxiliaries & {"was", "were"}) or rel(token) in ("advcl", "acl", "conj")
    if token.tag_ in ("VBZ", "VBP"):
        return _headline(one)
    return (rel(token) == "xcomp" and status == "occurred") or status != "occurred"


def _headline(one: Found) -> bool:
    """Headlines tell the past in the present tense and have no full stop."""
    sentence = one.frame.sentence
    return sentence.number == 0 and sentence.text.rstrip()[-1:] not in '.!?”"'


def _status(one: Found, status: Status) -> Status:
    if status == "occurred" and (
        any(c.lower_ in ("is", "are") and rel(c) == "aux" for c in one.token.children)
        or one.token.head.lemma_ in ONGOING
    ):
        return "ongoing"
    return status


def _confidence(one: Found, where: Where | None, when: When | None) -> float:
    score = 0.45 + 0.12 * bool(where) + 0.12 * bool(when)
    score += 0.08 * any(r.actor for r in one.initiators) + 0.08 * bool(one.targets)
    return min(score, 0.9)


def answer(sentence: Sentence, token: Token, alone: bool = False) -> ResponseTo | None:
    """ "in retaliation for …": the words, if this sentence itself says so of this predicate.

    `alone` says that it is the only verb of violence in the sentence, so that the words can
    answer for no other.
    """
    for cue in sentence.span:
        if cue.lemma_.lower() not in ANSWERS or cue.i == token.i:
            continue
        if (
            cue.head.i != token.i
            and not token.is_ancestor(cue)
            and not (alone and token.pos_ == "VERB" and cue.i > token.i)
        ):
            continue
        stop = max((t.i for t in cue.subtree), default=cue.i)
        if stop == cue.i:
            rest = (t.i for t in sentence.span if t.i > cue.i and t.text in ",.;")
            stop = next(rest, sentence.span.end) - 1
        nexts = list(cue.doc[cue.i + 1 : stop + 1])
        if not nexts or nexts[0].lower_ not in ("for", "to", "against"):
            continue
        start, _ = sentence.chars(cue.i)
        _, end = sentence.chars(stop)
        return ResponseTo(sentence.report.text[start:end])
    return None


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
