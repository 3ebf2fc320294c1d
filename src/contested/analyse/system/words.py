"""The picture for those who prefer to read: a sentence, and a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contested.analyse.answer import listed
from contested.analyse.figures import several
from contested.analyse.system.board import OTHERS
from contested.analyse.system.found import Loop, Loops

if TYPE_CHECKING:
    from contested.analyse.system.changes import Change
    from contested.analyse.system.system import Arrow, SystemOptions

LEVEL = 0.05
MOST = 6
ORDER = (
    "attacks", "clashes with", "supports", "shelters", "negotiates with", "mediates with",
    "threatens", "accuses", "denies",
)  # fmt: skip
HEADS = {
    "attacks": "Who attacks whom",
    "clashes with": "Who fights with whom",
    "negotiates with": "Who negotiates with whom",
    "mediates with": "Who mediates",
    "denies": "Who denies what others say",
}
UNITS = {"attacks": "incident", "clashes with": "incident"}
TERMS = ("negotiates with", "mediates with")


def short(name: str) -> str:
    """A name without what stands in brackets after it."""
    return "others" if name == OTHERS else name.partition(" (")[0]


def joined(steps: Sequence[str]) -> str:
    """``attack → airstrike → attack``."""
    return " → ".join((*steps, steps[0]))


def answer(arrows: Sequence[Arrow], found: Loops, moved: Sequence[Change]) -> str:
    """The finding in a few sentences."""
    actors = {end for one in arrows for end in (one.source, one.target) if end != OTHERS}
    top = arrows[0]
    out = [
        f"{several(len(arrows), 'arrow')} between {several(len(actors), 'actor')}. "
        f"Most often told: {_line(top)}."
    ]
    out.append(_loops_in_short(found))
    if moved:
        out.append(_moved_in_short(moved))
    return " ".join(out)


def _loops_in_short(found: Loops) -> str:
    if found.reason:
        return "No loop can be told."
    clear = [loop for loop in found.rows if loop.p_corrected <= LEVEL and loop.times]
    if not clear:
        seen = max(found.rows, key=lambda loop: loop.times, default=None)
        if seen is None or not seen.times:
            return f"None of {found.looked_at} loops comes round even once."
        return (
            f"No loop comes clearly more often than by chance ({found.looked_at} looked at); "
            f"{joined(seen.steps)} comes {_times(seen)}, {seen.expected:g} expected."
        )
    first = clear[0]
    return (
        f"{joined(first.steps)} comes {_times(first)}, {first.expected:g} expected by chance "
        f"(p {first.p_corrected:.3f} after correction)."
    )


def _times(loop: Loop) -> str:
    span = "" if loop.low == loop.high else f" ({loop.low:g} to {loop.high:g})"
    return f"{loop.times} time{'' if loop.times == 1 else 's'}{span}"


def _moved_in_short(moved: Sequence[Change]) -> str:
    kinds = ("new", "gone", "stronger", "weaker")
    parts = [f"{n} {kind}" for kind in kinds if (n := sum(c.verdict == kind for c in moved))]
    return f"Changed: {', '.join(parts)}." if parts else "No arrow changed clearly."


def _line(one: Arrow) -> str:
    unit = UNITS.get(one.arrow, "act" if one.arrow in TERMS else "report")
    span = "" if one.low == one.high == one.count else f", {one.low:g} to {one.high:g} over draws"
    ends = f"{short(one.source_name)} {one.arrow} {short(one.target_name)}"
    return f"{ends} ({several(one.count, unit)}{span})"


def page(
    arrows: Sequence[Arrow],
    found: Loops,
    moved: Sequence[Change],
    options: SystemOptions,
    *,
    reread: bool,
) -> tuple[str, ...]:
    """Paragraphs: a kind of arrow each, then the loops, then what changed."""
    out = []
    for kind in ORDER:
        mine = [one for one in arrows if one.arrow == kind]
        if mine:
            out.append(f"{HEADS.get(kind, f'Who {kind} whom')}. {_paragraph(mine)}")
    rest = [one for one in arrows if one.arrow not in ORDER]
    if rest:
        out.append(f"Other ties. {_paragraph(rest)}")
    out.append(f"Loops. {' '.join(_loops(found))}")
    if moved:
        since = (
            "since the record said otherwise"
            if reread
            else f"between the {options.span} days to {options.was} and those to {options.now}"
        )
        out.append(f"What changed {since}. {' '.join(_changed(moved))}")
    return tuple(out)


def _paragraph(mine: Sequence[Arrow]) -> str:
    lines = []
    for one in mine[:MOST]:
        words = _line(one)
        if one.denied_by:
            words += f", denied by {listed(one.denied_by, 3)}"
        if one.asserted_by and one.arrow not in ("threatens", "accuses", "denies"):
            words += f", according to {listed(one.asserted_by, 3)}"
        lines.append(words + ".")
    if len(mine) > MOST:
        lines.append(f"And {len(mine) - MOST} more.")
    return " ".join(lines)


def _loops(found: Loops) -> Iterable[str]:
    if found.reason:
        yield found.reason
        return
    for loop in found.rows[:MOST]:
        name = f"“{loop.named}”: " if loop.named else ""
        if not loop.times:
            yield f"{name}{joined(loop.steps)} does not come round."
            continue
        first = loop.turns[0]
        yield (
            f"{name}{joined(loop.steps)} comes {_times(loop)}, {loop.expected:g} by chance "
            f"(p {loop.p_corrected:.3f} after correction); a turn takes {loop.median_days:g} days "
            f"({loop.shortest} to {loop.longest}), the first from {first.start} to {first.end}."
        )


def _changed(moved: Sequence[Change]) -> Iterable[str]:
    clear = [one for one in moved if one.verdict != "no clear change"]
    for one in clear[: 2 * MOST]:
        ends = f"{short(one.source_name)} {one.arrow} {short(one.target_name)}"
        yield f"{one.verdict.capitalize()}: {ends} ({one.before} before, {one.after} after)."
    if len(clear) > 2 * MOST:
        yield f"And {len(clear) - 2 * MOST} more."
    rest = len(moved) - len(clear)
    if rest:
        yield f"{several(rest, 'arrow')} without a clear change."
