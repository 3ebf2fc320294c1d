from __future__ import annotations

from typing import Any

import pytest

from evaluation.key import Key, plain, sentence
from evaluation.keyfields import Fields, interval, time_fits
from evaluation.measure import BadData

TEXT = "Front. Two soldiers were killed in Kurram on Monday. The army denied it! Nothing followed."
PARENTS = {"pk-army": "pk", "pk": None, "ttp": None}


def claim(**values: Any) -> dict[str, Any]:
    return {
        "id": "c1",
        "name": "folder/a.txt",
        "kind": "casualties",
        "quote": "Two soldiers were killed in Kurram",
        "status": "occurred",
        "stance": "asserts",
        "effect": "killed",
        "count": {"low": 2, "high": 2, "qualifier": "exactly"},
        "where": {"name": "Kurram", "as_written": "Kurram district", "admin1": None},
        "when": {"earliest": "2025-10-06", "latest": "2025-10-06"},
        "speakers": [{"name": "the army", "actor": "pk-army", "kind": "official"}],
        **values,
    }


def fact(**want: Any) -> dict[str, Any]:
    return {
        "id": "f1",
        "doc": "a.txt",
        "kind": ["casualties"],
        "anchor": "were killed in Kurram",
        "want": want,
    }


def key(facts: Any = (), negatives: Any = (), incidents: Any = ()) -> Key:
    data = {"facts": facts, "negatives": negatives, "incidents": incidents}
    return Key(data, {"folder/a.txt": TEXT}, PARENTS)


def test_a_sentence_reaches_from_stop_to_stop() -> None:
    at = TEXT.index("Kurram")
    low, high = sentence(TEXT, at, at + 6)
    assert TEXT[low:high] == ". Two soldiers were killed in Kurram on Monday."


def test_quotation_marks_dashes_and_spaces_do_not_matter() -> None:
    assert plain("It’s  “So” –\u00a0yes") == 'it\'s "so" - yes'


def test_found_and_right() -> None:
    one = fact(low=2, high=2, where="kurram", day="2025-10-06", speaker=["pk"], effect="killed")
    score = key([one]).score([claim()], [])
    assert (score.all.facts, score.all.found, score.all.right) == (1, 1, 1)
    assert score.misses == []


@pytest.mark.parametrize(
    ("want", "values"),
    [
        ({"low": 3}, {}),
        ({"where": "Khyber"}, {}),
        ({"day": "2025-10-20"}, {}),
        ({"speaker": ["ttp"]}, {}),
        ({"day": "2025-10-06"}, {"when": None}),
        ({"high": 2}, {"count": None}),
        ({"stance": "denies"}, {}),
    ],
)
def test_found_and_wrong(want: dict[str, Any], values: dict[str, Any]) -> None:
    score = key([fact(**want)]).score([claim(**values)], [])
    assert (score.all.found, score.all.right) == (1, 0)
    assert score.misses[0][1] == f"wrong: {next(iter(want))}"


def test_a_claim_of_another_kind_or_sentence_is_not_the_fact() -> None:
    others = [claim(kind="event"), claim(quote="Nothing followed.")]
    score = key([fact(low=2)]).score(others, [])
    assert score.all.found == 0
    assert score.misses == [("f1", "not found")]


def test_the_best_claim_of_a_sentence_counts() -> None:
    claims = [claim(id="c1", count={"low": 9, "high": 9}), claim(id="c2")]
    assert key([fact(low=2)]).score(claims, []).all.right == 1


def test_traps_count_each_forbidden_claim() -> None:
    trap = {"id": "t", "doc": "a.txt", "anchor": "The army denied it", "kinds": ["event:occurred"]}
    bad = claim(kind="event", quote="The army denied it!")
    planned = claim(kind="event", quote="The army denied it!", status="planned")
    score = key(negatives=[trap]).score([bad, planned, claim()], [])
    assert (score.traps, score.false_alarms) == (1, 1)


def test_words_left_out_of_the_stored_text_set_no_trap_and_lose_a_fact() -> None:
    trap = {"id": "t", "doc": "a.txt", "anchor": "Related: ten killed", "kinds": ["casualties"]}
    lost = fact(low=2) | {"anchor": "Not in the text"}
    score = key([lost], [trap]).score([claim()], [])
    assert score.false_alarms == 0
    assert score.misses == [("f1", "its words are not in the stored text")]


def test_a_key_for_another_folder_is_an_error() -> None:
    with pytest.raises(BadData, match=r"no report b\.txt"):
        key([fact(low=2) | {"doc": "b.txt"}])


@pytest.mark.parametrize(
    ("same", "homes", "right"),
    [
        (True, (["c1", "c2"], []), 1),
        (True, (["c1"], ["c2"]), 0),
        (False, (["c1"], ["c2"]), 1),
        (False, (["c1", "c2"], []), 0),
        (False, (["c1"], []), 0),
    ],
)
def test_pairs(same: bool, homes: tuple[list[str], list[str]], right: int) -> None:
    two = fact(stance="denies") | {"id": "f2", "anchor": "The army denied it"}
    claims = [claim(), claim(id="c2", quote="The army denied it", stance="denies")]
    incidents = [{"id": f"i{n}", "claims": ids} for n, ids in enumerate(homes)]
    want = [{"id": "p", "claims": ["f1", "f2"], "same": same}]
    score = key([fact(low=2), two], incidents=want).score(claims, incidents)
    assert (score.pairs, score.joined) == (1, right)


def test_intervals_and_how_vague_a_time_may_be() -> None:
    assert [d.isoformat() for d in interval("2022-02")] == ["2022-02-01", "2022-02-28"]
    assert time_fits("2022-12", {"earliest": "2022-12-18", "latest": "2022-12-18"})
    assert time_fits("2022-12-18", {"earliest": "2022-12-17", "latest": "2022-12-20"})
    assert not time_fits("2022-12-18", {"earliest": "2022-12-01", "latest": "2022-12-31"})
    assert not time_fits("2022-12-18", {"earliest": None, "latest": "2022-12-18"})


def test_organs_count_for_their_state() -> None:
    fields = Fields(PARENTS)
    row = {"initiators": [{"actor": "pk-army"}], "targets": [{"actor": "ttp"}], "by": "pk-army"}
    assert fields.fits("initiator", ["pk"], row)
    assert fields.fits("actors", [["pk"], ["ttp"]], row)
    assert not fields.fits("actors", [["pk"], ["india"]], row)
    assert fields.fits("by", "pk", row)
    assert not fields.fits("target", ["pk"], row)


def test_the_remaining_fields() -> None:
    fields = Fields({})
    row = {
        "person": "Noor Wali",
        "in_response_to": {"as_written": "after the raid"},
        "amount": {"value": 5.0, "currency": "USD"},
        "type": "ambush",
        "period": {"earliest": "2022-01-01", "latest": "2022-12-31"},
        "parties": [{"actor": "a"}, {"actor": "b"}],
        "subject": {"actor": "s"},
    }
    assert (
        fields.wrong(
            {
                "person": "noor",
                "responds": True,
                "amount": 5,
                "type": ["raid", "ambush"],
                "period": "2022",
                "parties": [["a"], ["b"]],
                "party": ["s"],
            },
            row,
        )
        == []
    )
    assert fields.wrong({"responds": False, "type": ["raid"], "amount": 6}, row) == [
        "responds", "type", "amount",
    ]  # fmt: skip
