"""Of what class and side the harmed are, by the words for them."""

from typing import Any

import pytest


def classes(claims: Any, text: str) -> set[tuple[str, int, str, str | None]]:
    return {(c.effect, c.count.low, c.victims, c.side) for c in claims(text, "casualties")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gunmen killed a village head in Shiroro, Nigeria, on Monday.",
            {("killed", 1, "civilians", None)},
        ),
        (
            "A mine killed three Senegalese peacekeepers and wounded five others near Kidal.",
            {
                ("killed", 3, "security_forces", "senegal"),
                ("wounded", 5, "security_forces", "senegal"),
            },
        ),
        (
            "A bomb killed two security officials and a paramedic in Quetta on Monday.",
            {
                ("killed", 2, "security_forces", "pakistan-security-forces"),
                ("killed", 1, "civilians", None),
            },
        ),
        (
            "More than ten civilians and resistance fighters were killed by shells in Sagaing.",
            {("killed", 11, "unknown", None)},
        ),
        (
            "Nine dead (attackers) were counted in Gao on Monday.",
            {("killed", 9, "militants", None)},
        ),
        (
            "Police said a soldier identified as Omar Khan was killed in Tank on Monday.",
            {("killed", 1, "security_forces", "pakistan-military")},
        ),
        (
            "A raid killed thirteen people in northern Burkina Faso on Monday.",
            {("killed", 13, "unknown", None)},
        ),
        (
            "A brigade commander of the Moro Dawn Fighters was killed in Marawi, Philippines.",
            {("killed", 1, "militants", None)},
        ),
        (
            "The shells left ten martyrs in Nyala, the committee said.",
            {("killed", 10, "unknown", None)},
        ),
    ],
)
def test_classes_and_sides(claims: Any, text: str, expected: Any) -> None:
    assert classes(claims, text) == expected


def test_the_same_number_far_off_is_other_people(claims: Any) -> None:
    text = (
        "Three farmers were killed in Marib on Monday.\n\nThe governor spoke on the radio.\n\n"
        "Rockets fell on Aden too.\n\nAn attack on the port of Aden killed three people."
    )
    found = sorted(claims(text, "casualties"), key=lambda c: c.start)
    assert [c.victims for c in found] == ["civilians", "unknown"]


def test_members_of_a_party_that_stands_in_elections_are_civilians(claims: Any) -> None:
    text = "Gunmen killed two CPI-M leaders in Midnapore, India, on Monday."
    assert {(c.victims, c.side) for c in claims(text, "casualties")} == {
        ("civilians", "cpi-marxist")
    }


def test_activists_of_an_armed_group_are_its_men(claims: Any) -> None:
    text = "Police killed two CPI-Maoist activists in Bijapur, India, on Monday."
    assert {c.victims for c in claims(text, "casualties")} == {"militants"}
