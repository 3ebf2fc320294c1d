"""Where a sentence speaks of dead, wounded, captured or displaced people."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.loss_shapes import (
    before_aside,
    both_at_once,
    buried,
    harm_nouns,
    object_alone,
    subject_alone,
)
from contested.extract.kinds.loss_tolls import Loss, is_toll, toll
from contested.extract.reading import OPENING, Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model.terms import Effect

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


FREEING = {"rescue", "free", "release", "recover", "evacuate", "save"}


FINDING = {"find", "discover", "recover", "retrieve", "pull", "unearth", "exhume", "collect"}
"""What is done with bodies where people are found dead."""


def other_effect(loss: Loss, group: Group) -> bool:
    """Whether people listed with others have another harm: "left 11 dead and 26 wounded"."""
    own = EFFECT_ADJECTIVES.get(group.head.lower_)
    if own is None and group.head.lemma_.lower() == "injury":
        own = "wounded"
    if own is None and group.count is not None:
        before = (EFFECT_ADJECTIVES.get(t.lower_) for t in group.tokens if t.i < group.head.i)
        own = next((e for e in before if e is not None), None)
    if own is None and group.head.pos_ == "NUM" and group.end < group.sentence.span.end:
        own = EFFECT_ADJECTIVES.get(group.head.doc[group.end].lower_)
    if own is None and group.count is not None and group.start > group.sentence.span.start:
        before_it = group.head.doc[group.start - 1]
        own = EFFECT_ADJECTIVES.get(before_it.lower_) if _second_verb(group, before_it) else None
    return group is not loss.group and own is not None and own != loss.effect


def by_verb(ctx: Context, sentence: Sentence, token: Token) -> list[Loss]:
    """Harm told by a verb: "killed", "lost their lives", "were sent to hell"."""
    lemma = token.lemma_.lower()
    options = ctx.words.casualty_verbs.get(lemma)
    if options is None and token.lower_ in ("martyred", "neutralised", "neutralized"):
        options = ctx.words.casualty_verbs["martyr"]
    if options is None:
        return []
    beside = _number_before(sentence, token) or _number_behind(sentence, token)
    if beside is not None and options[0][2] == "victim_object" and not options[0][0]:
        return [Loss(token, options[0][1], beside, f"verb:{lemma}")]  # type: ignore[arg-type]
    if not _verbal(token) or _second_of_pair(token):
        return []
    alone = subject_alone(sentence, token)
    if alone is None and _uncounted(sentence, token):
        return []
    frame = verb_frame(sentence, token)
    out: list[Loss] = []
    for needed, effect, shape in options:
        if (needed and not _has(frame, needed)) or _aimed_at(token, effect):
            continue
        group = alone or object_alone(sentence, token) or _victims(frame, shape)
        if group is not None and group.head.i != token.i:
            harm = _dead(token, _joined(token, effect))  # type: ignore[arg-type]
            out.append(Loss(token, harm, group, f"verb:{lemma}"))
            break
    return out


def _dead(token: Token, effect: Effect) -> Effect:
    """ "were captured dead": killed, whatever was done with them."""
    behind = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "dead"
    return "killed" if effect == "captured" and behind else effect


def _second_of_pair(token: Token) -> bool:
    """Whether a participle only joins "dead", which tells of both harms."""
    first = token.head
    return rel(token) == "conj" and first.lower_ == "dead" and both_at_once(first)


def _second_verb(group: Group, token: Token) -> bool:
    """Whether a participle in front of a number is a verb: "killed two and wounded five others"."""
    return token.i > group.sentence.span.start and token.nbor(-1).lower_ == "and"


def _number_behind(sentence: Sentence, token: Token) -> Group | None:
    """The number whose harm a verb tells though it is read as an adjective: "and wounded five"."""
    group = sentence.by_token.get(token.i + 1)
    if group is None or group.start != token.i + 1 or group.count is None:
        return None
    return group if rel(token) == "amod" and _second_verb(group, token) else None


def _number_before(sentence: Sentence, token: Token) -> Group | None:
    """The number or "another" that a participle closes: "12 killed, two guards injured"."""
    if token.i <= sentence.span.start:
        return None
    if (before := before_aside(sentence, token)) is not None and _closed(sentence, token):
        return before if token.lower_ in EFFECT_ADJECTIVES and _bare(token) else None
    group = sentence.by_token.get(token.i - 1)
    if group is None and token.nbor(-1).lower_ == "another":
        group = Group(sentence, token.i - 1, token.i, token.nbor(-1))
    if group is None or (group.count is None and group.head.lower_ != "another"):
        return None
    if group.end != token.i or (group.head.pos_ == "NOUN" and rel(token) == "amod"):
        return None
    if token.lower_ not in EFFECT_ADJECTIVES or token.i + 1 >= sentence.span.end:
        return None
    return group if _closed(sentence, token) else None


def _closed(sentence: Sentence, token: Token) -> bool:
    """Whether a clause ends behind a participle, or goes on with a phrase or a date."""
    if token.i + 1 >= sentence.span.end:
        return False
    after = token.nbor(1)
    closed = after.pos_ in ("PUNCT", "CCONJ", "ADP", "SCONJ") and after.text not in OPENING
    dated = any(after in sentence.tokens_in(t.start, t.end) for t in sentence.times)
    return (closed or dated) and after.lower_ != "by"


def _bare(token: Token) -> bool:
    """Whether a participle stands without an auxiliary, as in a clipped second clause."""
    return not any(rel(c) == "aux" for c in token.children)


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
    if needed == "home":
        return any(t.lower_ in forms and t.nbor(-1).tag_ == "PRP$" for t in _behind(frame.token))
    return bool(forms & (words | near))


def _behind(token: Token) -> list[Token]:
    """The words that follow, as far as they can go with a verb."""
    return list(token.doc[token.i + 1 : min(token.i + 6, token.sent.end)])


def _aimed_at(token: Token, effect: str) -> bool:
    """ "an operation to arrest fifty men": what is meant to be done, not what was.

    Nor is anybody captured who is "detained in hospital".
    """
    if effect == "captured" and any(t.lower_ == "hospital" for t in _behind(token)):
        return True
    meant = any(c.lower_ == "to" and rel(c) == "mark" for c in token.children)
    return meant and effect in ("captured", "missing") and token.tag_ == "VB"


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
    left = token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]
    if token.lemma_.lower() == "leave" and any(both_at_once(t) for t in left if t.lower_ == "dead"):
        return "killed_or_wounded"
    others = {"kill": "killed", "martyr": "killed", "wound": "wounded", "injure": "wounded"}
    near = [t for t in token.children if rel(t) == "conj"] + (
        [token.head] if rel(token) == "conj" else []
    )
    for other in near:
        if others.get(other.lemma_.lower(), effect) != effect and abs(other.i - token.i) == 2:
            return "killed_or_wounded"
    return effect


def by_noun(ctx: Context, sentence: Sentence, token: Token) -> list[Loss]:
    """Harm told by a noun or an adjective: "11 casualties", "the toll rose to 84"."""
    lower = token.lower_
    group = sentence.group(token)
    entry = ctx.words.casualty_nouns.get(token.lemma_.lower()) or ctx.words.casualty_nouns.get(
        lower
    )
    if is_toll(token):
        return toll(sentence, token)
    if group is not None and (alone := _another(group, token)) is not None:
        return [Loss(token, EFFECT_ADJECTIVES[lower], alone, f"adjective:{lower}")]
    if token.lemma_.lower() in harm_nouns() and (found := _nominal(sentence, token)):
        return found
    if token.lemma_.lower() in ("body", "corpse") and (found := _bodies(sentence, token)):
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


def _another(group: Group, token: Token) -> Group | None:
    """The one person of "and another wounded", where the participle is read as a noun."""
    first = group.head.doc[group.start]
    short = group.head.i == token.i and group.end == group.start + 2
    if first.lower_ != "another" or not short or token.lower_ not in EFFECT_ADJECTIVES:
        return None
    return Group(group.sentence, group.start, group.start + 1, first)


def _bodies(sentence: Sentence, token: Token) -> list[Loss]:
    """ "the bodies of nine herders were found": people found dead."""
    group = sentence.group(token)
    follow = next_phrase(group) if group is not None and group.head.i == token.i else None
    if group is None or group.count is not None or follow is None or follow[0] != "of":
        return []
    verb = token.head
    people = follow[1]
    one = people.head.doc[people.start].lower_ in ("a", "an") and not group.plural
    lie = verb.lemma_.lower() in FINDING or buried(token)
    found = lie and (people.count is not None or one)
    return [Loss(token, "killed", follow[1], "nominal:body")] if found else []


def _nominal(sentence: Sentence, token: Token) -> list[Loss]:
    """ "the killing of two officers", "the deaths of 12 people"."""
    effect = harm_nouns().get(token.lemma_.lower())
    group = sentence.group(token)
    follow = next_phrase(group) if group is not None and group.head.i == token.i else None
    if effect is None or follow is None or follow[0] != "of":
        return []
    return [Loss(token, effect, follow[1], f"nominal:{token.lemma_.lower()}")]


def modified(group: Group) -> list[Loss]:
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
    if token.lower_ == "dead" and both_at_once(token):
        effect = "killed_or_wounded"
    alone = subject_alone(sentence, token)
    if alone is not None:
        return [Loss(token, effect, alone, f"adjective:{token.lower_}")]
    if _number_before(sentence, token) is not None:
        return []
    active = token.pos_ == "VERB" and any(rel(child) == "obj" for child in token.children)
    for child in token.children:
        group = sentence.group(child)
        if active and rel(child) == "nsubj":
            continue
        if rel(child) in ("nsubj", "obj") and group is not None:
            return [Loss(token, effect, group, f"adjective:{token.lower_}")]
    group = sentence.by_token.get(token.i - 1)
    if group is not None and group.count is not None:
        return [Loss(token, effect, group, f"adjective:{token.lower_}")]
    return []
