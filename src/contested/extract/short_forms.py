"""Short forms: what "ABC" stands for in this report.

A report that writes "Long Name (ABC)" says itself what it means by ABC. Where it does not, and
several actors are known by those letters, the one of a country that the report speaks of is
meant; where none is, the letters are kept without an actor.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contested.extract.mentions import ActorMention
from contested.extract.who import fold
from contested.model import ActorRef
from contested.world import World

_BRACKET = re.compile(
    r"\s*\((?:[a-z][a-z ,]{0,40}\s)?[“\"'‘]?((?:[A-Z][.-]?){2,10})[”\"'’]?\s*[),;]"
)
_SPELLED = re.compile(r"\s*\(\s*(?:or\s+)?(?:the\s+)?[“\"'‘]?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset(("of", "for", "and", "the", "in", "to", "on", "de", "la", "del", "y", "al",
                    "ul", "wa", "wal", "el"))  # fmt: skip
_STEM = 4
_BACK = 90


@dataclass(frozen=True, slots=True)
class _Meaning:
    """An actor, or None for a body that the table lacks."""

    actor: str | None


class ShortForms:
    """The actors behind each run of initials. Make one for many reports."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, dict[str, None]] = {}
        self._names: dict[str, list[str]] = {}
        for alias in world.aliases:
            if alias.use == "acronym":
                self._known.setdefault(fold(alias.text), {})[alias.actor] = None
            elif alias.use == "name":
                self._names.setdefault(alias.actor, []).append(alias.text)

    def settle(
        self, text: str, mentions: Sequence[ActorMention], home: str | None, named: Collection[str]
    ) -> list[ActorMention]:
        """`mentions`, with each short form given to the actor that it stands for in `text`.

        `home` is the country that the report is most about, `named` all that it speaks of (ISO
        3166-1 alpha-2). A short form that the text spells out, and the table lacks, is added, and
        so is a long form that the table writes otherwise.
        """
        spelled = dict(self._spelled(text, mentions))
        out = [self._settled(m, spelled, home, named) for m in mentions]
        taken = [(m.start, m.end) for m in mentions]
        out += self._written_out(text, spelled, taken)
        for letters, meaning in spelled.items():
            if meaning.actor is None or letters in self._known:
                continue
            for found in re.finditer(rf"(?<![\w-]){re.escape(letters.upper())}(?![\w-])", text):
                if all(found.end() <= a or found.start() >= b for a, b in taken):
                    ref = ActorRef(meaning.actor, found[0])
                    out.append(ActorMention(found.start(), found.end(), ref, "acronym"))
        return sorted(out, key=lambda m: m.start)

    def _written_out(
        self, text: str, spelled: Mapping[str, _Meaning], taken: Sequence[tuple[int, int]]
    ) -> Iterator[ActorMention]:
        """Long forms that stand before their letters and are no name of the table."""
        for found in _BRACKET.finditer(text):
            letters = fold(found[1].replace("-", ""))
            meaning = spelled.get(letters)
            if meaning is None or meaning.actor is None or letters not in self._known:
                continue
            long = _long_form(text[max(0, found.start() - _BACK) : found.start()], letters)
            start, end = found.start() - len(long), found.start()
            if long and all(end <= a or start >= b for a, b in taken):
                yield ActorMention(start, end, ActorRef(meaning.actor, long), "name")

    def _settled(
        self,
        mention: ActorMention,
        spelled: Mapping[str, _Meaning],
        home: str | None,
        named: Collection[str],
    ) -> ActorMention:
        letters = fold(mention.ref.as_written)
        if mention.how == "outlet":
            return self._no_outlet(mention, letters, spelled)
        if mention.how != "acronym" or letters not in self._known:
            return mention
        meaning = spelled.get(letters)
        if meaning is None and mention.ref.as_written.isupper():
            meaning = self._by_country(letters, home, named)
        if meaning is None or meaning.actor == mention.ref.actor:
            return mention
        ref = ActorRef(meaning.actor, mention.ref.as_written)
        return ActorMention(mention.start, mention.end, ref, mention.how)

    def _no_outlet(
        self, mention: ActorMention, letters: str, spelled: Mapping[str, _Meaning]
    ) -> ActorMention:
        """An outlet's initials, given to the actor that the report spells them out for."""
        meaning = spelled.get(letters) if mention.ref.as_written.isupper() else None
        if meaning is None or meaning.actor is None:
            return mention
        ref = ActorRef(meaning.actor, mention.ref.as_written)
        return ActorMention(mention.start, mention.end, ref, "acronym")

    def _by_country(
        self, letters: str, home: str | None, named: Collection[str]
    ) -> _Meaning | None:
        """Which of several actors is meant; None where there is but one."""
        rivals = list(self._known[letters])
        if len(rivals) < 2:
            return None
        lands = {one: self._world.actors[one].country for one in rivals}
        for fits in (
            [r for r in rivals if lands[r] == home],
            [r for r in rivals if lands[r] in named],
        ):
            kin = [r for r in fits if not any(r in self._world.ancestors(o)[1:] for o in fits)]
            if kin and home is not None:
                return _Meaning(kin[0] if len(kin) == 1 else None)
        anywhere = [r for r in rivals if lands[r] is None]
        return _Meaning(anywhere[0] if len(anywhere) == 1 else None)

    def _spelled(
        self, text: str, mentions: Sequence[ActorMention]
    ) -> Iterator[tuple[str, _Meaning]]:
        """Short forms that the text spells out; the first spelling stands."""
        seen: set[str] = set()
        for mention, letters in _paired(text, mentions):
            actor = mention.ref.actor or ""
            same = _initials(mention.ref.as_written) == letters
            if letters not in seen and (same or actor in self._known.get(letters, ())):
                seen.add(letters)
                yield letters, _Meaning(actor)
        for found in _BRACKET.finditer(text):
            letters = fold(found[1].replace("-", ""))
            if letters in seen or letters not in self._known:
                continue
            long = _long_form(text[max(0, found.start() - _BACK) : found.start()], letters)
            if long:
                seen.add(letters)
                yield letters, _Meaning(self._like(letters, long))

    def _like(self, letters: str, long: str) -> str | None:
        """The actor of those letters that has a name much like the long form."""
        mine = _stems(long)
        for actor in self._known[letters]:
            if any(
                2 * len(mine & _stems(name)) >= len(mine) for name in self._names.get(actor, ())
            ):
                return actor
        return None


def _paired(text: str, mentions: Sequence[ActorMention]) -> Iterator[tuple[ActorMention, str]]:
    """Long names with the short form beside them: "Long Name (ABC)", "ABC (Long Name)"."""
    for mention in mentions:
        if mention.how != "name":
            continue
        found = _BRACKET.match(text, mention.end)
        if found is not None:
            yield mention, fold(found[1].replace("-", ""))
    for one, other in pairwise(mentions):
        both = one.how == "acronym" and other.how == "name"
        if both and _SPELLED.fullmatch(text, one.end, other.start):
            yield other, fold(one.ref.as_written)


def _initials(long: str) -> str:
    words = [w for w in _WORD.findall(long) if w.lower() not in _SMALL]
    return "".join(fold(w)[:1] for w in words) if len(words) > 1 else ""


def _long_form(before: str, letters: str) -> str:
    """The words at the end of `before` whose initials are `letters`; empty where there are none."""
    words = list(_WORD.finditer(before))
    at, left = len(words), letters
    while at and left:
        at -= 1
        word = words[at][0]
        if word.lower() in _SMALL and word[:1].islower():
            continue
        if not word[:1].isupper() or fold(word)[:1] != left[-1]:
            return ""
        left = left[:-1]
    long = "" if left else before[words[at].start() :]
    return "" if re.search(r"[.;:!?\n,()]", long) else long


def _stems(name: str) -> set[str]:
    return {fold(w)[:_STEM] for w in _WORD.findall(name) if w.lower() not in _SMALL}
