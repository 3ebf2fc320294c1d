"""What an address asks for: filters, page and words, and the addresses of other selections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from contested.errors import UsageError
from contested.model.query import Query
from contested.model.terms import IncidentStatus, Kind, Status

STATUSES: tuple[str, ...] = get_args(IncidentStatus)
CLAIM_STATUSES: tuple[str, ...] = get_args(Status)
KINDS: tuple[str, ...] = get_args(Kind)
SINGLE = ("since", "until", "place", "type", "speaker", "text")
SEVERAL = ("actor", "status", "kind")
PAGE = 100
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address, as pairs in the order of the form, and the page."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @classmethod
    def of(
        cls,
        path: str,
        given: Iterable[tuple[str, str]],
        statuses: tuple[str, ...] = STATUSES,
    ) -> Asked:
        """Read an address. Raises UsageError for a page, kind or status that there is not."""
        known = (*SINGLE, *SEVERAL)
        values = [(name, value.strip()[:LONGEST]) for name, value in given]
        pairs = tuple(dict.fromkeys((n, v) for n, v in values if n in known and v))
        choices = {"status": statuses, "kind": KINDS}
        for name, value in pairs:
            if name in choices and value not in choices[name]:
                choice = ", ".join(choices[name])
                raise UsageError(f"There is no {name} {value!r}: choose {choice}.")
        pages = [value for name, value in values if name == "page"]
        return cls(path, pairs, _page(pages[-1] if pages else "1"))

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a filter."""
        return tuple(value for given, value in self.pairs if given == name)

    def one(self, name: str) -> str:
        """The last value of a filter, or nothing."""
        found = self.all(name)
        return found[-1] if found else ""

    @property
    def query(self) -> Query:
        """The same filters as the command line makes of its options."""
        single = {name: self.one(name) or None for name in SINGLE}
        return Query(
            actors=self.all("actor"),
            status=self.all("status"),
            kinds=self.all("kind"),  # type: ignore[arg-type]
            **single,  # type: ignore[arg-type]
        )

    def address(self, **changes: str | None) -> str:
        """This address with some filters changed; None takes one away."""
        pairs = [(n, v) for n, v in self.pairs if n not in changes]
        pairs += [(n, v) for n, v in changes.items() if v]
        return self._to(pairs)

    def elsewhere(self, path: str) -> str:
        """The same filters on another page."""
        return Asked(path, self.pairs)._to(list(self.pairs))

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        return [
            Chip(name, value, self._to([pair for pair in self.pairs if pair != (name, value)]))
            for name, value in self.pairs
        ]

    def _to(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def _page(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise UsageError(f"There is no page {text[:20]!r}: pages are counted from 1.")
    return int(text)
