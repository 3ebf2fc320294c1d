"""The routes of the JSON API as values: what the app serves and OpenAPI describes is one list."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from inspect import cleandoc
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from contested.errors import UsageError
from contested.model import Claim, to_plain
from contested.model.terms import IncidentStatus, Kind, Status
from contested.serve.asked import CLAIM_STATUSES, STATUSES, Asked

LIMIT, MOST = 1_000, 10_000
"""How many things a list gives where nothing is said, and at most."""
LAST = 2**31
LONG, QUICK = 20_000, 1
"""Bytes from which an answer is packed, and how hard: little, for it is packed each time."""
AnyClaim = Annotated[Claim, Field(discriminator="kind")]
"""A claim of any kind, as one schema."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation; `kind` is any type that pydantic reads from text."""

    name: str
    meaning: str
    kind: Any = str
    several: bool = False
    required: bool = False
    default: Any = None
    names_one: bool = False
    """Whether it is the id of one thing, which may not be in the record."""

    @property
    def type(self) -> Any:
        """The type of the whole parameter."""
        return list[self.kind] if self.several else self.kind  # type: ignore[name-defined]


def _filters(status: Any) -> tuple[Parameter, ...]:
    return (
        Parameter("since", "Happened on or after that day, month or year (EDTF)."),
        Parameter("until", "Happened on or before that day, month or year (EDTF)."),
        Parameter("place", "A place by name, or a country by its two letters."),
        Parameter("actor", "An actor by id or name; its organs count too.", several=True),
        Parameter("type", "An event type of the codebook; its kinds count too."),
        Parameter("status", "Of that status.", status, several=True),
        Parameter("kind", "Claims of that kind.", Kind, several=True),
        Parameter("speaker", "Words of the name of who says it."),
        Parameter("text", "Words that occur in the passage."),
        Parameter("sure", "Claims that are right with at least this chance, 0 to 1.", float),
    )


FILTERS = _filters(IncidentStatus)
"""The filters of incidents, as the command line has them."""
INCIDENT_FILTERS = (
    *FILTERS,
    Parameter("area", "Lies in that area: west,south,east,north in degrees."),
    Parameter("changed", "Is new or was changed after that moment (ISO 8601)."),
)
"""Those that only lists and maps of incidents have too."""
CLAIM_FILTERS = _filters(Status)
"""The same of claims, whose statuses are others."""
PAGING = (
    Parameter("limit", f"At most so many; {MOST:,} are the most.", int, default=LIMIT),
    Parameter("offset", "Leave so many out at the beginning.", int, default=0),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a list that is cut already, and how long the whole is."""

    items: Sequence[Any]
    total: int


@dataclass(frozen=True, slots=True)
class Operation:
    """A route of the API."""

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[Any, Call], Any]
    returns: Any
    parameters: tuple[Parameter, ...]
    many: bool
    family: str
    body: Any = None
    most: int = 0

    @property
    def name(self) -> str:
        """The name of the operation, once in the whole API."""
        return self.answer.__name__

    @property
    def meaning(self) -> str:
        """What it answers, in words."""
        return cleandoc(self.answer.__doc__ or "").replace("``", "`")

    @property
    def names_one(self) -> bool:
        """Whether a call names one thing, which may not be there."""
        return "{" in self.path or any(one.names_one for one in self.parameters)

    @property
    def asked(self) -> tuple[Parameter, ...]:
        """Its parameters, with those that cut a list."""
        return (*self.parameters, *PAGING) if self.many else self.parameters


class Call:
    """One call of an operation: its parameters as values of their types."""

    def __init__(self, operation: Operation, request: Request, body: bytes = b"") -> None:
        self.operation = operation
        self.request = request
        self._body = body
        self.author: str | None = None
        """Who asks for a change, where the caller says so."""

    def __getitem__(self, name: str) -> str:
        """A part of the path, such as ``id``."""
        return str(self.request.path_params[name])

    def value(self, name: str) -> Any:
        """A parameter. Raises UsageError where it is missing or of another type."""
        one = next(each for each in self.operation.asked if each.name == name)
        given = [each for each in self.request.query_params.getlist(name) if each.strip()]
        if not given:
            if one.required:
                raise UsageError(f"{name} is missing: {one.meaning}")
            return [] if one.several else one.default
        try:
            return adapter(one.type).validate_python(given if one.several else given[-1])
        except ValidationError as error:
            problem = error.errors()[0]["msg"]
            raise UsageError(f"{name}={given[-1][:60]!r} is not understood: {problem}.") from error

    @cached_property
    def filters(self) -> Asked:
        """The filters, as `FILTERS` or `CLAIM_FILTERS` name them."""
        claims = any(each is CLAIM_FILTERS[5] for each in self.operation.parameters)
        statuses = CLAIM_STATUSES if claims else STATUSES
        given = self.request.query_params.multi_items()
        asked = Asked.of(self.request.url.path, given, statuses)
        if asked.backwards:
            raise UsageError(asked.backwards)
        return asked

    def check(self) -> None:
        """Raise UsageError for a parameter that there is not: it would be left aside unseen."""
        known = [each.name for each in self.operation.asked]
        for name in self.request.query_params:
            if name not in known:
                choice = f"choose {', '.join(known)}" if known else "it takes none"
                raise UsageError(f"There is no parameter {name[:40]!r} here: {choice}.")

    @cached_property
    def limit(self) -> int:
        """How many things are asked for."""
        return _within("limit", self.value("limit"), 0, MOST)

    @cached_property
    def offset(self) -> int:
        """How many are left out at the beginning."""
        return _within("offset", self.value("offset"), 0, LAST)

    @cached_property
    def body(self) -> Any:
        """The JSON that was sent, as the operation's type. Raises UsageError."""
        try:
            return adapter(self.operation.body).validate_json(self._body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the body"
            raise UsageError(f"{where}: {first['msg']}. See /api/docs for the shape.") from error

    def respond(self, found: Any) -> Response:
        """What the operation found, as JSON."""
        if not self.operation.many:
            return answer(to_plain(found), request=self.request)
        if isinstance(found, Found):
            items, total = found.items, found.total
        else:
            items, total = found[self.offset : self.offset + self.limit], len(found)
        return answer([to_plain(item) for item in items], self._paging(total), self.request)

    def _paging(self, total: int) -> dict[str, str]:
        headers = {"X-Total-Count": str(total)}
        follows = self.offset + self.limit
        if self.limit and follows < total:
            rest = [
                (name, value)
                for name, value in self.request.query_params.multi_items()
                if name not in ("limit", "offset")
            ]
            more = urlencode([*rest, ("limit", str(self.limit)), ("offset", str(follows))])
            headers["Link"] = f'<{self.request.url.path}?{more}>; rel="next"'
        return headers


def _within(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise UsageError(f"{name}={value} is not between {least} and {most:,}.")
    return value


@lru_cache(maxsize=512)
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The reader and describer of a type."""
    return TypeAdapter(kind)


def answer(
    value: object, headers: dict[str, str] | None = None, request: Request | None = None
) -> Response:
    """A value as JSON, packed where it is long and `request` takes that."""
    data = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    headers = dict(headers or {}) | {"Vary": "Accept-Encoding"}
    if request and len(data) > LONG and "gzip" in request.headers.get("accept-encoding", ""):
        data = gzip.compress(data, QUICK, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(data, media_type="application/json", headers=headers)
