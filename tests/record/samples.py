"""Reports and claims to put into a record, plain ones and any that the model allows."""

from __future__ import annotations

import hashlib
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from contested.model import Claim, Report, make, report_id
from contested.model.claim import CLAIM_TYPES

WORDS = "the convoy was hit near the old bridge at dawn and two guards were killed there"


def report(text: str = WORDS, **values: Any) -> tuple[Report, bytes]:
    """A report and its bytes."""
    data = values.pop("data", text.encode())
    found = Report(
        id=values.pop("id", report_id(values.get("url"), text)),
        name=values.pop("name", "report.txt"),
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        **values,
    )
    return found, data


def event(source: Report, start: int = 0, end: int = 10, **values: Any) -> Claim:
    """An event claim on a passage."""
    return make(
        "event",
        source.passage(start, end),
        method="rule",
        confidence=0.8,
        **{"type": "attack", **values},
    )


@st.composite
def stored(draw: st.DrawFn) -> tuple[Report, list[Claim]]:
    """A report of any text, with claims of every kind that hold any value allowed."""
    words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    source, _ = report(draw(words))
    kinds = draw(st.lists(st.sampled_from(sorted(CLAIM_TYPES)), max_size=6))
    return source, [draw(_claim(source, kind)) for kind in kinds]


@st.composite
def _claim(draw: st.DrawFn, source: Report, kind: str) -> Claim:
    start = draw(st.integers(0, len(source.text) - 1))
    passage = source.passage(start, draw(st.integers(start + 1, len(source.text))))
    fixed = {"id", "report", "name", "start", "end", "quote", "kind", "event_ref",
             "part_of"}  # fmt: skip
    fixed |= {"method", "confidence"}
    hints = get_type_hints(CLAIM_TYPES[kind])
    values = {name: draw(_values(hint)) for name, hint in hints.items() if name not in fixed}
    confidence = draw(st.floats(0, 1))
    return make(kind, passage, method="rule", confidence=confidence, **values)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(10**12), 10**12),
}


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything of a type, with all fields of nested values drawn too."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hasattr(hint, "__dataclass_fields__"):
        return st.builds(
            hint, **{name: _values(each) for name, each in get_type_hints(hint).items()}
        )
    arguments = get_args(hint)
    if arguments[-1] is ...:
        return st.lists(_values(arguments[0]), max_size=3).map(tuple)
    if type(None) in arguments:
        return st.one_of(st.none(), *(_values(a) for a in arguments if a is not type(None)))
    return st.sampled_from(arguments)
