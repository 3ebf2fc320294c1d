"""Positions: who holds, gets or loses a public role."""

from typing import Any

import pytest

from contested.model import PositionClaim


def held(claims: Any, text: str) -> set[tuple[str, str, str | None, str]]:
    return {(c.person, c.role, c.organisation, c.act) for c in claims(text, "position")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The TTP emir Noor Wali Mehsud spoke on Monday.",
            ("Noor Wali Mehsud", "leader", "ttp", "holds"),
        ),
        (
            "Israel's defence minister, Yoav Gallant, visited the port.",
            ("Yoav Gallant", "minister", "israel", "holds"),
        ),
        (
            "Zabihullah Mujahid, a spokesman for the Taliban, said the road was open.",
            ("Zabihullah Mujahid", "spokesperson", "afghan-taliban", "holds"),
        ),
        (
            "Mohammad Khurasani is the TTP's spokesman.",
            ("Mohammad Khurasani", "spokesperson", "ttp", "holds"),
        ),
        (
            "Abdi Godane, the leader of al-Shabaab, was killed in an air strike.",
            ("Abdi Godane", "leader", "al-shabaab", "killed"),
        ),
        (
            "The TTP's council appointed Mullah Fazlullah as leader in November 2013.",
            ("Mullah Fazlullah", "leader", "ttp", "appointed"),
        ),
    ],
)
def test_positions(claims: Any, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in held(claims, text)


@pytest.mark.parametrize(
    "text",
    [
        "John Smith, a professor of history at Oxford University, said the state was weak.",
        "Anna Berg is a member of a writers' guild and lives in Oslo.",
        "Peter Long, a retired teacher, was killed in a road accident.",
        "Former defence minister Hassan Hussein praised the decision.",
        "Then-prime minister Nawaz Sharif went home.",
    ],
)
def test_no_public_role(claims: Any, text: str) -> None:
    assert not claims(text, "position")


def test_a_successor_inherits_and_each_has_his_own_day(claims: Any) -> None:
    text = (
        "Nek Anwar, the first TTP leader, died on 2 May 2011, and his successor, "
        "Hakimullah Mehsud, died on 1 November 2013."
    )
    found = {c.person: c for c in claims(text, "position") if isinstance(c, PositionClaim)}
    assert {c.organisation for c in found.values()} == {"ttp"}
    days = {name: c.when.edtf for name, c in found.items() if c.when is not None}
    assert days == {"Nek Anwar": "2011-05-02", "Hakimullah Mehsud": "2013-11-01"}


def test_he_is_the_one_person_named_before(claims: Any) -> None:
    text = "Abdi Godane, the leader of al-Shabaab, hid there. He was killed in September 2014."
    assert ("Abdi Godane", "leader", "al-shabaab", "killed") in held(claims, text)


def test_a_title_in_passing_is_the_outlets_own_word(claims: Any) -> None:
    text = "Defence Minister Khawaja Asif said that the talks had failed."
    (claim,) = claims(text, "position")
    assert claim.speakers == ()
