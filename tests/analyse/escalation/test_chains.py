"""Chains: assertions and timing kept apart."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from contested.analyse.charts.chains import chart
from contested.analyse.escalation import Chains, chains
from contested.analyse.events import Happening
from contested.model import EventClaim, Incident, to_plain
from contested.model.values import ResponseTo
from tests.analyse.escalation.samples import FIRST, drawn, happening, rows
from tests.analyse.samples import incident

LAST = FIRST.toordinal() + 20


def claim(
    id: str, words: str | None = None, ref: str | None = None, **values: object
) -> EventClaim:
    quote = "They struck back."
    told: dict[str, Any] = {"stance": "asserts"} | values
    return EventClaim(
        id=id, report="r1", name="report.md", start=0, end=len(quote), quote=quote,
        type="attack", method="test", confidence=1.0,
        in_response_to=ResponseTo(words, ref) if words else None, **told,
    )  # fmt: skip


def story() -> tuple[list[Happening], list[Incident]]:
    """An airstrike, an attack on an outpost, an airstrike on the capital."""
    made = [
        happening(1, 3, "state", type="airstrike", target=("rebels",), place="Barmal"),
        happening(2, 5, "rebels", type="attack", target=("state",), place="outpost"),
        happening(3, 8, "state", type="airstrike", target=("rebels",), place="the capital"),
    ]
    known = [replace(incident(row.id, None), claims=(f"c{n}",)) for n, row in enumerate(made, 1)]
    return made, known


def test_what_reports_assert_is_told_with_its_words() -> None:
    made, known = story()
    claims = [
        claim("c1"),
        claim("c2", "retaliation for the airstrike", "c1"),
        claim("c3", "the raid", "c2"),
    ]
    found = chains(drawn(made, 3), known, claims)
    assert [(r.first and r.first.id, r.then.id, r.basis) for r in found.rows] == [
        ("i-0001", "i-0002", "report"),
        ("i-0002", "i-0003", "report"),
    ]
    assert {r.chain for r in found.rows} == {1}
    assert found.rows[0].according_to[0].quote == "They struck back."
    assert "airstrike in Barmal by state" in found.answer
    assert "of 2 which one" in found.answer
    assert any("Timing suggests nothing here" in words for words in found.warnings)


def test_an_answer_to_nothing_named_is_a_marked_guess() -> None:
    made, known = story()
    found = chains(drawn(made, 3), known, [claim("c2", "repeated violations")])
    (row,) = found.rows
    assert (row.basis, row.first and row.first.id) == ("words", "i-0001")
    assert "which event is a guess" in found.answer


def test_nothing_that_fits_stays_unnamed() -> None:
    made, known = story()
    found = chains(drawn(made, 3), known, [claim("c1", "old grievances")])
    (row,) = found.rows
    assert row.first is None
    assert "of no known event" in found.answer


def test_what_is_denied_is_no_link() -> None:
    made, known = story()
    found = chains(drawn(made, 3), known, [claim("c2", "the airstrike", "c1", stance="denies")])
    assert found.rows == ()
    assert found.answer.startswith("No report says")


def test_two_reports_that_say_the_reverse_of_each_other_end() -> None:
    made, known = story()
    found = chains(drawn(made, 3), known, [claim("c1", "it", "c2"), claim("c2", "it", "c1")])
    assert 1 <= len(found.rows) <= 2


@pytest.fixture(scope="module")
def timed() -> Chains:
    return chains(drawn(rows(), 8), least=0.4)


def test_timing_links_point_forward_and_are_probable(timed: Chains) -> None:
    links = timed.rows
    assert len(links) > 10
    for link in links:
        assert link.basis == "timing"
        assert link.chance is not None
        assert 0.4 <= link.chance <= 1
        assert link.first is not None
        assert link.first.when is not None
        assert link.then.when is not None
        assert link.first.when <= link.then.when
        assert link.according_to == ()


def test_an_assertion_takes_the_place_of_timing(timed: Chains) -> None:
    link = timed.rows[0]
    assert link.first is not None
    known = [replace(incident(row.id, None), claims=(f"c-{row.id}",)) for row in rows()]
    said = claim(f"c-{link.then.id}", "it", f"c-{link.first.id}")
    found = chains(drawn(rows(), 8), known, [said], least=0.4)
    (named,) = [r for r in found.rows if r.then.id == link.then.id]
    assert named.basis == "report"
    assert named.chance == link.chance
    assert named.chain == 1


def test_the_chart_and_the_plain_form_hold_no_nan(timed: Chains) -> None:
    json.dumps(to_plain(timed), allow_nan=False)
    json.dumps(chart(timed), allow_nan=False)


def test_a_chart_without_a_chain_says_so_instead_of_showing_empty_axes() -> None:
    made, known = story()
    spec = chart(replace(chains(drawn(made, 3), known, []), rows=()))
    assert "No chain is drawn." in str(spec["mark"])
    assert "x" not in spec.get("encoding", {})
