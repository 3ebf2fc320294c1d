"""What became of each decision, and what those that hold mean for gathering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from contested.model import Claim, Decision, Incident, Report
from contested.model.decision import REVISING, State, bears_on, holding, undo_root, undone
from contested.model.ratings import Judgements, Override, Overrides
from contested.model.revision import Revision, revise
from contested.model.rules import DEFAULT_RULE
from contested.reconcile.decided import Decided, decided, record_rule
from contested.record import Store
from contested.world import Ratings, World

if TYPE_CHECKING:
    from contested.pipeline.stages import Stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision and whether it holds; `why` says so of one that does not, or in part only.

    `claims` are those that it is about today.
    """

    decision: Decision
    state: State
    why: str = ""
    claims: tuple[str, ...] = ()

    def concerns(self, id: str) -> bool:
        """Whether it names that incident, claim or report, or is about that claim today."""
        subjects = {subject.id for subject in self.decision.subjects}
        anchored = {one.claim for one in self.decision.anchors}
        return id in subjects | anchored | {*self.claims, self.decision.id, self.decision.undoes}


@dataclass(frozen=True, slots=True)
class Judged:
    """All decisions in the light of the claims of today."""

    decisions: Sequence[Decision]
    decided: Decided = field(default_factory=Decided)
    claims: Sequence[Claim] = ()
    """The current claims of all reports that a decision bears on, and perhaps others."""

    @property
    def rule(self) -> str:
        """How `best` is derived in the whole record: as a person decided, else by the default."""
        return rule_of(self.decisions)

    def touching(self, new: Iterable[Decision]) -> frozenset[str] | None:
        """The claims on which `new` decisions bear; null where they bear on the whole record.

        So does what was decided on a source: its letter stands on every claim that it makes.
        """
        by_id = {one.id: one for one in self.decisions}
        roots = [undo_root(one, by_id) for one in new]
        if any(one.act in ("rule", "reliability") and not one.subjects for one in roots):
            return None
        known = (self.decided.touched.get(one.id, ()) for one in roots)
        return frozenset(
            claim
            for one, today in zip(roots, known, strict=True)
            for claim in (*today, *(each.claim for each in one.anchors))
        )

    @property
    def judgements(self) -> Judgements:
        """What holds of sources and of the credibility of claims, for deriving incidents."""
        return Judgements(
            reliability=letters(self.decisions),
            credibility={claim: _override(one) for claim, one in credibilities(self).items()},
        )

    def marked(
        self, incidents: Iterable[Incident], claims: Iterable[Claim], world: World
    ) -> list[Incident]:
        """The incidents with the decisions that bear on each."""
        return list(map(replace(self, claims=tuple(claims)).marking(world), incidents))

    def marking(self, world: World) -> Callable[[Incident], Incident]:
        """Gives an incident the decisions that bear on it."""
        bearing: dict[str, list[str]] = {}
        for decision in holding(self.decisions):
            if decision.act == "skip":
                continue
            for claim in self.decided.touched.get(decision.id, ()):
                bearing.setdefault(claim, []).append(decision.id)
        for one in self.claims:
            if one.decisions:
                bearing.setdefault(one.id, []).extend(one.decisions)
        order = {decision.id: n for n, decision in enumerate(self.decisions)}
        sources = reliabilities(self.decisions)
        ratings = Ratings(world, letters(self.decisions))

        def marked(incident: Incident) -> Incident:
            subjects = {grade.subject for grade in incident.grades} if sources else set()
            named = (ratings.decided(each) for each in sorted(subjects))
            return _marked(incident, bearing, order, [sources[each].id for each in named if each])

        return marked


def _marked(
    incident: Incident,
    bearing: Mapping[str, Sequence[str]],
    order: Mapping[str, int],
    others: Iterable[str] = (),
) -> Incident:
    found = {each for claim in incident.claims for each in bearing.get(claim, ())} | set(others)
    return replace(incident, decisions=tuple(sorted(found, key=lambda each: order.get(each, 0))))


def judge(
    decisions: Sequence[Decision], claims: Sequence[Claim], accounts: Iterable[Iterable[str]]
) -> Judged:
    """Decisions, all of them in their order, on the claims that are current."""
    return Judged(decisions, decided(decisions, claims, accounts) if decisions else Decided())


def judged_for_gathering(store: Store, stages: Stages) -> Judged:
    """The decisions on today's claims, reading no report on which nobody decided."""
    decisions = store.decisions()
    wanted = sorted({report for one in decisions for report in one.reports})
    runs = list(store.links.runs_of(wanted))
    claims = [claim for run in runs for claim in run.claims]
    accounts = stages.accounts(claims, {run.report.id: run.report for run in runs})
    return replace(judge(decisions, claims, accounts), claims=claims)


def rulings(store: Store, judged: Judged) -> list[Ruling]:
    """Every decision with whether it holds, was undone, overridden or no longer applies."""
    taken_back = undone(judged.decisions)
    revised = _revisions(store, judged.decisions)
    return [_ruling(each, judged, taken_back, revised) for each in judged.decisions]


def _revisions(store: Store, decisions: Sequence[Decision]) -> list[Revision]:
    found = holding(decisions)
    reports = dict.fromkeys(r for d in found if d.act in REVISING for r in d.reports)
    if not reports:
        return []
    machine = store.machine_claims(tuple(reports))
    sources: dict[str, Report] = {each: store.report(each).report for each in machine}
    return [
        revise(sources[each], claims, list(bears_on(found, each)))
        for each, claims in machine.items()
    ]


def _ruling(
    decision: Decision,
    judged: Judged,
    taken_back: Mapping[str, str],
    revised: Sequence[Revision],
) -> Ruling:
    if decision.id in taken_back:
        why = f"undone by {taken_back[decision.id]}"
        return Ruling(decision=decision, state="undone", why=why)
    claims = tuple(sorted(judged.decided.touched.get(decision.id, ())))
    lapsed, over, partly = judged.decided.lapsed.get(decision.id), "", ""
    if decision.act in REVISING:
        applied = _applied(decision, revised)
        claims = tuple(one for one in applied if decision.anchors)
        lapsed = None if applied else _failure(decision, revised)
        over = _corrected_again(decision, applied, judged.decisions, revised)
        partly = _failure(decision, revised)
    over = over or judged.decided.overridden.get(decision.id, "")
    if lapsed:
        return Ruling(decision=decision, state="no longer applies", why=lapsed)
    if decision.id in judged.decided.overridden or over:
        why = f"overridden by {over}"
        return Ruling(decision=decision, state="overridden", why=why, claims=claims)
    partly = partly or judged.decided.partly.get(decision.id, "")
    return Ruling(decision=decision, state="holds", why=partly, claims=claims)


def _applied(decision: Decision, revised: Sequence[Revision]) -> list[str]:
    return [claim for each in revised for claim in each.applied.get(decision.id, ())]


def _failure(decision: Decision, revised: Sequence[Revision]) -> str:
    return next((r.failed[decision.id] for r in revised if decision.id in r.failed), "")


def _corrected_again(
    decision: Decision,
    applied: Sequence[str],
    decisions: Sequence[Decision],
    revised: Sequence[Revision],
) -> str:
    """The latest decision that corrects the same field of all these claims, or calls them wrong."""
    standing = holding(decisions)
    for other in reversed(standing):
        if other is decision or other.id == decision.id:
            return ""
        if other.act not in REVISING:
            continue
        same = other.act == "wrong" or (other.act, other.field) == (decision.act, decision.field)
        whole = other.act == "wrong" and not other.anchors
        again = bool(applied) and set(applied) <= set(_applied(other, revised))
        if same and (again or (whole and other.reports == decision.reports)):
            return other.id
    return ""


def rule_of(decisions: Sequence[Decision]) -> str:
    """How `best` is derived in the whole record: as the last that holds says, or by default."""
    found = record_rule(decisions)
    return DEFAULT_RULE if found is None else str(found.value)


def reliabilities(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The last reliability that holds of each outlet or speaker."""
    return {str(one.name): one for one in holding(decisions) if one.act == "reliability"}


def letters(decisions: Sequence[Decision]) -> Overrides:
    """The letter that holds of each outlet or speaker, with its reason and author."""
    return {name: _override(one) for name, one in reliabilities(decisions).items()}


def _override(decision: Decision) -> Override:
    return Override(str(decision.value), decision.reason, decision.author)


def credibilities(judged: Judged) -> dict[str, Decision]:
    """The last credibility that holds of each current claim."""
    return {
        claim: one
        for one in holding(judged.decisions)
        if one.act == "credibility"
        for claim in judged.decided.touched.get(one.id, ())
    }


__all__ = [
    "Judged",
    "Ruling",
    "credibilities",
    "judge",
    "letters",
    "record_rule",
    "reliabilities",
    "rule_of",
    "rulings",
]
