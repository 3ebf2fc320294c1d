"""What a short form stands for: as the report spells it out, else by the report's country."""

from typing import Any

import pytest

LANDS = {
    "Sudan": "Fighting went on in El Fasher and Nyala in Sudan, the Sudanese army said.",
    "Myanmar": "Fighting went on in Mandalay and Monywa in Myanmar, the Myanmar army said.",
    "Kenya": "Fighting went on in Nairobi and Mombasa in Kenya, the Kenyan army said.",
}


def initiators(claims: Any, text: str) -> set[str | None]:
    return {a.actor for c in claims(text, "event") for a in c.initiators}


@pytest.mark.parametrize(
    ("land", "actor"), [("Sudan", "pdf"), ("Myanmar", "pdf-myanmar"), ("Kenya", None)]
)
def test_of_several_the_one_of_the_reports_country_is_meant(
    claims: Any, land: str, actor: str | None
) -> None:
    text = f"{LANDS[land]}\n\nThe PDF attacked a police station on Monday."
    assert actor in initiators(claims, text)
    assert not {"pdf", "pdf-myanmar"} - {actor} & initiators(claims, text)


def test_what_the_report_spells_out_comes_before_its_country(claims: Any) -> None:
    text = (
        f"PDF fighters attacked a police station on Monday. {LANDS['Sudan']}\n\n"
        "The People's Defence Force (PDF) said nothing."
    )
    assert "pdf-myanmar" in initiators(claims, text)
    assert "pdf" not in initiators(claims, text)


@pytest.mark.parametrize("long", ["Provincial Development Fund", "Pan-Delta Fishermen"])
def test_a_body_that_the_table_lacks_is_no_other_of_the_same_letters(
    claims: Any, long: str
) -> None:
    text = (
        f"The {long} (PDF) met in Khartoum in Sudan. PDF fighters attacked a police station in"
        " Khartoum on Monday."
    )
    assert not {"pdf", "pdf-myanmar"} & initiators(claims, text)


@pytest.mark.parametrize("long", ["Allied Democratic Forces", "Alliance of Democratic Forces"])
def test_one_group_under_two_names_is_one_actor(claims: Any, long: str) -> None:
    text = f"The {long} (ADF) attacked a village near Goma on Monday."
    assert initiators(claims, text) == {"adf"}
    assert "adf" in initiators(claims, "Suspected ADF fighters attacked a village near Goma.")


@pytest.mark.parametrize(
    ("long", "actor"),
    [
        ("al-Qaida-affiliated group Jamaa Nusrat ul-Islam wa al-Muslimin (JNIM)", "jnim"),
        ("outlawed Baluch Liberation Army (BLA)", "bla"),
        ("separatist group Baloch Freedom Army (BLA)", None),
        ("mountain group Jolly Neighbours In Mopti (JNIM)", None),
    ],
)
def test_whoever_is_named_with_known_letters_claims_for_itself(
    claims: Any, long: str, actor: str | None
) -> None:
    text = f"The {long} claimed responsibility for an attack in Mopti in Mali on Saturday."
    (one,) = claims(text, "responsibility")
    assert (one.act, one.actor) == ("claims", actor)
    assert [s.actor for s in one.speakers] == [actor]
