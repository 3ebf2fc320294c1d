"""Whether a claim carries the value that a hand-made key asks for, field by field.

The definitions are those of the acceptance key that this project is held against: organs count
for their state or group, a time fits if it meets the wanted one and is not much vaguer, a place
by its name in the claim's words.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

Plain = Mapping[str, Any]


def interval(edtf: str) -> tuple[dt.date, dt.date]:
    """First and last day of ``2022``, ``2022-12``, ``2022-12-18`` or two of these with ``/``."""
    if "/" in edtf:
        begins, ends = edtf.split("/")
        return interval(begins)[0], interval(ends)[1]
    parts = [int(p) for p in edtf.split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 1, 1), dt.date(parts[0], 12, 31)
    if len(parts) == 2:
        first = dt.date(parts[0], parts[1], 1)
        following = (first + dt.timedelta(days=32)).replace(day=1)
        return first, following - dt.timedelta(days=1)
    day = dt.date(*parts)
    return day, day


def time_fits(want: str, got: Plain | None) -> bool:
    """The claimed interval meets the wanted one and is at most twice as wide, and three days."""
    if not got or not got.get("earliest") or not got.get("latest"):
        return False
    first, last = interval(want)
    a, b = (dt.date.fromisoformat(got[end][:10]) for end in ("earliest", "latest"))
    return a <= last and b >= first and (b - a).days <= 2 * (last - first).days + 3


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Fields:
    """Compares claims with wanted values. `parents` gives each actor's owner, or None."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = parents

    def fits(self, name: str, want: Any, claim: Plain) -> bool:
        """Whether `claim` carries `want` as its `name`."""
        special = _SPECIAL.get(name)
        if special:
            return special(self, want, claim)
        return claim.get(name) in _listed(want)

    def wrong(self, want: Plain, claim: Plain | None) -> list[str]:
        """Names of the wanted fields that `claim` does not carry."""
        return [k for k, v in want.items() if claim is None or not self.fits(k, v, claim)]

    def _with_owners(self, actor: str | None) -> list[str]:
        seen: list[str] = []
        while actor and actor not in seen:
            seen.append(actor)
            actor = self._parents.get(actor)
        return seen

    def ids(self, *values: Any) -> set[str]:
        """All actor ids in these fields, with whom they belong to."""
        out: set[str] = set()
        for value in values:
            for item in _listed(value):
                if isinstance(item, str):
                    out.update(self._with_owners(item))
                elif item:
                    for name in ("actor", "id"):
                        out.update(self._with_owners(item.get(name)))
        return out

    def _sides(self, want: Any, claim: Plain, *names: str) -> bool:
        seen = self.ids(*(claim.get(name) or [] for name in names))
        return all(seen & set(side) for side in want)

    def _any(self, want: Any, claim: Plain, *names: str) -> bool:
        return bool(self.ids(*(claim.get(name) or [] for name in names)) & set(_listed(want)))

    def _speaker(self, want: Any, claim: Plain) -> bool:
        speakers = claim.get("speakers") or []
        kinds = {speaker.get("kind") for speaker in speakers}
        return bool((self.ids(speakers, claim.get("by")) | kinds) & set(want))


Check = Callable[[Fields, Any, Plain], bool]


def _count(name: str) -> Check:
    return lambda _f, want, claim: (claim.get("count") or {}).get(name) in _listed(want)


def _some(*names: str) -> Check:
    return lambda fields, want, claim: fields._any(want, claim, *names)


def _place(_fields: Fields, want: Any, claim: Plain) -> bool:
    where = claim.get("where") or {}
    names = ("name", "as_written", "admin1", "admin2")
    words = " ".join(str(where.get(name) or "") for name in names)
    return str(want).casefold() in words.casefold()


def _person(_fields: Fields, want: Any, claim: Plain) -> bool:
    person = json.dumps(claim.get("person") or "", ensure_ascii=False)
    return str(want).casefold() in person.casefold()


def _stance(_fields: Fields, want: Any, claim: Plain) -> bool:
    return claim.get("stance") in _listed(want) or claim.get("act") in _listed(want)


_SPECIAL: dict[str, Check] = {
    "low": _count("low"),
    "high": _count("high"),
    "qualifier": _count("qualifier"),
    "where": _place,
    "day": lambda _f, want, claim: time_fits(want, claim.get("when")),
    "period": lambda _f, want, claim: time_fits(want, claim.get("period")),
    "initiator": _some("initiators"),
    "target": _some("targets"),
    "actors": lambda f, want, claim: f._sides(want, claim, "initiators", "targets"),
    "parties": lambda f, want, claim: f._sides(want, claim, "parties"),
    "party": _some("parties", "subject", "object"),
    "mediator": _some("mediators"),
    "addressee": _some("addressees"),
    "speaker": lambda f, want, claim: f._speaker(want, claim),
    "by": _some("by"),
    "subject": _some("subject"),
    "object": _some("object"),
    "organisation": _some("organisation"),
    "actor": _some("actor"),
    "person": _person,
    "stance": _stance,
    "responds": lambda _f, want, claim: bool(claim.get("in_response_to")) is want,
    "amount": lambda _f, want, claim: (claim.get("amount") or {}).get("value") == want,
}
