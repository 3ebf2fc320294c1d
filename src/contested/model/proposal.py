"""Proposals: claims as a language model puts them, before any of it is believed.

Their shape is made from the claim classes, so that the contract is written once. Where a claim
holds what was worked out (a place with its point, a date with its days, a number with its bounds,
an actor with its id), a proposal holds the words of the report alone: ids, dates and numbers are
nothing that a language model is asked for. `contested.extract.gate` makes claims of proposals.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from contested.model.claim import CLAIM_TYPES, BaseClaim
from contested.model.terms import Stance, Status

WORKED_OUT = {
    "casualties": frozenset(("side", "part_of")),
    "responsibility": frozenset(("actor",)),
    "position": frozenset(("organisation",)),
}
"""Fields of a kind that follow from its other fields, and are asked of nobody."""

ONE_LINE = 60

BY_MODEL = "model/"
"""How the method of a claim begins that a language model found; that of the rules does not."""

Vocabulary = Mapping[tuple[str, str], Sequence[str]]
"""The words that a field of a kind may take, where tables and not the contract hold them."""


LENIENT = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class NamedSpeaker(BaseModel):
    """One voice. `said_in` is the passage that names it, where that is not the quote."""

    model_config = LENIENT

    name: str
    said_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One claim as proposed. `values` are the fields of its kind, in the report's words.

    `number` is its place in the answer, counted from 0, by which `about_event` names another.
    """

    number: int
    kind: str
    quote: str
    cue: str
    occurrence: int = 1
    speakers: tuple[NamedSpeaker, ...] = ()
    stance: Stance = "asserts"
    status: Status = "occurred"
    about_event: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proposal that became no claim, and why."""

    kind: str
    quote: str
    reason: str

    def __str__(self) -> str:
        plain = "".join(sign if sign.isprintable() else " " for sign in self.quote)
        line = " ".join(plain.split())
        short = line if len(line) <= ONE_LINE else line[: ONE_LINE - 1] + "…"
        reason = "".join(sign if sign.isprintable() else " " for sign in self.reason)
        return f"dropped {self.kind[:20]} “{short}”: {reason}"


@lru_cache(maxsize=16)
def shape(kind: str) -> type[BaseModel]:
    """The pydantic model of a proposal of `kind`, made from the claim class."""
    claim = CLAIM_TYPES[kind]
    hints = get_type_hints(claim)
    common = {one.name for one in fields(BaseClaim)} | {"kind"}
    own = [f for f in fields(claim) if f.name not in common | WORKED_OUT.get(kind, frozenset())]
    made: dict[str, Any] = {
        "kind": (Literal[kind], ...),
        "quote": (str, ...),
        "occurrence": (int, 1),
        "cue": (str, ...),
        "speakers": (list[NamedSpeaker], Field(default_factory=list)),
        "stance": (Stance, "asserts"),
        "status": (Status, "occurred"),
        "about_event": (int | None, None),
    }
    for one in own:
        made[one.name] = _asked(hints[one.name])
    name = f"Proposed{claim.__name__}"
    return create_model(name, __config__=LENIENT, **made)


def _asked(hint: Any) -> tuple[Any, Any]:
    """What is asked for in place of a claim's field of this type, and its default."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(one for one in get_args(hint) if one is not type(None))
        return _plain(inner) | None, None
    if get_origin(hint) is tuple:
        return list[str], Field(default_factory=list)
    return _plain(hint), ...


def _plain(hint: Any) -> Any:
    return hint if get_origin(hint) is Literal else str


def answer_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a whole answer: an object with a list of claims, of every kind.

    All properties are required, as the strict mode of structured outputs asks; what the report
    does not say is null or an empty list.
    """
    definitions: dict[str, Any] = {}
    kinds = []
    for kind in CLAIM_TYPES:
        one = shape(kind).model_json_schema(ref_template="#/$defs/{model}")
        definitions.update(one.pop("$defs", {}))
        for name, words in ((n, w) for (k, n), w in vocabulary.items() if k == kind):
            one["properties"][name]["enum"] = list(words)
        definitions[one["title"]] = one
        kinds.append({"$ref": f"#/$defs/{one['title']}"})
    for definition in definitions.values():
        _close(definition)
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": {"anyOf": kinds}}},
        "required": ["claims"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _close(definition: dict[str, Any]) -> None:
    definition["required"] = list(definition["properties"])
    definition["additionalProperties"] = False
    definition.pop("title", None)
    definition.pop("description", None)
    for one in definition["properties"].values():
        for name in ("default", "title", "description"):
            one.pop(name, None)


_COMMON = frozenset(
    ("kind", "quote", "occurrence", "cue", "speakers", "stance", "status", "about_event")
)


def read_answer(answer: Any, most: int = 500) -> tuple[list[Proposal], list[Dropped]]:
    """The proposals of an answer, one by one: what is malformed spoils nothing else.

    `answer` is what the JSON held. Of more than `most` claims the rest is dropped.
    """
    items = answer.get("claims") if isinstance(answer, dict) else answer
    if not isinstance(items, list):
        return [], [Dropped("answer", "", "it is no list of claims")]
    proposals: list[Proposal] = []
    dropped: list[Dropped] = []
    for number, item in enumerate(items[:most]):
        one = _proposal(number, item)
        if isinstance(one, Dropped):
            dropped.append(one)
        else:
            proposals.append(one)
    if len(items) > most:
        dropped.append(Dropped("answer", "", f"{len(items) - most} claims more than {most}"))
    return proposals, dropped


def _proposal(number: int, item: Any) -> Proposal | Dropped:
    if not isinstance(item, dict):
        return Dropped("claim", "", "it is no object")
    kind, quote = str(item.get("kind")), str(item.get("quote") or "")
    if kind not in CLAIM_TYPES:
        return Dropped("claim", quote, f"there is no kind {kind[:40]!r}")
    try:
        read = shape(kind).model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return Dropped(kind, quote, f"{where}: {first['msg']}")
    given = dict(read)
    return Proposal(
        number=number,
        speakers=tuple(given["speakers"]),
        **{name: given[name] for name in _COMMON - {"speakers"}},
        values={name: value for name, value in given.items() if name not in _COMMON},
    )
