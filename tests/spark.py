"""A real Spark for the tests, on this machine, which they start and stop themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from contested.errors import EngineError
from contested.spark import Cluster, check

MASTER = "local[2]"
LACKING = (
    "left out, because there is no Spark: install Java 17 or later (Debian: apt-get install "
    "openjdk-17-jre-headless), and Spark into the environment of the tests "
    "(.venv/bin/pip install -e '.[spark]')"
)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Spark, running. Skips the test where it cannot; fails it where all must be tested."""
    try:
        check(MASTER)
    except EngineError as error:
        if os.environ.get("CI"):
            pytest.fail(f"{error} ({LACKING})")
        pytest.skip(LACKING)
    held = Cluster(MASTER)
    try:
        assert held.tasks == 2
        yield held
    finally:
        held.close()
