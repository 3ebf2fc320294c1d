"""Who: names of actors and of persons in public roles, as written in a text.

`ActorFinder` looks names up in the world tables; `resolve` makes actors of the noun groups
around them ("Pakistani police", "the group", "a spokesman for the TTP").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from contested.extract.lexicon import table
from contested.extract.mentions import ActorMention
from contested.model import ActorRef
from contested.world import World

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’‘`´][^\W_]+)*", re.UNICODE)
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


def fold(word: str) -> str:
    """A token's key: no case, diacritics, apostrophes or full stops."""
    plain = word.replace(".", "").translate(_APOSTROPHES)
    if plain.isascii():
        return plain.casefold()
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person of the table, for whom he or she speaks, and in which role."""

    name: str
    role: str
    actor: str
    start: str
    end: str


class ActorFinder:
    """Finds the names of the actor and person tables in a text, longest first."""

    def __init__(self, world: World) -> None:
        self._root = _Node()
        self.people: dict[str, list[PersonName]] = {}
        for alias in world.aliases:
            self._put(alias.text, alias.actor, alias.use)
        for person in world.persons:
            entry = PersonName(
                person.name, person.role, person.actor, person.start or "", person.end or ""
            )
            for name in (person.name, *person.aliases):
                known = self.people.setdefault(person.name, [])
                if entry not in known:
                    known.append(entry)
                self._put(name, person.name, "person")

        ordinary = {row["word"] for row in table("not_outlets")}
        for outlet in world.outlets:
            for name in (outlet.name, *outlet.aliases):
                if fold(name) not in ordinary:
                    self._put(name, outlet.id, "outlet")

    def _put(self, text: str, target: str, use: str) -> None:
        node = self._root
        words = [m.group() for m in _TOKEN.finditer(text)]
        if words and words[0].lower() == "the" and len(words) > 1:
            words = words[1:]
        for word in words:
            node = node.children.setdefault(fold(word), _Node())
        entry = (target, use, " ".join(words))
        if words and entry not in node.entries:
            node.entries.append(entry)

    def find(self, text: str, offset: int = 0) -> Iterator[ActorMention]:
        """Mentions in order; `ref.actor` holds the person's name where `how` is ``person``."""
        tokens = list(_TOKEN.finditer(text))
        keys = [fold(t.group().removesuffix("'s").removesuffix("’s")) for t in tokens]
        loud = text.isupper()
        i = 0
        while i < len(tokens):
            best: tuple[int, tuple[str, str, str]] | None = None
            node = self._root
            for j in range(i, len(tokens)):
                if j > i and _far(text[tokens[j - 1].end() : tokens[j].start()]):
                    break
                child = node.children.get(keys[j])
                if child is None:
                    break
                node = child
                for entry in node.entries:
                    if loud or _case_fits(entry, [t.group() for t in tokens[i : j + 1]]):
                        best = (j, entry)
                        break
            if best is None:
                i += 1
                continue
            last, (target, use, _) = best
            start = tokens[i].start()
            end = tokens[last].end()
            words = text[start:end]
            for ending in ("'s", "’s"):
                words = words.removesuffix(ending)
            yield ActorMention(
                offset + start, offset + start + len(words), ActorRef(target, words), use
            )
            i = last + 1


def _far(gap: str) -> bool:
    """Whether two tokens are too far apart to be parts of one name."""
    return len(gap.replace("(", "", 1).strip(" -–—'’‘\n\t")) > 0 or "\n\n" in gap


def _case_fits(entry: tuple[str, str, str], words: list[str]) -> bool:
    """Acronyms keep their capitals; a name written with capitals needs one where it begins."""
    _, use, written = entry
    got = [w.removesuffix("'s").removesuffix("’s") for w in words]
    if use == "acronym":
        return got[0].replace(".", "").replace("-", "")[:1].isupper() and (
            "".join(got).replace(".", "").isupper() or got == written.split()
        )
    if written[:1].isupper():
        return got[0][:1].isupper()
    return True
