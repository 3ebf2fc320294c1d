"""What happened, to whom, where and when; and what is no happening."""

from typing import Any

import pytest


def one(found: list[Any]) -> Any:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        ("Gunmen attacked a police post in Tank on Tuesday.", "armed_attack", "Tank"),
        ("A suicide bombing hit a market in Quetta on Monday.", "suicide_bombing", "Quetta"),
        ("Militants ambushed a convoy near Wana on Sunday.", "ambush", "Wana"),
        ("Fighters fired rockets at a camp in Bannu on Monday.", "rocket_attack", "Bannu"),
        ("An airstrike on a compound in Khost took place on Sunday.", "airstrike", "Khost"),
        ("Police arrested two suspects in Karachi on Thursday.", "arrest", "Karachi"),
        ("A roadside bomb attack struck a van in Turbat on Friday.", "ied", "Turbat"),
    ],
)
def test_type_place_and_day(claims: Any, text: str, type_: str, place: str) -> None:
    event = one(claims(text, "event"))
    assert event.type == type_
    assert event.where.name.startswith(place)
    assert event.when.earliest == event.when.latest


def test_active_and_passive_have_the_same_roles(claims: Any) -> None:
    active = one(claims("The TTP attacked Pakistani soldiers in Swat on Monday.", "event"))
    passive = one(claims("Pakistani soldiers were attacked by the TTP in Swat on Monday.", "event"))
    for event in (active, passive):
        assert [r.actor for r in event.initiators] == ["ttp"]
        assert event.targets[0].actor.startswith("pakistan")


def test_the_day_it_was_claimed_is_not_the_day_it_happened(claims: Any) -> None:
    text = "On Thursday, the TTP claimed responsibility for a bombing in Hangu on Tuesday."
    event = one(claims(text, "event"))
    assert event.when.earliest == "2025-03-11"


def test_a_stated_answer_keeps_its_words(claims: Any) -> None:
    text = (
        "On Wednesday, Afghan forces attacked Pakistani border posts near Torkham in retaliation"
        " for airstrikes on Khost."
    )
    event = next(c for c in claims(text, "event") if c.in_response_to)
    assert event.in_response_to.as_written.startswith("retaliation for airstrikes")


@pytest.mark.parametrize(
    "text",
    [
        "Analysts fear that the group could attack Peshawar next week.",
        "If militants attack Quetta on Monday, the army will respond.",
        "The group has not attacked any school in Swat this year.",
        "He was attacked in the press for his views on cricket in Lahore on Monday.",
        "The striker shot twice in Karachi on Sunday and hit the post.",
        "Pakistan attacked England with the new ball in Rawalpindi on Friday.",
        "Inflation hit shoppers in Lahore on Monday.",
        "Attacks of this sort are rarely claimed.",
    ],
)
def test_what_is_no_happening_makes_no_event_that_occurred(claims: Any, text: str) -> None:
    assert [c for c in claims(text, "event") if c.status == "occurred"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Guards foiled a suicide attack on a court in Islamabad on Monday.", "foiled"),
        ("A failed car bomb attack in Quetta on Monday alarmed the city.", "attempted"),
        ("The TTP threatened to attack schools in Swat on Monday.", "threatened"),
    ],
)
def test_status(claims: Any, text: str, status: str) -> None:
    assert {c.status for c in claims(text, "event")} == {status}


def test_a_report_without_a_date_gives_no_day(claims: Any) -> None:
    event = one(claims("Gunmen attacked a police post in Tank on Tuesday.", "event", None))
    assert event.when is None


def test_every_quote_is_the_reports_own_text(claims: Any) -> None:
    text = "Title\n\nGunmen  attacked a\npolice post in Tank on Tuesday, killing two officers."
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("A convoy from Dalbo, a town besieged for months by fighters, was ambushed in Bamako on"
         " Monday.", {"ambush"}),
        ("Aid reached El Fasher, a city besieged by the RSF for more than a year, on Monday.",
         set()),
        ("A strike on Monday hit a village occupied by Russian troops in Donetsk.", {"attack"}),
        ("M23 fighters, who have occupied the city of Goma since January, attacked Bukavu on"
         " Monday.", {"attack"}),
        ("A base overrun by militants in Mopti on Sunday was quiet again.", {"seizure"}),
        ("Troops entered a town besieged on Sunday by rebels in Mali.", {"seizure"}),
        ("Rebels besieged the town of Goma on Monday.", {"seizure"}),
    ],
)  # fmt: skip
def test_how_a_place_has_stood_is_no_new_event(claims: Any, text: str, types: set[str]) -> None:
    assert {c.type for c in claims(text, "event")} == types
