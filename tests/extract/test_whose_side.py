"""Whose officials, whose statement, whose men: sides by the words and the report's country."""

from typing import Any

import pytest


def heard(claims: Any, text: str, kind: str = "casualties") -> list[tuple[str, str | None, str]]:
    return [
        (c.speakers[-1].name, c.speakers[-1].actor, c.speakers[-1].kind)
        for c in claims(text, kind)
        if c.speakers
    ]


def chains(claims: Any, text: str, kind: str = "casualties") -> set[tuple[str, ...]]:
    return {tuple(s.name for s in c.speakers) for c in claims(text, kind)}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Three farmers were killed in Marawi in the Philippines.\n\n"
            "Police said two of the dead were brothers: two farmers were killed by Abu Sayyaf.",
            "philippines",
        ),
        (
            "Nine people were killed in Kherson on Monday. Russian shells hit Kherson again, and"
            " Russian drones flew over Mykolaiv.\n\nTwo women were killed, the governor said.",
            "ukraine",
        ),
        (
            "A raid by the Lahore-based outfit shook Srinagar and Baramulla.\n\n"
            "Two farmers were killed, police said.",
            "india-police",
        ),
    ],
)
def test_officials_are_those_of_the_reports_country(claims: Any, text: str, actor: str) -> None:
    actors = {found for _, found, _ in heard(claims, text)}
    assert actors
    assert all(found is not None and found.startswith(actor) for found in actors)


def test_a_report_of_two_countries_has_no_officials_of_its_own(claims: Any) -> None:
    text = (
        "Four soldiers were killed in Mali and nine in Burkina Faso on Monday, the authorities"
        " said. Mali and Burkina Faso are ruled by soldiers."
    )
    assert {actor for _, actor, _ in heard(claims, text)} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Interior Ministry spokesman Brigadier Omar Saleh said four people were killed in"
            " Mosul, Iraq. Saleh said two women were killed as well.",
            "iraq",
        ),
        (
            "Two people were wounded in Sumy, Ukraine, the regional governor, Petro Bondar, said."
            " Bondar said three women were killed.",
            "ukraine",
        ),
        (
            "Maj. Aung Naing, the information officer for the Arakan Army, said two people were"
            " killed near Buthidaung, Myanmar. Maj. Aung Naing said three women were killed.",
            "arakan-army",
        ),
        (
            "The Sixth Infantry Division of the Sudanese Armed Forces said four people were killed"
            " in El Fasher, Sudan. On Monday the division accused the Rapid Support"
            " Forces of shelling a market, killing three women.",
            "sudan-military",
        ),
        (
            "Two people were killed in Paletwa, Myanmar, the Arakan Army (AA) said. The AA said"
            " three women were killed by shells.",
            "arakan-army",
        ),
    ],
)
def test_an_office_says_for_whom_a_name_speaks(claims: Any, text: str, expected: str) -> None:
    actors = [actor for _, actor, _ in heard(claims, text)]
    assert len(actors) >= 2
    assert all(actor is not None and actor.startswith(expected) for actor in actors)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Four soldiers were killed in Meta, Colombia, the Omega Joint Task Force said in a"
            " statement. Two rebels were killed as well, the statement said.",
            {("the Omega Joint Task Force", "colombia-military")},
        ),
        (
            "Two people were killed in Omdurman, said a statement from the local resistance"
            " committee.",
            {("the local resistance committee", None)},
        ),
        (
            "Two people were killed in Gao, Mali, an army statement said.",
            {("an army statement", "mali-military")},
        ),
        (
            "Two people were killed near Tripoli, Libya, the health ministry of the UN-recognised"
            " government said.",
            {("the health ministry", "libya")},
        ),
        ("Colombian media said two people were killed in Cali.", {("Colombian media", None)}),
    ],
)
def test_a_statement_is_its_issuers(claims: Any, text: str, expected: Any) -> None:
    assert {(name, actor) for name, actor, _ in heard(claims, text)} == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Resistance groups said 20 soldiers were killed on Monday in Sagaing, Myanmar.", "party"),
        ("“Two people were killed in Kano,” resident Musa Bello told reporters.", "witness"),
        ("Sudanese doctors said two people were killed in Nyala.", "independent"),
    ],
)
def test_kinds_of_speakers(claims: Any, text: str, kind: str) -> None:
    assert {found for _, _, found in heard(claims, text)} == {kind}


def test_a_party_of_brackets_is_no_other_party(claims: Any) -> None:
    text = (
        "Rao, the spokesman of the Zonal Committee of the Communist Party of India (Maoist), said"
        " 24 soldiers were killed in Bijapur, India."
    )
    assert {actor for _, actor, _ in heard(claims, text)} == {"cpi-maoist"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The medic said two nurses were killed in the strike, which the Houthis claimed on"
            " social media.",
            {("The medic",)},
        ),
        (
            "Yusuf Ali, al-Shabaab's spokesman, said they lost two men in Baidoa, Somalia, and said"
            " nine policemen were killed.",
            {("Yusuf Ali",)},
        ),
        (
            "The army in Gao, Mali, said 20 fighters were killed in a raid on Monday.",
            {("The army",)},
        ),
        (
            "Shells killed ten people in Mandalay, Myanmar, said a witness, reported Reuters.",
            {("Reuters", "a witness")},
        ),
        (
            "Some 1,000 villagers joined a march in Yala, Thailand, to demand the government remove"
            " 30 policemen who the locals accuse of killing a farmer, the official said.",
            {("the official", "the locals")},
        ),
    ],
)
def test_chains_hold_only_those_who_say_so(claims: Any, text: str, expected: Any) -> None:
    assert chains(claims, text) == expected


def test_items_of_a_list_are_told_by_who_brings_it_in(claims: Any) -> None:
    text = (
        "The Amhara Rights Commission documented several cases:\n\n"
        "- On October 16, 2023, a strike killed three farmers in Debre Markos. Two women were"
        " wounded.\n\n"
        "- On October 19, 2023, a strike killed eight farmers in Bahir Dar.\n\n"
        "Nine people were killed elsewhere."
    )
    found = claims(text, "casualties")
    said = [bool(c.speakers) for c in sorted(found, key=lambda c: c.start)]
    assert said == [True, True, True, False]


def test_a_newspaper_named_alone_tells_what_follows(claims: Any) -> None:
    text = (
        "We mourn again.\n\nAccording to Dawn:\n\nGunmen killed three people in Quetta on Monday,"
        " officials said.\n\nTwo women were killed in Zhob on Monday."
    )
    found = claims(text, "casualties")
    assert [c.speakers[0].name for c in sorted(found, key=lambda c: c.start)] == ["Dawn", "Dawn"]


def test_a_label_in_front_of_a_number_says_nothing(claims: Any) -> None:
    assert chains(claims, "• Deir Zahra: 6 soldiers were killed in an attack.") <= {()}


def test_the_said_attack_is_no_hearsay(claims: Any) -> None:
    found = claims("The said ambush killed ten soldiers in Tank on Monday.", "casualties")
    assert [c.stance for c in found] == ["asserts"]


def test_a_find_reported_beside_does_not_weaken_the_rest(claims: Any) -> None:
    text = "The army killed ten rebels in Bajaur on the reported presence of rebels, police said."
    assert {c.stance for c in claims(text, "casualties")} == {"asserts"}
