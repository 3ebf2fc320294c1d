"""Who is said, or says, to have done it: claimed, denied, blamed, or claimed by nobody."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.about import about, told_before
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.kinds.responsibility_told import held
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.model import EventClaim, Speaker
from contested.model.terms import ResponsibilityAct, Stance

CLAIMING = {"claim", "take", "accept", "assume", "acknowledge"}
DENYING = {"deny", "reject", "disown", "disavow", "distance"}
BLAMING = {"blame", "accuse", "attribute", "pin"}
SHARE = {"responsibility", "involvement", "role", "hand", "credit"}
DEEDS = {"behind", "involved", "responsible", "perpetrated", "orchestrated"}
NOBODY = {"no", "none", "nobody", "neither"}
FIRST_PERSON = {"our", "we", "my"}
QUOTES = {'"', "'", "“", "”", "‘", "’", "«", "»", ",", "("}
DOERS = {"shooter", "attacker", "gunman", "bomber", "assailant", "perpetrator", "attackers",
         "gunmen", "assailants", "perpetrators", "suspect", "suspects"}  # fmt: skip
OPEN_QUESTION = {
    "not",
    "n't",
    "never",
    "no",
    "whether",
    "if",
    "unclear",
    "unknown",
    "neither",
    "nor",
}
BELONGING = {
    "part",
    "member",
    "members",
    "supportive",
    "affiliated",
    "linked",
    "belong",
    "belonged",
}


def responsibility(ctx: Context, sentence: Sentence) -> None:
    """Add the responsibility claims of one sentence to the context."""
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if lemma in SHARE and token.pos_ in ("NOUN", "PROPN"):
            _share(ctx, sentence, token)
        elif lemma in BLAMING and token.pos_ == "VERB":
            _blame(ctx, sentence, token, lemma)
        elif lemma == "claim" and token.pos_ == "VERB":
            _claimed_attack(ctx, sentence, token)
        elif lemma in DENYING and token.pos_ == "VERB" and _denied_deed(ctx, sentence, token):
            continue
        elif lemma == "suspect" and token.pos_ == "VERB" and token.tag_ != "VBN":
            _blame(ctx, sentence, token, lemma)
        elif lemma in event_words("carrier") and token.tag_ == "VBN":
            _carried_out(ctx, sentence, token)
        elif token.lower_ == "suspected":
            _suspected(ctx, sentence, token)
        elif token.lower_ in DOERS:
            _belongs(ctx, sentence, token)
    if not any(c.kind == "responsibility" for c in ctx.told(sentence)):
        for one in held(ctx, sentence):
            stance: Stance | None = "alleges" if one.act == "is_blamed" else None
            _add(ctx, sentence, one.token, one.act, one.group, speakers=one.by, stance=stance,
                 reported=one.reported)  # fmt: skip
    if not any(c.kind == "responsibility" for c in ctx.told(sentence)):
        _own_deed(ctx, sentence)


def _carried_out(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "the raid was carried out by X", "is believed to have been carried out by X": blamed on X.

    Not where the words are the group's own, nor of a deed that is doubted.
    """
    if not any(t.pos_ == "AUX" for t in token.children) or ctx.reality(sentence, token).negated:
        return
    frame = verb_frame(sentence, token)
    agent = frame.agent or frame.phrase("by")
    deeds = ctx.events.get(sentence.number, [])
    if agent is None or not ctx.is_armed(_id(agent)):
        return
    if not deeds and not _names_it(ctx, frame, about(ctx, sentence, token, lead=True)[0]):
        return
    line = ctx.world.ancestors(_id(agent) or "")
    chain, _ = ctx.voices(sentence, token)
    if any(s.actor in line for s in chain):
        return
    if ctx.reality(sentence, token).status in ("occurred", "ongoing"):
        _add(ctx, sentence, token, "is_blamed", agent, speakers=None, stance="alleges")


def _names_it(ctx: Context, frame: Frame, told: EventClaim | None) -> bool:
    """Whether a verb's patient takes up a happening told before: "the attack was carried out"."""
    patient = frame.patient
    if told is None or patient is None or not patient.definite:
        return False
    return patient.head.lemma_.lower() in ctx.words.nouns or patient.has("incident")


def _share(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "claimed responsibility for", "denied involvement in", "no group has claimed"."""
    head = token.head
    for _ in range(3):
        if head.pos_ == "VERB" and head.lemma_.lower() in CLAIMING | DENYING:
            break
        head = head.head
    if head.lemma_.lower() not in CLAIMING | DENYING:
        left = sentence.span.doc[max(sentence.span.start, token.i - 6) : token.i]
        head = next((t for t in reversed(left) if t.lemma_.lower() in CLAIMING | DENYING), head)
    if token.head.lemma_ == "claim" and token.head.pos_ == "NOUN":
        if _nobody_before(sentence, token):
            _add(ctx, sentence, token, "unclaimed", None, speakers=None)
        return
    lemma = head.lemma_.lower()
    if lemma not in CLAIMING | DENYING or head.tag_.startswith("NN"):
        return
    if lemma in CLAIMING and token.lemma_.lower() in ("role", "hand", "involvement"):
        return
    frame = verb_frame(sentence, head)
    subject = frame.doer
    real = ctx.reality(sentence, head)
    if real.status not in ("occurred", "ongoing"):
        return
    nobody = subject is not None and subject.has(*NOBODY)
    act: ResponsibilityAct = "denies" if lemma in DENYING else "claims"
    if lemma in CLAIMING and (nobody or real.negated or _nobody_before(sentence, head)):
        _add(ctx, sentence, head, "unclaimed", None, speakers=None)
        return
    if real.negated or subject is None:
        return
    of = (_owner(ctx, sentence, token) if act == "denies" else None) or _id(subject)
    _add(ctx, sentence, head, act, subject, speakers=subject, reported=of)


def _owner(ctx: Context, sentence: Sentence, token: Token) -> str | None:
    """Whose involvement it is: "denied the TTP's involvement", "the involvement of the TTP"."""
    own = sentence.group(token)
    for mention in sentence.actors:
        inside = sentence.tokens_in(mention.start, mention.end)
        if own is not None and inside and all(own.start <= t.i < token.i for t in inside):
            return ctx.actor_id(mention.ref)
    follow = next_phrase(own) if own is not None else None
    return _id(follow[1]) if follow is not None and follow[0] == "of" else None


def _denied_deed(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """ "denied that the group was behind the blast", "distanced itself from the attack".

    Whose deed is denied is not always who denies it: a government that denies that a group did
    something speaks of the group.
    """
    denier = verb_frame(sentence, token).doer
    if denier is None or ctx.reality(sentence, token).negated:
        return False
    after = [t for t in sentence.span if token.i < t.i <= token.i + 14]
    if token.lemma_.lower() == "distance":
        if not any(t.lower_ in ("itself", "themselves", "himself") for t in after[:2]):
            return False
        _add(ctx, sentence, token, "denies", denier, speakers=denier, reported=_id(denier))
        return True
    deed = next((t for t in after if t.lower_ in DEEDS), None)
    if deed is None or any(t.lemma_.lower() in SHARE for t in after):
        return False
    named = [
        g for g in sentence.groups
        if token.i < g.start < deed.i and (g.actor is not None or g.head.pos_ == "PRON")
    ]  # fmt: skip
    accused = next((g for g in named if g.actor is not None), denier)
    _add(ctx, sentence, token, "denies", accused, speakers=denier, reported=_id(accused))
    return True


def _nobody_before(sentence: Sentence, token: Token) -> bool:
    words = [t.lower_ for t in sentence.span if token.i - 6 <= t.i < token.i]
    return any(a in ("no", "none") for a in words) and any(
        w in ("one", "group", "organisation", "organization", "outfit", "immediate", "of")
        for w in words
    )


def _claimed_attack(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "the attack was claimed by X", "X claimed the attack", "nobody has claimed it"."""
    frame = verb_frame(sentence, token)
    patient = frame.patient or _claimed_thing(ctx, sentence, token)
    doer = _named(frame.doer)
    if patient is None or doer is None or patient.head.lemma_.lower() in SHARE:
        return
    if any(rel(c) == "ccomp" for c in token.children) or _says_more(token):
        return
    tried = patient.head.lower_ == "attempt" and patient.head.nbor(-1).lower_ in ctx.words.nouns
    happened = patient.head.lemma_.lower() in ctx.words.nouns or tried
    if not happened and not patient.has("incident"):
        return
    if doer.has(*NOBODY) or doer.head.lower_ in NOBODY:
        _add(ctx, sentence, token, "unclaimed", None, speakers=None)
        return
    armed = ctx.is_armed(doer.actor.actor if doer.actor else None)
    if not armed and not (doer.head.lower_ in GROUP_WORDS and not ctx.is_state(_id(doer))):
        return
    if not ctx.reality(sentence, token).negated:
        _add(ctx, sentence, token, "claims", doer, speakers=doer)


def _says_more(token: Token) -> bool:
    """ "which officials claim was carried out by others": a claim on others, not one's own."""
    following = token.doc[token.i + 1 : token.i + 3]
    return any(t.pos_ == "AUX" for t in following)


def _claimed_thing(ctx: Context, sentence: Sentence, token: Token) -> Group | None:
    """The happening a few words on: "claimed on Monday the bombing that …"."""
    for group in sentence.groups:
        if token.i < group.start < token.i + 8 and group.head.lemma_.lower() in ctx.words.nouns:
            return group
    return None


def _id(group: Group) -> str | None:
    return group.actor.actor if group.actor else None


def _own_deed(ctx: Context, sentence: Sentence) -> None:
    """An armed group that tells of its own attack claims it, whatever verb it uses."""
    for token, event in ctx.events.get(sentence.number, []):
        voice = event.voice
        if voice is None or not ctx.is_armed(voice.actor) or event.status != "occurred":
            continue
        line = ctx.world.ancestors(voice.actor or "")
        mine = [r for r in event.initiators if (r.actor and (
            r.actor in line or line[0] in ctx.world.ancestors(r.actor)
        )) or (r.actor is None and r.as_written.split()[0].lower() in FIRST_PERSON)]  # fmt: skip
        if not mine or event.stance == "denies" or not _speaks(ctx, sentence, token, event):
            continue
        ctx.add(
            "responsibility",
            sentence,
            token,
            method="rules/responsibility/own-deed",
            act="claims",
            actor=mine[0].actor or voice.actor,
            actor_as_written=mine[0].as_written,
            where=event.where,
            when=event.when,
            event_ref=event.id,
        )


def _speaks(ctx: Context, sentence: Sentence, token: Token, event: EventClaim) -> bool:
    """Whether the group itself is heard in the words of its deed.

    Being the subject of the deed is no speech: in "The rebels attacked a town, said a statement
    by a relief committee" nobody claims anything. Nor is a voice that was only found for an "it"
    or "they" whose deed is told of nameless fighters.
    """
    voice = event.voice
    if voice is None:
        return False
    own = ctx.world.ancestors(voice.actor or "")
    frame = verb_frame(sentence, token)
    doer = frame.doer
    if doer is None or doer.text != voice.name:
        return True
    for group in sentence.groups:
        if group is doer or group.actor is None or group.actor.actor is None:
            continue
        above = group.head.head
        says = above.pos_ == "VERB" and above.lemma_.lower() in ctx.words.reporting
        if group.actor.actor in own and says and rel(group.head) in ("nsubj", "obl", "nmod"):
            return True
    return False


def _blame(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> None:
    frame = verb_frame(sentence, token)
    if ctx.reality(sentence, token).negated:
        return
    blamed = frame.phrase("on", "to") if lemma in ("attribute", "pin") else None
    if lemma == "blame":
        upon = [g for g in frame.phrases.get("on", []) if g.actor]
        blamed = upon[0] if upon else frame.patient
    if lemma in ("accuse", "suspect"):
        blamed = frame.patient
    if lemma == "suspect":
        if blamed is None or not ctx.is_armed(_id(blamed)):
            return
        _add(ctx, sentence, token, "is_blamed", blamed, speakers=frame.doer, stance="alleges")
        return
    if not (_of_violence(ctx, frame) or sentence.number in ctx.events):
        return
    blamed = _named(blamed)
    if blamed is None or blamed.actor is None:
        return
    _add(ctx, sentence, token, "is_blamed", blamed, speakers=frame.doer, stance="alleges")


def _named(group: Group | None) -> Group | None:
    """The name that stands beside a description: 'blamed "the terrorist group" X'."""
    if group is None or group.actor is not None:
        return group
    doc, end = group.head.doc, group.sentence.span.end
    for i in range(group.end, min(group.end + 3, end)):
        other = group.sentence.by_token.get(i)
        if other is not None:
            return other if other.actor is not None and other.how in ("name", "acronym") else group
        if doc[i].text not in QUOTES:
            return group
    return group


def _of_violence(ctx: Context, frame: Frame) -> bool:
    """Whether the accusation is of a happening, not of words or of support."""
    tail = list(frame.token.subtree)
    return any(
        t.lemma_.lower() in ctx.words.nouns or t.lemma_.lower() in ctx.words.verbs
        for t in tail
        if t.i > frame.token.i
    )


def _belongs(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "the attacker was a member of the group": who is behind it, if the sentence says so.

    Nothing is blamed where it is denied or open ("was not", "whether"), nor on a group that
    only stands later in the sentence.
    """
    words = {t.lower_ for t in sentence.span}
    if rel(token) not in ("nsubj", "csubj") or words & OPEN_QUESTION:
        return
    doc = sentence.span.doc
    for word in sentence.span:
        if word.i < token.i or word.lower_ not in BELONGING:
            continue
        for group in sentence.groups:
            between = doc[word.i + 1 : group.start] if group.start > word.i else None
            apart = between is None or any(
                t.pos_ == "VERB" or t.lower_ in ("that", "which", "who", "whom") for t in between
            )
            if apart or between is None or len(between) > 6:
                continue
            if group.actor and ctx.is_armed(group.actor.actor):
                _add(ctx, sentence, token, "is_blamed", group, speakers=None, stance="alleges")
                return


def _suspected(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "suspected TTP militants": blamed by whoever tells it."""
    group = sentence.by_token.get(token.i) or sentence.by_token.get(token.i + 1)
    if group is None or group.actor is None or not ctx.is_armed(group.actor.actor):
        return
    if ctx.events.get(sentence.number):
        _add(ctx, sentence, token, "is_blamed", group, speakers=None, stance="alleges")


def _heard(ctx: Context, sentence: Sentence, source: Group) -> Speaker | None:
    """Who a noun group was found to be as a voice: "the group" that accuses is not the accused."""
    for voice in ctx.attributions[sentence.number].all():
        if voice.source is source and voice.speakers:
            return voice.speakers[-1]
    return None


def _add(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    act: ResponsibilityAct,
    actor: Group | None,
    *,
    speakers: Group | None,
    stance: Stance | None = None,
    reported: str | None = None,
) -> None:
    outer, said = ctx.voices(sentence, token)
    chain = outer
    if speakers is not None:
        own = _heard(ctx, sentence, speakers) or ctx.speaker(speakers)
        if own is not None and all(s.name != own.name for s in outer):
            chain = (*outer, own)
    event, carried = about(ctx, sentence, token, lead=True)
    if event is not None and event.stance == "denies":
        earlier = told_before(ctx, sentence, event)
        event, carried = earlier or event, carried or earlier is not None
    ctx.add(
        "responsibility",
        sentence,
        token,
        method="rules/responsibility",
        act=act,
        actor=reported or (actor.actor.actor if actor and actor.actor else None),
        actor_as_written=actor.text if actor else "",
        speakers=chain,
        stance=stance or ("denies" if act == "denies" else said),
        where=event.where if event else None,
        when=event.when if event else None,
        event_ref=event.id if event else None,
        carried=("where", "when") if carried else (),
    )
