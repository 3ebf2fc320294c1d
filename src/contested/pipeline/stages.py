"""The stages as the settings want them, each made when it is first needed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, cast

from contested.bundled import chosen
from contested.model import Claim, Incident, Report
from contested.pipeline.reader import BundledReader
from contested.settings import PARALLEL_FROM, Settings

if TYPE_CHECKING:
    from contested.extract import Extractor
    from contested.ingest import IngestOptions
    from contested.language import Language
    from contested.reconcile.doubt import Doubtful
    from contested.reconcile.engines import Engine
    from contested.reconcile.model import LinkModel
    from contested.spark import Cluster
    from contested.world import World


class Stages:
    """World tables, language pipeline and extractor for some settings, loaded once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def world(self) -> World:
        """The packaged world tables with the user's own over them."""
        from contested.world import World

        return World.load(self.settings.tables)

    @cached_property
    def extractor(self) -> Extractor:
        """Reads reports into claims. The bundled pipeline is loaded when it has to read."""
        from contested.extract import Extractor
        from contested.language import load

        name = self.settings.language
        bundled = cast("Language", BundledReader(name)) if chosen(name) else None
        everything = self.settings.everything
        return Extractor(self.world, bundled or load(name), everything=everything)

    @property
    def ingest_options(self) -> IngestOptions:
        """How files are read."""
        from contested.ingest import IngestOptions

        return IngestOptions(max_bytes=self.settings.max_bytes)

    def ready(self) -> None:
        """Raise EngineError where Spark is asked for and cannot run, before any work is done."""
        if self.settings.master is not None:
            from contested import spark

            spark.check(self.settings.master)

    @cached_property
    def cluster(self) -> Cluster | None:
        """Spark, where the settings ask for it. It starts when it is first used."""
        if self.settings.master is None:
            return None
        from contested.spark import Cluster

        return Cluster(self.settings.master)

    @cached_property
    def engine(self) -> Engine:
        """Where accounts are compared."""
        if self.cluster is not None:
            from contested.reconcile.spark import SparkEngine

            return SparkEngine(self.cluster)
        from contested.reconcile.duck import DuckEngine

        return DuckEngine()

    def close(self) -> None:
        """Give back what was started; what is needed again starts again."""
        if self.cluster is not None:
            self.cluster.close()

    def jobs(self, reports: int) -> int:
        """How many processes read so many reports."""
        if self.settings.jobs:
            return min(self.settings.jobs, max(reports, 1))
        return (os.cpu_count() or 1) if reports > PARALLEL_FROM else 1

    def accounts(
        self, claims: Iterable[Claim], reports: Mapping[str, Report]
    ) -> list[frozenset[str]]:
        """The ids of claims that hang together and cannot be parted: one account each."""
        from contested.reconcile.units import units

        return [frozenset(c.id for c in one.claims) for one in units(list(claims), reports)]

    def doubtful(
        self,
        claims: Sequence[Claim],
        reports: Mapping[str, Report],
        model: LinkModel | None = None,
    ) -> list[Doubtful]:
        """Pairs of accounts about which the linker is in doubt; `model` as `Linking` takes it."""
        from contested.reconcile.doubt import doubtful
        from contested.reconcile.link import Linking

        return doubtful(claims, reports, self.world, Linking(model, self.engine))

    def reconcile(
        self,
        claims: Iterable[Claim],
        reports: Mapping[str, Report],
        previous: Mapping[str, frozenset[str]] | None = None,
    ) -> list[Incident]:
        """Gather claims into incidents, by today's light; `previous` as `Reconciling` takes it."""
        from contested.reconcile import Reconciling, reconcile
        from contested.reconcile.link import Linking

        how = Reconciling(
            previous=previous or {},
            linking=Linking(engine=self.engine),
            as_of=dt.datetime.now(dt.UTC).date().isoformat(),
        )
        return reconcile(list(claims), reports, self.world, how)


def gather(
    claims: Iterable[Claim], reports: Iterable[Report], settings: Settings | None = None
) -> list[Incident]:
    """Gather claims into incidents without a record.

    `reports` are those that the claims come from: origins are worked out from their texts.
    """
    with closing(Stages(settings or Settings())) as stages:
        stages.ready()
        return stages.reconcile(claims, {report.id: report for report in reports})
