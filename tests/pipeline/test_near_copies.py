"""Copies that are found as reports come in are those that are found in all of them at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested import Record
from contested.record.links import Copy

pytestmark = pytest.mark.usefixtures("quick_extractor")
WORDS = [f"word{n}" for n in range(400)]
WIRES = [" ".join(random.Random(seed).choices(WORDS, k=90)) for seed in range(3)]
FOOTER = " ".join(random.Random(9).choices(WORDS, k=12))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A part of a wire, perhaps with a footer that many reports carry, in words of its own."""
    wire = draw(st.sampled_from(WIRES)).split()
    start = draw(st.integers(0, 40))
    part = wire[start : start + draw(st.integers(15, 90))]
    own = [f"own{draw(st.integers(0, 10**6))}n{n}" for n in range(draw(st.integers(0, 60)))]
    footer = FOOTER.split() if draw(st.booleans()) else []
    day = draw(st.integers(1, 28))
    return (
        f"---\npublished: 2025-10-{day:02}\nlanguage: en\n---\n"
        f"The army said 11 soldiers were killed. {' '.join([*own, *part, *footer])}"
    )


def copies(record: Record) -> dict[str, Copy]:
    number, _ = record.store.links.model() or (0, "")
    return dict(
        record.store.links.copies(number, [stored.report.id for stored in record.reports()])
    )


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(st.lists(texts(), min_size=1, max_size=6), min_size=2, max_size=4))
def test_a_few_at_a_time_or_all_at_once_gives_the_same_copies(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    with Record.open(folder / "record.sqlite") as record:
        for n, batch in enumerate(batches):
            paths = [folder / f"{n}-{m}.txt" for m in range(len(batch))]
            for path, text in zip(paths, batch, strict=True):
                path.write_text(text, "utf-8")
            record.add(paths)
        before = copies(record)
        record.gather()
        assert copies(record) == before
