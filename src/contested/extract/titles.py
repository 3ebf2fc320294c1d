"""Persons by their office: "Governor A. B.", "Capt. A. B., the army's spokesman".

The office says for whom they speak, there and wherever the report names them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contested.extract.lexicon import Lexicon
from contested.extract.reading import Group, Sentence, next_phrase
from contested.world import World
from contested.world.rows import RoleWord

LONGEST = 4
"""Words that the name of an office has at most in the table of roles."""
VOICES = {"spokesperson", "leader", "deputy", "commander"}
"""Roles that any side has: without an owner they belong to whoever was spoken of last."""
ROLE_HOWS = ("organ", "home", "adjective")
NOT_ALONE = {"state", "speaker", "general"}
"""Words of the table that need others beside them in front of a name, if they come first."""


class Roles:
    """The table of roles, asked about noun groups. Make one for each report."""

    def __init__(self, world: World, words: Lexicon) -> None:
        self._words = words
        self._rows: Mapping[str, RoleWord] = {
            row.word.lower(): row for row in world.roles if row.organ or row.role in VOICES
        }

    def is_title(self, word: str) -> bool:
        """Whether a word is an office by itself, though it may also be the letters of a group."""
        return word.lower() in self._rows

    def office(self, group: Group) -> RoleWord | None:
        """The office of state in front of a person's name, the first if there are several."""
        if group.head.pos_ != "PROPN" or group.end - group.start < 2:
            return None
        words = [t.lower_.rstrip(".") for t in group.tokens if t.pos_ != "DET" and t.text != "-"]
        for end in range(1, len(words)):
            for size in range(min(LONGEST, end), 0, -1):
                row = self._rows.get(" ".join(words[end - size : end]))
                if row is None or not row.official or not row.organ:
                    continue
                if size == 1 and end + 1 < len(words) and words[end - 1] in NOT_ALONE:
                    longer = self._rows.get(" ".join(words[end - 1 : end + 1]))
                    if longer is not None or words[end - 1] == "state":
                        continue
                return row
        return None

    def named(self, group: Group) -> str | None:
        """Organ that the head and the words before it name ("interior minister").

        Empty for a role that any side has, standing alone ("a spokesman"); None for no role.
        """
        words = [t.lower_ for t in group.tokens if t.pos_ != "DET"]
        if any(self._words.victims_of(" ".join(words[-n:])) == "civilians" for n in (3, 2)):
            words = words if self._official(words) else []
        for size in (4, 3, 2, 1):
            for tail in (" ".join(words[-size:]), " ".join(words[-size:]).rstrip("s")):
                row = self._rows.get(tail)
                if row is not None and len(words) >= size:
                    alone = row.role in VOICES and not row.organ and len(words) == size
                    if alone and not group.definite:
                        return ""
                    side = row.role in VOICES or row.official
                    return row.organ or ("government" if side else None)
        return None

    def leads(self, group: Group) -> bool:
        """Whether it is only those who lead, of whatever side: "the leadership", "its leaders"."""
        words = [t.lower_ for t in group.tokens if t.pos_ not in ("DET", "PRON")]
        row = self._rows.get(" ".join(words))
        return row is not None and row.role == "leader" and len(words) == 1

    def of_paper(self, group: Group) -> str | None:
        """The organ whose document it is: "an army statement", "a police report"."""
        words = [t.lower_ for t in group.tokens if t.pos_ != "DET"]
        if len(words) < 2 or self._words.source_kind(words[-1]) != "document":
            return None
        for size in (3, 2, 1):
            row = self._rows.get(" ".join(words[-1 - size : -1]))
            if row is not None and len(words) > size and row.official:
                return row.organ or None
        return None

    def _official(self, words: list[str]) -> bool:
        """Whether the last words together are an office of state, and no "village head"."""
        tails = (" ".join(words[-n:]) for n in (4, 3, 2))
        rows = (self._rows.get(tail) or self._rows.get(tail.rstrip("s")) for tail in tails)
        return any(row is not None and row.official for row in rows)


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
    if any(e.label_ == "PERSON" and e.start <= head.i < e.end for e in head.doc.ents):
        return True
    a, b = group.sentence.chars(group.start)[0], group.sentence.chars(group.end - 1)[1]
    spans = [(m.start, m.end) for m in group.sentence.places]
    spans += [(m.start, m.end) for m in group.sentence.actors]
    known = any(start < b and end > a for start, end in spans)
    several = len(group.tokens) > 1 and all(t.pos_ == "PROPN" for t in group.tokens)
    return several and not known and not any(t.ent_type_ for t in group.tokens)
