"""Ties, who says so, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from contested.analyse.network import Network, NetworkOptions, network
from contested.analyse.voiced import Odds
from contested.errors import NothingToAnalyse, UsageError
from contested.model import Claim
from tests.analyse.telling import WORLD, bodies, claim, on, post, ref, tie


def found(*claims: Claim, **options: Any) -> Network:
    seen = options.pop("bodies", bodies())
    published = options.pop("published", {})
    return network(claims, WORLD.ties, seen, published, NetworkOptions(**options))


FIGHT = claim("event", type="attack", initiators=(ref("ttp"),), targets=(ref("pakistan-army"),))


def test_who_asserts_and_who_denies() -> None:
    row = found(
        tie("afghan-taliban", "shelters", "ttp", "pakistan"),
        tie("afghan-taliban-government", "shelters", "ttp", "afghan-taliban", stance="denies"),
    ).rows[0]
    assert (row.subject, row.arrow, row.object) == ("afghan-taliban", "shelters", "ttp")
    assert (row.asserted_by, row.denied_by) == (("pakistan",), ("afghan-taliban",))
    assert row.standing == "disputed"
    assert row.chance == pytest.approx(0.5 * 0.8)
    assert len(row.claims) == 2


def test_what_only_a_party_asserts_is_said_to_be_so() -> None:
    party = found(FIGHT, tie("afghan-taliban", "supports", "ttp", "pakistan"))
    assert party.rows[0].standing == "by a party"
    assert party.rows[0].chance == pytest.approx(0.7 * 0.8)
    assert "asserted by parties to the conflict only" in party.answer
    both = found(
        FIGHT,
        tie("afghan-taliban", "supports", "ttp", "pakistan"),
        tie("afghan-taliban", "supports", "ttp", "analyst"),
    )
    assert both.rows[0].standing == "asserted"
    assert both.rows[0].chance == pytest.approx(1 - 0.2**2)


def test_alleged_and_only_denied() -> None:
    rows = {
        row.standing: row.chance
        for row in found(
            tie("india", "supports", "ttp", stance="alleges"),
            tie("pakistan", "shelters", "ttp", "pakistan", stance="denies"),
        ).rows
    }
    assert rows == {"alleged": pytest.approx(0.4), "denied": 0.0}


def test_chances_can_be_set_and_are_told() -> None:
    odds = Odds(party=1, disputed=0.1, alleged=0)
    one = found(tie("india", "supports", "ttp", stance="unconfirmed"), odds=odds)
    assert one.rows[0].chance == 0
    assert "with 0.1" in one.assumptions[0]
    with pytest.raises(UsageError, match="0 to 1"):
        Odds(party=1.2)


def test_same_as_is_what_somebody_says() -> None:
    both = found(
        tie("ttp", "same_as", "afghan-taliban", "pakistan"), tie("india", "supports", "ttp")
    )
    assert [row.arrow for row in both.rows] == ["supports"]
    assert both.identities[0].asserted_by == ("pakistan",)
    assert "is what pakistan says, no tie" in both.answer
    assert "afghan-taliban" not in {row.subject for row in both.rows}


def test_words_stay_words_and_are_in_no_measure() -> None:
    answer = found(
        tie("they", "allied_with", "ttp"),
        tie("al-qaeda", "allied_with", "ttp"),
        tie("bla", "allied_with", "ttp"),
        tie("they", "allied_with", "bla"),
    )
    assert "“they”" in {row.object for row in answer.rows}
    assert all("“" not in one for group in answer.communities for one in group.bodies)
    assert [broker.body for broker in answer.brokers] == ["ttp"]
    assert any("known by words only" in words for words in answer.warnings)


def test_a_vague_denial_stands_beside_what_it_may_mean() -> None:
    answer = found(
        FIGHT,
        tie("afghan-taliban", "shelters", "ttp", "pakistan"),
        tie("afghan-taliban", "shelters", "its neighbour's men", "afghan-taliban", stance="denies"),
    )
    row = next(row for row in answer.rows if row.object == "ttp")
    assert row.also
    assert row.denied_by == ()
    assert row.standing == "by a party"


def test_organs_are_one_body_unless_asked() -> None:
    within = tie("pakistan-isi", "supports", "pakistan-army")
    with pytest.raises(NothingToAnalyse, match="--organs"):
        found(within)
    apart = found(within, bodies=bodies(organs=True))
    assert apart.rows[0].subject == "pakistan-isi"
    joined = found(
        tie("afghanistan", "supports", "ttp"),
        bodies=bodies(as_one=[("afghanistan", "afghan-taliban")]),
    )
    assert joined.rows[0].subject == "afghan-taliban"
    with pytest.raises(UsageError, match="detour"):
        bodies(as_one=[("ttp", "bla"), ("bla", "ttp")])


def test_a_tie_is_placed_in_time() -> None:
    old = tie("india", "supports", "ttp")
    dated = tie("ttp", "splinter_of", "afghan-taliban", time="2014")
    undated = tie("al-qaeda", "allied_with", "ttp")
    published = on("2022-05-01", old) | on("2025-01-01", dated)
    then = found(old, dated, undated, published=published, since="2022-01-01", until="2022-12-31")
    assert [row.subject for row in then.rows] == ["india"]
    assert any("2 relations of another time or of none" in words for words in then.warnings)
    with pytest.raises(NothingToAnalyse, match="of the time asked for"):
        found(old, published=published, since="1990-01-01", until="1990-12-31")


def test_nothing_to_answer_from() -> None:
    with pytest.raises(NothingToAnalyse, match="no network"):
        found()
    with pytest.raises(NothingToAnalyse, match="planned or threatened"):
        found(tie("india", "supports", "ttp", status="planned"))
    assert "No tie between two bodies" in found(post("A Leader", "holds")).answer


def test_the_same_seed_gives_the_same_answer() -> None:
    every = [
        tie("a", "allied_with", "ttp"),
        tie("al-qaeda", "allied_with", "ttp", stance="alleges"),
        tie("iskp", "rival_of", "ttp"),
        tie("al-qaeda", "rival_of", "iskp"),
        tie("bla", "allied_with", "al-qaeda"),
    ]
    assert found(*every) == found(*every)
    assert found(*every, seed=2).brokers != found(*every).brokers or found(*every).brokers == ()


def test_two_bodies_have_no_brokers() -> None:
    answer = found(tie("india", "supports", "ttp"))
    assert answer.brokers == ()
    assert any("need 3" in words for words in answer.warnings)
    assert answer.balance is not None
    assert "no tie sets two bodies against each other" in answer.balance.reason
