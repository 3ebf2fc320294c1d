"""The part of a record that answers: what it holds, who says it, and how that is rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from contested.errors import Gone, NotFound, NotYet, UsageError
from contested.model import AgreementClaim, Claim, Grade, Incident, StatisticClaim
from contested.model.query import Query
from contested.model.ratings import Rating
from contested.pipeline.filters import Sieve, resolved
from contested.pipeline.grading import SourceOf, sources
from contested.pipeline.judging import Judging
from contested.pipeline.nothing import why_nothing
from contested.pipeline.standing import letters
from contested.record import Counts, Hit, IncidentVersion, StoredReport
from contested.record.protocol import EVERYTHING
from contested.world import Ratings, World

if TYPE_CHECKING:
    from contested.analyse.draws import DrawOptions, Draws
    from contested.analyse.events import Events
    from contested.analyse.frame import Frame
    from contested.pipeline.crosscheck import Compared

Order = Literal["time", "disputed"]


class Asking(Judging):
    """Questions to a record. `Record` is one."""

    @property
    def world(self) -> World:
        """Actors, places and the codebook."""
        return self.stages.world

    @property
    def method(self) -> str:
        """What reports are read by now: the rules, the language pipeline and the tables."""
        return self.stages.extractor.method

    def actor_name(self, id: str) -> str:
        """The name of an actor; its id where the tables have none."""
        known = self.world.actors.get(id)
        return known.name if known else id

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Current claims that fit. Actors stand for their organs and factions too."""
        sieve = Sieve(resolved(query, self.world), self.world, on_status=True)
        return sieve.sift(self.store.claims(sieve.query))

    def incidents(self, query: Query = EVERYTHING, order: Order = "time") -> list[Incident]:
        """Incidents that fit, by time, or with the disputed ones first."""
        sieve = Sieve(
            resolved(query, self.world), self.world, on_status=False, whole=order == "disputed"
        )
        found = self.store.incidents(sieve.query)
        if order == "disputed":
            found.sort(key=lambda incident: not incident.disputed)
        return list(sieve.sift(found))

    def events(self, query: Query = EVERYTHING) -> Events:
        """Incidents that fit as columns, with what is in doubt as probabilities."""
        return self.events_of(self.incidents(query))

    def events_of(self, incidents: Sequence[Incident]) -> Events:
        """Incidents of this record as columns, with what is in doubt as probabilities."""
        from contested.pipeline.drawing import events_of_record

        return events_of_record(self, incidents)

    def frame(self) -> Frame:
        """Who belongs to whom, and which types a measure counts, for analyses of claims."""
        from contested.pipeline.framing import frame_of

        return frame_of(self.world)

    def draws(self, query: Query = EVERYTHING, options: DrawOptions | None = None) -> Draws:
        """Plausible records drawn from the incidents that fit; analyses run over them.

        Raises NothingToAnalyse where none fits.
        """
        from contested.analyse.draws import draw

        return draw(self.events(query), options)

    def reports(self, query: Query = EVERYTHING) -> list[StoredReport]:
        """The latest version of every report that fits, in order of arrival."""
        return self.store.reports(resolved(query, self.world))

    def agreements(self, query: Query = EVERYTHING) -> list[AgreementClaim]:
        """Claims on ceasefires, talks and other arrangements."""
        found = self.claims(_of_kind(query, "agreement"))
        return [claim for claim in found if isinstance(claim, AgreementClaim)]

    def statistics(self, query: Query = EVERYTHING) -> list[StatisticClaim]:
        """Claims on totals over a period."""
        found = self.claims(_of_kind(query, "statistic"))
        return [claim for claim in found if isinstance(claim, StatisticClaim)]

    def claim(self, id: str) -> Claim:
        """The claim of that id, or of that beginning of one. Raises NotFound."""
        return self.store.claim(id)

    def incident(self, id: str) -> Incident:
        """The incident of that id. Raises NotFound."""
        return self.store.incident(id)

    def history(self, id: str) -> list[IncidentVersion]:
        """All that the record ever said of an incident, the first first. Raises NotFound."""
        return self.store.incident_history(id)

    def report(self, id: str) -> StoredReport:
        """The report of that id or file name. Raises NotFound."""
        named = self.store.reports(Query(report=id)) if id else []
        exact = [stored for stored in named if id in (stored.report.name, stored.report.id)]
        return exact[0] if exact else self.store.report(id)

    def find(self, id: str) -> Claim | Incident | StoredReport:
        """Whichever has that id: an incident, a claim or a report. Raises NotFound."""
        for look in (self.incident, self.claim, self.report):
            try:
                found: Claim | Incident | StoredReport = look(id)
            except (Gone, NotYet):
                raise
            except (NotFound, UsageError):
                continue
            return found
        raise NotFound(
            f"Nothing in the record has the id {id!r}. Ids stand in the lists of claims, "
            "incidents and reports; six signs of one are enough."
        )

    @property
    def ratings(self) -> Ratings:
        """How reliable sources are taken to be: by decision, by your table, by ours."""
        return Ratings(self.world, letters(self.store.decisions()))

    def sources(self) -> list[SourceOf]:
        """Outlets and speakers of the record, with how much comes from each and its letter."""
        reports = (stored.report for stored in self.store.reports())
        return sources(reports, self.store.claims(), self.ratings)

    def rating(self, claim: Claim) -> Rating:
        """How reliable whoever is closest to the content of a claim is taken to be."""
        try:
            report = self.store.report(claim.report).report
        except NotFound:
            report = None
        return self.ratings.of(claim.speakers, report)

    def grade(self, claim: Claim) -> Grade | None:
        """Both signs of a claim in the light of its incident; None if it belongs to none."""
        members = self.store.previous_membership().items()
        home = next((id for id, ids in members if claim.id in ids), None)
        grades = self.store.incident(home).grades if home else ()
        return next((grade for grade in grades if grade.claim == claim.id), None)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Reports and passages that hold all the words, best first."""
        return self.store.search(words, limit)

    def counts(self) -> Counts:
        """Totals of what the record holds now."""
        return self.store.counts()

    def why_nothing(self, query: Query = EVERYTHING) -> str:
        """In words, why nothing fits: an empty record, or a filter that names nothing known."""
        return why_nothing(self.store, self.world, query)

    def is_gathered(self) -> bool:
        """Whether the incidents were gathered after the last report or decision was added."""
        known = self.store.links.model()
        if known is None:
            return not self.store.counts().reports
        if self.store.links.stale(known[0])[0]:
            return False
        if not self.store.ungathered_decisions():
            return True
        claims, incidents = list(self.store.claims()), self.store.incidents()
        return self.judged(claims).marked(incidents, claims, self.world) == incidents

    def read_otherwise(self) -> dict[str, int]:
        """How many reports were last read by another method than today's, by that method.

        A method names the rules, the language pipeline and the tables. Such a report is read
        anew when it is added again. One that a language model read as well is not among them.
        """
        methods = Counter(stored.method for stored in self.store.reports())
        own = self.method
        return {m: n for m, n in methods.items() if m != own and not m.startswith(f"{own}+")}

    def crosscheck(self) -> list[Compared]:
        """Where rules and language model differ, in the reports of the record that both read."""
        from contested.pipeline.crosscheck import from_record

        readings = ((one.report.id, one.method, one.notes) for one in self.store.reports())
        return from_record(self.store.claims(), readings)


def _of_kind(query: Query, kind: Literal["agreement", "statistic"]) -> Query:
    return replace(query, kinds=(kind,))
