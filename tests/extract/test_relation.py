"""Relations: who supports, shelters, belongs to, splits from, fronts for or fights whom."""

from typing import Any

import pytest

Bond = tuple[str | None, str, str | None]


def bonds(claims: Any, text: str) -> set[Bond]:
    return {(c.subject.actor, c.relation, c.object.actor) for c in claims(text, "relation")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran has long supported Hezbollah.", ("iran", "supports", "hezbollah")),
        ("Hamas received funds from Iran for years.", ("iran", "supports", "hamas")),
        ("Iran lent support to the Houthis.", ("iran", "supports", "houthis")),
        ("Iran is one of the backers of Hamas.", ("iran", "supports", "hamas")),
        ("Turkey hosts leaders of Hamas.", ("turkey", "shelters", "hamas")),
        ("Hezbollah is an ally of Hamas.", ("hezbollah", "allied_with", "hamas")),
        ("Boko Haram has links to al Qaeda.", ("boko-haram", "allied_with", "al-qaeda")),
        (
            "Al-Shabaab pledged allegiance to al Qaeda in 2012.",
            ("al-shabaab", "pledged_allegiance_to", "al-qaeda"),
        ),
        (
            "Jamaat-ul-Ahrar, a breakaway faction of the TTP, fled.",
            ("jamaat-ul-ahrar", "splinter_of", "ttp"),
        ),
        (
            "Jaish-e-Fursan-e-Muhammad is part of the Hafiz Gul Bahadur group.",
            ("jaish-e-fursan-e-muhammad", "part_of", "hafiz-gul-bahadur-group"),
        ),
        ("ISKP absorbed fighters of the TTP.", ("iskp", "absorbed", "ttp")),
        (
            "Tehreek-e-Jihad Pakistan is a front for the TTP.",
            ("tehreek-e-jihad-pakistan", "front_for", "ttp"),
        ),
        (
            "ISKP is the sworn enemy of the Afghan Taliban.",
            ("iskp", "rival_of", "afghan-taliban"),
        ),
        ("The TTP is waging a war against Pakistan.", ("ttp", "at_war_with", "pakistan")),
    ],
)
def test_relations(claims: Any, text: str, expected: Bond) -> None:
    assert expected in bonds(claims, text)


@pytest.mark.parametrize(
    "text",
    [
        "If Iran supports Hamas, the talks will fail.",
        "Iran might support Hamas.",
        "Germany supported the request of France.",
        "Turkey has hosted millions of refugees.",
        "The club supported its striker.",
        "The police supported the army.",
    ],
)
def test_what_is_no_relation(claims: Any, text: str) -> None:
    assert not claims(text, "relation")


def test_lists_give_several(claims: Any) -> None:
    found = bonds(claims, "Iran supports Hamas and Hezbollah.")
    assert {("iran", "supports", "hamas"), ("iran", "supports", "hezbollah")} <= found


def test_denied(claims: Any) -> None:
    (claim,) = claims("Iran denied arming the Houthis.", "relation")
    assert claim.stance == "denies"
    assert claim.speakers[-1].actor == "iran"


def test_alleged_by_the_accuser(claims: Any) -> None:
    (claim,) = claims("Israel accused Iran of arming Hezbollah.", "relation")
    assert (claim.subject.actor, claim.object.actor) == ("iran", "hezbollah")
    assert claim.stance == "alleges"
    assert claim.speakers[-1].actor == "israel"


def test_reported(claims: Any) -> None:
    (claim,) = claims("Pakistan says that India is funding the TTP.", "relation")
    assert claim.speakers[-1].actor == "pakistan"


def test_its_own_oath_has_no_other_speaker(claims: Any) -> None:
    (claim,) = claims("Al-Shabaab pledged allegiance to al Qaeda in 2012.", "relation")
    assert claim.speakers == ()
    assert claim.when is not None
    assert claim.when.edtf == "2012"
