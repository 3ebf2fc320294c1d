"""Values as a person writes them in a form: what `contested decide correct` reads back."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from contested.model import ActorRef, Claim, Count, Money, ResponseTo, Speaker, When, Where
from contested.model.revision import PASSAGE
from contested.pipeline.correcting import correctable

QUALIFIED = {"at_least": "at least ", "about": "about "}


def fields_of(claim: Claim) -> dict[str, str]:
    """The fields that can be corrected, each with its value as it is written; the usual first."""
    first = ("count", "type", "act", "when", "where", "actor", "victims", "effect", "initiators")
    names = correctable(claim)
    ordered = [name for name in first if name in names]
    ordered += [name for name in names if name not in first]
    return {
        name: f"{claim.start}-{claim.end}" if name == PASSAGE else as_written(getattr(claim, name))
        for name in ordered
    }


@singledispatch
def as_written(value: Any) -> str:
    """A value of a claim as it would be typed; ``unknown`` where there is none."""
    if value is None or value == "":
        return "unknown"
    return f"{value:g}" if isinstance(value, float) else str(value)


@as_written.register
def _(value: When) -> str:
    return value.edtf


@as_written.register
def _(value: Where) -> str:
    area = value.admin1 if value.admin1 and value.admin1 != value.name else value.country
    return f"{value.name}, {area}" if area else value.name


@as_written.register
def _(value: Count) -> str:
    if value.qualifier in ("dozens", "scores", "hundreds", "thousands"):
        return value.qualifier
    if value.low is None:
        return "unknown" if value.high is None else f"at most {value.high}"
    if value.high is None:
        return f"at least {value.low}" if value.over is None else f"more than {value.over}"
    if value.low != value.high:
        return f"{value.low}-{value.high}"
    return f"{QUALIFIED.get(value.qualifier, '')}{value.low}"


@as_written.register
def _(value: ActorRef) -> str:
    return value.actor or (f"({value.as_written})" if value.as_written else "unknown")


@as_written.register
def _(value: Speaker) -> str:
    return f"{value.name} ({value.kind}{f', {value.actor}' if value.actor else ''})"


@as_written.register
def _(value: Money) -> str:
    return f"{value.value:g} {value.currency}"


@as_written.register
def _(value: ResponseTo) -> str:
    return value.as_written


@as_written.register
def _(value: tuple) -> str:  # type: ignore[type-arg]
    mark = "; " if value and isinstance(value[0], Speaker) else ", "
    return mark.join(map(as_written, value)) or "unknown"
