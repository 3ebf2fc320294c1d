"""Whether what a verb of saying governs makes the act: no "threatening the stability"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from contested.extract.clauses import Frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.saying import Act, follows, words
from contested.extract.reading import Group, rel

NO_SPEECH = {"anonymity", "comment", "interview", "clarification", "allegiance", "loyalty",
             "bay'ah", "support"}  # fmt: skip


def about_nothing(frame: Frame) -> bool:
    """ "requested anonymity", "asked for comment": words about the interview itself."""
    groups = [frame.object, *frame.phrases.get("for", [])]
    groups = [g for g in groups if g is not None and g.start > frame.token.i]
    return any(g is not None and g.head.lemma_.lower() in NO_SPEECH for g in groups)


def accepted(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """The act, if what the verb governs fits it: no "threatening the stability"."""
    test = _TESTS.get(entry.frame)
    return entry.act if test is None else test(ctx, frame, entry)


def complement(token: Token) -> Token | None:
    """The clause that completes the verb ("to attack", "that …")."""
    return next((c for c in token.children if rel(c) in ("xcomp", "ccomp") and c.i > token.i), None)


def _threat(ctx: Context, frame: Frame, entry: Act) -> str | None:
    target = frame.phrase("at") if entry.needs else frame.patient
    if _person_object(frame) and not entry.needs:
        return entry.act
    inner = complement(frame.token) or follows(frame.token, frozenset({"to"}), 2)
    if inner is not None and not entry.needs:
        return entry.act
    if target is None:
        return entry.act if frame.phrase("with") or _person_object(frame) else None
    lemma = target.head.lemma_.lower()
    if lemma in ctx.words.nouns or lemma in words().uses["menace"]:
        return entry.act
    living = target.actor is not None and (target.how != "adjective" or target.plural)
    if not entry.needs and (living or target.head.pos_ == "PROPN"):
        return entry.act
    return None


def _person_object(frame: Frame) -> bool:
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < len(frame.token.doc) else None
    return after is not None and after.tag_ == "NNP"


def _vow(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """A vow to attack is a threat; any other a promise."""
    inner = complement(frame.token)
    harm = words().future
    plain = {lemma for lemma, act in harm.items() if act.frame == "plain"}
    if inner is not None and inner.lemma_.lower() in plain | set(ctx.words.verbs):
        return "threatens"
    thing = frame.object.head.lemma_.lower() if frame.object else ""
    return "threatens" if thing in ("revenge", "retaliation", "attack") else entry.act


def _reminder(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    """Only "reminds X that they must" is a warning."""
    rest = {t.lower_ for t in frame.token.subtree if t.i > frame.token.i}
    return entry.act if rest & {"must", "should", "need", "needs", "obligations"} else None


def _refusal(ctx: Context, frame: Frame, entry: Act) -> str | None:
    inner = complement(frame.token)
    if inner is not None or follows(frame.token, frozenset({"to"}), 2):
        return entry.act
    return _claimlike(ctx, frame, entry)


def _claimlike(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    thing = frame.patient
    if thing is None:
        return None
    return entry.act if thing.head.lemma_.lower() in words().uses["claimlike"] else None


def _thing(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    """Reports and proposals are rejected, and truces welcomed; guests are not meant."""
    thing = frame.patient
    if thing is None:
        return entry.act if complement(frame.token) is not None else None
    return None if thing.how == "person" else entry.act


def _denial(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    """To deny a fact, not to deny somebody something."""
    both = [c for c in frame.token.children if rel(c) == "iobj"]
    given = frame.object is not None and frame.object.tokens[0].tag_ == "PRP$"
    if both or (
        behind(frame, "to") and (given or (frame.object is not None and frame.object.has("access")))
    ):
        return None
    return entry.act


def _call(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    after = frame.token.doc[frame.token.i + 1 : frame.token.i + 4]
    if any(t.lower_ in ("off", "itself", "themselves", "out") for t in after[:1]):
        return None
    near = any(t.lower_ in entry.needs for t in after)
    first = bool(after) and after[0].lower_ in entry.needs
    return entry.act if first or (near and frame.object is None) else None


def _request(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    """ "asked X to", "asked for"; a question is none."""
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < len(frame.token.doc) else None
    if after is not None and after.lower_ in ("for", "that"):
        return entry.act
    told_to = follows(frame.token, frozenset({"to", "not"}), 7)
    return entry.act if frame.patient is not None and told_to is not None else None


def _itself(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    after = frame.token.doc[frame.token.i + 1 : frame.token.i + 3]
    return (
        entry.act if any(t.lower_ in ("itself", "themselves", "himself") for t in after) else None
    )


def _infinitive(_ctx: Context, frame: Frame, entry: Act) -> str | None:
    inner = complement(frame.token)
    return entry.act if inner is not None else None


_TESTS: dict[str, Callable[[Context, Frame, Act], str | None]] = {
    "threat": _threat,
    "vow": _vow,
    "reminder": _reminder,
    "refusal": _refusal,
    "claimlike": _claimlike,
    "thing": _thing,
    "denial": _denial,
    "call": _call,
    "request": _request,
    "itself": _itself,
    "infinitive": _infinitive,
}


def behind(frame: Frame, *prepositions: str) -> list[Group]:
    """All groups behind these prepositions that stand right of the verb."""
    found = [g for p in prepositions for g in frame.phrases.get(p, [])]
    return [g for g in found if g.start > frame.token.i]
