"""Claims: the passage gate, stable ids, and the way to plain data and back."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import PassageError
from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Count,
    Report,
    Speaker,
    admit,
    claim_adapter,
    from_plain,
    make,
    report_id,
    to_plain,
)
from contested.model.edtf import when

TEXT = "Police said two soldiers were killed in Bannu on Sunday."


def report(text: str = TEXT, name: str = "a.txt") -> Report:
    return Report(id=report_id(None, text), name=name, text=text, sha256="0" * 64)


def toll(of: Report, low: int = 2):  # type: ignore[no-untyped-def]
    return make(
        "casualties",
        of.passage(0, len(of.text)),
        method="test",
        confidence=0.9,
        effect="killed",
        count=Count(low, low, "exactly", "two"),
        victims="security_forces",
        speakers=(Speaker("Police", "pakistan-police", "official"),),
        when=when("2022-12-18", "Sunday"),
    )


def test_a_passage_is_the_reports_own_words() -> None:
    assert report().passage(0, 6).quote == "Police"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (3, 2), (0, 10_000)])
def test_no_passage_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(PassageError, match="no passage"):
        report().passage(start, end)


def test_a_claim_with_a_quote_of_the_wrong_length_cannot_exist() -> None:
    claim = toll(report())
    with pytest.raises(PassageError, match="words of its passage"):
        dataclasses.replace(claim, end=claim.end + 1)


def test_the_gate_drops_a_quote_that_the_report_does_not_hold() -> None:
    claim = toll(report())
    forged = dataclasses.replace(claim, quote="x" * len(claim.quote))
    kept, refused = admit(report(), [claim, forged])
    assert [c.id for c in kept] == [claim.id]
    assert len(refused) == 1
    assert "a.txt" in refused[0]


def test_the_gate_clears_references_to_what_it_dropped() -> None:
    claim = dataclasses.replace(toll(report()), event_ref="c-000000000000")
    kept, _ = admit(report(), [claim])
    assert kept[0].event_ref is None


def test_the_same_text_gives_the_same_ids_whatever_the_file_is_called() -> None:
    assert toll(report(name="a.txt")).id == toll(report(name="b.txt")).id


def test_another_number_is_another_claim() -> None:
    assert toll(report(), 2).id != toll(report(), 3).id


def test_method_and_confidence_do_not_rename_a_claim() -> None:
    of = report()
    values = {"type": "attack", "initiators": (ActorRef("ttp", "TTP"),)}
    one = make("event", of.passage(0, 6), method="a", confidence=0.1, **values)
    other = make("event", of.passage(0, 6), method="b", confidence=0.9, **values)
    assert one.id == other.id


def test_claims_are_immutable() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        toll(report()).effect = "wounded"


def test_plain_data_and_back() -> None:
    claim = toll(report())
    assert from_plain(to_plain(claim)) == claim


def test_the_schema_names_every_kind() -> None:
    schema = claim_adapter.json_schema()
    assert len(schema["discriminator"]["mapping"]) == 8


@given(st.text(min_size=1, max_size=80), st.data())
def test_any_passage_equals_its_slice(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    of = report(text)
    passage = of.passage(start, end)
    assert of.text[passage.start : passage.end] == passage.quote


def test_a_part_whose_whole_is_not_admitted_stands_alone() -> None:
    def toll(low: int, **values: Any) -> CasualtiesClaim:
        made = make(
            "casualties", report().passage(0, 10), method="test", confidence=1.0, effect="killed",
            count=Count(low, low, "exactly", str(low)), victims="unknown", **values,
        )  # fmt: skip
        assert isinstance(made, CasualtiesClaim)
        return made

    def parts(*claims: CasualtiesClaim) -> list[str | None]:
        kept, _ = admit(report(), claims)
        return [c.part_of for c in kept if isinstance(c, CasualtiesClaim)]

    whole = toll(9)
    part = toll(3, part_of=whole.id)
    assert part.id == toll(3).id
    assert parts(whole, part) == [None, whole.id]
    assert parts(part) == [None]
