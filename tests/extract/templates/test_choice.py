"""Choosing by weights among what a report names."""

from contested.extract.templates.choice import Option, best, weights


def test_the_option_with_the_highest_sum_is_chosen() -> None:
    near, far = Option("near", {"same sentence": 1.0}), Option("far", {"none near": 1.0})
    assert best("day", [far, near]) == "near"
    assert best("place", [far, near]) == "near"


def test_the_first_of_equals_is_chosen_and_none_of_none() -> None:
    assert best("day", [Option("a", {"unheard of": 2.0}), Option("b", {})]) == "a"
    assert best("day", []) is None


def test_both_questions_have_weights() -> None:
    assert weights().keys() == {"day", "place"}
    assert all(weights().values())
