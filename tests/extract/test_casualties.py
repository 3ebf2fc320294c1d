"""Numbers of dead, wounded and captured: one claim a number, a class and an effect."""

from typing import Any

import pytest


def figures(claims: Any, text: str) -> set[tuple[str, int, int | None, str]]:
    return {(c.effect, c.count.low, c.count.high, c.victims) for c in claims(text, "casualties")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two policemen and a driver were killed in Tank on Monday.",
            {("killed", 2, 2, "security_forces"), ("killed", 1, 1, "civilians")},
        ),
        (
            "A blast in Quetta on Monday killed at least 14 people and wounded 30 others.",
            {("killed", 14, None, "unknown"), ("wounded", 30, 30, "unknown")},
        ),
        (
            "Eleven soldiers embraced martyrdom in Kurram on Monday.",
            {("killed", 11, 11, "security_forces")},
        ),
        (
            "Nineteen khwarij were sent to hell in Orakzai on Monday, the army said.",
            {("killed", 19, 19, "militants")},
        ),
        (
            "Security forces neutralised 12 terrorists in Bajaur on Monday.",
            {("killed", 12, 12, "militants")},
        ),
        (
            "The attack in Swat on Monday left five civilians dead.",
            {("killed", 5, 5, "civilians")},
        ),
        (
            "Dozens of villagers lost their lives in Paktika on Monday.",
            {("killed", 24, None, "civilians")},
        ),
    ],
)
def test_figures(claims: Any, text: str, expected: set[Any]) -> None:
    assert figures(claims, text) == expected


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Rebels shot dead a farmer Jean Ilunga near Beni on Monday.", "civilians"),
        ("Gunmen killed a homeguard in Pale on Monday.", "security_forces"),
    ],
)
def test_who_the_bearer_of_a_name_is(claims: Any, text: str, victims: str) -> None:
    assert {v for *_, v in figures(claims, text)} == {victims}


def test_a_part_of_another_class_is_its_own_claim(claims: Any) -> None:
    found = figures(claims, "Ten people, including three policemen, died in Hangu on Monday.")
    assert ("killed", 10, 10, "unknown") in found
    assert ("killed", 3, 3, "security_forces") in found


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Eleven soldiers, including two officers, died in Kurram on Monday.", 11, 2),
        ("16 militants, including eight foreigners, were killed in Tirah on Friday.", 16, 8),
    ],
)
def test_a_part_of_the_same_class_is_not_counted_again(
    claims: Any, text: str, whole: int, part: int
) -> None:
    first, second = sorted(claims(text, "casualties"), key=lambda c: -c.count.low)
    assert (first.count.low, second.count.low) == (whole, part)
    assert second.part_of == first.id
    assert first.victims == second.victims


def test_a_figure_names_its_speaker_and_its_event(claims: Any) -> None:
    text = "The TTP attacked a convoy in Kurram on Monday. The group said 22 soldiers were killed."
    toll = next(c for c in claims(text, "casualties"))
    event = next(c for c in claims(text, "event"))
    assert toll.speakers[-1].actor == "ttp"
    assert toll.event_ref == event.id
    assert set(toll.carried) == {"where", "when"}


@pytest.mark.parametrize(
    "text",
    [
        "No soldiers were killed in the attack in Tank on Monday.",
        "The plan could kill thousands of jobs in Lahore.",
        "He died at home in Peshawar on Monday.",
        "The tax killed the trade in Torkham on Monday.",
    ],
)
def test_what_harmed_nobody_gives_no_figure(claims: Any, text: str) -> None:
    assert figures(claims, text) == set()


def test_what_is_not_true_gives_no_figure(claims: Any) -> None:
    text = "It is not true that 12 soldiers were killed in Tank on Monday, the army said."
    assert figures(claims, text) == set()


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("Nine people, including three attackers, were killed in Hangu on Monday.", 9, [3]),
        ("A raid in Hangu left 12 people dead, among them the two bombers, police said.", 12, [2]),
        ("Twelve people were killed in Bannu on Monday, among them the two bombers.", 12, [2]),
        ("The blast in Bannu killed 14 people, including the suicide bomber.", 14, [1]),
        (
            "Eighteen people, including 13 civilians and five soldiers, were killed in Bannu.",
            18,
            [5, 13],
        ),
    ],
)
def test_a_part_names_the_claim_that_holds_it(
    claims: Any, text: str, whole: int, parts: list[int]
) -> None:
    found = claims(text, "casualties")
    (total,) = [c for c in found if c.part_of is None]
    assert total.count.low == whole
    assert sorted(c.count.low for c in found if c.part_of == total.id) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Nine people, not including the attacker, were killed in Hangu on Monday.",
        "Eight soldiers were killed in Kurram on Monday besides five militants.",
        "Eight soldiers, besides five militants, were killed in Kurram on Monday.",
        "Five policemen died in Tank on Monday and three others were wounded.",
    ],
)
def test_others_are_no_parts(claims: Any, text: str) -> None:
    assert [c.part_of for c in claims(text, "casualties") if c.part_of] == []


def test_others_beside_a_number_are_counted_too(claims: Any) -> None:
    found = figures(
        claims, "Eight soldiers were killed in Kurram on Monday besides five militants."
    )
    assert ("killed", 8, 8, "security_forces") in found
    assert ("killed", 5, 5, "militants") in found


@pytest.mark.parametrize(
    ("text", "low", "victims"),
    [
        ("The massacre of at least 52 villagers in Mopti on Monday shows how weak the state is.",
         52, "civilians"),
        ("A band's slaughter of around 60 people in Nyala on Tuesday was filmed.", 60, "unknown"),
        ("The bishop condemned the lynching of two men in Jos on Sunday.", 2, "unknown"),
        ("The killing of more than 20 miners in Bannu on Friday was reported by the police.", 21,
         "civilians"),
    ],
)  # fmt: skip
def test_a_noun_of_killing_counts_its_dead(claims: Any, text: str, low: int, victims: str) -> None:
    (one,) = claims(text, "casualties")
    assert (one.effect, one.count.low, one.victims) == ("killed", low, victims)


@pytest.mark.parametrize(
    "text",
    [
        "The slaughter of 300 cattle in the village angered herders in Jos.",
        "The group threatens the massacre of 100 people.",
        "The massacre of civilians in Djibo on Sunday was condemned.",
    ],
)
def test_a_noun_of_killing_without_dead_people_counts_nobody(claims: Any, text: str) -> None:
    assert claims(text, "casualties") == []
