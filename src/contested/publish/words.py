"""Short words for values: the same on the screen, in tables and in briefs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contested.model import ActorRef, Count, Speaker, Toll, When, Where

MARKS: dict[str, str] = {
    "corroborated": "● corroborated",
    "single_source": "○ single source",
    "disputed": "▨ disputed",
    "unconfirmed": "◌ unconfirmed",
    "denied": "✕ denied",
}
"""How each status is shown: always a mark and a word, never one alone."""

PLAIN = {
    "ied": "IED",
    "security_forces": "security forces",
    "killed_or_wounded": "killed or wounded",
}


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
    """A number as said: ``22``, ``at least 10``, ``7,000–10,000``, ``dozens (24 or more)``."""
    if count is None:
        return ""
    low, high = count.low, count.high
    if low is None:
        return f"at most {high:,}" if high is not None else count.as_written or "some"
    if count.qualifier in ("dozens", "scores", "hundreds", "thousands"):
        return f"{count.qualifier} ({low:,} or more)"
    if high is None:
        return f"at least {low:,}"
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


def toll_in_words(toll: Toll) -> str:
    """One toll: ``security forces killed: 11–22, best 11 (lowest credible)``."""
    who = "people" if toll.victims == "unknown" else phrase(toll.victims)
    words = f"{who} {phrase(toll.effect)}: {span_in_words(toll.low, toll.high)}"
    if toll.best is None or toll.low == toll.best == toll.high:
        return words
    return f"{words}, best {toll.best:,} ({phrase(toll.rule)})"


def tolls_in_words(tolls: Iterable[Toll]) -> str:
    """Every toll, joined by semicolons."""
    return "; ".join(toll_in_words(toll) for toll in tolls)


def actors_in_words(refs: Iterable[ActorRef]) -> str:
    """Actor ids, or the words in quotes where the actor table has none."""
    return ", ".join(dict.fromkeys(ref.actor or f"“{ref.as_written}”" for ref in refs))


def place_in_words(where: Where | None) -> str:
    """A place with its province and how wide it is."""
    if where is None:
        return "place unknown"
    admin = f", {where.admin1}" if where.admin1 and where.admin1 != where.name else ""
    land = f" ({where.country})" if where.country else ""
    return f"{where.name}{admin}{land}"


def time_in_words(when: When | None) -> str:
    """A time as EDTF, or that it is unknown."""
    return when.edtf if when else "date unknown"
