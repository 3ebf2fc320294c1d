"""Who is said, or says, to have done it: claimed, denied, blamed, or claimed by nobody."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.blame_words import blame_words
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_nouns import attempted
from contested.extract.kinds.event_words import event_words
from contested.extract.kinds.responsibility_act import add_act, id_of
from contested.extract.kinds.responsibility_blame import (
    behind,
    belongs,
    blame,
    carried_out,
    named,
    suspected,
)
from contested.extract.kinds.responsibility_own import own_deed
from contested.extract.kinds.responsibility_told import held
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.model.terms import ResponsibilityAct, Stance


def responsibility(ctx: Context, sentence: Sentence) -> None:
    """Add the responsibility claims of one sentence to the context."""
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if lemma in blame_words("share") and token.pos_ in ("NOUN", "PROPN"):
            _share(ctx, sentence, token)
        elif lemma in blame_words("blaming") and token.pos_ == "VERB":
            blame(ctx, sentence, token, lemma)
        elif lemma == "claim" and token.pos_ == "VERB":
            _claimed_attack(ctx, sentence, token)
        elif (
            lemma in blame_words("denying")
            and token.pos_ == "VERB"
            and _denied_deed(ctx, sentence, token)
        ):
            continue
        elif lemma == "suspect" and token.pos_ == "VERB" and token.tag_ != "VBN":
            blame(ctx, sentence, token, lemma)
        elif lemma in event_words("carrier") and token.tag_ == "VBN":
            carried_out(ctx, sentence, token)
        elif token.lower_ == "behind" and rel(token) == "case":
            behind(ctx, sentence, token)
        elif token.lower_ == "suspected":
            suspected(ctx, sentence, token)
        elif token.lower_ in blame_words("doer"):
            belongs(ctx, sentence, token)
    if not any(c.kind == "responsibility" for c in ctx.told(sentence)):
        for one in held(ctx, sentence):
            stance: Stance | None = "alleges" if one.act == "is_blamed" else None
            add_act(
                ctx,
                sentence,
                one.token,
                one.act,
                one.group,
                speakers=one.by,
                stance=stance,
            )
    if not any(c.kind == "responsibility" for c in ctx.told(sentence)):
        own_deed(ctx, sentence)


def _share(ctx: Context, sentence: Sentence, token: Token) -> None:
    """ "claimed responsibility for", "denied involvement in", "no group has claimed"."""
    head = token.head
    for _ in range(3):
        if head.pos_ == "VERB" and head.lemma_.lower() in blame_words("claiming") | blame_words(
            "denying"
        ):
            break
        head = head.head
    if head.lemma_.lower() not in blame_words("claiming") | blame_words("denying"):
        left = sentence.span.doc[max(sentence.span.start, token.i - 6) : token.i]
        head = next(
            (
                t
                for t in reversed(left)
                if t.lemma_.lower() in blame_words("claiming") | blame_words("denying")
            ),
            head,
        )
    if token.head.lemma_ == "claim" and token.head.pos_ == "NOUN":
        if _nobody_before(sentence, token):
            add_act(ctx, sentence, token, "unclaimed", None, speakers=None)
        return
    lemma = head.lemma_.lower()
    if lemma not in blame_words("claiming") | blame_words("denying") or head.tag_.startswith("NN"):
        return
    if lemma in blame_words("claiming") and token.lemma_.lower() in ("role", "hand", "involvement"):
        return
    frame = verb_frame(sentence, head)
    subject = frame.doer
    real = ctx.reality(sentence, head)
    if real.status not in ("occurred", "ongoing"):
        return
    nobody = subject is not None and subject.has(*blame_words("nobody"))
    act: ResponsibilityAct = "denies" if lemma in blame_words("denying") else "claims"
    if lemma in blame_words("claiming") and (
        nobody or real.negated or _nobody_before(sentence, head)
    ):
        add_act(ctx, sentence, head, "unclaimed", None, speakers=None)
        return
    if real.negated or subject is None:
        return
    of = (_owner(ctx, sentence, token) if act == "denies" else None) or id_of(subject)
    add_act(ctx, sentence, head, act, subject, speakers=subject, reported=of)


def _owner(ctx: Context, sentence: Sentence, token: Token) -> str | None:
    """Whose involvement it is: "denied the TTP's involvement", "the involvement of the TTP"."""
    own = sentence.group(token)
    for mention in sentence.actors:
        inside = sentence.tokens_in(mention.start, mention.end)
        if own is not None and inside and all(own.start <= t.i < token.i for t in inside):
            return ctx.actor_id(mention.ref)
    follow = next_phrase(own) if own is not None else None
    return id_of(follow[1]) if follow is not None and follow[0] == "of" else None


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
        add_act(ctx, sentence, token, "denies", denier, speakers=denier, reported=id_of(denier))
        return True
    deed = next((t for t in after if t.lower_ in blame_words("deed")), None)
    if deed is None or any(t.lemma_.lower() in blame_words("share") for t in after):
        return False
    named = [
        g for g in sentence.groups
        if token.i < g.start < deed.i and (g.actor is not None or g.head.pos_ == "PRON")
    ]  # fmt: skip
    accused = next((g for g in named if g.actor is not None), denier)
    add_act(ctx, sentence, token, "denies", accused, speakers=denier, reported=id_of(accused))
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
    doer = named(frame.doer)
    if patient is None or doer is None or patient.head.lemma_.lower() in blame_words("share"):
        return
    if any(rel(c) == "ccomp" for c in token.children) or _says_more(token):
        return
    happened = (
        patient.head.lemma_.lower() in ctx.words.nouns or attempted(ctx, patient.head) is not None
    )
    if not happened and not patient.has("incident"):
        return
    if doer.has(*blame_words("nobody")) or doer.head.lower_ in blame_words("nobody"):
        add_act(ctx, sentence, token, "unclaimed", None, speakers=None)
        return
    armed = ctx.is_armed(doer.actor.actor if doer.actor else None)
    if not armed and not (doer.head.lower_ in GROUP_WORDS and not ctx.is_state(id_of(doer))):
        return
    if not ctx.reality(sentence, token).negated:
        add_act(ctx, sentence, token, "claims", doer, speakers=doer)


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
