"""Words by which a deed is claimed, denied and blamed, from a table."""

from __future__ import annotations

from functools import lru_cache

from contested.extract.lexicon import table


@lru_cache(maxsize=32)
def blame_words(use: str) -> frozenset[str]:
    """Words of the table of blame words that are used as `use`, in small letters.

    `claiming`, `denying` and `blaming` are verbs; `share` is what is claimed or denied
    ("responsibility", "a hand"), `deed` what is said of whoever did it ("behind"), `doer` what
    they are called; `belonging` ties them to a group, `open` leaves it open. `holding` are verbs
    whose content is what somebody takes to be so, `unsure` what leaves that in doubt.
    """
    return frozenset(row["word"] for row in table("blame_words") if row["use"] == use)
