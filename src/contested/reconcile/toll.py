"""Tolls: who gave which figure, and the low, best and high that a named rule derives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from contested.model import CasualtiesClaim, Figure, Toll
from contested.reconcile.disagreement import disagreement
from contested.reconcile.figures import Given, Parts, given, is_attacker, parts_of
from contested.reconcile.rules import rule
from contested.reconcile.scene import Scene

Groups = Mapping[tuple[str, str], Sequence[CasualtiesClaim]]


def tolls(claims: Sequence[CasualtiesClaim], scene: Scene) -> tuple[Toll, ...]:
    """One toll for each effect and class of victims, derived by the rule of the scene."""
    parts = parts_of(claims)
    return tuple(
        _toll(effect, victims, members, parts, scene)
        for (effect, victims), members in groups(claims).items()
    )


def groups(claims: Sequence[CasualtiesClaim]) -> Groups:
    """Claims by effect and class of victims, in an order that does not hang on theirs."""
    out: dict[tuple[str, str], list[CasualtiesClaim]] = {}
    for claim in sorted(claims, key=lambda c: (c.effect, c.victims, c.report, c.start, c.id)):
        out.setdefault((claim.effect, claim.victims), []).append(claim)
    return out


def _toll(
    effect: str, victims: str, members: Sequence[CasualtiesClaim], parts: Parts, scene: Scene
) -> Toll:
    figures = given(members, parts, scene)
    counted = [g for g in figures if not g.figure.part and g.figure.stance != "denies"]
    found = rule(scene.options.rule)(counted, scene)
    lows = [g.figure.count.low for g in counted if g.figure.count.low is not None]
    highs = [h for g in counted if (h := _top(g.figure)) is not None]
    how, moves = disagreement(figures)
    return Toll(
        effect=effect,  # type: ignore[arg-type]
        victims=victims,  # type: ignore[arg-type]
        low=found.low if found.low is not None else min(lows, default=None),
        best=found.best,
        high=found.high if found.high is not None else max(highs, default=None),
        rule=scene.options.rule,
        disputed=how == "disputed",
        according_to=tuple(g.figure for g in figures),
        because=found.because,
        disagreement=how,
        moves=moves,
        attackers=bool(members) and all(is_attacker(c, scene) for c in members),
        interval=found.interval,
        notes=_notes(figures, members, parts),
    )


def _top(figure: Figure) -> int | None:
    return figure.count.high if figure.count.high is not None else figure.count.low


def _notes(
    figures: Sequence[Given], members: Sequence[CasualtiesClaim], parts: Parts
) -> tuple[str, ...]:
    """What the numbers hold or leave out, in words."""
    inside = {p.id: whole for whole, several in parts.items() for p in several}
    out = [f"{g.voice}: {g.figure.arithmetic}" for g in figures if g.figure.arithmetic]
    out += [
        f"{g.voice}: {g.low} ({g.figure.victims_as_written}) is within what others count, or "
        "what was known before"
        for g in figures
        if g.figure.part
    ]
    if members and all(c.id in inside for c in members):
        out.append("counted within a larger number of the same accounts")
    return tuple(dict.fromkeys(out))


def contradictions(found: Sequence[Toll]) -> list[str]:
    """Words on figures of different effects that cannot both hold.

    Whoever counts 11 casualties in all does not accept that 22 were killed; and whoever counts 40
    does not accept that no more than 10 were killed and 12 wounded.
    """
    by_effect: dict[str, list[tuple[str, Figure]]] = {}
    for toll in found:
        for figure in toll.according_to:
            if figure.stance != "denies" and not figure.part:
                by_effect.setdefault(toll.effect, []).append((toll.victims, figure))
    out: list[str] = []
    for of_all, total in by_effect.get("killed_or_wounded", ()):
        for effect in ("killed", "wounded"):
            for of, figure in by_effect.get(effect, ()):
                within = of_all in (of, "unknown") and figure.origin != total.origin
                if within and _more(figure.count.low, total.count.high):
                    out.append(
                        f"{figure.count.low} {effect} by one account, "
                        f"{total.count.high} casualties in all by another"
                    )
        out += _sums_against(of_all, total, by_effect)
    return sorted(set(out))


def _sums_against(
    of_all: str, total: Figure, by_effect: Mapping[str, Sequence[tuple[str, Figure]]]
) -> list[str]:
    """Killed and wounded by one voice and of one class, against all casualties by another.

    Fewer than all contradict only where both speak of the same class: others may be hurt too.
    """
    out = []
    pairs = product(by_effect.get("killed", ()), by_effect.get("wounded", ()))
    for (of_killed, killed), (of_wounded, wounded) in pairs:
        same = killed.origin == wounded.origin != total.origin and of_killed == of_wounded
        if not same or of_all not in (of_killed, "unknown"):
            continue
        low = _plus(killed.count.low, wounded.count.low)
        high = _plus(killed.count.high, wounded.count.high)
        fewer = of_all == of_killed and _more(total.count.low, high)
        if fewer or _more(low, total.count.high):
            all_told = total.count.low if total.count.low is not None else total.count.high
            out.append(
                f"{killed.count.low} killed + {wounded.count.low} wounded = {low} by one account, "
                f"{all_told} casualties in all by another"
            )
    return out


def _more(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _plus(one: int | None, other: int | None) -> int | None:
    return one + other if one is not None and other is not None else None
