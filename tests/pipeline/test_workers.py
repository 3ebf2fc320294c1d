"""Laws of the processes that read reports."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from contested.pipeline.workers import workers


def test_work_is_done_by_others() -> None:
    with workers(1) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()
    assert not multiprocessing.active_children()


def test_ctrl_c_does_not_reach_them() -> None:
    # Also where whoever started the tests ignores it, as `nohup ... &` does.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with workers(1) as pool:
            assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_does_not_wait_for_them() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), workers(1) as pool:
        pool.submit(os.getpid).result()
        pool.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30
    assert not multiprocessing.active_children()
