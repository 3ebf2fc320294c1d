"""Roles that no rule found, from what the pipeline marks in the same sentence.

A pipeline that reads roles over whole passages (`contested.language.happenings`) marks who did
it, who and what was struck, and with what. Where the rules leave a role of an act of violence
empty, a mention that is likely enough fills it, in words that stand in the claim's own passage.
Nothing is asked where doer and struck are known, or nothing is told to have happened.
Nothing is filled in a sentence that tells of several acts, since a mention does not say of which.
The look over the passage is costly: it is spared where the look at the paragraph, by which the
sentence was parsed, gives no word of the sentence a chance in what is left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import Found
from contested.extract.reading import Group, Sentence
from contested.language import ROLES
from contested.language.happenings import RoleMention
from contested.model import ActorRef

VIOLENT = {"attack", "hostage_taking", "explosion"}
"""Types of the codebook whose kinds have a doer and somebody or something struck."""
LIKELY = {
    "individual": 0.5, "organisation": 0.6, "target": 0.5, "victim": 0.7, "weapon": 0.5,
}  # fmt: skip
"""How likely a mention has to be to fill a role."""
HINT = 0.15
"""A role that no word of the sentence fills by so much of a chance, seen in its paragraph alone, is
not sought in the passage. Of 79 roles that were filled so one was lost, for half of the looks."""
DOERS, STRUCK = ("individual", "organisation"), ("target", "victim")


def fill_marked(ctx: Context, sentence: Sentence, told: Sequence[Found]) -> None:
    """Fill the empty roles of a sentence's one act of violence from what is marked there."""
    if len(told) != 1 or not _violent(ctx, told[0]):
        return
    one = told[0]
    real = ctx.reality(sentence, one.token)
    untold = real.negated or real.generic or real.status == "hypothetical"
    if (one.initiators and one.targets) or untold or not _hinted(sentence, one):
        return
    marks = [m for m in ctx.marks(sentence) if m.chance >= LIKELY.get(m.role, 1.0)]
    used: list[float] = []
    if not one.initiators:
        doers = [m for m in marks if m.role in DOERS and not _struck_too(m, marks)]
        one.initiators, chances = _refs(ctx, sentence, doers, one)
        used += chances
    if not one.targets:
        one.targets, chances = _refs(ctx, sentence, [m for m in marks if m.role in STRUCK], one)
        used += chances
    if not one.weapons:
        found = [m for m in marks if m.role == "weapon"]
        one.weapons = tuple(dict.fromkeys(w for m in found for w in _weapon(ctx, sentence, m)))
        used += [m.chance for m in found if one.weapons]
    if used:
        one.marked = min(used)


def _violent(ctx: Context, one: Found) -> bool:
    return bool(VIOLENT & set(ctx.world.type_path(one.type)))


def _hinted(sentence: Sentence, one: Found) -> bool:
    """Whether a word of the sentence may fill a role of the act that is empty."""
    chances = sentence.span.doc.user_data.get(ROLES)
    if chances is None:
        return True
    empty = [
        *(DOERS if not one.initiators else ()),
        *(STRUCK if not one.targets else ()),
        *(("weapon",) if not one.weapons else ()),
    ]
    start, end = sentence.span.start, sentence.span.end
    return any(chances[role][start:end].max() >= HINT for role in empty if role in chances)


def _struck_too(mention: RoleMention, marks: Sequence[RoleMention]) -> bool:
    return any(m.role in STRUCK and m.start < mention.end and mention.start < m.end for m in marks)


def _refs(
    ctx: Context, sentence: Sentence, marks: Sequence[RoleMention], one: Found
) -> tuple[tuple[ActorRef, ...], list[float]]:
    """The actors that marked words stand for, each once, and how likely the marks are.

    Nobody who has another part in the act, or who only says it, is taken.
    """
    taken = {r.as_written for r in one.initiators + one.targets}
    actors = {r.actor for r in one.initiators + one.targets if r.actor}
    speakers = {s.name for s in ctx.voices(sentence, one.token)[0]}
    refs: list[ActorRef] = []
    chances: list[float] = []
    for mark in marks:
        ref = _ref(ctx, sentence, mark)
        told = taken | speakers
        again = any(ref.as_written in words or words in ref.as_written for words in told)
        if again or ref.actor in actors or _driven(sentence, mark):
            continue
        taken.add(ref.as_written)
        if ref.actor:
            actors.add(ref.actor)
        refs.append(ref)
        chances.append(mark.chance)
    return tuple(refs), chances


def _driven(sentence: Sentence, mark: RoleMention) -> bool:
    """ "rammed a truck into the post": what goes into something is the means."""
    return sentence.report.text[mark.end : mark.end + 6].lower().split() == ["into"]


def _ref(ctx: Context, sentence: Sentence, mark: RoleMention) -> ActorRef:
    """The marked words with the actor that is named in them, if one is."""
    words = sentence.report.text[max(mark.start, sentence.start) : min(mark.end, sentence.end)]
    for found in sentence.actors:
        inside = found.start < mark.end and mark.start < found.end
        if inside and found.how != "outlet":
            return ActorRef(ctx.actor_id(found.ref), words)
    for group in _groups(sentence, mark):
        if group.actor is not None:
            return ActorRef(group.actor.actor, words)
    return ActorRef(None, words)


def _groups(sentence: Sentence, mark: RoleMention) -> Iterator[Group]:
    seen: set[int] = set()
    for token in sentence.tokens_in(mark.start, mark.end):
        group = sentence.group(token)
        if group is not None and id(group) not in seen:
            seen.add(id(group))
            yield group


def _weapon(ctx: Context, sentence: Sentence, mark: RoleMention) -> Iterator[str]:
    tokens = sentence.tokens_in(mark.start, mark.end)
    words = f" {' '.join(t.lemma_.lower() for t in tokens)} {' '.join(t.lower_ for t in tokens)} "
    for word, (weapon, _) in ctx.words.weapons.items():
        if f" {word} " in words:
            yield weapon
