"""Whether a toll rose, was revised, or is disputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from contested.model.terms import Disagreement
from contested.reconcile.figures import Given


def disagreement(figures: Sequence[Given]) -> tuple[Disagreement, str]:
    """How the figures of one toll move or clash, and that in words.

    Of each voice its last word counts against the others; what it said before has risen or was
    revised. Two voices disagree where their numbers cannot both hold and neither follows the
    other: said at about the same time, or by voices of two sides. Several voices, each later and
    higher than the one before, tell of one toll that rose. A figure that one voice denies and
    another gives is disputed.
    """
    rivals = [g for g in figures if not g.figure.part]
    denied = _denied(rivals)
    if denied:
        return "disputed", denied
    days = {id(g): _first_said(g, rivals) for g in rivals}
    for one, other in combinations(_last(rivals), 2):
        if exclude(one, other) and not _follows(one, other, days):
            return "disputed", f"{_words(one)} against {_words(other)}"
    return _moves([g for g in rivals if g.figure.stance != "denies"], days)


def _first_said(one: Given, figures: Sequence[Given]) -> str:
    """The day on which its number was first given by the same camp, or by nobody in particular.

    A report that repeats yesterday's number beside today's sets nobody against anybody.
    """
    same = [
        g.said for g in figures
        if g.said and g.low == one.low and (not one.camp or g.camp in (one.camp, ""))
    ]  # fmt: skip
    return min([*same, one.said]) if one.said else ""


def _last(figures: Sequence[Given]) -> list[Given]:
    """What each voice said last; of several on one day, the highest, which came last."""
    out: dict[str, Given] = {}
    for one in figures:
        if one.figure.stance == "denies":
            continue
        held = out.get(one.figure.origin)
        if held is None or (one.said, one.low) > (held.said, held.low):
            out[one.figure.origin] = one
    return list(out.values())


def _denied(figures: Sequence[Given]) -> str:
    for one in figures:
        if one.figure.stance != "denies":
            continue
        for other in figures:
            apart = other.figure.origin != one.figure.origin and other.figure.stance != "denies"
            if apart and not exclude(one, other):
                return f"{_words(other)}; {one.voice} denies that"
    return ""


def _follows(one: Given, other: Given, days: Mapping[int, str]) -> bool:
    """Whether the later of two voices carries the toll on rather than contradicts it.

    It has to be said a day or more later. Two sides never follow each other, voices of one side
    always do. Else a lower number revises what nobody known stands for, if whoever gives it has
    no part in the victims, and a higher one carries on what came before, unless a party raises
    what a named voice without a stake has said.
    """
    first, then = sorted((one, other), key=lambda g: (days[id(g)], g.low))
    if not days[id(first)] or days[id(first)] == days[id(then)]:
        return False
    if first.camp and first.camp == then.camp:
        return True
    if first.stake and then.stake:
        return False
    if then.low < first.low:
        return not _attributed(first) and then.figure.relation == "neutral"
    return not (then.stake and _attributed(first))


def _attributed(one: Given) -> bool:
    speakers = one.figure.speakers
    return bool(speakers) and speakers[-1].actor is not None


def _moves(figures: Sequence[Given], days: Mapping[int, str]) -> tuple[Disagreement, str]:
    dated = sorted(figures, key=lambda g: (days[id(g)], g.low))
    steps = [(a, b) for a, b in pairwise(dated) if exclude(a, b) or _raised(a, b, days)]
    if not steps:
        return "none", ""
    numbers: list[Given] = []
    for one in (g for pair in steps for g in pair):
        if not numbers or numbers[-1].low != one.low:
            numbers.append(one)
    words = ", then ".join(_words(g) for g in numbers)
    fell = any(b.low < a.low for a, b in steps)
    return ("fell", f"revised: {words}") if fell else ("rose", f"rose: {words}")


def _raised(a: Given, b: Given, days: Mapping[int, str]) -> bool:
    """ "At least 38" one day and 42 the next can both hold, and yet the toll rose."""
    return days[id(a)] < days[id(b)] and a.low < b.low and not (a.vague or b.vague)


def _words(one: Given) -> str:
    count = one.figure.count
    number = f"{count.low}" if count.low is not None else f"at most {count.high}"
    if count.low is not None and count.high is None:
        number = f"at least {count.low}" if count.over is None else f"more than {count.over}"
    elif count.low is not None and count.high != count.low:
        number = f"{count.low} to {count.high}"
    day = f", {one.said}" if one.said else ""
    return f"{number} ({one.voice}{day})"


def exclude(one: Given, other: Given) -> bool:
    """Whether two numbers cannot both hold. "About" fits whatever it is near to."""
    a, b = one.figure.count, other.figure.count
    if "about" in (a.qualifier, b.qualifier):
        return False
    return _below(a.high, b.low) or _below(b.high, a.low)


def _below(top: int | None, bottom: int | None) -> bool:
    return top is not None and bottom is not None and top < bottom
