"""Reading with a language model: planned first, with what it will cost, and then done.

The model proposes, the passage gate disposes (`contested.extract.gate`). Nothing is sent before
`ModelPlan.results` is asked for its first result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from contested.errors import (
    ContestedError,
    EndpointError,
    LanguageModelError,
    TooManyTokens,
    UsageError,
)
from contested.llm.asker import Answers, Asker, AskOptions
from contested.llm.client import Client
from contested.llm.costs import Spent, Tokens, sum_of
from contested.llm.endpoint import Endpoint
from contested.llm.prompt import version
from contested.model import Claim, Report
from contested.model.ids import digest
from contested.model.proposal import BY_MODEL
from contested.pipeline.crosscheck import Compared, agreement, beside, compare
from contested.pipeline.extraction import (
    Known,
    Outcome,
    Progress,
    Refusal,
    Results,
    outcome,
    unread,
)
from contested.pipeline.stages import Stages
from contested.settings import Settings

if TYPE_CHECKING:
    from contested.extract import Extraction, Extractor
    from contested.ingest import Captured
    from contested.world import World

_NO_PART = re.compile(r"[/+\s]+")
SHOWN = 100
"""So many dropped proposals of a report are listed in its notes."""
PARTLY = "/partly"
"""Ends the method of a reading of which pieces are missing: adding again reads it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReading:
    """Which language model shares in reading, and whether the rules read as well.

    `most` tokens may be used in all; by default twice the estimate.
    """

    endpoint: Endpoint
    with_rules: bool = True
    most: int | None = None
    options: AskOptions = field(default_factory=AskOptions)


@dataclass(slots=True)
class Tally:
    """What a model proposed over a run, and how much of it became claims."""

    proposed: int = 0
    claims: int = 0
    dropped: int = 0


class Asking(Protocol):
    """What the extractor needs of `contested.llm.asker.Asker`."""

    spent: Spent

    def ask(self, text: str) -> Answers:
        """Proposals for a report."""

    def estimate(self, text: str) -> Tokens:
        """What it will use, about."""


def model_method(model: str) -> str:
    """The method of each claim that a model found: its name and the version of its prompt."""
    return f"{BY_MODEL}{_NO_PART.sub(':', model)}/{version()}"


class ModelExtractor:
    """Reads reports with a language model, and with the rules where that is wanted."""

    def __init__(self, rules: Extractor, stages: Stages, asker: Asking, how: ModelReading) -> None:
        self._rules = rules
        self._stages = stages
        self._asker = asker
        self._how = how
        self._own = model_method(how.endpoint.model)
        self.tally = Tally()

    @cached_property
    def method(self) -> str:
        """What reads: the rules and the model, or the model and the tables that check it."""
        rules = self._rules.method
        return (
            f"{rules}+{self._own}" if self._how.with_rules else f"{self._own}+{digest(rules)[:8]}"
        )

    def extract(self, report: Report) -> Extraction:
        """The claims of `report`; of those that both found, the rules' one.

        Raises EndpointError where there is no use in asking again, TooManyTokens at the limit,
        and LanguageModelError where the model alone reads and no piece has an answer.
        """
        from contested.extract import Extraction

        answers = self._asker.ask(report.text)
        first = self._rules.extract(report) if self._how.with_rules else None
        if first is None and not answers.found and answers.missing:
            raise answers.missing[0][1]
        claims = list(first.claims) if first else []
        notes = list(first.notes) if first else list(report.notes)
        found, dropped = self._gated(report, answers)
        own, agreed = beside(claims, found)
        claims += own
        notes += agreement(self._own, agreed)
        claims.sort(key=lambda claim: (claim.start, claim.kind, claim.id))
        notes += dropped[:SHOWN]
        if len(dropped) > SHOWN:
            notes.append(f"dropped {len(dropped) - SHOWN} more of what the model proposed")
        notes += _told_missing(answers)
        return Extraction(claims, notes, self.method + PARTLY if answers.missing else None)

    def crosschecked(self, report: Report) -> list[Compared]:
        """The claims of the rules and those of the model, side by side. Raises as `extract`."""
        answers = self._asker.ask(report.text)
        if not answers.found and answers.missing:
            raise answers.missing[0][1]
        return compare(self._rules.extract(report).claims, self._gated(report, answers)[0])

    def _gated(self, report: Report, answers: Answers) -> tuple[list[Claim], list[str]]:
        from contested.extract.gate import Gate, Span

        gate = Gate(report, self._rules, self._stages.world)
        claims: dict[str, Claim] = {}
        dropped: list[str] = []
        for answer in answers.found:
            within = Span(answer.piece.start, answer.piece.end)
            passed = gate.admit(answer.proposals, within, self._own)
            claims.update((claim.id, claim) for claim in passed.claims)
            both = (*answer.dropped, *passed.dropped)
            dropped += map(str, both)
            self.tally.proposed += len(answer.proposals) + len(answer.dropped)
            self.tally.dropped += len(both)
        self.tally.claims += len(claims)
        return list(claims.values()), list(dict.fromkeys(dropped))


def _told_missing(answers: Answers) -> Iterator[str]:
    for piece, error in answers.missing:
        yield f"the model read nothing in characters {piece.start} to {piece.end}: {error}"


class ModelStages(Stages):
    """The stages of `base`, but for the extractor."""

    def __init__(self, base: Stages, how: ModelReading) -> None:
        if base.settings.master is not None:
            raise UsageError(
                "A language model is asked from one place: leave --engine away, or read by rules."
            )
        super().__init__(replace(base.settings, llm_key=None))
        self._base = base
        self.how = how
        self.client = Client(how.endpoint)

    @cached_property
    def world(self) -> World:
        """The tables of `base`."""
        return self._base.world

    @cached_property
    def asker(self) -> Asker:
        """Asks the endpoint."""
        from contested.extract.gate import vocabulary

        options = replace(self.how.options, most=self.how.most)
        return Asker(self.client, vocabulary(self.world), options)

    @cached_property
    def reader(self) -> ModelExtractor:
        """The extractor under its own type."""
        return ModelExtractor(self._base.extractor, self._base, self.asker, self.how)

    @property
    def extractor(self) -> Extractor:
        """Reads reports into claims."""
        return cast("Extractor", self.reader)

    def close(self) -> None:
        """End the connections; `base` goes on."""
        self.client.close()


@dataclass(slots=True, kw_only=True)
class ModelPlan:
    """What will be read, and what it will use, about. Close it when done.

    `fresh` are the reports that are to be sent, and `characters` how long they are together.
    """

    stages: ModelStages
    items: list[Captured | Refusal]
    known: Known
    fresh: int
    characters: int
    estimate: Tokens

    @property
    def most(self) -> int:
        """So many tokens are used at most."""
        return self.stages.how.most or 2 * self.estimate.total

    @property
    def spent(self) -> Spent:
        """What was used so far."""
        return self.stages.asker.spent

    @property
    def tally(self) -> Tally:
        """What was proposed so far, and what became of it."""
        return self.stages.reader.tally

    def close(self) -> None:
        """End the connections."""
        self.stages.close()

    def results(self, progress: Callable[[Progress], None] | None = None) -> Results:
        """Read: an outcome an input, in order.

        Raises EndpointError where nothing more can be had from the endpoint, TooManyTokens where
        the limit is reached; what came before that holds.
        """
        self.stages.asker.options = replace(self.stages.asker.options, most=self.most)
        for done, item in enumerate(self.items, 1):
            one = self._outcome(item)
            yield one
            if progress:
                name = one.name if isinstance(one, Refusal) else one.report.name
                progress(Progress(done=done, total=len(self.items), name=name))

    def crosschecks(self) -> Iterator[list[Compared] | Refusal]:
        """Read by rules and model, and compare: a list a report, in order. Raises as `results`."""
        self.stages.asker.options = replace(self.stages.asker.options, most=self.most)
        for item in self.items:
            if isinstance(item, Refusal):
                yield item
                continue
            try:
                yield self.stages.reader.crosschecked(item.report)
            except (EndpointError, TooManyTokens):
                raise
            except ContestedError as error:
                yield Refusal(item.report.name, error)

    def _outcome(self, item: Captured | Refusal) -> Outcome:
        if isinstance(item, Refusal):
            return item
        if self.known(item.report):
            return unread(item)
        try:
            return outcome(item, self.stages.extractor.extract(item.report))
        except (EndpointError, TooManyTokens):
            raise
        except LanguageModelError as error:
            return Refusal(item.report.name, error)
        except ContestedError as error:
            return outcome(item, error)


def planned(
    paths: Sequence[str | Path],
    stages: ModelStages,
    *,
    known: Known | None = None,
    leave_out: frozenset[Path] = frozenset(),
) -> ModelPlan:
    """A plan for the reports under `paths`. Nothing is sent.

    Raises ExtraMissing where what is needed is not installed, and ContestedError where nothing
    can be read at all.
    """
    stages.client.ready()
    items = list(_captured(paths, stages, leave_out))
    unknown = known or _never
    texts = [i.report.text for i in items if not isinstance(i, Refusal) and not unknown(i.report)]
    return ModelPlan(
        stages=stages,
        items=items,
        known=unknown,
        fresh=len(texts),
        characters=sum(map(len, texts)),
        estimate=sum_of(map(stages.asker.estimate, texts)),
    )


def _never(_report: Report) -> bool:
    return False


def _captured(
    paths: Sequence[str | Path], stages: Stages, leave_out: frozenset[Path]
) -> Iterable[Captured | Refusal]:
    from contested.ingest import Refused, discover, read

    options = replace(stages.ingest_options, leave_out=leave_out)
    for source in discover(paths, options):
        if isinstance(source, Refused):
            yield Refusal(source.name, source.error, source.incidental)
            continue
        try:
            yield read(source, options)
        except ContestedError as error:
            yield Refusal(source.name, error)


def plan(
    paths: Sequence[str | Path], how: ModelReading, settings: Settings | None = None
) -> ModelPlan:
    """A plan for reading `paths` without a record; see `planned`."""
    base = Stages(settings or Settings())
    return planned(paths, ModelStages(base, how))
