"""Totals, changes, ranks and strengths over a period, and what is none of these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from contested.model import Claim

Ask = Callable[..., list[Claim]]


def _plain(found: list[Claim]) -> list[tuple[Any, ...]]:
    out = []
    for claim in found:
        assert claim.kind == "statistic"
        count = claim.count.low if claim.count else None
        out.append((claim.measure, count, claim.change_percent, claim.direction))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The institute counted 310 attacks in Pakistan in 2023.",
            [("attacks", 310, None, None)],
        ),
        (
            "The institute said attacks in Sindh fell by 20 percent in the first half of 2023.",
            [("attacks", None, -20.0, None)],
        ),
        ("Kidnappings doubled last year.", [("abductions", None, 100.0, None)]),
        (
            "Civilian deaths dropped by a third in 2023, according to UNAMA.",
            [("killed", None, -33.3, None)],
        ),
        (
            "Attacks in Balochistan climbed last year to their highest level since 2011.",
            [("attacks", None, None, "record")],
        ),
        ("Attacks have steadily grown since the truce ended.", [("attacks", None, None, "up")]),
        ("The militants have stepped up attacks on polio teams.", [("attacks", None, None, "up")]),
        (
            "Pakistan ranked fourth on the Global Terrorism Index last year.",
            [("rank", 4, None, None)],
        ),
        ("The TTP has between 3,000 and 4,500 fighters.", [("fighters", 3000, None, None)]),
        (
            "Pakistan expelled more than 500,000 Afghans in 2024.",
            [("refugees", 500001, None, None)],
        ),
        (
            "Militant attacks claimed 290 lives between January and June 2023.",
            [("killed", 290, None, None)],
        ),
        (
            "The army has killed 900 militants so far this year, its annual review says.",
            [("killed", 900, None, None)],
        ),
    ],
)
def test_forms(claims: Ask, text: str, expected: list[tuple[Any, ...]]) -> None:
    assert _plain(claims(text, "statistic")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Militants killed 12 people on Tuesday at a market.",
        "The camp was attacked in March, when 18 people died at the gate.",
        "In a clash in December 2022, six civilians were killed near Chaman.",
        "Five attacks on Sunday killed nine policemen in Bajaur.",
        "Exports fell 12 percent last year and prices rose by a third.",
        "The party won 93 seats in the February election.",
        "She spent 21 years in service and 90 days in jail.",
        "Tariffs of 50 percent were raised in 2022.",
        "The TTP could carry out 300 attacks next year.",
        "If attacks rise by 20 percent, the army will respond.",
        "Did attacks rise last year?",
        "The group's methods have grown more sophisticated since 2021.",
        "The army said 20 militants were killed.",
    ],
)
def test_no_statistic(claims: Ask, text: str) -> None:
    assert claims(text, "statistic") == []


def test_whole_and_parts_share_the_period(claims: Ask) -> None:
    text = (
        "According to the Pak Institute for Peace Studies, fatalities rose 15 percent in 2021 "
        "from the previous year. The institute's report says at least 207 attacks, including "
        "five suicide bombings, were reported during this period, claiming a total of 335 lives."
    )
    found = claims(text, "statistic", "2022-01-08")
    periods = {c.period.edtf for c in found if c.kind == "statistic" and c.period}
    assert periods == {"2021"}
    assert {row[:3] for row in _plain(found)} == {
        ("killed", None, 15.0),
        ("attacks", 207, None),
        ("suicide_attacks", 5, None),
        ("killed", 335, None),
    }
    assert all(c.speakers[-1].actor == "pips" for c in found)


def test_period_of_before_is_marked_as_carried(claims: Ask) -> None:
    text = "The institute counted 49 attacks in January. The attacks killed 61 people."
    carried = [c for c in claims(text, "statistic") if c.carried]
    assert [(c.kind, c.carried) for c in carried] == [("statistic", ("period",))]


def test_a_total_is_no_toll_as_well(claims: Ask) -> None:
    text = "The institute counted 49 attacks in January. The attacks killed 61 people."
    assert claims(text, "casualties") == []


def test_whose_attacks(claims: Ask) -> None:
    text = "The TTP said in its yearly report that it had carried out 280 attacks in 2021."
    (found,) = claims(text, "statistic")
    assert found.kind == "statistic"
    assert (found.actor, found.speakers[-1].actor) == ("ttp", "ttp")


def test_base_of_a_comparison_is_not_the_period(claims: Ask) -> None:
    text = "The number of attacks rose by 12 percent in May compared with April 2024."
    (found,) = claims(text, "statistic", "2024-06-02")
    assert found.kind == "statistic"
    assert found.period is not None and found.period.edtf == "2024-05"


def test_reached_number(claims: Ask) -> None:
    text = "The number of drone strikes went down from 40 in 2010 to 12 in 2014."
    rows = _plain(claims(text, "statistic"))
    assert ("drone_strikes", 12, None, None) in rows
    assert ("drone_strikes", None, None, "down") in rows
