"""Persons by their office: "Governor A. B.", "Capt. A. B., the army's spokesman".

The office says for whom they speak, there and wherever the report names them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contested.extract.reading import Group, Sentence, next_phrase
from contested.world.rows import RoleWord

LONGEST = 4
"""Words that the name of an office has at most in the table of roles."""
ROLE_HOWS = ("organ", "home", "adjective")
NOT_ALONE = {"state", "speaker", "general"}
"""Words of the table that need others beside them in front of a name, if they come first."""


def office_of(group: Group, roles: Mapping[str, RoleWord]) -> RoleWord | None:
    """The office of state that stands before a person's name, the first if there are several."""
    if group.head.pos_ != "PROPN" or group.end - group.start < 2:
        return None
    words = [t.lower_.rstrip(".") for t in group.tokens if t.pos_ != "DET" and t.text != "-"]
    for end in range(1, len(words)):
        for size in range(min(LONGEST, end), 0, -1):
            row = roles.get(" ".join(words[end - size : end]))
            if row is None or not row.official or not row.organ:
                continue
            if size == 1 and end + 1 < len(words) and words[end - 1] in NOT_ALONE:
                longer = roles.get(" ".join(words[end - 1 : end + 1]))
                if longer is not None or words[end - 1] == "state":
                    continue
            return row
    return None


def beside_names(sentence: Sentence) -> Iterator[tuple[Group, Group]]:
    """Names with the office beside them: "A. B., the police chief", "the spokesman, A. B.,"."""
    doc, end = sentence.span.doc, sentence.span.end
    for group in sentence.groups:
        at, follow = group.end, next_phrase(group)
        if group.how in ROLE_HOWS and follow is not None and follow[0] in ("of", "for"):
            at = follow[1].end
        if at + 1 >= end or doc[at].text != ",":
            continue
        other = sentence.by_token.get(at + 1)
        if other is None or other.start != at + 1:
            continue
        for name, office in ((group, other), (other, group)):
            held = office.actor is not None and office.how in ROLE_HOWS and not office.plural
            if held and office.head.pos_ != "PROPN" and _person(name):
                yield name, office


def _person(group: Group) -> bool:
    head = group.head
    if head.pos_ != "PROPN" or group.count is not None:
        return False
    return any(e.label_ == "PERSON" and e.start <= head.i < e.end for e in head.doc.ents)
