"""A web app reads from many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contested.record import SqlStore

from .samples import event, report


def test_many_threads_share_a_store(place: str | Path) -> None:
    with SqlStore.open(place) as store:

        def work(number: int) -> int:
            source, data = report(f"report number {number} of many", name=f"{number}.txt")
            store.add(source, data, [event(source)], method="m")
            list(store.claims())
            return len(store.search(f"number {number}", kinds=("report",)))

        with ThreadPoolExecutor(24) as pool:
            assert list(pool.map(work, range(48))) == [1] * 48
        assert store.counts().claims == {"event": 48}
