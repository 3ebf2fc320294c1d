from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.extract.how_many import read_counts
from contested.extract.mentions import CountMention
from contested.extract.numerals import cardinal, ordinal, tokens


def only(text: str) -> CountMention:
    found = read_counts(text)
    assert len(found) == 1, found
    return found[0]


def written(text: str) -> list[str]:
    return [m.count.as_written for m in read_counts(text)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,105", 1105),
        ("7 000", 7000),
        ("1,00,000", 100_000),
        ("twenty-two", 22),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("five hundred and twenty thousand three hundred", 520_300),
        ("two thousand five hundred", 2500),
        ("half a million", 500_000),
        ("two and a half", 2.5),
        ("one and a half million", 1_500_000),
        ("2.5 lakh", 250_000),
        ("10-crore", 100_000_000),
        ("twelve hundred", 1200),
    ],
)
def test_number_words_are_worth(words: str, value: float) -> None:
    toks = tokens(words)
    number = cardinal(toks, 0)
    assert number is not None
    assert (number.value, number.stop) == (value, len(toks))


@pytest.mark.parametrize(
    ("word", "value"), [("21st", 21), ("second", 2), ("twenty-first", 21), ("hundredth", 100)]
)
def test_ordinals(word: str, value: int) -> None:
    toks = tokens(word)
    assert ordinal(toks, 0) == (value, len(toks))


@pytest.mark.parametrize(
    ("text", "as_written", "low", "high", "qualifier"),
    [
        ("22 soldiers", "22", 22, 22, "exactly"),
        ("at least 10 people", "at least 10", 10, None, "at_least"),
        ("no fewer than twelve men", "no fewer than twelve", 12, None, "at_least"),
        ("more than a hundred men", "more than a hundred", 101, None, "at_least"),
        ("over 60 people", "over 60", 61, None, "at_least"),
        ("10 or more men", "10 or more", 10, None, "at_least"),
        ("up to 40 men", "up to 40", None, 40, "at_most"),
        ("as many as 22 men", "as many as 22", None, 22, "at_most"),
        ("fewer than ten men", "fewer than ten", None, 9, "at_most"),
        ("no more than 5 men", "no more than 5", None, 5, "at_most"),
        ("nearly 30 men", "nearly 30", 30, 30, "about"),
        ("an estimated 500 men", "an estimated 500", 500, 500, "about"),
        ("two dozen men", "two dozen", 24, 24, "about"),
        ("100 or so men", "100 or so", 100, 100, "about"),
        ("a total of 419 lives", "a total of 419", 419, 419, "exactly"),
        ("dozens of men", "dozens", 24, None, "dozens"),
        ("scores of men", "scores", 40, None, "scores"),
        ("hundreds of men", "hundreds", 200, None, "hundreds"),
        ("several hundred men", "several hundred", 200, None, "hundreds"),
        ("thousands of men", "thousands", 2000, None, "thousands"),
        ("tens of thousands fled", "tens of thousands", 20_000, None, "thousands"),
        ("hundreds of thousands fled", "hundreds of thousands", 200_000, None, "thousands"),
        ("a few men", "a few", 3, None, "none"),
        ("several posts", "several", 3, None, "none"),
        ("a couple of men", "a couple of", 2, None, "none"),
        ("7,000 to 10,000 men", "7,000 to 10,000", 7000, 10_000, "range"),
        ("between 7,000 to 10,000 men", "between 7,000 to 10,000", 7000, 10_000, "range"),
        ("10-15 men", "10-15", 10, 15, "range"),
        ("ten or twelve men", "ten or twelve", 10, 12, "range"),
        ("two to three hundred men", "two to three hundred", 200, 300, "range"),
        ("a 5,000-strong force", "5,000", 5000, 5000, "exactly"),
        ("at least 2000 people", "at least 2000", 2000, None, "at_least"),
        ("2,022 people", "2,022", 2022, 2022, "exactly"),
    ],
)
def test_counts(
    text: str, as_written: str, low: int | None, high: int | None, qualifier: str
) -> None:
    found = only(text)
    assert found.unit == "things"
    assert found.count.as_written == as_written == text[found.start : found.end]
    assert (found.count.low, found.count.high, found.count.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize(
    ("text", "unit", "value", "currency"),
    [
        ("rose 25 percent", "percent", 25, None),
        ("rose by 2.5%", "percent", 2.5, None),
        ("a $5 million bounty", "money", 5e6, "USD"),
        ("a 10-crore rupee bounty", "money", 1e8, "PKR"),
        ("Rs. 500 each", "money", 500, "PKR"),
        ("2 lakh Indian rupees", "money", 200_000, "INR"),
        ("cost €3.5bn", "money", 3.5e9, "EUR"),
        ("a 48-hour truce", "time", 48, None),
        ("for nearly 124 days", "time", 124, None),
        ("a 35-year-old man", "age", 35, None),
        ("a boy aged 12", "age", 12, None),
        ("Ahmed Khan, 35, said", "age", 35, None),
        ("the 18th Amendment", "ordinal", 18, None),
        ("the second-most-affected", "ordinal", 2, None),
        ("some 20 km away", "measure", 20, None),
        ("5km away", "measure", 5, None),
    ],
)
def test_units(text: str, unit: str, value: float, currency: str | None) -> None:
    found = only(text)
    assert (found.unit, found.value, found.currency) == (unit, value, currency)


def test_the_rupee_is_the_caller_s() -> None:
    assert [m.currency for m in read_counts("Rs 10 crore", rupee="INR")] == ["INR"]


@pytest.mark.parametrize(
    "text",
    [
        "in 2014 and 2022 alone",
        "the October 8 ambush of 7-8 October",
        "at 6pm local time (13:00 GMT)",
        "M-16 and AK-47 rifles, a Su-35",
        "Article 5 of Resolution 1988",
        "the 9/11 attacks, 24/7",
        "call +92 300 1234567 or 0300-1234567",
        "they won 2-1",
        "two-thirds of the men, a third of them",
        "no one knew one another",
        "scores to settle",
        "a ten-member team",
        "every few days",
        "version 1.2.3 of the 1990s",
        "an army and a town",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert written(text) == []


def test_one_counts_before_a_noun_and_for_one() -> None:
    text = "one policeman died, one of them lost his life, and one was hurt, but this one fled"
    assert written(text) == ["one", "one", "one"]


def test_rising_from_one_figure_to_another_is_two_counts() -> None:
    assert written("rose from 262 to 400 attacks") == ["262", "400"]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    holds(text)


_PIECES = st.sampled_from(
    (
        *("at least", "more than", "between", "and", "a", "half", "hundred", "thousand"),
        *("crore", "dozen", "dozens", "of", "several", "few", "5", "10-15", "1,105"),
        *("2022", "7 000", "percent", "$", "Rs", "one", "two", "-", "–", ".", ",", "/"),
        *(":", "year", "old", "hours", "th", "12th", "second", "Oct", "8", "people"),
        *("9/11", "+", "٣", "１２", "many", "or", "to", "more", "\n", "99999999999999999999"),
    )
)


@given(st.lists(_PIECES, max_size=30), st.sampled_from(["", " "]))
def test_any_mix_of_number_words(pieces: list[str], gap: str) -> None:
    holds(gap.join(pieces))


def holds(text: str) -> None:
    at = 0
    for found, moved in zip(read_counts(text), read_counts(text, 7), strict=True):
        assert at <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.count.as_written
        assert (moved.start, moved.end) == (found.start + 7, found.end + 7)
        low, high = found.count.low, found.count.high
        assert low is None or high is None or low <= high
        assert (found.currency is not None) == (found.unit == "money")
        at = found.end
