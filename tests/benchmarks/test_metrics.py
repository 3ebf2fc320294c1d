from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import Score, b_cubed, calibration_error, links, pairwise

TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}
LABELS = st.lists(st.integers(0, 4), min_size=1, max_size=24)


def named(labels: list[int]) -> dict[str, int]:
    return {str(n): label for n, label in enumerate(labels)}


def test_worked_by_hand() -> None:
    # Found {a b} {c d} {e}, true {a b c} {d e}: shares 1, 1, 1/2, 1/2, 1 and 2/3, 2/3, 1/3, 1/2,
    # 1/2; of two joined pairs one is true, of four true pairs one is joined.
    cubed = b_cubed(FOUND, TRUTH)
    assert cubed.precision == pytest.approx(4 / 5)
    assert cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert pairwise(FOUND, TRUTH) == Score(1 / 2, 1 / 4)
    assert pairwise(FOUND, TRUTH).f1 == pytest.approx(1 / 3)


def test_links_count_once() -> None:
    found = [("a", "1"), ("a", "1"), ("b", "3")]
    assert links(found, [("a", "1"), ("b", "2"), ("c", "4")]) == Score(1 / 2, 1 / 3)
    assert links([], []) == Score(1.0, 1.0)
    assert Score(0.0, 0.0).f1 == 0


def test_partitions_of_other_items_are_refused() -> None:
    with pytest.raises(ValueError, match="same items"):
        b_cubed({"a": 1}, {"b": 1})
    with pytest.raises(ValueError, match="no items"):
        b_cubed({}, {})


@given(LABELS)
def test_what_is_right_is_wholly_right_under_any_names(labels: list[int]) -> None:
    truth = named(labels)
    found = {item: f"group {label}" for item, label in truth.items()}
    assert b_cubed(found, truth) == Score(1.0, 1.0)
    assert pairwise(found, truth) == Score(1.0, 1.0)


@given(LABELS)
def test_singletons_are_precise_and_one_cluster_finds_all(labels: list[int]) -> None:
    truth = named(labels)
    alone = b_cubed({item: item for item in truth}, truth)
    assert alone.precision == 1
    assert alone.recall == pytest.approx(len(set(labels)) / len(labels))
    together = b_cubed(dict.fromkeys(truth, 0), truth)
    assert together.recall == pytest.approx(1)
    assert pairwise(dict.fromkeys(truth, 0), truth).recall == 1


@given(LABELS, st.randoms(use_true_random=False))
def test_found_and_truth_trade_places(labels: list[int], random: object) -> None:
    truth = named(labels)
    shuffled = list(labels)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = named(shuffled)
    for measure in (b_cubed, pairwise):
        one, other = measure(found, truth), measure(truth, found)
        assert one.precision == pytest.approx(other.recall)
        assert one.recall == pytest.approx(other.precision)
        assert 0 <= one.precision <= 1


def test_calibration_worked_by_hand() -> None:
    # Bin .2-.3 holds .25 and .25 with one match (off by .25), the last one holds 1 and is right.
    assert calibration_error([0.25, 0.25, 1.0], [True, False, True]) == pytest.approx(0.5 / 3)
    assert calibration_error([0.0, 1.0], [False, True]) == 0
    assert calibration_error([1.0], [False]) == 1
    # With one bin only the means count.
    assert calibration_error([0.1, 0.9], [True, False], bins=1) == pytest.approx(0)


def test_calibration_refuses_what_is_no_probability() -> None:
    for probabilities, right in (([1.5], [True]), ([], []), ([0.5], [])):
        with pytest.raises(ValueError):
            calibration_error(probabilities, right)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_calibration_lies_between_none_and_one(pairs: list[tuple[float, bool]]) -> None:
    probabilities, right = [p for p, _ in pairs], [r for _, r in pairs]
    error = calibration_error(probabilities, right)
    assert 0 <= error <= 1
    whole = abs(sum(probabilities) - sum(right)) / len(pairs)
    assert error >= whole - 1e-9
