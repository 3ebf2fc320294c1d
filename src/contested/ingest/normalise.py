"""The stored text of a report: the same words on every machine, at offsets that stay."""

from __future__ import annotations

import re

_NEWLINE = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)
# A joiner spells words of Persian, Urdu and Indian scripts: it goes anywhere else.
_JOINER = re.compile(
    "(?<![\u0590-\u0dff])[\u200c\u200d]+|(?<=[\u0590-\u0dff][\u200c\u200d])[\u200c\u200d]+"
)
_BLANKS = re.compile(r"\n{4,}")


def normalise(text: str) -> str:
    """`text` with plain newlines, without unseen characters and without runs of blank lines.

    Trailing blanks go, more than two blank lines become two; all else stays as it is.
    Normalising twice changes nothing.

    >>> normalise("One \\r\\n\\u200btwo\\n")
    'One\\ntwo'
    """
    text = _NEWLINE.sub("\n", text)
    text = _JOINER.sub("", _UNSEEN.sub("", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n\n", text).strip("\n")


def one_line(value: str) -> str:
    """`value` as one line with single blanks: for titles, names and other metadata."""
    return " ".join(normalise(value).split())
