"""One extractor for all tests of claims, and a short way to ask it."""

from collections.abc import Callable

import pytest

from contested.extract import Extractor
from contested.language import load
from contested.model import Claim, Report, report_id
from contested.model.edtf import when
from contested.world import World

Ask = Callable[..., list[Claim]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(World.load(), load())


@pytest.fixture(scope="session")
def claims(extractor: Extractor) -> Ask:
    """Claims of a text published on a day, perhaps of one kind only."""

    def ask(
        text: str, kind: str | None = None, published: str | None = "2025-03-14"
    ) -> list[Claim]:
        report = Report(
            id=report_id(None, text),
            name="test.txt",
            text=text,
            sha256="0" * 64,
            published=when(published) if published else None,
        )
        found = extractor.extract(report).claims
        return [c for c in found if kind is None or c.kind == kind]

    return ask
