"""Who takes part in what happens, over a whole report, and which of them belong together.

The participants are the fillers of the role heads and people that are described, not named. What
each word says of its happening (its type, the people's kind and harm, ...) is answered by a small
network on the encoder's vectors, trained on the same news as the role heads. Participants that
are struck are joined into happenings by how likely two of them belong to one: by how far apart
they stand, what stands between, and how alike they are (average linkage).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from contested.language.encoder.fillers import LEAST, Choice, Filler, fillers, plain, same
from contested.language.encoder.phrases import NOUNS, snapped
from contested.language.encoder.roles import RoleReader, Seen, Told
from contested.language.encoder.weights import Floats, Weights

PERSON = "person"
STRUCK = ("victim", PERSON, "target")
DOERS = ("individual", "organisation")
STOPS = frozenset(".!?")
APART = frozenset(
    {"another", "also", "meanwhile", "addition", "second", "later", "elsewhere", "other", "third",
     "separate", "similar", "earlier", "same"}
)  # fmt: skip
"""Words that tell one happening from the next, or say that it is the same."""
LONGEST = 100_000
"""Characters of a report that are looked at: what follows is left out, so that memory stays
bounded."""
MENTIONS = 4
"""So many mentions of a participant are looked at for what stands near it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is enough: for a report to be read, for described people (and for their words), for
    participants to be of one happening, for a further happening, and for doers to be of a
    happening that is not the nearest. Tuned on TST1 and TST2 of MUC-3/4."""

    relevant: float = 0.8
    person: float = 0.6
    word: float = 0.3
    together: float = 0.4
    further: float = 0.6
    doer: float = 0.4
    fillers: Choice = field(
        default_factory=lambda: Choice(
            least={**Choice().least, "victim": 0.58}, relevant={}, relevant_else=0.0
        )
    )


@dataclass(frozen=True, slots=True)
class Participant:
    """One who takes part: `role`, the words, all places (characters), how likely, and the mean
    chances of what its words say, by question and answer."""

    role: str
    words: str
    at: tuple[tuple[int, int], ...]
    chance: float
    answers: Mapping[str, Mapping[str, float]]

    def best(self, question: str, none: str | None = None) -> str | None:
        """The likeliest answer; None where that is `none` or nothing is known."""
        found = self.answers.get(question, {})
        best = max(found, key=lambda answer: found[answer], default=None)
        return None if best == none else best


@dataclass(frozen=True, slots=True)
class Happening:
    """Participants that belong together."""

    participants: tuple[Participant, ...]

    def of(self, *roles: str) -> list[Participant]:
        """Those of these roles, in order of mention."""
        return [p for p in self.participants if p.role in roles]


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's role mentions, and its happenings, likeliest first."""

    told: Told
    happenings: tuple[Happening, ...]


@dataclass(slots=True)
class _Found:
    """A participant on its way: words `start` to `end` of each mention."""

    role: str
    words: str
    chance: float
    at: list[tuple[int, int]]
    scene: Floats


class SceneReader:
    """Reads reports for happenings. Holds the weights and nothing between reports."""

    def __init__(self, weights: Weights, roles: RoleReader | None = None) -> None:
        self.roles = roles or RoleReader(weights)
        self._labels = [tuple(label.split("|", 1)) for label in weights.labels["scene"]]
        self._person = self._labels.index(("role", PERSON))
        self._types = [n for n, (group, a) in enumerate(self._labels) if _is_type(group, a)]
        together = weights.about["together"]
        self._weights = np.array(together["weights"])
        self._bias = float(together["bias"])

    def mentions(self, text: str, least: float) -> Told:
        """Who and what fills a role in a passage, where likelier than `least`."""
        return self.roles.read(text, least)

    def read(self, text: str, limits: Limits | None = None) -> Scene:
        """The happenings of `text`; none where it tells of no attack."""
        limits = limits or Limits()
        text = text[:LONGEST]
        seen = self.roles.look(text)
        told = self.roles.told(text, seen, LEAST) if seen.words else Told([], 0.0)
        if told.relevant < limits.relevant:
            return Scene(told, ())
        found = self._participants(text, seen, told, limits)
        return Scene(told, tuple(self._happenings(text, seen, found, limits)))

    def _participants(self, text: str, seen: Seen, told: Told, limits: Limits) -> list[_Found]:
        out = list(self._filling(text, seen, told, limits))
        doers = [(at, f.chance) for f in out if f.role in DOERS for at in f.at]
        for one in self._described(text, seen, limits):
            if not any(
                a < d and c < b and chance > one.chance
                for (c, d), chance in doers
                for a, b in one.at
            ):
                out.append(one)
        return out

    def _filling(self, text: str, seen: Seen, told: Told, limits: Limits) -> Iterator[_Found]:
        starts = {a: n for n, (a, _) in enumerate(seen.words)}
        ends = {b: n + 1 for n, (_, b) in enumerate(seen.words)}
        for role, found in fillers(text, told, limits.fillers).items():
            for one in found:
                at = [
                    (starts[m.start], ends[m.end])
                    for m in told.mentions
                    if m.role == role and same(plain(text[m.start : m.end]), plain(one.words))
                ]
                yield _Found(role, one.words, one.chance, at, _mean(seen.scene, at))

    def _described(self, text: str, seen: Seen, limits: Limits) -> list[_Found]:
        """People who are described ("two peasants"), the likeliest writing of each."""
        chances = seen.scene[:, self._person]
        by_key: dict[str, list[tuple[Filler, int, int]]] = {}
        for start, end in _runs(chances, limits.word):
            of = text[slice(*seen.words[end - 1])].lower() == "of"
            a, b = snapped(start, end, seen.parts, of=of)
            chance = float(chances[a:b].mean())
            first, last = seen.words[a][0], seen.words[b - 1][1]
            words = " ".join(text[first:last].split())
            if seen.parts[b - 1] in NOUNS and chance >= limits.person and plain(words):
                by_key.setdefault(plain(words), []).append(
                    (Filler(words, first, last, chance), a, b)
                )
        out: list[tuple[str, _Found]] = []
        for key, found in sorted(by_key.items(), key=lambda kv: -max(f.chance for f, *_ in kv[1])):
            if not any(same(key, other) for other, _ in out):
                best = max((f for f, *_ in found), key=lambda f: f.chance)
                at = [(a, b) for _, a, b in found]
                one = _Found(PERSON, best.words, best.chance, at, _mean(seen.scene, at))
                out.append((key, one))
        return [one for _, one in out]

    def _happenings(
        self, text: str, seen: Seen, found: Sequence[_Found], limits: Limits
    ) -> Iterator[Happening]:
        core = [f for f in found if f.role in STRUCK]
        if not core and not any(f.role in ("weapon", "individual") for f in found):
            return
        measure = _Measure(self, Nearness(text, seen, self._types))
        groups = _linked(core, measure, limits.together) if core else [[]]
        groups.sort(key=lambda group: -sum(f.chance for f in group))
        groups[1:] = [g for g in groups[1:] if max(f.chance for f in g) >= limits.further]
        members = [list(group) for group in groups]
        for one in found:
            if one.role in STRUCK:
                continue
            near = [measure.group(one, group) for group in groups]
            best = int(np.argmax(near))
            for n, group in enumerate(members):
                if n == best or (one.role in DOERS and near[n] >= limits.doer):
                    group.append(one)
        for group in members:
            group.sort(key=lambda f: f.at[0])
            yield Happening(tuple(self._participant(f, seen) for f in group))

    def _participant(self, found: _Found, seen: Seen) -> Participant:
        answers: dict[str, dict[str, float]] = {}
        for (group, answer), chance in zip(self._labels, found.scene.tolist(), strict=True):
            if group != "role":
                answers.setdefault(group, {})[answer] = chance
        at = tuple((seen.words[a][0], seen.words[b - 1][1]) for a, b in found.at)
        return Participant(found.role, found.words, at, found.chance, answers)

    def together(self, features: Sequence[float]) -> float:
        """The chance that two participants belong to one happening (a logistic regression)."""
        return float(1 / (1 + np.exp(-(np.array(features) @ self._weights + self._bias))))


class Nearness:
    """What tells whether two words of a report speak of one happening.

    `types` are the columns of a scene that say of which type the happening is.
    """

    def __init__(self, text: str, seen: Seen, types: Sequence[int]) -> None:
        words = [text[a:b].lower() for a, b in seen.words]
        self._stops = np.cumsum([0, *(w in STOPS for w in words)])
        self._apart = np.cumsum([0, *(w in APART for w in words)])
        centred = seen.states - seen.states.mean(axis=0)
        self._states = centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9)
        found = seen.scene[:, list(types)]
        self._types = found / (found.sum(-1, keepdims=True) + 1e-6)
        self._length = float(np.log1p(len(words) / 100))

    def features(self, i: int, j: int) -> tuple[float, ...]:
        """How far apart two words are, what stands between them, and how alike they are."""
        a, b = sorted((i, j))
        stops = int(self._stops[b] - self._stops[a])
        apart = int(self._apart[b] - self._apart[a])
        return (
            float(np.log1p(b - a)),
            float(np.log1p(stops)),
            float(stops == 0),
            apart / (1 + stops),
            float((self._types[i] * self._types[j]).sum()),
            float((self._states[i] * self._states[j]).sum()),
            self._length,
        )


class _Measure:
    """How likely two participants of a report belong to one happening."""

    def __init__(self, reader: SceneReader, nearness: Nearness) -> None:
        self._reader, self._nearness = reader, nearness

    def pair(self, one: _Found, other: _Found) -> float:
        """Of two participants: by the mentions that fit best."""
        return max(self._words(a, b) for a, _ in one.at[:MENTIONS] for b, _ in other.at[:MENTIONS])

    def group(self, one: _Found, group: Sequence[_Found]) -> float:
        """Of a participant and a group: the mean."""
        return float(np.mean([self.pair(one, other) for other in group])) if group else 0.0

    def _words(self, i: int, j: int) -> float:
        return self._reader.together(self._nearness.features(i, j))


def _linked(found: Sequence[_Found], measure: _Measure, least: float) -> list[list[_Found]]:
    """Groups joined from the likeliest on, as long as the mean of all pairs is likely enough."""
    pairs = np.ones((len(found), len(found)))
    for i, j in combinations(range(len(found)), 2):
        pairs[i, j] = pairs[j, i] = measure.pair(found[i], found[j])
    groups = [[n] for n in range(len(found))]
    while len(groups) > 1:
        best, i, j = max(
            (float(pairs[np.ix_(groups[i], groups[j])].mean()), i, j)
            for i, j in combinations(range(len(groups)), 2)
        )
        if best < least:
            break
        groups[i] += groups.pop(j)
    return [[found[n] for n in group] for group in groups]


def _is_type(group: str, answer: str) -> bool:
    return group == "type" and answer != "NONE"


def _mean(scene: Floats, at: Sequence[tuple[int, int]]) -> Floats:
    out: Floats = np.mean([scene[a:b].mean(axis=0) for a, b in at], axis=0)
    return out


def _runs(chances: Floats, least: float) -> Iterator[tuple[int, int]]:
    start = None
    for n, chance in enumerate([*chances.tolist(), 0.0]):
        if chance >= least and start is None:
            start = n
        elif chance < least and start is not None:
            yield start, n
            start = None
