"""Reports of incidents as a stream: originals, copies, two incidents in one, and background."""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from benchmarks.generate import phrases
from benchmarks.generate.accounts import Account, Statement, Teller
from benchmarks.generate.events import load
from benchmarks.generate.incidents import Incident, incidents
from benchmarks.generate.land import Land
from benchmarks.generate.options import Options
from benchmarks.generate.sides import Sides
from benchmarks.generate.writing import Sentence, Writer
from contested.model import Claim, Report, Sourced, make, report_id
from contested.model.edtf import when
from contested.world import World

METHOD = "generated/1"
RECENT = 400
DELAYS, DELAY_WEIGHTS = (0, 1, 2, 3, 5, 9), (46, 36, 9, 5, 3, 1)
"""Days between an incident and a report of it."""


class Generated(NamedTuple):
    """A report, the bytes it would be read from, its claims, and each claim's true incident."""

    report: Report
    original: bytes
    claims: tuple[Claim, ...]
    truth: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report before it has an address: what copies are made from."""

    account: Account
    title: str
    sentences: tuple[Sentence, ...]


def generate(options: Options) -> Iterator[Generated]:
    """The reports of a set, by day of publication. Raises NoData without UCDP's events.

    Nothing is kept but the events themselves and the reports of the last days, so that a
    million claims take no more memory than a thousand.
    """
    world = World.load()
    source = load(options.ucdp)
    land = Land(source.events, world)
    stream = incidents(options, source, land, Sides(source.names, world))
    return _Press(options, land).reports(stream)


class _Press:
    def __init__(self, options: Options, land: Land) -> None:
        self._options = options
        self._rng = Random(f"reports {options.seed}")
        self._teller = Teller(options.noise, land, self._rng)
        self._writer = Writer(self._rng)
        self._recent: deque[Incident] = deque(maxlen=RECENT)
        self._number = 0

    def reports(self, stream: Iterator[Incident]) -> Iterator[Generated]:
        waiting: list[tuple[int, int, _Draft]] = []
        for incident, count in zip(stream, _counts(self._options), strict=True):
            while waiting and waiting[0][0] < incident.day:
                yield self._printed(*heapq.heappop(waiting))
            for published, draft in self._coverage(incident, count):
                self._number += 1
                heapq.heappush(waiting, (published, self._number, draft))
            self._recent.append(incident)
        while waiting:
            yield self._printed(*heapq.heappop(waiting))

    def _coverage(self, incident: Incident, count: int) -> Iterator[tuple[int, _Draft]]:
        rng, noise = self._rng, self._options.noise
        drafts: list[_Draft] = []
        day = incident.day + rng.choices(DELAYS, DELAY_WEIGHTS)[0]
        for _ in range(count):
            if drafts and rng.random() < noise.copy:
                draft = self._copied(rng.choice(drafts))
                published = day + rng.choice((0, 0, 0, 1))
            else:
                published = incident.day + rng.choices(DELAYS, DELAY_WEIGHTS)[0]
                statement = None
                if drafts and rng.random() < noise.shared_statement:
                    statement = rng.choice(drafts).account.statement
                draft = self._written(incident, published, statement)
            drafts.append(draft)
            yield published, draft

    def _written(self, incident: Incident, published: int, statement: Statement | None) -> _Draft:
        rng, noise = self._rng, self._options.noise
        account = self._teller.account(incident, published, statement)
        sentences = self._writer.main(account)
        if rng.random() < noise.second_incident:
            sentences += self._aside(incident, published, recalled=False)
        if rng.random() < noise.background:
            sentences += self._aside(incident, published, recalled=True)
        for _ in range(rng.choice((0, 1, 1, 2))):
            sentences.insert(rng.randrange(1, len(sentences) + 1), self._writer.filler())
        return _Draft(account, self._writer.headline(account), tuple(sentences))

    def _aside(self, incident: Incident, published: int, *, recalled: bool) -> list[Sentence]:
        """Another incident of the province: of these days, or of the weeks before."""
        near = [
            other
            for other in self._recent
            if other.home.province == incident.home.province
            and (other.day < incident.day - 2) == recalled
        ]
        if not near:
            return []
        other = self._rng.choice(near)
        account = self._teller.account(other, published)
        if recalled and account.when is None and account.where is None:
            return []
        return self._writer.aside(account, recalled=recalled)

    def _copied(self, draft: _Draft) -> _Draft:
        """The same text with a new headline: whole, cut short, or with a sentence more."""
        rng = self._rng
        sentences = list(draft.sentences)
        chance = rng.random()
        if chance < 0.35 and len(sentences) > 1:
            sentences = sentences[: rng.randrange(1, len(sentences))]
        elif chance < 0.7:
            for _ in range(rng.choice((1, 1, 2))):
                sentences.insert(rng.randrange(1, len(sentences) + 1), self._writer.filler())
        return replace(
            draft, title=self._writer.headline(draft.account), sentences=tuple(sentences)
        )

    def _printed(self, published: int, number: int, draft: _Draft) -> Generated:
        """A draft as a report with its address, bytes and claims."""
        rng = self._rng
        outlet, domain = rng.choice(phrases.OUTLETS)
        date = dt.date.fromordinal(published).isoformat()
        url = f"https://{domain}/{self._options.seed}/{date.replace('-', '/')}/{number:07d}"
        text, starts = _laid_out(draft.sentences, rng)
        head = {"title": draft.title, "outlet": outlet, "published": date, "url": url}
        original = _file(head, text)
        report = Report(
            id=report_id(url, text),
            name=f"report-{number:07d}.txt",
            text=text,
            sha256=hashlib.sha256(original).hexdigest(),
            title=Sourced(draft.title, "front matter"),
            outlet=Sourced(outlet, "front matter"),
            published=when(date),
            published_source="front matter",
            url=url,
            language="en",
        )
        claims, truth = _claims(report, draft.sentences, starts)
        return Generated(report, original, claims, truth)


def _laid_out(sentences: Sequence[Sentence], rng: Random) -> tuple[str, list[int]]:
    """The sentences as paragraphs, and where each begins."""
    text, starts = "", []
    for n, sentence in enumerate(sentences):
        if n:
            text += "\n\n" if rng.random() < 0.4 else " "
        starts.append(len(text))
        text += sentence.text
    return text, starts


def _file(head: dict[str, str], text: str) -> bytes:
    lines = [f'{key}: "{value}"' for key, value in head.items()]
    return "\n".join(("---", *lines, "---", text, "")).encode()


def _claims(
    report: Report, sentences: Sequence[Sentence], starts: Sequence[int]
) -> tuple[tuple[Claim, ...], dict[str, str]]:
    claims: dict[str, Claim] = {}
    truth: dict[str, str] = {}
    events: dict[int, str] = {}
    for sentence, start in zip(sentences, starts, strict=True):
        if not sentence.specs:
            continue
        passage = report.passage(start, start + len(sentence.text))
        for spec in sentence.specs:
            about = events.get(spec.about) if spec.about is not None else None
            claim = make(
                spec.kind,
                passage,
                method=f"{METHOD}/{spec.kind}",
                confidence=0.9,
                event_ref=about,
                **spec.values,
            )
            if spec.kind == "event":
                events[spec.key] = claim.id
            claims[claim.id] = claim
            truth[claim.id] = spec.truth
    return tuple(claims.values()), truth


def _counts(options: Options) -> Iterator[int]:
    """How many reports each incident gets: at least one, heavy-tailed, in sum as many as wanted.

    Weights fall as a power of the number; the power is the one whose mean fits. The sum is then
    made exact by giving or taking one report here and there.
    """
    wanted, most = options.wanted, options.most_reports
    mean = options.reports / wanted
    rng = Random(f"counts {options.seed}")
    numbers = range(1, most + 1)
    weights = _weights(mean, most)
    counts = bytearray(rng.choices(numbers, weights, k=wanted))
    gap = options.reports - sum(counts)
    step = 1 if gap > 0 else -1
    while gap:
        at = rng.randrange(wanted)
        if 1 <= counts[at] + step <= most:
            counts[at] += step
            gap -= step
    return iter(counts)


def _weights(mean: float, most: int) -> list[float]:
    low, high = -8.0, 12.0
    for _ in range(60):
        power = (low + high) / 2
        weights = [float(n) ** -power for n in range(1, most + 1)]
        here = sum(n * w for n, w in enumerate(weights, 1)) / sum(weights)
        low, high = (power, high) if here > mean else (low, power)
    return weights
