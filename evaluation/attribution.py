"""Who says what, on PolNeAR: sources and contents of attributions in US political news.

PolNeAR (Newell and others, 2018) marks each attribution's source, cue and content in brat's
standoff format: ``T1<tab>Source 89 106<tab>words`` with ``;`` between pieces of one span, and
``E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1``. Taken are attributions with a content,
of the types ``Attribution`` and ``Attribution-no-source``.

Measures. Overlap F: a span counts as found if a predicted one of its role shares a character
with it, and as right if it shares one with an annotated one. Pair F: the same for a source and
a content that belong together. Content characters F: of the characters that are somebody's
words. A predicted attribution is one voice of the program's attribution stage over one
sentence; an annotated content may run over several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contested.extract.according_to import Attributor
from contested.extract.lexicon import lexicon
from contested.extract.reading import Sentence
from contested.extract.voices import Voice
from evaluation.measure import (
    Figure,
    Measured,
    NoData,
    Options,
    Say,
    f_score,
    files_under,
    fingerprint,
    share,
)
from evaluation.reading import extractor, report_of, stages

TYPES = ("Attribution", "Attribution-no-source")
_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: the characters of its source (none if not named) and of its content."""

    source: frozenset[int]
    content: frozenset[int]


def read_brat(text: str) -> list[Said]:
    """The attributions of one annotation file."""
    spans: dict[str, frozenset[int]] = {}
    out = []
    for line in text.splitlines():
        if found := _SPAN.match(line):
            pieces = (piece.split() for piece in found[3].split(";"))
            spans[found[1]] = frozenset(i for a, b in pieces for i in range(int(a), int(b)))
    for line in text.splitlines():
        if not line.startswith("E"):
            continue
        parts = [part.split(":") for part in line.partition("\t")[2].split()]
        roles = {"Source": frozenset[int](), "Content": frozenset[int]()}
        for role, span in parts[1:]:
            name = role.rstrip("0123456789")
            if name in roles:
                roles[name] |= spans.get(span, frozenset())
        if parts and parts[0][0] in TYPES and roles["Content"]:
            out.append(Said(roles["Source"], roles["Content"]))
    return out


def predicted(name: str, text: str) -> list[Said]:
    """The program's attributions in `text`, one a voice and sentence."""
    reading = extractor().read(report_of(name, text))
    found = Attributor(stages().world, lexicon()).attribute(reading.sentences)
    return [
        _said(sentence, voice)
        for sentence, attribution in zip(reading.sentences, found, strict=True)
        for voice in attribution.all()
        if voice.covers
    ]


def _said(sentence: Sentence, voice: Voice) -> Said:
    content = _characters(sentence, voice.covers)
    source: frozenset[int] = frozenset()
    if voice.source is not None:
        group = voice.source
        source = _characters(group.sentence, range(group.start, group.end))
    return Said(source, content)


def _characters(sentence: Sentence, tokens: Iterable[int]) -> frozenset[int]:
    out: set[int] = set()
    for i in tokens:
        out.update(range(*sentence.chars(i)))
    return frozenset(out)


@dataclass(slots=True)
class _Counts:
    """Numerators and denominators of one precision and one recall."""

    right: int = 0
    said: int = 0
    found: int = 0
    there: int = 0

    def figures(self, name: str, label: str) -> list[Figure]:
        precision, recall = share(self.right, self.said), share(self.found, self.there)
        return [
            Figure(f"{name}_f", f_score(precision, recall), f"{label}: F"),
            Figure(f"{name}_precision", precision, f"{label}: precision", better=None),
            Figure(f"{name}_recall", recall, f"{label}: recall", better=None),
        ]


class Tally:
    """Adds up texts."""

    def __init__(self) -> None:
        self._sources, self._contents = _Counts(), _Counts()
        self._pairs, self._characters = _Counts(), _Counts()

    def add(self, gold: Sequence[Said], mine: Sequence[Said]) -> None:
        """Hold the attributions found in one text against the annotated ones."""
        _overlaps(self._sources, [g.source for g in gold], [m.source for m in mine])
        _overlaps(self._contents, [g.content for g in gold], [m.content for m in mine])
        full, ours = [g for g in gold if g.source], [m for m in mine if m.source]
        self._pairs.there += len(full)
        self._pairs.said += len(ours)
        self._pairs.found += sum(any(_pair(g, m) for m in ours) for g in full)
        self._pairs.right += sum(any(_pair(g, m) for g in full) for m in ours)
        there = frozenset[int]().union(*(g.content for g in gold))
        said = frozenset[int]().union(*(m.content for m in mine))
        both = len(there & said)
        self._characters.right += both
        self._characters.found += both
        self._characters.said += len(said)
        self._characters.there += len(there)

    def figures(self) -> tuple[Figure, ...]:
        """All figures so far."""
        return (
            *self._sources.figures("source", "sources that overlap"),
            *self._contents.figures("content", "contents that overlap"),
            *self._pairs.figures("pair", "source with its content"),
            *self._characters.figures("characters", "characters of contents"),
        )


def _pair(one: Said, other: Said) -> bool:
    return bool(one.source & other.source) and bool(one.content & other.content)


def _overlaps(
    counts: _Counts, gold: Sequence[frozenset[int]], mine: Sequence[frozenset[int]]
) -> None:
    gold, mine = [*filter(None, gold)], [*filter(None, mine)]
    all_gold = frozenset[int]().union(*gold)
    all_mine = frozenset[int]().union(*mine)
    counts.there += len(gold)
    counts.said += len(mine)
    counts.found += sum(bool(span & all_mine) for span in gold)
    counts.right += sum(bool(span & all_gold) for span in mine)


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Each text with the annotation of its first annotator (some have several)."""
    notes = files_under(folder / "attributions", "*.ann")
    out: dict[Path, Path] = {}
    for note in notes:
        out.setdefault(folder / "text" / f"{note.stem.rpartition('_')[0]}.txt", note)
    missing = [text for text in out if not text.exists()]
    if missing:
        raise NoData(str(missing[0]))
    return list(out.items())


def measure(folder: Path, options: Options, say: Say) -> Measured:
    """Score the attributions in the texts of `folder` (``text/``, ``attributions/``)."""
    found = pairs(folder)[: options.limit]
    tally = Tally()
    for text, note in found:
        gold = read_brat(note.read_text("utf-8"))
        with text.open(encoding="utf-8", newline="") as file:
            words = file.read()
        mine = predicted(text.name, words)
        tally.add(gold, mine)
        if options.misses:
            missed = [g for g in gold if not any(g.content & m.content for m in mine)]
            for one in missed:
                say(f"  {text.name[:30]:32} {words[min(one.content) : max(one.content) + 1]!r}")
    return Measured(
        measure="polnear",
        title="Who says what (PolNeAR)",
        command="python -m evaluation polnear",
        data=f"{len(found)} texts of PolNeAR's development part",
        sha256=fingerprint(path for pair in found for path in pair),
        figures=tally.figures(),
        whole=options.limit is None,
    )
