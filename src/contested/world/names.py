"""How names are compared: without case, accents, hyphens and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = dict.fromkeys(map(ord, "'’‘ʻʼʿʾ`´."), None)
_SPACE = dict.fromkeys(map(ord, "-‐‑–—/_,"), " ")
_LETTERS = {
    ord(odd): plain
    for odd, plain in (
        ("ı", "i"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ð", "d"), ("þ", "th"), ("æ", "ae"),
        ("œ", "oe"), ("ħ", "h"), ("Ł", "l"), ("Ø", "o"), ("Đ", "d"), ("Æ", "ae"), ("Œ", "oe"),
    )
}  # fmt: skip
_TABLE: dict[int, str | None] = {**_DROP, **_SPACE, **_LETTERS}
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_BLANKS = re.compile(" {2,}")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form under which a name is looked up: ``Mīr-‘Alī`` and ``mir ali`` are the same."""
    return trim(fold_text(" ".join(name.split())))


def fold_text(text: str) -> str:
    """A whole text, such as many names on their own lines, folded at once.

    Each name still needs `trim`; line ends and ``|`` are kept.
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _BLANKS.sub(" ", text.translate(_TABLE).casefold())


def trim(folded: str) -> str:
    """A folded name without blanks at its ends and without a leading article."""
    return folded.strip().removeprefix("the ")
