"""Independent bodies: a country in a name makes nobody its government.

"the Sudan Doctors Network" and "a Sudanese doctors' group" are doctors; so are "the Doctors
Network", which is not "the network" that a report spoke of last.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from contested.extract.lexicon import table
from contested.extract.reading import Group


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    uses: dict[str, set[str]] = {}
    for row in table("bodies"):
        uses.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(found) for use, found in uses.items()}


def independent_body(group: Group) -> bool:
    """Whether a noun group names a union, a charity, a rights or a doctors' group and the like."""
    forms = {form for t in group.tokens for form in _forms(t)}
    head = set(_forms(group.head))
    words = _words()
    if head & words["always"]:
        return True
    return bool(head & words["body"]) and bool((forms - head) & words["calling"])


def armed_body(group: Group) -> bool:
    """Whether a noun group is called one that fights: "resistance groups", "the rebel alliance"."""
    words = _words()
    if group.head.lower_ not in words["armed_body"]:
        return False
    return any(t.lower_ in words["armed"] for t in group.tokens if t.i < group.head.i)


def no_state(group: Group) -> bool:
    """Whether a force is called what no state's force is: "the X Liberation Army"."""
    words = _words()["no_state"]
    return any(t.lower_ in words for t in group.tokens if t.i < group.head.i) or any(
        f"{t.lower_}{t.nbor(1).text}" in words for t in group.tokens if t.i < group.head.i
    )


def _forms(token: Token) -> tuple[str, str, str]:
    """A word as written, its lemma, and without its plural s, which names keep in the lemma."""
    return token.lower_, token.lemma_.lower(), token.lower_.removesuffix("s")
