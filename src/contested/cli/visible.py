"""Words as a terminal may show them: what would steer it is written out."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""`text` with control characters written out, as ``\x1b``; line breaks stay."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def name_of(text: str) -> str:
    r"""A file's name on one line: line breaks in it are written out too, as ``\n``."""
    return visible(text.replace("\n", "\\n"))
