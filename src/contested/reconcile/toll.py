"""Tolls: who gave which figure, and the low, best and high that a named rule derives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contested.errors import UsageError
from contested.model import CasualtiesClaim, Count, Figure, Report, Toll
from contested.reconcile.origins import Origins

Rule = Callable[[Sequence[Figure]], int | None]
CREDIBLE = {"asserts", "alleges"}


def lowest_credible(figures: Sequence[Figure]) -> int | None:
    """The lowest of what each origin asserts last; as ACLED does where reports differ (codebook).

    Only where nobody asserts a figure do alleged ones count.
    """
    for accepted in ({"asserts"}, CREDIBLE):
        last: dict[str, Figure] = {}
        for figure in figures:
            if figure.stance in accepted and figure.count.low is not None:
                held = last.get(figure.origin)
                if held is None or (figure.said or "") >= (held.said or ""):
                    last[figure.origin] = figure
        if last:
            return min(f.count.low for f in last.values() if f.count.low is not None)
    return None


def latest(figures: Sequence[Figure]) -> int | None:
    """The figure said last."""
    known = [f for f in figures if f.count.low is not None and _credible(f)]
    return max(known, key=lambda f: f.said or "").count.low if known else None


def highest(figures: Sequence[Figure]) -> int | None:
    """The highest figure that anybody gives."""
    return max((f.count.low for f in figures if f.count.low is not None), default=None)


RULES: Mapping[str, Rule] = {
    "lowest_credible": lowest_credible,
    "latest": latest,
    "highest": highest,
}


def _credible(figure: Figure) -> bool:
    return figure.stance in CREDIBLE


def tolls(
    claims: Sequence[CasualtiesClaim],
    origins: Origins,
    reports: Mapping[str, Report],
    rule: str,
) -> tuple[Toll, ...]:
    """One toll for each effect and class of victims. Raises UsageError for an unknown rule."""
    if rule not in RULES:
        raise UsageError(f"There is no rule {rule!r}; choose one of {', '.join(RULES)}.")
    groups: dict[tuple[str, str], list[CasualtiesClaim]] = {}
    for claim in claims:
        groups.setdefault((claim.effect, claim.victims), []).append(claim)
    out = []
    for effect, victims in sorted(groups):
        figures = _figures(groups[effect, victims], origins, reports)
        lows = [f.count.low for f in figures if f.count.low is not None]
        highs = [h for f in figures if (h := _top(f)) is not None]
        out.append(Toll(
            effect=effect,  # type: ignore[arg-type]
            victims=victims,  # type: ignore[arg-type]
            low=min(lows, default=None),
            best=RULES[rule](figures),
            high=max(highs, default=None),
            rule=rule,
            disputed=disagree(figures),
            according_to=tuple(figures),
        ))  # fmt: skip
    return tuple(out)


def _top(figure: Figure) -> int | None:
    return figure.count.high if figure.count.high is not None else figure.count.low


def _figures(
    claims: Sequence[CasualtiesClaim], origins: Origins, reports: Mapping[str, Report]
) -> list[Figure]:
    """One figure an origin and number; the claims that repeat it are listed with it."""
    merged: dict[tuple[str, int | None, int | None], list[tuple[Count, CasualtiesClaim]]] = {}
    for count, members in _largest(_sums(claims), origins):
        key = (origins.key(members[0]), count.low, count.high)
        merged.setdefault(key, []).extend((count, claim) for claim in members)
    out = []
    for (origin, _, _), pairs in merged.items():
        count, first = max(pairs, key=lambda p: (len(p[1].speakers), p[1].confidence))
        said = sorted(d for _, c in pairs if (d := _said(reports.get(c.report))))
        out.append(Figure(
            count=count,
            speakers=first.speakers,
            stance=first.stance,
            said=said[0] if said else None,
            origin=origins.id_of(origin),
            claims=tuple(sorted({c.id for _, c in pairs})),
            victims_as_written=first.victims_as_written,
        ))  # fmt: skip
    return sorted(out, key=lambda f: (f.count.low or 0, f.origin))


def _largest(
    sums: list[tuple[Count, tuple[CasualtiesClaim, ...]]], origins: Origins
) -> list[tuple[Count, tuple[CasualtiesClaim, ...]]]:
    """Of the numbers that one voice gives in one report, the largest.

    The smaller ones are parts of it or what was known earlier; they stay claims of the
    incident, but are no figure that could make the toll lower.
    """
    best: dict[tuple[str, str], tuple[Count, tuple[CasualtiesClaim, ...]]] = {}
    for count, members in sums:
        key = (members[0].report, origins.key(members[0]))
        if key not in best or (count.low or 0) > (best[key][0].low or 0):
            best[key] = (count, members)
    return list(best.values())


def _sums(
    claims: Sequence[CasualtiesClaim],
) -> list[tuple[Count, tuple[CasualtiesClaim, ...]]]:
    """Numbers that one sentence lists side by side, added up: "nine soldiers and two officers".

    They are parts of one figure of that voice, not two figures that disagree.
    """
    lists: dict[tuple[object, ...], list[CasualtiesClaim]] = {}
    for claim in claims:
        key = (claim.report, claim.start, claim.speakers, claim.event_ref, claim.method)
        lists.setdefault(key, []).append(claim)
    out: list[tuple[Count, tuple[CasualtiesClaim, ...]]] = []
    for members in lists.values():
        distinct = {c.victims_as_written: c for c in members}
        parts = list(distinct.values())
        lows = [c.count.low for c in parts if c.count.low is not None]
        if len(parts) == 1 or len(lows) < len(parts):
            out += [(c.count, (c,)) for c in members]
            continue
        highs = [c.count.high for c in parts if c.count.high is not None]
        whole = Count(
            sum(lows),
            sum(highs) if len(highs) == len(parts) else None,
            "exactly" if all(c.count.qualifier == "exactly" for c in parts) else "at_least",
            " + ".join(c.count.as_written for c in parts),
        )
        out.append((whole, tuple(members)))
    return out


def _said(report: Report | None) -> str | None:
    return report.published.edtf if report and report.published else None


def disagree(figures: Sequence[Figure]) -> bool:
    """Whether two origins give figures that cannot both hold, said at about one time.

    A higher figure by an outlet on a later day is a toll that rose, not a dispute.
    """
    for i, one in enumerate(figures):
        for other in figures[i + 1 :]:
            if one.origin == other.origin or not _exclude(one, other):
                continue
            rose = one.said and other.said and one.said != other.said
            voices = _attributed(one) or _attributed(other)
            if voices or not rose:
                return True
    return False


def _attributed(figure: Figure) -> bool:
    return bool(figure.speakers) and figure.speakers[-1].actor is not None


def _exclude(one: Figure, other: Figure) -> bool:
    a, b = one.count, other.count
    if a.low is None or b.low is None or "about" in (a.qualifier, b.qualifier):
        return False
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def contradictions(found: Sequence[Toll]) -> list[str]:
    """Words on figures of different effects that cannot both hold.

    Whoever counts 11 casualties in all does not accept that 22 were killed.
    """
    out = []
    whole = [f for t in found if t.effect == "killed_or_wounded" for f in t.according_to]
    for toll in found:
        if toll.effect != "killed":
            continue
        for figure in toll.according_to:
            for total in whole:
                if (
                    total.count.high is not None
                    and figure.count.low is not None
                    and figure.count.low > total.count.high
                    and figure.origin != total.origin
                ):
                    out.append(
                        f"{figure.count.low} killed by one account, "
                        f"{total.count.high} casualties in all by another"
                    )
    return sorted(set(out))
