"""What words say, beside what the network does."""

from contested.extract.templates.answers import answered, said
from contested.extract.templates.words import own_words
from contested.language.encoder.scenes import Participant


def one(**answers: float) -> Participant:
    return Participant("person", "x", ((0, 1),), 0.9, {"human": dict(answers)})


def test_words_say_what_the_network_is_not_sure_of() -> None:
    unsure = one(CIVILIAN=0.4, **{"LAW ENFORCEMENT": 0.3})
    assert answered([unsure], "human", {}) == "CIVILIAN"
    assert answered([unsure], "human", own_words(["policemen"])) == "LAW ENFORCEMENT"


def test_without_known_words_the_network_says_it_alone() -> None:
    assert said("human", {"own xyzzy": 1.0}) == {}
    assert answered([one(DIPLOMAT=0.6, CIVILIAN=0.2)], "human", own_words(["xyzzy"])) == "DIPLOMAT"


def test_a_network_that_is_sure_outweighs_words_that_are_not() -> None:
    words = own_words(["man"])
    assert answered([one(CIVILIAN=0.5)], "human", words) == "CIVILIAN"
    assert answered([], "human", words) == "CIVILIAN"


def test_no_answer_is_one_only_where_it_may_be() -> None:
    assert said("harm", own_words(["man"])).keys() >= {"DEATH", "NONE"}
    assert answered([], "harm", own_words(["man"])) != "NONE"


def test_the_last_word_counts_as_such() -> None:
    assert own_words(['"Santo Tomas" farm']) == {
        "own santo": 1.0,
        "own tomas": 1.0,
        "own farm": 1.0,
        "last farm": 1.0,
    }
