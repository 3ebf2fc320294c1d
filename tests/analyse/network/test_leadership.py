"""Terms and who came after whom, as told."""

from __future__ import annotations

from contested.analyse.network.leadership import Succession, Term, successions, terms
from contested.model import Claim, PositionClaim
from tests.analyse.telling import bodies, on, post


def told(*claims: Claim, days: dict[str, object] | None = None) -> tuple[Term, ...]:
    positions = [one for one in claims if isinstance(one, PositionClaim)]
    return terms(positions, bodies(), days or {}, frozenset())  # type: ignore[arg-type]


def changes(*claims: Claim, days: dict[str, object] | None = None) -> tuple[Succession, ...]:
    return successions(told(*claims, days=days))


def test_one_follows_the_other() -> None:
    one = changes(post("Fazlullah", "killed", "2018-06"), post("Noor Wali", "holds", "2018/.."))
    assert [(c.before, c.after, c.change) for c in one] == [("Fazlullah", "Noor Wali", "follows")]
    assert "killed 2018-06" in one[0].words


def test_a_gap_and_an_overlap_are_kept() -> None:
    gap = changes(post("A", "died", "2013-11-01"), post("B", "appointed", "2014-03"))
    assert gap[0].change == "gap"
    overlap = changes(
        post("A", "appointed", "2010"),
        post("A", "died", "2013-11-01"),
        post("B", "appointed", "2012"),
    )
    assert overlap[0].change == "overlap"
    assert changes(post("A", "died", "2009"), post("B", "died", "2013"))[0].change == "unclear"


def test_what_is_denied_ends_no_term() -> None:
    rumour = told(
        post("A", "killed", "2025-10", stance="unconfirmed"),
        post("A", "killed", "2025-10", voice="ttp", stance="denies"),
    )[0]
    assert (rumour.ended, rumour.how) == (None, None)
    assert "killed is unconfirmed and denies" in rumour.doubts[0]


def test_contradictions_are_told() -> None:
    late = post("A", "holds")
    one = told(
        post("A", "killed", "2009-08-05"),
        post("A", "died", "2009-08-23"),
        late,
        days=on("2010-01-01", late),  # type: ignore[arg-type]
    )[0]
    doubts = " ".join(one.doubts)
    assert "told of 2 times" in doubts
    assert "said to have died and said to have been killed" in doubts
    assert "named in the role on 2010-01-01, after the end" in doubts


def test_names_within_names_are_one_person() -> None:
    army = {"role": "chief", "organisation": "pakistan-army"}
    held = told(post("Asim Munir", "holds", **army), post("Syed Asim Munir", "holds", **army))
    assert [term.person for term in held] == ["Syed Asim Munir"]
    apart = told(post("Baitullah Mehsud", "holds"), post("Hakimullah Mehsud", "holds"))
    assert len(apart) == 2


def test_roles_of_many_make_no_line() -> None:
    many = {"role": "spokesperson"}
    assert changes(post("A", "holds", "2010", **many), post("B", "holds", "2012", **many)) == ()
    nobody = {"organisation": None}
    assert changes(post("A", "died", "2010", **nobody), post("B", "died", "2012", **nobody)) == ()
