"""Who gave which figure: sums, parts and attackers worked out, with the arithmetic in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contested.model import CasualtiesClaim, Count, Figure
from contested.reconcile.scene import Scene

ATTACKING = ("attacker", "assailant", "bomber", "gunman", "gunmen", "shooter", "assassin")
VAGUE = frozenset({"none", "dozens", "scores", "hundreds", "thousands"})


@dataclass(frozen=True, slots=True)
class Given:
    """A figure with the name of its voice and what people set its claims to.

    `set_credibility` is the number that a person gave, null where nobody did. `camp` is for whom
    the voice stands (a state or group, or empty), and `stake` whether that fought or holds the
    place. `reports` are those that carry it.
    """

    figure: Figure
    voice: str
    camp: str = ""
    stake: bool = False
    reports: frozenset[str] = frozenset()
    set_credibility: int | None = None

    @property
    def low(self) -> int:
        """The number, or the least that the words allow; 0 where they set no lower bound."""
        return self.figure.count.low or 0

    @property
    def vague(self) -> bool:
        """Whether it is no number, only that there were several, dozens or hundreds."""
        return self.figure.count.qualifier in VAGUE

    @property
    def said(self) -> str:
        """The day on which it was said; empty, and so first, where unknown."""
        return self.figure.said or ""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one sentence says of one class of victims, parts added, others taken out."""

    count: Count
    claims: tuple[CasualtiesClaim, ...]
    stated: Count | None = None
    arithmetic: str = ""


Parts = Mapping[str, Sequence[CasualtiesClaim]]


def parts_of(claims: Sequence[CasualtiesClaim]) -> dict[str, list[CasualtiesClaim]]:
    """The parts of each whole: claims by the id of the claim whose number holds them."""
    out: dict[str, list[CasualtiesClaim]] = {}
    known = {c.id for c in claims}
    for claim in claims:
        if claim.part_of in known and claim.part_of is not None:
            out.setdefault(claim.part_of, []).append(claim)
    return out


def is_attacker(claim: CasualtiesClaim, scene: Scene) -> bool:
    """Whether the victims are of the attacking side: by their words, else by their side.

    Fighters without a named side count as attackers where an armed group began it.
    """
    words = claim.victims_as_written.casefold()
    if any(word in words for word in ATTACKING):
        return True
    if claim.side:
        return scene.root(claim.side) in scene.initiators
    return claim.victims == "militants" and any(scene.is_armed(a) for a in scene.initiators)


def given(group: Sequence[CasualtiesClaim], parts: Parts, scene: Scene) -> list[Given]:
    """One figure an origin and number, lowest first; claims that repeat it are listed with it."""
    inside = {p.id for whole in group for p in parts.get(whole.id, ())}
    wholes = [c for c in group if c.id not in inside]
    merged: dict[tuple[str, int | None, int | None], list[_Sum]] = {}
    for one in _largest([_without(s, parts, scene) for s in _sums(wholes)], scene):
        key = (scene.origins.key(one.claims[0]), one.count.low, one.count.high)
        merged.setdefault(key, []).append(one)
    out = [_figure(key[0], sums, parts, scene) for key, sums in merged.items()]
    out.sort(key=lambda g: (g.low, g.figure.count.high or 10**9, g.figure.origin))
    named = [p for c in group for p in parts.get(c.id, ())]
    return [_marked(one, out, named) for one in out]


def _figure(key: str, sums: Sequence[_Sum], parts: Parts, scene: Scene) -> Given:
    pairs = [(one, claim) for one in sums for claim in one.claims]
    one, first = max(pairs, key=lambda p: (len(p[1].speakers), p[1].confidence, p[1].id))
    held = [p for _, c in pairs for p in parts.get(c.id, ())]
    said = sorted(d for _, c in pairs if (d := scene.said(c)))
    set_to = [scene.options.judgements.credibility.get(c.id) for _, c in pairs]
    numbers = sorted(int(o[0]) for o in set_to if o is not None)
    figure = Figure(
        count=one.count,
        speakers=first.speakers,
        stance=first.stance,
        said=said[0] if said else None,
        origin=scene.origins.id_of(key),
        claims=tuple(sorted({c.id for c in (*(c for _, c in pairs), *held)})),
        victims_as_written=first.victims_as_written,
        side=first.side,
        relation=scene.relation(first),
        reliability=scene.ratings.of(first.speakers, scene.reports.get(first.report)).letter,
        stated=one.stated,
        arithmetic=one.arithmetic,
    )
    return Given(
        figure=figure,
        voice=scene.name(first),
        camp=scene.camp(first),
        stake=scene.has_stake(first),
        reports=frozenset(c.report for _, c in pairs),
        set_credibility=numbers[0] if numbers else None,
    )


def _sums(claims: Sequence[CasualtiesClaim]) -> list[_Sum]:
    """Numbers that one sentence lists side by side, added up: "nine soldiers and two officers".

    They are parts of one figure of that voice, not two figures that disagree.
    """
    lists: dict[tuple[object, ...], list[CasualtiesClaim]] = {}
    for claim in claims:
        key = (claim.report, claim.start, claim.speakers, claim.event_ref, claim.method)
        lists.setdefault(key, []).append(claim)
    out: list[_Sum] = []
    for members in lists.values():
        distinct = {c.victims_as_written: c for c in members}
        several = list(distinct.values())
        lows = [c.count.low for c in several if c.count.low is not None]
        if len(several) == 1 or len(lows) < len(several):
            out += [_Sum(c.count, (c,)) for c in members]
            continue
        highs = [c.count.high for c in several if c.count.high is not None]
        whole = Count(
            sum(lows),
            sum(highs) if len(highs) == len(several) else None,
            "exactly" if all(c.count.qualifier == "exactly" for c in several) else "at_least",
            " + ".join(c.count.as_written for c in several),
        )
        terms = " + ".join(f"{c.count.low} ({c.victims_as_written})" for c in several)
        out.append(_Sum(whole, tuple(members), None, f"{terms} = {whole.low}"))
    return out


def _without(one: _Sum, parts: Parts, scene: Scene) -> _Sum:
    """The figure without those of the attacking side whom its number holds."""
    held = {p.id: p for c in one.claims for p in parts.get(c.id, ())}
    taken = [
        p for p in held.values()
        if is_attacker(p, scene) and not all(is_attacker(c, scene) for c in one.claims)
    ]  # fmt: skip
    low = one.count.low
    if not taken or low is None or any(p.count.low is None for p in taken):
        kept = ", ".join(p.victims_as_written for p in held.values())
        words = f"{low} in all, {kept} among them" if kept and low is not None else ""
        return replace(one, arithmetic="; ".join(filter(None, (one.arithmetic, words))))
    least = sum(p.count.low or 0 for p in taken)
    most = sum(p.count.high if p.count.high is not None else p.count.low or 0 for p in taken)
    high = one.count.high
    rest = Count(
        max(low - most, 0), None if high is None else max(high - least, 0),
        one.count.qualifier, one.count.as_written,
    )  # fmt: skip
    who = ", ".join(p.victims_as_written for p in taken)
    words = f"{low} in all − {least} of the attacking side ({who}) = {rest.low}"
    arithmetic = "; ".join(filter(None, (one.arithmetic, words)))
    return _Sum(rest, one.claims, one.count, arithmetic)


def _largest(sums: list[_Sum], scene: Scene) -> list[_Sum]:
    """Of the numbers that one voice gives in one report, the largest.

    The smaller ones are parts of it or what was known earlier; they stay claims of the
    incident, but are no figure that could make the toll lower. Of equal ones, that with the
    arithmetic, which knows of more.
    """
    best: dict[tuple[str, str], _Sum] = {}
    for one in sums:
        key = (one.claims[0].report, scene.origins.key(one.claims[0]))
        held = best.get(key)
        if held is None or _size(one) > _size(held):
            best[key] = one
    return list(best.values())


def _size(one: _Sum) -> tuple[int, int, str]:
    said = one.stated or one.count
    return said.low or 0, len(one.arithmetic), one.claims[0].id


def _marked(one: Given, every: Sequence[Given], named: Sequence[CasualtiesClaim]) -> Given:
    """Marks a figure that another voice's whole holds.

    The two officers among the eleven, whoever else speaks of them; and what a report tells in its
    own words below a number that it quotes: that is a part, or what was known before. A number
    that the victims' enemy gives holds nobody else's.
    """
    words = _head(one.figure.victims_as_written)
    for part in named:
        same = part.count.low == one.figure.count.low and _head(part.victims_as_written) == words
        larger = any(part.id in g.figure.claims and g.low > one.low for g in every)
        if same and larger and part.id not in one.figure.claims:
            return replace(one, figure=replace(one.figure, part=True))
    if not one.figure.speakers and one.reports:
        quoted = [
            g for g in every
            if g.figure.speakers and g.low > one.low and g.figure.stance == "asserts"
            and g.figure.relation in ("own", "neutral") and not g.vague
        ]  # fmt: skip
        if one.reports <= frozenset().union(*(g.reports for g in quoted)):
            return replace(one, figure=replace(one.figure, part=True))
    return one


def _head(words: str) -> str:
    """The last word without its plural ending: of whom the words are."""
    last = words.casefold().split()[-1:] or [""]
    return last[0].removesuffix("s")
