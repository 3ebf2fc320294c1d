"""What persons decided binds the linker, and the later of two decisions prevails."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contested.model import Claim, Decision, Report, Subject, Where, make
from contested.model.decision import Anchor, anchor, made
from contested.model.edtf import when
from contested.reconcile import Constraints, Reconciling, reconcile
from contested.reconcile.decided import decided
from contested.world import World

KURRAM = Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK", 33.75, 70.2, 45.0)
NAMES = "abcdef"


def event(name: str, day: str = "2025-10-08") -> tuple[Report, Claim]:
    text = f"Report {name} tells of an ambush in Kurram."
    report = Report(id=f"r-{name}", name=f"{name}.txt", text=text, sha256="0")
    passage = report.passage(0, len(text))
    told: dict[str, Any] = {"method": "t", "confidence": 0.9, "where": KURRAM, "when": when(day)}
    return report, make("event", passage, type="ambush", **told)


def gathered(days: dict[str, str], **constraints: Any) -> list[set[str]]:
    """The names of reports, as they are gathered under constraints on names."""
    made_of = {name: event(name, day) for name, day in days.items()}
    ids = {name: claim.id for name, (_, claim) in made_of.items()}
    back = {id: name for name, id in ids.items()}

    def to_ids(names: str) -> frozenset[str]:
        return frozenset(ids[name] for name in names)

    told = Constraints(
        together=tuple(to_ids(group) for group in constraints.get("together", ())),
        apart=tuple((to_ids(a), to_ids(b)) for a, b in constraints.get("apart", ())),
    )
    incidents = reconcile(
        [claim for _, claim in made_of.values()],
        {report.id: report for report, _ in made_of.values()},
        World.load(),
        Reconciling(constraints=told),
    )
    return sorted(({back[id] for id in one.claims} for one in incidents), key=min)


SAME = dict.fromkeys("abcd", "2025-10-08")
FAR = {"a": "2025-10-08", "b": "2024-03-01", "c": "2023-05-05", "d": "2022-01-01"}


def test_without_constraints() -> None:
    assert gathered(SAME) == [set("abcd")]
    assert gathered(FAR) == [{"a"}, {"b"}, {"c"}, {"d"}]


def test_together_binds_and_is_transitive() -> None:
    assert gathered(FAR, together=["ab", "bc"]) == [set("abc"), {"d"}]


def test_apart_binds_and_does_not_leak_through_a_third() -> None:
    found = gathered(SAME, apart=[("a", "b")])
    assert len(found) == 2
    assert not any({"a", "b"} <= group for group in found)
    assert gathered(SAME, apart=[("a", "bcd")]) == [{"a"}, set("bcd")]
    assert gathered(SAME, together=["ac", "bd"], apart=[("a", "b")]) == [set("ac"), set("bd")]


def test_claims_that_are_not_there_do_no_harm() -> None:
    lost = frozenset({"c-000000000000"})
    report, claim = event("a")
    told = Constraints(together=(lost,), apart=((lost, frozenset({claim.id})),))
    how = Reconciling(constraints=told)
    assert len(reconcile([claim], {report.id: report}, World.load(), how)) == 1


Named = tuple[str, tuple[str, ...]]


def decision(n: int, act: str, *sides: str) -> Decision:
    subjects = tuple(
        Subject(id=f"i-{n}-{k}", anchors=tuple(anchor(event(name)[1]) for name in side))
        for k, side in enumerate(sides)
    )
    at = f"2026-01-01T00:{n:02}:00.000000+00:00"
    return made(at=at, author="Ada", reason="x", act=act, subjects=subjects)  # type: ignore[arg-type]


def test_the_later_prevails_pair_by_pair() -> None:
    claims = [event(name)[1] for name in NAMES]
    ids = {name: event(name)[1].id for name in NAMES}
    merge, split = decision(1, "merge", "ab", "cd"), decision(2, "split", "c", "abd")
    found = decided([merge, split], claims)
    assert found.partly == {merge.id: f"in part overridden by {split.id}"}
    assert found.constraints.apart == ((frozenset({ids["c"]}), frozenset(ids[n] for n in "abd")),)
    assert frozenset(ids[n] for n in "abd") in found.constraints.together
    again = decision(3, "merge", "c", "a")
    found = decided([merge, split, again], claims)
    assert split.id in found.partly
    whole = decision(4, "merge", "c", "abd")
    assert decided([merge, split, whole], claims).overridden == {split.id: whole.id}


def test_a_side_that_is_lost_is_told() -> None:
    merge = decision(1, "merge", "a", "b")
    found = decided([merge], [event("a")[1]])
    assert found.lapsed == {merge.id: "only one side of it is still found"}
    assert found.constraints == Constraints()
    assert "none of its claims" in decided([merge], []).lapsed[merge.id]


def test_claims_of_one_account_are_never_parted() -> None:
    claims = [event(name)[1] for name in NAMES]
    ids = {name: event(name)[1].id for name in NAMES}
    split = decision(1, "split", "a", "bc")
    found = decided([split], claims, [(ids["a"], ids["b"]), (ids["c"],)])
    assert found.constraints.apart == ((frozenset({ids["a"]}), frozenset({ids["c"]})),)
    assert split.id in found.partly


sides = st.text(NAMES, min_size=1, max_size=4).map(lambda s: "".join(sorted(set(s))))
acts = st.lists(st.tuples(st.sampled_from(["merge", "split"]), sides, sides), max_size=8)


@given(acts)
def test_constraints_never_contradict_each_other(drawn: list[tuple[str, str, str]]) -> None:
    """No order of decisions asks for two claims to be together and apart."""
    steps = [
        decision(n, act, one, "".join(c for c in other if c not in one))
        for n, (act, one, other) in enumerate(drawn)
        if set(other) - set(one)
    ]
    found = decided(steps, [event(name)[1] for name in NAMES]).constraints
    group = {event(name)[1].id: {event(name)[1].id} for name in NAMES}
    for claims in found.together:
        joined = set().union(*(group[claim] for claim in claims))
        for claim in joined:
            group[claim] = joined
    for one, other in found.apart:
        assert not any(a in group[b] for a in one for b in other)
    if steps:
        last = steps[-1]
        first, second = ({a.claim for a in s.anchors} for s in last.subjects)
        if last.act == "merge":
            assert len({frozenset(group[claim]) for claim in first | second}) == 1
        else:
            assert not any(a in group[b] for a in first for b in second)


def test_an_anchor_knows_what_stood_beside_it() -> None:
    one = anchor(event("a")[1], [event("a")[1], event("b")[1]])
    assert isinstance(one, Anchor)
    assert one.beside == ()
