"""How `best` is derived: one function a rule of `contested.model.rules`, with its reason in words.

A rule sees every figure of a toll that is no part of another and that nobody only denies, with
its voice, side, day, stance, letter and what people set. A further rule is a row there and a
function here under `derives`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from contested.model.rules import RULES, check_rule
from contested.reconcile.figures import Given
from contested.reconcile.party_bias import estimate
from contested.reconcile.scene import Scene


class Ruling(NamedTuple):
    """What a rule says: `best` and why; its own ends where it has any."""

    best: int | None
    because: str
    low: int | None = None
    high: int | None = None
    interval: tuple[int, int] | None = None


Derive = Callable[[Sequence[Given], Scene], Ruling]
_DERIVE: dict[str, Derive] = {}
NOBODY = Ruling(None, "No voice asserts or alleges a number.")
ORDER = "ABCFDE"
"""From the most to the least reliable; what cannot be judged stands before what is judged bad."""


def derives(name: str) -> Callable[[Derive], Derive]:
    """Makes a function the rule of that name. Raises UsageError if no rule is called so."""
    check_rule(name)

    def add(function: Derive) -> Derive:
        _DERIVE[name] = function
        return function

    return add


def rule(name: str) -> Derive:
    """The function of a rule. Raises UsageError, which names the choices."""
    return _DERIVE[check_rule(name)]


def missing() -> set[str]:
    """Rules that are described and have no function, or the other way round: none."""
    return set(RULES) ^ set(_DERIVE)


@derives("lowest_credible")
def lowest_credible(figures: Sequence[Given], _: Scene) -> Ruling:
    """The lowest of what each origin asserts last; alleged figures only if nothing is asserted."""
    credible = [g for g in figures if not _discredited(g)]
    chosen = _by_stance(credible)
    if not chosen:
        return NOBODY
    best = min(chosen, key=_lowest_first)
    because = (
        f"the lowest of {_origins(chosen)}" if len(chosen) > 1 else f"the figure of {best.voice}"
    )
    return Ruling(best.low, because + _aside(figures, chosen))


@derives("ucdp")
def ucdp(figures: Sequence[Given], _: Scene) -> Ruling:
    """The most reliable voice's figure by letter; among equals the lower."""
    known = _known(figures)
    chosen = _by_stance(known)
    if not chosen:
        return NOBODY
    top = min((ORDER.index(g.figure.reliability) for g in chosen), default=0)
    best_ones = [g for g in chosen if ORDER.index(g.figure.reliability) == top]
    best = min(best_ones, key=_lowest_first)
    letter = best.figure.reliability
    if len(best_ones) == 1 and len(chosen) > 1:
        because = f"{best.voice}, the most reliable voice ({letter})"
    elif len(best_ones) > 1:
        because = f"the lower of {_origins(best_ones)} that are equally reliable ({letter})"
    else:
        because = f"the figure of {best.voice} ({letter})"
    reliable = [g for g in known if g.figure.reliability not in "DE"] or known
    return Ruling(
        best.low,
        because + _aside(figures, chosen),
        low=min([g.low for g in reliable] + [best.low]),
        high=max([_top(g) for g in reliable] + [best.low]),
    )


@derives("latest")
def latest(figures: Sequence[Given], _: Scene) -> Ruling:
    """The figure said last; of several on that day, the lowest."""
    known = _firm(_voiced(figures))
    if not known:
        return NOBODY
    last = max(g.said for g in known)
    of_day = [g for g in known if g.said == last]
    best = min(of_day, key=_lowest_first)
    day = last or "no report is dated"
    several = f", the lowest of {len(of_day)} on that day" if len(of_day) > 1 else ""
    return Ruling(best.low, f"said last, by {best.voice} ({day}){several}")


@derives("most_recent_official")
def most_recent_official(figures: Sequence[Given], scene: Scene) -> Ruling:
    """What an official voice said last; where no official speaks, the latest."""
    official = [g for g in _firm(_voiced(figures)) if _kind(g) == "official"]
    if official:
        found = latest(official, scene)
        return found._replace(because=f"of officials, {found.because}")
    found = latest(figures, scene)
    return found._replace(because=f"no official gives a figure; {found.because}")


@derives("highest")
def highest(figures: Sequence[Given], _: Scene) -> Ruling:
    """The highest figure that anybody gives."""
    known = _known(figures)
    if not known:
        return NOBODY
    best = max(known, key=lambda g: (g.low, g.said, g.figure.origin))
    return Ruling(best.low, f"the highest, by {best.voice}")


@derives("median_of_origins")
def median_of_origins(figures: Sequence[Given], _: Scene) -> Ruling:
    """The middle of what each origin said last; of an even number, the lower of the two."""
    last = sorted(_last(_firm(_voiced(figures))), key=_lowest_first)
    if not last:
        return NOBODY
    best = last[(len(last) - 1) // 2]
    if len(last) == 1:
        return Ruling(best.low, f"the figure of {best.voice}, the only origin")
    lower = ", the lower of the two in the middle" if len(last) % 2 == 0 else ""
    return Ruling(best.low, f"the middle of {len(last)} origins, by {best.voice}{lower}")


@derives("party_bias")
def party_bias(figures: Sequence[Given], scene: Scene) -> Ruling:
    """An estimate that takes out each voice's bias, with a 90 % interval."""
    last = voiced_last(figures)
    found = estimate(last, scene.world, scene.options.biases)
    if found is None:
        return NOBODY
    return Ruling(found.best, found.because, interval=(found.low, found.high))


def voiced_last(figures: Sequence[Given]) -> list[Given]:
    """What each origin asserts or alleges last, parts of another's number left out."""
    return _last(_firm(_voiced([g for g in figures if not g.figure.part])))


def _known(figures: Sequence[Given]) -> list[Given]:
    return [g for g in figures if g.figure.count.low is not None]


def _voiced(figures: Sequence[Given]) -> list[Given]:
    """Figures that somebody asserts or alleges."""
    return [g for g in _known(figures) if g.figure.stance in ("asserts", "alleges")]


def _firm(figures: Sequence[Given]) -> list[Given]:
    """Figures that are numbers; "dozens" and "several" count only where nobody has a number."""
    return [g for g in figures if not g.vague] or list(figures)


def _by_stance(figures: Sequence[Given]) -> list[Given]:
    """What each origin asserts last; only where nobody asserts anything, what is alleged."""
    known = _voiced(figures)
    asserted = [g for g in known if g.figure.stance == "asserts"]
    return _last(_firm(asserted or known))


def _last(figures: Sequence[Given]) -> list[Given]:
    """Of each origin what it said last; of several on that day, the highest, which came last.

    Of several that say the same, the one of the first claim: the order given changes nothing.
    """
    out: dict[str, Given] = {}
    for one in sorted(figures, key=lambda g: g.figure.claims):
        held = out.get(one.figure.origin)
        if held is None or (one.said, one.low) > (held.said, held.low):
            out[one.figure.origin] = one
    return list(out.values())


def _discredited(one: Given) -> bool:
    """Set aside by a person or a table: an unreliable source, or an improbable claim."""
    return one.figure.reliability == "E" or one.set_credibility == 5


def _lowest_first(one: Given) -> tuple[int, str, str]:
    return one.low, one.said, one.figure.origin


def _top(one: Given) -> int:
    return one.figure.count.high if one.figure.count.high is not None else one.low


def _kind(one: Given) -> str:
    return one.figure.speakers[-1].kind if one.figure.speakers else "outlet"


def _origins(figures: Sequence[Given]) -> str:
    return f"{'two' if len(figures) == 2 else len(figures)} origins"


def _aside(figures: Sequence[Given], chosen: Sequence[Given]) -> str:
    """Words on what was set aside, and why."""
    used = {g.figure.origin for g in chosen}
    out = []
    for one in figures:
        if one.figure.count.low is None or one in chosen:
            continue
        if one.figure.origin in used:
            out.append(f"{one.voice}’s {one.low} before")
            continue
        what = f"{one.voice}’s {one.low}"
        if one.figure.relation == "enemy":
            what = f"{one.voice}’s own count of its enemy’s losses ({one.low})"
        why = {"alleges": "alleged", "unconfirmed": "unconfirmed"}.get(one.figure.stance, "")
        if _discredited(one):
            why = "set aside by judgement"
        out.append(what + (f", {why}" if why else ""))
    return f"; set aside: {'; '.join(dict.fromkeys(out))}" if out else ""
