"""JSON Lines: one object a line, in exactly the shape of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from contested.model import to_plain
from contested.publish.exporter import Thing, What, check

_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Characters that JSON allows in a string and some readers take for the end of a line."""


class JsonLines:
    """One JSON object a line: claims and incidents as docs/claims.md has them."""

    name = "jsonl"
    suffix = ".jsonl"
    writes: tuple[What, ...] = ("claims", "incidents", "reports")

    def write(self, what: What, things: Iterable[Thing], out: TextIO) -> int:
        """Write each thing on a line of its own."""
        check(self, what)
        rows = 0
        for rows, thing in enumerate(things, 1):  # noqa: B007
            out.write(one_line(to_plain(thing)) + "\n")
        return rows


def one_line(value: Any) -> str:
    """`value` as JSON that no reader takes for several lines."""
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
