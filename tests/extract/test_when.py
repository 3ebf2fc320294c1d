from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.extract.when import TimeReader
from contested.model import When, edtf

WEDNESDAY = "2025-10-15"


def times(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str]]:
    reader = TimeReader(edtf.when(published) if published else None)
    return [(m.when.as_written, m.when.edtf) for m in reader.read(text)[0]]


def codes(text: str, published: str | None = WEDNESDAY) -> list[str]:
    return [code for _, code in times(text, published)]


@pytest.mark.parametrize(
    "text",
    [
        "on 16 December 2014",
        "on December 16, 2014",
        "on Dec. 16 2014",
        "on the 16th of December 2014",
        "on 2014-12-16",
        "on 16/12/2014",
        "on Tuesday, 16 December 2014",
        "on 16-Dec-2014",
        "on DECEMBER 16, 2014",
    ],
)
def test_whole_dates(text: str) -> None:
    assert codes(text, None) == ["2014-12-16"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7-8 October", "2025-10-07/2025-10-08"),
        ("from 11 to 15 October", "2025-10-11/2025-10-15"),
        ("between October 7 and October 9", "2025-10-07/2025-10-09"),
        ("the intervening night of October 7 and 8", "2025-10-07/2025-10-08"),
        ("overnight between 7 and 8 October 2025", "2025-10-07/2025-10-08"),
        ("from 28 September to 3 October", "2025-09-28/2025-10-03"),
        ("from January to March 2023", "2023-01/2023-03"),
        ("between 2001 and 2021", "2001/2021"),
        ("from 1996 to 2001", "1996/2001"),
        ("in 2021-22", "2021/2022"),
        ("between Saturday and Monday", "2025-10-11/2025-10-13"),
    ],
)
def test_ranges(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("in December 2022", "2022-12"),
        ("last November", "2024-11"),
        ("in late November", "2024-11-21/2024-11-30"),
        ("in mid-October", "2025-10-11/2025-10-20"),
        ("in early January", "2025-01-01/2025-01-10"),
        ("the last week of December", "2024-12-25/2024-12-31"),
        ("the first half of 2023", "2023-01-01/2023-06-30"),
        ("in H1 2023", "2023-01-01/2023-06-30"),
        ("the third quarter of 2024", "2024-07-01/2024-09-30"),
        ("2022 alone", "2022"),
        ("last year", "2024"),
        ("late last year", "2024-09-01/2024-12-31"),
        ("over the past year", "2024-10-15/2025-10-15"),
        ("this summer", "2025-06-01/2025-08-31"),
        ("last winter", "2024-12-01/2025-02-28"),
        ("in the early 2000s", "2000/2004"),
        ("in the 1990s", "1990/1999"),
    ],
)
def test_months_seasons_years(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("on Monday", "2025-10-13"),
        ("last Monday", "2025-10-13"),
        ("on Wednesday", "2025-10-15"),
        ("last Wednesday", "2025-10-08"),
        ("next Friday", "2025-10-17"),
        ("by Tuesday night", "2025-10-14"),
        ("the early hours of Wednesday", "2025-10-15"),
        ("Saturday’s attacks", "2025-10-11"),
        ("today", "2025-10-15"),
        ("yesterday", "2025-10-14"),
        ("overnight", "2025-10-14/2025-10-15"),
        ("this week", "2025-10-09/2025-10-15"),
        ("last week", "2025-10-06/2025-10-12"),
        ("this past weekend", "2025-10-11/2025-10-12"),
        ("two days ago", "2025-10-13"),
        ("three weeks earlier", "2025-09-21/2025-09-27"),
        ("in the past 72 hours", "2025-10-12/2025-10-15"),
        ("in recent days", "2025-10-08/2025-10-15"),
        ("last month", "2025-09"),
        ("will meet on 25 October", "2025-10-25"),
        ("met on 25 October", "2024-10-25"),
    ],
)
def test_relative_to_the_report(text: str, code: str) -> None:
    assert codes(text) == [code]
    assert codes(text, None) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("on Monday", "2023-01"),
        ("this week", "2023-01"),
        ("today", "2023-01"),
        ("On January 2", "2023-01-02"),
        ("in December", "2022-12"),
    ],
)
def test_a_report_known_to_the_month_gives_no_finer_days(text: str, code: str) -> None:
    assert codes(text, "2023-01") == [code]


def test_open_times_are_bounded_by_the_report() -> None:
    reader = TimeReader(edtf.when("2022-12-21"))
    since, until, after = (
        reader.read(t)[0][0].when for t in ("since August 2021", "until 2014", "after 2020.")
    )
    assert (since.edtf, since.earliest, since.latest) == ("2021-08/..", "2021-08-01", "2022-12-21")
    assert (until.edtf, until.earliest, until.latest) == ("../2014", None, "2014-12-31")
    assert after.edtf == "2021/.."
    assert since.as_written == "since August 2021"


def test_since_without_a_known_report_date_stays_open() -> None:
    found = TimeReader(None).read("since August 2021")[0][0].when
    assert (found.earliest, found.latest) == ("2021-08-01", None)


def test_that_year_is_the_one_last_named() -> None:
    reader = TimeReader(edtf.when("2022-12-21"))
    reader.read("In 2014 he led a movement.")
    assert [m.when.edtf for m in reader.read("The attack on 16 December that year")[0]] == [
        "2014-12-16"
    ]
    assert codes("on 16 December that year", "2022-12-21") == []


def test_the_year_of_a_narrative_is_not_lent_to_other_dates() -> None:
    assert codes("In 2014 they met. On 5 December they met.", "2022-12-21") == [
        "2014",
        "2022-12-05",
    ]


def test_days_before_and_after_the_one_last_named() -> None:
    assert codes("On 8 October. A day earlier. The next day. Two days later.") == [
        "2025-10-08",
        "2025-10-07",
        "2025-10-09",
        "2025-10-11",
    ]
    assert codes("A year and a half later, 19 days after that") == []


def test_a_day_is_forgotten_after_a_paragraph_without() -> None:
    reader = TimeReader(edtf.when(WEDNESDAY))
    reader.read("On 8 October they met.")
    assert reader.read("The next day they left.")[0]
    reader.read("Nothing happened.")
    reader.read("Nothing happened.")
    assert not reader.read("The next day they left.")[0]


def test_this_period_is_the_year_last_named_not_the_one_compared_with() -> None:
    text = "Deaths rose in 2022 from the previous year. During this period, 262 attacks"
    assert codes(text) == ["2022", "2021", "2022"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Eid al-Fitr 2023", "2023-04-20/2023-04-22"),
        ("on Ashura", "2025-07-04/2025-07-07"),
        ("on Pakistan's Independence Day", "2025-08-14"),
        ("on Independence Day in Sri Lanka", "2025-02-04"),
        ("the Nigerian Democracy Day", "2025-06-12"),
        ("on Easter Sunday, 2019", "2019-04-21"),
        ("on Good Friday", "2025-04-18"),
        ("since 9/11", "2001-09-11/.."),
        ("the September 11 attacks", "2001-09-11"),
    ],
)
def test_holidays(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "it may be so",
        "they March on",
        "the second time",
        "April said so",
        "under Resolution 1988",
        "2000 people fled",
        "for decades",
        "at 6pm (13:00 GMT)",
        "on 3/4/2014",
        "The Friday Times wrote",
        "every Friday",
        "after Friday prayers",
        "on Independence Day",
        "the fall of Kabul",
        "pre-2001 lenses",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "in the intervening night of Friday and Saturday",
        "on the night of Friday to Saturday",
        "in the night from Friday to Saturday",
        "on Friday night and early Saturday",
        "late Friday and in the early hours of Saturday",
    ],
)
def test_a_night_between_two_days_is_both(text: str) -> None:
    assert codes(text) == codes("between Friday and Saturday")


def test_a_number_after_a_month_that_counts_people_is_no_day() -> None:
    assert times("In December 22 soldiers died") == [("December", "2024-12")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a 48-hour truce", 2),
        ("the month-long truce", 30),
        ("for nearly 124 days", 124),
        ("a three-day curfew", 3),
        ("for a month", 30),
        ("ten days of talks", 10),
        ("two and a half years", 912.5),
    ],
)
def test_lengths_of_time(text: str, days: float) -> None:
    found = TimeReader(None).read(text)[1]
    assert [d.days for d in found] == [days]


@pytest.mark.parametrize(
    "text",
    ["a 35-year-old", "two days ago", "in the past 72 hours", "19 days after", "aged 3 years"],
)
def test_what_is_no_length(text: str) -> None:
    assert TimeReader(edtf.when(WEDNESDAY)).read(text)[1] == []


_PIECES = st.sampled_from(
    (
        *("on", "in", "the", "since", "until", "between", "and", "to", "from", "-", "/"),
        *("7", "8th", "31", "December", "Dec.", "May", "MARCH", "2014", "2022-23", "1990s"),
        *("last", "this", "next", "past", "recent", "week", "weekend", "month", "year"),
        *("day", "Monday", "Friday's", "early", "mid-", "late", "half of", "quarter of"),
        *("Q3", "today", "overnight", "two", "days", "ago", "earlier", "later", "that"),
        *("same", "period", "Ashura", "Eid al-Fitr", "9/11", "summer", "winter of"),
        *("February 29", "29", "30 February", ",", ".", "\n", "a", "few", "hours", "long"),
    )
)
_DATES = st.one_of(
    st.none(),
    st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(lambda d: edtf.when(d.isoformat())),
    st.sampled_from(["2023-01", "2022", "2022-12-30/2023-01-02"]).map(edtf.when),
    st.just(When("2020/..", "2020-01-01", None, "")),
)


@given(_DATES, st.lists(st.text(max_size=60), max_size=3))
def test_any_text(published: When | None, paragraphs: list[str]) -> None:
    holds(published, paragraphs)


@given(_DATES, st.lists(st.lists(_PIECES, max_size=14).map(" ".join), max_size=3))
def test_any_mix_of_time_words(published: When | None, paragraphs: list[str]) -> None:
    holds(published, paragraphs)


def holds(published: When | None, paragraphs: list[str]) -> None:
    reader, offset = TimeReader(published), 3
    for text in paragraphs:
        found, lengths = reader.read(text, offset)
        at = offset
        for mention in found:
            assert at <= mention.start < mention.end <= offset + len(text)
            assert text[mention.start - offset : mention.end - offset] == mention.when.as_written
            first, last = mention.when.earliest, mention.when.latest
            assert first is None or last is None or first <= last
            bounds = edtf.bounds(mention.when.edtf)
            assert first is None or bounds[0] == dt.date.fromisoformat(first)
            assert bounds[1] is None or last == bounds[1].isoformat()
            at = mention.end
        at = offset
        for length in lengths:
            assert at <= length.start < length.end <= offset + len(text)
            assert length.days >= 0
            at = length.end
        offset += len(text) + 1
