"""What linking keeps beside the record, in reads that each see one state of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.record import blocks, link_writing, linked_accounts, linked_copies, linked_runs
from contested.record import incidents as derived
from contested.record.blocks import Blocks
from contested.record.database import Database
from contested.record.links import Copy, Run


class Linkage:
    """What is kept beside the record for linking, in reads that each see one state of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def model(self) -> tuple[int, str] | None:
        """Number and body of the model in force; None if nothing was ever linked."""
        with self._database.reading() as connection:
            return link_writing.model(connection)

    def state(self) -> tuple[int, int]:
        """The last model and the last linked run: to tell whether another linked meanwhile."""
        with self._database.reading() as connection:
            return link_writing.state(connection)

    def stale(self, model: int) -> tuple[list[int], list[str]]:
        """Current runs that are not linked, and their reports."""
        with self._database.reading() as connection:
            return linked_runs.stale(connection, model)

    def runs(self, wanted: Sequence[int] | None = None) -> Iterator[Run]:
        """These current runs, or all, with their reports and claims."""
        with self._database.reading() as connection:
            yield from linked_runs.runs(connection, wanted)

    def runs_of(self, reports: Sequence[str]) -> Iterator[Run]:
        """The current runs of these reports, with their claims."""
        with self._database.reading() as connection:
            yield from linked_runs.runs(connection, linked_runs.runs_of(connection, reports))

    def blocks(self, model: int, changed: Sequence[str]) -> Blocks:
        """Where all current accounts lie, and the fingerprints of their reports.

        `changed` are the reports that `stale` names.
        """
        with self._database.reading() as connection:
            gone = linked_runs.replaced(connection, model, changed)
            return blocks.read(connection, model, gone)

    def bodies(self, numbers: Sequence[int]) -> dict[int, str]:
        """The rows of these accounts, as JSON."""
        with self._database.reading() as connection:
            return linked_accounts.bodies(connection, numbers)

    def accounts_of(self, model: int, reports: Sequence[str]) -> list[int]:
        """Accounts of any run of these reports, current or not."""
        with self._database.reading() as connection:
            return linked_accounts.accounts_of(connection, model, reports)

    def members(self, model: int, accounts: Sequence[int]) -> dict[int, int]:
        """Every current account in a part with one of `accounts`, with its run."""
        with self._database.reading() as connection:
            parts = set(linked_accounts.parts_of(connection, accounts).values())
            return linked_accounts.members(connection, model, parts)

    def next_account(self) -> int:
        """The number that the next account gets."""
        with self._database.reading() as connection:
            return linked_accounts.next_account(connection)

    def copies(self, model: int, reports: Sequence[str]) -> dict[str, Copy]:
        """What is known of these reports as copies; a report that is not named is none."""
        with self._database.reading() as connection:
            return linked_copies.copies(connection, model, reports)

    def carrying(self, model: int, reports: Sequence[str]) -> set[str]:
        """Reports that ever stood as copies in one family with one of these."""
        with self._database.reading() as connection:
            known = linked_copies.copies(connection, model, reports)
            sources = {each.source for each in known.values()} | set(reports)
            return linked_copies.family(connection, model, sorted(sources)) - set(reports)

    def families(self, model: int, sources: Sequence[str]) -> set[str]:
        """Reports that ever stood as copies in the family of one of these sources."""
        with self._database.reading() as connection:
            return linked_copies.family(connection, model, sources)

    def holding(self, claims: Sequence[str]) -> dict[str, frozenset[str]]:
        """The incidents that hold one of these claims now, each with all its claims."""
        with self._database.reading() as connection:
            return derived.holding(connection, claims)

    def statuses(self) -> dict[str, int]:
        """How many incidents there are now, by status."""
        with self._database.reading() as connection:
            return derived.statuses(connection)

    def alive(self, incidents: Sequence[str]) -> set[str]:
        """Which of these ids are of incidents that there are now."""
        with self._database.reading() as connection:
            return derived.alive(connection, incidents)

    def reports_of(self, claims: Sequence[str]) -> list[str]:
        """The reports that these claims were ever found in."""
        with self._database.reading() as connection:
            return linked_runs.reports_of(connection, claims)
