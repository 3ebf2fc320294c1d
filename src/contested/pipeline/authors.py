"""Who decides, and the words in which an author and a reason may be given."""

from __future__ import annotations

import getpass
import unicodedata
from typing import Literal

from contested.errors import DecisionError, UsageError

LONGEST_NAME, LONGEST_REASON = 200, 10_000
"""In characters. A reason stands in every version of the incidents that it bears on."""


def check_words(what: Literal["author", "reason"], words: str) -> None:
    """Raise UsageError for an author or a reason that cannot be shown, or is too long to be."""
    check_unicode(words)
    longest = LONGEST_NAME if what == "author" else LONGEST_REASON
    if len(words) > longest:
        raise UsageError(f"The {what} has {len(words):,} characters; {longest:,} are the most.")
    if words.strip() and not any(sign.isprintable() and not sign.isspace() for sign in words):
        raise UsageError(f"The {what} {words[:20]!r} has no sign that can be seen. Write it anew.")
    if what == "author" and any(unicodedata.category(sign) == "Cc" for sign in words.strip()):
        raise UsageError(f"The author {words[:60]!r} has control characters. Write one line.")


def check_unicode(words: str) -> None:
    """Raise UsageError for half a character, as a terminal in another encoding gives."""
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        raise UsageError(f"Not valid Unicode: {words[:60]!r}. Write it anew.")


def login() -> str:
    """The name with which one is logged in. Raises DecisionError where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise DecisionError(
            "Nobody is logged in by name. Say who decides: --author or CONTESTED_AUTHOR."
        ) from error
