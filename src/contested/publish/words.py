"""Short words for values: the same on the screen, in tables and in briefs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from contested.model import ActorRef, Count, Decision, Figure, Speaker, Toll, Voice, When, Where

MARKS: dict[str, str] = {
    "corroborated": "● corroborated",
    "single_source": "○ single source",
    "disputed": "▨ disputed",
    "unconfirmed": "◌ unconfirmed",
    "denied": "✕ denied",
}
"""How each status is shown: always a mark and a word, never one alone."""

MOVES: dict[str, str] = {
    "none": "",
    "rose": "▲ the toll rose",
    "fell": "▼ revised down",
    "disputed": "▨ disputed",
}
"""How a toll that moved is told from one that voices dispute."""

PLAIN = {
    "phone_call": "phone call",
    "ied": "IED",
    "security_forces": "security forces",
    "killed_or_wounded": "killed or wounded",
}


VICTIMS = {
    "unknown": ("person", "people"),
    "civilians": ("civilian", "civilians"),
    "militants": ("militant", "militants"),
    "security_forces": ("member of the security forces", "security forces"),
}
"""Of whom a toll is: of one, and of several."""

_QUOTES = '"“”„«»'
_OPEN = ("", "..")


def mark(status: str) -> str:
    """The mark and word of an incident's status."""
    return MARKS.get(status, status)


def phrase(term: str) -> str:
    """A term of the vocabularies as words."""
    return PLAIN.get(term, term.replace("_", " "))


def chain(speakers: Sequence[Speaker]) -> str | None:
    """The speakers, outermost first; null where the outlet speaks for itself."""
    return " > ".join(speaker.name for speaker in speakers) if speakers else None


def spoken_by(speakers: Sequence[Speaker]) -> str:
    """The speaker chain for the eye, with whom the last one speaks for."""
    if not speakers:
        return "the outlet itself"
    last = speakers[-1]
    words = " → ".join(speaker.name for speaker in speakers)
    return f"{words} ({last.actor or last.kind})"


def count_in_words(count: Count | None) -> str:
    """A number as said: ``22``, ``at least 10``, ``more than 60``, ``dozens (24 or more)``."""
    if count is None:
        return ""
    low, high = count.low, count.high
    if low is None:
        return f"at most {high:,}" if high is not None else count.as_written or "some"
    if count.qualifier in ("dozens", "scores", "hundreds", "thousands"):
        return f"{count.qualifier} ({low:,} or more)"
    if high is None:
        return f"at least {low:,}" if count.over is None else f"more than {count.over:,}"
    if count.qualifier == "at_most":
        return f"at most {high:,}"
    about = "about " if count.qualifier == "about" else ""
    return f"{about}{low:,}" if low == high else f"{about}{low:,}–{high:,}"


def span_in_words(low: int | None, high: int | None) -> str:
    """A derived range: ``11–22``, ``11 or more``, ``unknown``."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def toll_span_in_words(toll: Toll) -> str:
    """The derived range of a toll: ``11–22``; ``10+`` where who gave the most set no upper end.

    A range that only comes of "more than 60" is ``more than 60``, not 61.
    """
    end = toll.high if toll.high is not None else toll.low
    over = _over(toll, end)
    if over is not None and toll.low == end:
        return f"more than {over:,}"
    if over is not None and toll.low is not None and is_open(toll):
        return f"{toll.low:,} to more than {over:,}"
    return span_in_words(toll.low, toll.high) + ("+" if is_open(toll) else "")


def best_of(toll: Toll) -> str:
    """The best figure of a toll as said: ``11``, ``more than 60``, ``at least 200``; or empty."""
    over = _over(toll, toll.best)
    if over is not None:
        return f"more than {over:,}"
    if toll.best is None:
        return ""
    least = all(count.high is None for count in _giving(toll, toll.best))
    return f"at least {toll.best:,}" if least and _giving(toll, toll.best) else f"{toll.best:,}"


def _over(toll: Toll, number: int | None) -> int | None:
    """The number that all who gave `number` said it was more than; None if one said it itself."""
    same = {count.over for count in _giving(toll, number)}
    return same.pop() if number is not None and len(same) == 1 else None


def _giving(toll: Toll, number: int | None) -> list[Count]:
    """The figures on all the victims of which `number` is an end, as they were said."""
    given = (f.count for f in toll.according_to if f.stance != "denies" and not f.part)
    return [count for count in given if number in (count.low, count.high)]


def is_open(toll: Toll) -> bool:
    """Whether the highest number is only a lower bound ("at least 10") of all who gave it."""
    most = _giving(toll, toll.high)
    return toll.high is not None and bool(most) and all(count.high is None for count in most)


def toll_in_words(toll: Toll) -> str:
    """One toll: ``security forces killed: 11–22, best 11 (lowest credible)``."""
    who = victims_in_words(toll.victims)
    words = f"{who} {phrase(toll.effect)}: {toll_span_in_words(toll)}"
    if toll.best is None or toll.low == toll.best == toll.high:
        return words
    return f"{words}, best {best_of(toll)} ({phrase(toll.rule)})"


def moves_in_words(toll: Toll) -> str:
    """Whether it rose, was revised or is disputed, with who said what; empty where neither."""
    mark = MOVES[toll.disagreement] if toll.disagreement != "none" else ""
    if toll.disputed and not mark:
        mark = MOVES["disputed"]
    words = toll.moves.removeprefix("rose: ").removeprefix("revised: ")
    return f"{mark}: {words}" if mark and words else mark


def figure_code(figure: Figure) -> str:
    """Reliability of the voice and credibility of the claim, as in ``F3``."""
    return f"{figure.reliability}{figure.credibility}"


def voice_in_words(voice: Voice) -> str:
    """When and through which channel it was said, in which role; empty where nothing is known."""
    parts = [voice.role.replace("-", " ")] if voice.role else []
    if voice.channel != "unknown":
        parts.append(f"by {phrase(voice.channel)}")
    if voice.act in ("claims", "denies") and not voice.own:
        parts.append("not for itself: an opinion on somebody else")
    if voice.said:
        parts.append(voice.said)
    return ", ".join(parts)


def tolls_in_words(tolls: Iterable[Toll]) -> str:
    """Every toll, joined by semicolons."""
    return "; ".join(toll_in_words(toll) for toll in tolls)


def killed_in_short(tolls: Iterable[Toll]) -> str:
    """Each derived range of killed, attackers apart: ``11–22``, ``3 + 10+``; for narrow tables."""
    return " + ".join(
        toll_span_in_words(toll)
        for toll in tolls
        if toll.effect == "killed" and not toll.attackers and (toll.high or toll.low)
    )


def actors_in_words(refs: Iterable[ActorRef], name: Callable[[str], str] = str) -> str:
    """Actor ids, or what `name` makes of them; the words in quotes where the table has none."""
    return ", ".join(
        dict.fromkeys(name(ref.actor) if ref.actor else quoted(ref.as_written) for ref in refs)
    )


def quoted(words: str) -> str:
    """The words in quote marks, of another kind where they begin or end with one."""
    opens, closes = words[:1] in _QUOTES, words[-1:] in _QUOTES
    if opens and closes and not any(mark in words[1:-1] for mark in _QUOTES):
        return f"“{words[1:-1]}”"
    return f"‘{words}’" if opens or closes else f"“{words}”"


def numbered(number: int, one: str, several: str = "") -> str:
    """``1 report``, ``2 reports``."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def victims_in_words(victims: str, number: int | None = None) -> str:
    """Of whom: ``people``, ``civilians``; of one alone ``person``, ``civilian``."""
    one, several = VICTIMS.get(victims, (phrase(victims), phrase(victims)))
    return one if number == 1 else several


def place_in_words(where: Where | None) -> str:
    """A place with its province and how wide it is."""
    if where is None:
        return "place unknown"
    admin = f", {where.admin1}" if where.admin1 and where.admin1 != where.name else ""
    land = f" ({where.country})" if where.country else ""
    return f"{where.name}{admin}{land}"


def time_in_words(when: When | None) -> str:
    """A time as EDTF, intervals in words: ``since 2002``, ``2002 to 2004``."""
    if when is None:
        return "date unknown"
    first, between, last = when.edtf.partition("/")
    if not between:
        return first
    if last in _OPEN:
        return "date unknown" if first in _OPEN else f"since {first}"
    return f"until {last}" if first in _OPEN else f"{first} to {last}"


def decision_in_words(one: Decision) -> str:
    """What a decision is on, in a few words."""
    if one.undoes:
        return str(one.undoes)
    if one.act == "split":
        out, rest = one.subjects
        if out.id != rest.id:
            return f"{out.id} apart from {rest.id}"
        return f"{out.id}: {len(out.anchors)} of {len(out.anchors) + len(rest.anchors)} claims out"
    subjects = " + ".join(subject.id for subject in one.subjects)
    if one.field:
        if len(one.subjects) > 1:
            subjects = f"{one.subjects[0].id} and {len(one.subjects) - 1} more of its report"
        return f"{subjects}: {one.field} = {one.value}"
    said = " ".join(filter(None, (one.name, one.value)))
    return ": ".join(filter(None, (subjects, said))) or "the whole record"
