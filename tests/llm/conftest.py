"""A recorded server, and a report with what a model may say of it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from contested.extract.gate import Gate, vocabulary
from contested.llm.asker import Asker, AskOptions
from contested.llm.client import Client
from contested.llm.endpoint import Endpoint
from contested.model import Report
from contested.pipeline.stages import Stages
from contested.settings import Settings
from tests import asking
from tests.llm.server import Server, serving

KEY = "sk-recorded-0123456789"
TEXT = (
    "The army said on Wednesday that at least 22 soldiers were killed in an ambush in Kurram "
    "district of Pakistan.\n\n"
    "The Pakistani Taliban claimed responsibility for the attack. A policeman and two civilians "
    "were wounded, hospital officials said.\n\n"
    "No civilians were killed in Bannu, the minister said. The group warned of further attacks.\n"
)


@pytest.fixture(scope="session")
def stages() -> Stages:
    return Stages(Settings(language="light"))


@pytest.fixture
def report() -> Report:
    return Report(id="r-1", name="kurram.txt", text=TEXT, sha256="0" * 64)


@pytest.fixture
def gate(report: Report, stages: Stages) -> Gate:
    return Gate(report, stages.extractor, stages.world)


@pytest.fixture(scope="session")
def installed() -> None:
    """The library by which a language model is asked is there."""
    if find_spec("pydantic_ai") is None:
        asking.lacking()


@pytest.fixture(scope="session")
def _running(installed: None) -> Iterator[Server]:
    assert installed is None
    with serving() as running:
        yield running


@pytest.fixture
def server(_running: Server) -> Server:
    _running.answer({"claims": []})
    return _running


@pytest.fixture
def waits() -> list[float]:
    """The seconds for which a busy server was waited for."""
    return []


@pytest.fixture
def asker(server: Server, waits: list[float], stages: Stages) -> Iterator[Asker]:
    client = Client(Endpoint(address=server.address, model="acme/tiny", key=KEY, seconds=5))
    yield Asker(client, vocabulary(stages.world), AskOptions(wait=waits.append))
    client.close()


def event(**over: Any) -> dict[str, Any]:
    """The ambush, as a model may put it."""
    return {
        "kind": "event",
        "quote": "at least 22 soldiers were killed in an ambush in Kurram district of Pakistan",
        "cue": "ambush",
        "type": "ambush",
        "targets": ["soldiers"],
        "where": "Kurram district",
        "speakers": [{"name": "The army", "said_in": "The army said on Wednesday"}],
        **over,
    }


def killed(**over: Any) -> dict[str, Any]:
    """Its dead."""
    return {
        "kind": "casualties",
        "quote": "The army said on Wednesday that at least 22 soldiers were killed in an ambush",
        "cue": "killed",
        "effect": "killed",
        "count": "at least 22",
        "victims": "security_forces",
        "victims_as_written": "soldiers",
        "speakers": [{"name": "The army"}],
        "about_event": 0,
        **over,
    }
