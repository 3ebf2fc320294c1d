"""What one sentence tells twice: "killed nine in an attack", "shelled a town, killing two"."""

from __future__ import annotations

from contested.extract.kinds.context import Context, same_happening
from contested.extract.kinds.event_thread import rivals
from contested.extract.kinds.event_words import Found, event_words
from contested.extract.reading import rel

VIOLENT = "attack"
"""The branch of the codebook whose happenings kill."""
GENERIC = {"attack", "armed_attack", "military_operation", "explosion"}
"""Types that say no more than that there was violence."""


def without_echoes(ctx: Context, found: list[Found]) -> list[Found]:
    """Drop a trigger that only repeats another of the sentence in other words."""
    out: list[Found] = []
    for one in found:
        twin = next((o for o in out if _echo(ctx, o, one)), None)
        if twin is None:
            out.append(one)
            continue
        depth = len(ctx.world.type_path(one.type)) > len(ctx.world.type_path(twin.type))
        burnt = one.type == "arson" and one.frame.token.tag_ == "VBG"
        plain = _bare_killing(ctx, twin) and one.type not in GENERIC
        twin.type = one.type if (depth or plain) and not burnt else twin.type
        twin.echoes = (*twin.echoes, one.token)
        twin.initiators = twin.initiators or one.initiators
        twin.targets = twin.targets or one.targets
        twin.weapons = tuple(dict.fromkeys(twin.weapons + one.weapons))
    return out


def _echo(ctx: Context, one: Found, other: Found) -> bool:
    if _by_that(ctx, one, other) or _in_that(ctx, one, other) or _of_that(one, other):
        return True
    if _in_passing(one, other):
        return True
    path, other_path = ctx.world.type_path(one.type), ctx.world.type_path(other.type)
    if not same_happening(path, other_path) and not (
        one.type == "explosion" or other.type == "explosion"
    ):
        return False
    linked = other.token.head.i == one.token.i or one.token.head.i == other.token.i
    nouns = one.how.startswith("noun") and other.how.startswith("noun")
    if nouns and "conj" in (rel(one.token), rel(other.token)):
        return False
    mine = {r.actor for r in one.initiators if r.actor}
    theirs = {r.actor for r in other.initiators if r.actor}
    conflict = bool(mine and theirs and not mine & theirs)
    if conflict or _marked_apart(one) or _marked_apart(other):
        return False
    return linked or one.type == other.type


def _by_that(ctx: Context, one: Found, other: Found) -> bool:
    """Whether the second is only the killing that the first did: "shelled a town, killing nine"."""
    token = other.token
    hung = rel(token) in ("advcl", "acl", "conj", "xcomp")
    harming = other.how.removeprefix("verb:") in ctx.words.casualty_verbs
    killing = token.tag_ == "VBG" and harming and hung and other.type != "kidnapping"
    if not killing or one.token.i > token.i:
        return False
    return one.token.is_ancestor(token) or one.token.head.i == token.head.i


def _bare_killing(ctx: Context, one: Found) -> bool:
    """Whether a verb says only that somebody was killed, and not how: "killed", "left dead"."""
    lemma = one.how.removeprefix("verb:")
    return lemma in ctx.words.casualty_verbs and lemma not in ctx.words.verbs


def _in_that(ctx: Context, one: Found, other: Found) -> bool:
    """Whether the killing told first was done in the second: "killed nine in a missile attack".

    Also in a clause of time whose doer is the same: "killed nine when they attacked a post".
    """
    bare = _bare_killing(ctx, one) or (other.type in GENERIC and one.how.startswith("verb"))
    if not bare or not _violent(ctx, other) or _marked_apart(other):
        return False
    if rivals(ctx, one.initiators, other.initiators):
        return False
    token = other.token
    if other.how.startswith("noun"):
        led = any(c.lower_ in event_words("within") for c in token.children if rel(c) == "case")
        return led and rel(token) in ("obl", "nmod") and one.token.is_ancestor(token)
    timed = any(c.lower_ in ("when", "as", "while") for c in token.children)
    subject = other.frame.subject
    again = subject is None or subject.head.pos_ == "PRON" or _same_words(one, other)
    return timed and rel(token) == "advcl" and again and one.token.is_ancestor(token)


def _same_words(one: Found, other: Found) -> bool:
    ours = {r.as_written.lower().split()[-1] for r in one.initiators}
    return any(r.as_written.lower().split()[-1] in ours for r in other.initiators)


def _of_that(one: Found, other: Found) -> bool:
    """Whether a clause says of a happening whom it struck: "a strike that targeted a school"."""
    token = other.token
    clause = token.dep_.startswith("acl") and token.tag_ != "VBN"
    struck = other.how.removeprefix("verb:") in event_words("harming") | {"strike"}
    return clause and struck and token.head.i == one.token.i and one.how.startswith("noun")


def _violent(ctx: Context, one: Found) -> bool:
    return VIOLENT in ctx.world.type_path(one.type) or one.type in GENERIC


def _in_passing(one: Found, other: Found) -> bool:
    """ "burned and looted shops": who plunders while he attacks does one thing."""
    joined = rel(other.token) == "conj" and other.token.head.i == one.token.i
    attacked = one.type not in ("seizure", "arrest")
    return other.type == "looting" and joined and attacked and not other.targets[1:]


def _marked_apart(found: Found) -> bool:
    """ "another blast", "a second attack": not the one just told."""
    group = found.frame.sentence.group(found.token)
    return group is not None and group.has(*event_words("apart"))
