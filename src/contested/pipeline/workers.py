"""Processes that read reports, and end at once when nobody waits for them any more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess


class _Deaf(SpawnProcess):
    """A process that Ctrl-C does not reach, from its first moment: the one that started it
    decides what Ctrl-C means."""

    def start(self) -> None:
        """Start it; what a process ignores, those that it starts ignore too."""
        if threading.current_thread() is not threading.main_thread():
            super().start()
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            super().start()
        finally:
            signal.signal(signal.SIGINT, before)


class _Remembering(SpawnContext):
    """Starts processes and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: object, **options: object) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """A process, as a context's attribute of that name gives it."""
        made = _Deaf(*args, **options)  # type: ignore[arg-type]
        self.started.append(made)
        return made


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of `number` processes; left by an error or an interrupt, it ends them at once."""
    context = _Remembering()
    pool = ProcessPoolExecutor(number, mp_context=context, initializer=_ignore_interrupt)
    with ExitStack() as exits:
        exits.callback(pool.shutdown, wait=True, cancel_futures=True)
        failed = exits.enter_context(ExitStack())
        failed.callback(_end, context.started)
        yield pool
        failed.pop_all()


def _end(processes: Iterable[SpawnProcess]) -> None:
    for process in processes:
        if process.is_alive():
            process.terminate()


def _ignore_interrupt() -> None:
    """For systems where it is not inherited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["workers"]
