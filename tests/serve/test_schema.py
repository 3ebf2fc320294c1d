"""Whatever is sent to the API: no server error, and no answer that its description does not name.

Schemathesis makes the calls from the description: values at the edges of their types and beyond,
parameters left out and doubled, bodies of other shapes, methods that there are not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="needs the dependency group `test`")

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from contested import Record
from contested.pipeline.stages import Stages
from contested.record import SqlStore
from contested.serve.app import create_app
from contested.serve.families import FAMILIES
from contested.serve.operations import Operation
from contested.settings import Settings
from tests.serve.conftest import BASE, TOKEN
from tests.serve.samples import build

pytestmark = pytest.mark.filterwarnings(
    # What Schemathesis itself does while it makes a body; nothing here can change it.
    "ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning"
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": BASE.removeprefix("http://")}
FEW = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
OPERATIONS = [one for family in FAMILIES for one in family.operations]
QUICK = ("analyse_disputes", "analyse_statistics")
"""Of the analyses, which are all served in one way, two that are quick."""
SLOW = ("brief", "agreement", "agreements")
"""They ask for an analysis, each time with other options."""
READ = [
    one
    for one in OPERATIONS
    if one.method == "GET"
    and one.name not in SLOW
    and (one.name in QUICK or "analyse_" not in one.name)
]
WRITTEN = [one for one in OPERATIONS if one.method == "POST"]


def _schema(path: Path, changes: bool) -> Any:
    build(path)
    store = SqlStore.open(path, create=False, read_only=not changes)
    record = Record(store, Stages(Settings(record=path)))
    app = create_app(record, TOKEN, changes=changes, author="tester")
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HEADERS)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _schema(tmp_path_factory.mktemp("schema") / "reading.sqlite", changes=False)


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _schema(tmp_path_factory.mktemp("schema") / "changing.sqlite", changes=True)


def _call(schema: Any, operation: Operation, mode: GenerationMode) -> None:
    described = schema.find_operation_by_id(operation.name)

    @given(case=described.as_strategy(generation_mode=mode))
    @FEW
    def calls(case: Any) -> None:
        case.call_and_validate(headers=HEADERS, checks=CHECKS)

    try:
        calls()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # Nothing can be wrong about such a call.


@pytest.mark.parametrize("mode", MODES, ids=lambda one: one.value)
@pytest.mark.parametrize("operation", [*READ, *WRITTEN], ids=lambda one: one.name)
def test_a_record_that_is_read(reading: Any, operation: Operation, mode: GenerationMode) -> None:
    _call(reading, operation, mode)


@pytest.mark.parametrize("mode", MODES, ids=lambda one: one.value)
@pytest.mark.parametrize("operation", WRITTEN, ids=lambda one: one.name)
def test_a_record_that_is_changed(
    changing: Any, operation: Operation, mode: GenerationMode
) -> None:
    _call(changing, operation, mode)
