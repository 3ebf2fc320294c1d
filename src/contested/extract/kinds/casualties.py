"""How many of whom were harmed: one claim a number, a class of victims and an effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from contested.extract.clauses import Frame, coordinated, verb_frame
from contested.extract.kinds.context import Context, trimmed
from contested.extract.reading import NOUNS, Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import CasualtiesClaim, Count, EventClaim, When, Where
from contested.model.terms import Effect, Victims

PARTS = {"including", "among"}
EFFECT_ADJECTIVES: dict[str, Effect] = {
    "dead": "killed",
    "killed": "killed",
    "martyred": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "missing": "missing",
    "captured": "captured",
    "hurt": "wounded",
}
TOLL_WORDS = {"toll"}
TOLL_VERBS = {"rise", "climb", "raise", "lower", "reach", "stand", "put", "revise", "grow", "jump",
              "increase", "drop", "give", "reduce", "bring", "take", "update", "place"}  # fmt: skip
COUNTED = {"killed", "dead", "deaths", "fatalities", "casualties", "wounded", "injured", "victims"}
NOMINAL: dict[str, Effect] = {
    "killing": "killed",
    "murder": "killed",
    "assassination": "killed",
    "death": "killed",
    "martyrdom": "killed",
    "beheading": "killed",
    "execution": "killed",
    "abduction": "captured",
    "kidnapping": "captured",
}
FREEING = {"rescue", "free", "release", "recover", "evacuate", "save"}
KIN = {"son", "sons", "man", "men", "brothers"}
REAL = {"occurred", "ongoing", "attempted", "foiled"}
LIVING = {
    f"verb:{verb}"
    for verb in ("kill", "wound", "injure", "murder", "assassinate", "behead", "shoot", "gun",
                 "slay", "martyr", "abduct", "kidnap")
}  # fmt: skip
"""Verbs whose object lives, whatever noun it is."""
NATURAL = {"die", "perish", "succumb"}
INANIMATE = {
    "time",
    "thousand",
    "job",
    "trade",
    "deal",
    "process",
    "hope",
    "bus",
    "vehicle",
    "car",
    "house",
    "building",
    "livestock",
    "animal",
    "dog",
    "cattle",
}


@dataclass(slots=True)
class Loss:
    """Harm on the way to a claim."""

    token: Token
    effect: Effect
    group: Group
    how: str
    count: Count | None = None


def casualties(ctx: Context, sentence: Sentence, counted: set[int]) -> None:
    """Add the casualties claims of one sentence to the context.

    `counted` are the starts of numbers that a statistic already took: the total of a year is
    no toll of an incident.
    """
    losses: list[Loss] = []
    for token in sentence.span:
        losses += _by_verb(ctx, sentence, token)
    harmed = {g.head.i for loss in losses for g in coordinated(loss.group)}
    for token in sentence.span:
        losses += [n for n in _by_noun(ctx, sentence, token) if n.group.head.i not in harmed]
    harmed |= {g.head.i for loss in losses for g in coordinated(loss.group)}
    for group in sentence.groups:
        if group.head.i not in harmed:
            losses += _modified(group)
    seen: set[tuple[int, str]] = set()
    for loss in sorted(losses, key=lambda one: one.group.start):
        for part in _parts(ctx, loss):
            if part.group.count is not None and part.group.count.start in counted:
                continue
            key = (part.group.head.i, part.effect)
            if key not in seen and _claim(ctx, sentence, part):
                seen.add(key)


def _by_verb(ctx: Context, sentence: Sentence, token: Token) -> list[Loss]:
    lemma = token.lemma_.lower()
    options = ctx.words.casualty_verbs.get(lemma)
    if options is None and token.lower_ in ("martyred", "neutralised", "neutralized"):
        options = ctx.words.casualty_verbs["martyr"]
    if options is None or not _verbal(token):
        return []
    if _uncounted(sentence, token):
        return []
    frame = verb_frame(sentence, token)
    out: list[Loss] = []
    for needed, effect, shape in options:
        if needed and not _has(frame, needed):
            continue
        group = _victims(frame, shape)
        if group is not None and group.head.i != token.i:
            out.append(Loss(token, _joined(token, effect), group, f"verb:{lemma}"))  # type: ignore[arg-type]
            break
    return out


def _uncounted(sentence: Sentence, token: Token) -> bool:
    """ "… and many more were injured": a subject that is no number and no noun."""
    i = token.i - 1
    while i > sentence.span.start and token.doc[i].pos_ in ("AUX", "ADV"):
        i -= 1
    word = token.doc[i]
    return word.lower_ in ("more", "many", "several") and i not in sentence.by_token


def _verbal(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        loose = token.i > 0 and token.nbor(-1).pos_ in ("NOUN", "PROPN", "PUNCT", "PRON")
        return rel(token) not in ("amod", "compound") or token.head.i < token.i or loose
    return token.tag_ in ("VBD", "VBN", "VBG") and rel(token) not in ("amod", "compound")


def _has(frame: Frame, needed: str) -> bool:
    """Whether the object or what follows holds the word that makes the phrase."""
    words = {t.lemma_.lower() for t in frame.token.subtree if t.i > frame.token.i}
    near = {t.lower_ for t in frame.token.doc[frame.token.i + 1 : frame.token.i + 9]}
    forms = {needed, f"{needed}s", "lives" if needed == "life" else needed}
    return bool(forms & (words | near))


def _victims(frame: Frame, shape: str) -> Group | None:
    if shape == "victim_subject":
        return frame.subject
    if shape == "toll_object":
        return _toll_group(frame)
    return frame.patient


def _toll_group(frame: Frame) -> Group | None:
    """ "claimed a total of 419 lives": the counted lives."""
    for i in range(frame.token.i + 1, min(frame.token.i + 9, frame.sentence.span.end)):
        group = frame.sentence.by_token.get(i)
        if group is not None and group.head.lower_ in ("lives", "life"):
            return group
    return None


def _joined(token: Token, effect: str) -> str:
    """ "killing and injuring 1,105": one number for both effects."""
    if effect not in ("killed", "wounded"):
        return effect
    others = {"kill": "killed", "martyr": "killed", "wound": "wounded", "injure": "wounded"}
    near = [t for t in token.children if rel(t) == "conj"] + (
        [token.head] if rel(token) == "conj" else []
    )
    for other in near:
        if others.get(other.lemma_.lower(), effect) != effect and abs(other.i - token.i) == 2:
            return "killed_or_wounded"
    return effect


def _by_noun(ctx: Context, sentence: Sentence, token: Token) -> list[Loss]:
    lower = token.lower_
    group = sentence.group(token)
    entry = ctx.words.casualty_nouns.get(token.lemma_.lower()) or ctx.words.casualty_nouns.get(
        lower
    )
    if _is_toll(token):
        return _toll(sentence, token)
    if token.lemma_.lower() in NOMINAL and (found := _nominal(sentence, token)):
        return found
    if lower in EFFECT_ADJECTIVES and group is None and token.tag_ != "VBD":
        return _predicate(sentence, token)
    if entry is None or group is None or group.head.i != token.i or group.count is None:
        return []
    effect, _ = entry
    if lower.startswith(("hostage", "captive", "prisoner")) and any(
        t.lemma_.lower() in FREEING for t in (token.head, token.head.head)
    ):
        return []
    if lower in ("lives", "life") and token.head.lemma_ not in ("lose", "loss", "take", "claim"):
        return []
    return [Loss(token, effect, group, f"noun:{lower}")]  # type: ignore[arg-type]


def _toll(sentence: Sentence, token: Token) -> list[Loss]:
    """ "the death toll rose to 84", "put the number of dead at 54": the number reached."""
    for i in range(token.i + 1, min(token.i + 26, sentence.span.end)):
        group = sentence.by_token.get(i)
        before = token.doc[i - 1].lower_
        if group is None or group.start != i or before not in ("to", "at", "as"):
            continue
        if group.count is not None and _moves(sentence, token, i):
            return [Loss(token, _toll_effect(sentence, token), group, "noun:toll")]
    return []


def _moves(sentence: Sentence, token: Token, stop: int) -> bool:
    """Whether a verb near the toll says what number it is given, raised or lowered to."""
    around = token.doc[max(sentence.span.start, token.i - 6) : stop]
    return any(t.lemma_.lower() in TOLL_VERBS for t in around)


def _toll_effect(sentence: Sentence, token: Token) -> Effect:
    around = token.doc[max(sentence.span.start, token.i - 2) : token.i + 5]
    hurt = any(t.lower_ in ("wounded", "injured") for t in around)
    return "wounded" if hurt else "killed"


def _is_toll(token: Token) -> bool:
    """A noun that counts the dead: "toll", "number of people killed", "the dead"."""
    if token.lower_ in TOLL_WORDS:
        return True
    if token.lower_ in ("number", "count", "tally"):
        return any(t.lower_ in COUNTED for t in token.doc[token.i + 1 : token.i + 6])
    before = token.nbor(-1).lower_ if token.i else ""
    return token.lower_ == "dead" and before == "the"


def _nominal(sentence: Sentence, token: Token) -> list[Loss]:
    """ "the killing of two officers", "the deaths of 12 people"."""
    effect = NOMINAL.get(token.lemma_.lower())
    group = sentence.group(token)
    follow = next_phrase(group) if group is not None and group.head.i == token.i else None
    if effect is None or follow is None or follow[0] != "of":
        return []
    return [Loss(token, effect, follow[1], f"nominal:{token.lemma_.lower()}")]


def _modified(group: Group) -> list[Loss]:
    """ "seventeen wounded passengers": harm said in front of the noun."""
    if group.count is None:
        return []
    for token in group.tokens:
        effect = EFFECT_ADJECTIVES.get(token.lower_)
        if effect is not None and token.i < group.head.i:
            return [Loss(token, effect, group, f"modifier:{token.lower_}")]
    return []


def _predicate(sentence: Sentence, token: Token) -> list[Loss]:
    """ "left 12 dead", "10 people dead and 30 others injured"."""
    effect = EFFECT_ADJECTIVES[token.lower_]
    for child in token.children:
        group = sentence.group(child)
        if rel(child) in ("nsubj", "obj") and group is not None:
            return [Loss(token, effect, group, f"adjective:{token.lower_}")]
    group = sentence.by_token.get(token.i - 1)
    if group is not None and group.count is not None:
        return [Loss(token, effect, group, f"adjective:{token.lower_}")]
    return []


def _parts(ctx: Context, loss: Loss) -> list[Loss]:
    """The coordinated victims, and parts of another class: "ten people, including two nuns"."""
    out: list[Loss] = []
    for listed in coordinated(loss.group):
        group = _counted(listed)
        out.append(Loss(loss.token, loss.effect, group, loss.how))
        out += _included(ctx, loss, group)
    return out


def _counted(group: Group) -> Group:
    """ "dozens of villagers", "a total of 12 people": the people, with the number before them."""
    follow = next_phrase(group)
    if follow is None or follow[0] != "of":
        return group
    people = follow[1]
    amount = group.count is not None and group.head.lower_ in group.count.count.as_written.lower()
    if (amount and people.count in (None, group.count)) or (
        group.head.lower_ in ("total", "number") and people.count is not None
    ):
        people.count = people.count or group.count
        return people
    return group


def _included(ctx: Context, loss: Loss, group: Group) -> list[Loss]:
    doc, end = group.head.doc, group.sentence.span.end
    for i in range(group.end, min(group.end + 3, end)):
        if doc[i].lower_ in PARTS:
            inner = next(
                (group.sentence.by_token[j] for j in range(i + 1, min(i + 5, end))
                 if j in group.sentence.by_token),
                None,
            )  # fmt: skip
            if inner is None:
                return []
            whole = _class(ctx, group)
            return [
                Loss(loss.token, loss.effect, part, loss.how + "/part")
                for part in coordinated(inner)
                if _class(ctx, part) not in (whole, None)
            ]
    return []


def _class(ctx: Context, group: Group) -> Victims | None:
    """Class of the people in a group; None if its head is no people."""
    for token in reversed(group.tokens):
        found = ctx.words.victims_of(token.text)
        if found is None and token.i == group.head.i:
            found = ctx.words.casualty_nouns.get(token.lemma_.lower(), ("", None))[1]
            if found is None and group.count is not None and token.pos_ in ("NUM", "ADJ"):
                found = "unknown"
        if found in ("security_forces", "militants", "civilians"):
            return found  # type: ignore[return-value]
        if token.i == group.head.i and found is None:
            break
        if found == "unknown" and token.i == group.head.i:
            return _by_owner(ctx, group)
    if group.actor is not None and group.head.pos_ != "PRON":
        return _by_owner(ctx, group)
    return None


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
    return "unknown"


def _count(group: Group) -> Count | None:
    if group.count is not None:
        return group.count.count
    first = group.head.doc[group.start]
    if first.lower_ in ("a", "an") and not group.plural:
        return Count(1, 1, "exactly", group.text.split()[0])
    if first.lower_ in ("one", "another") and not group.plural:
        return Count(1, 1, "exactly", first.text)
    if first.lower_ == "both":
        return Count(2, 2, "exactly", first.text)
    return None


def _claim(ctx: Context, sentence: Sentence, loss: Loss) -> bool:
    group = loss.group
    real = ctx.reality(sentence, loss.token)
    if real.negated or real.status not in ("occurred", "ongoing"):
        return False
    count, victims = _count(group), _class(ctx, group)
    if victims == "unknown":
        victims = _all_of_them(ctx, group) or victims
    if loss.token.lemma_.lower() == "embrace" and group.head.lower_ in KIN:
        victims = "security_forces"
    listed = loss.how != "noun:toll"
    bare = group.head.lower_ == "others" or group.head.pos_ == "NUM"
    if victims == "unknown" and listed and bare:
        victims = _said_before(ctx, sentence) or victims
    if victims == "unknown" and loss.token.lemma_.lower() == "lose":
        victims = _own_side(ctx, sentence, loss.token)
    if victims is None and loss.how.split("/")[0] in LIVING and group.head.pos_ in NOUNS:
        victims = "unknown"
    if victims is None or group.head.lemma_.lower() in INANIMATE:
        return False
    if count is None:
        count = _implied(group, loss.token.lemma_.lower())
    if count is None:
        return False
    event, carried = about(ctx, sentence, loss.token)
    where, when, missing = _circumstances(ctx, sentence, loss, event)
    voices = _toll_voice(ctx, sentence, loss)
    side = group.actor.actor if group.actor and group.how != "reference" else None
    ctx.add(
        "casualties",
        sentence,
        loss.token,
        method=f"rules/casualties/{loss.how}",
        confidence=0.85 if loss.how.startswith("verb") else 0.7,
        effect=loss.effect,
        count=count,
        victims=victims,
        side=side,
        victims_as_written=group.text,
        where=where,
        when=when,
        event_ref=event.id if event else None,
        carried=missing if carried else (),
        **voices,
    )
    return True


def _toll_voice(ctx: Context, sentence: Sentence, loss: Loss) -> dict[str, Any]:
    """Who raised or lowered a toll says it: "police put the number of dead at 54"."""
    if loss.how != "noun:toll":
        return {}
    verbs = [t for t in sentence.span if t.pos_ == "VERB" and t.lemma_.lower() in TOLL_VERBS]
    near = min(verbs, key=lambda t: abs(t.i - loss.token.i), default=None)
    finite = near is not None and near.tag_ != "VBG"
    frame = verb_frame(sentence, near) if near is not None and finite else None
    own = ctx.speaker(frame.doer) if frame is not None and frame.doer is not None else None
    if own is None:
        return {}
    outer, _ = ctx.voices(sentence, loss.token)
    return {"speakers": (*(s for s in outer if s.name != own.name), own)}


def _own_side(ctx: Context, sentence: Sentence, token: Token) -> Victims:
    """Whose men are lost: "the army lost 23 men"."""
    loser = verb_frame(sentence, token).doer
    actor = loser.actor.actor if loser is not None and loser.actor is not None else None
    if ctx.is_armed(actor):
        return "militants"
    return "security_forces" if ctx.is_state(actor) else "unknown"


def _all_of_them(ctx: Context, group: Group) -> Victims | None:
    """ "eight people, all of them women and children": the class of all."""
    words = group.head.doc[group.end : min(group.end + 4, group.sentence.span.end)]
    if [t.lower_ for t in words][:2] not in ([",", "all"], [",", "both"]):
        return None
    for other in group.sentence.groups:
        if other.start > group.end + 1 and other.head.pos_ in NOUNS:
            return _class(ctx, other)
    return None


def _said_before(ctx: Context, sentence: Sentence) -> Victims | None:
    """Class of the last victims of the sentence: "… soldiers died and ten others were hurt"."""
    start, end = trimmed(sentence)
    earlier = [c for c in ctx.claims if isinstance(c, CasualtiesClaim) and c.start == start]
    return earlier[-1].victims if earlier and earlier[-1].end == end else None


def _implied(group: Group, lemma: str) -> Count | None:
    """A named person or one definite person counts as one; a bare plural gives no number.

    That a named person died says nothing of violence: that is a claim on a position.
    """
    if group.plural or group.head.pos_ == "PRON" or lemma in NATURAL:
        return None
    if group.head.pos_ == "PROPN" and group.how == "person":
        return Count(1, 1, "exactly", group.text)
    named = any(
        e.label_ == "PERSON" and e.start <= group.head.i < e.end for e in group.head.doc.ents
    )
    if group.head.pos_ == "PROPN" and named and f"verb:{lemma}" in LIVING:
        return Count(1, 1, "exactly", group.text)
    if group.head.pos_ == "NOUN" and group.head.tag_ == "NN" and group.definite is False:
        return None
    if group.head.pos_ == "NOUN" and group.head.tag_ == "NN" and len(group.tokens) > 1:
        return Count(1, 1, "exactly", group.text)
    return None


def about(ctx: Context, sentence: Sentence, token: Token) -> tuple[EventClaim | None, bool]:
    """The event that a claim at `token` is about, and whether it stands in another sentence.

    The nearest event of the sentence, else the last one told in the same or the preceding
    paragraph; a report's lead may also tell the toll first and the event in the sentences that
    follow.
    """
    here = [e for e in ctx.events.get(sentence.number, []) if e[1].status in REAL]
    if here:
        nearest = min(here, key=lambda e: (not token.is_ancestor(e[0]), abs(e[0].i - token.i)))
        return nearest[1], False
    last = len(ctx.reading.sentences)
    before = range(sentence.number - 1, max(sentence.number - 7, -1), -1)
    after = range(sentence.number + 1, min(sentence.number + 4, last))
    for number in before:
        other = ctx.reading.sentences[number]
        if sentence.paragraph_number - other.paragraph_number > 2:
            break
        found = [e for e in ctx.events.get(number, []) if e[1].status in REAL]
        if found:
            return found[-1][1], True
    if any(n in ctx.events for n in range(sentence.number)):
        return None, False
    for number in after:
        other = ctx.reading.sentences[number]
        if other.paragraph_number - sentence.paragraph_number > 1:
            break
        found = [e for e in ctx.events.get(number, []) if e[1].status in REAL]
        if found:
            return found[0][1], True
    return None, False


def _circumstances(
    ctx: Context, sentence: Sentence, loss: Loss, event: EventClaim | None
) -> tuple[Where | None, When | None, tuple[str, ...]]:
    """Own time and place, else the event's, and which of them were carried over.

    When a toll rose is not when the people died: a toll has its event's time only.
    """
    where, when = ctx.where(sentence, loss.token), ctx.when(sentence, loss.token)
    if loss.how == "noun:toll":
        when = None
    carried = []
    if event is not None:
        if where is None and event.where is not None:
            where = event.where
            carried.append("where")
        if when is None and event.when is not None:
            when = event.when
            carried.append("when")
    return where, when, tuple(carried)


def of_event(ctx: Context, event: EventClaim) -> list[CasualtiesClaim]:
    """Casualties claims that refer to an event claim."""
    return [c for c in ctx.claims if isinstance(c, CasualtiesClaim) and c.event_ref == event.id]
