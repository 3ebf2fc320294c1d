"""Claims to incidents: linking, origins, tolls, responsibility, stable ids."""

from collections.abc import Sequence
from typing import Any

import pytest

from contested.errors import UsageError
from contested.model import (
    ActorRef,
    Claim,
    Count,
    Incident,
    Report,
    Speaker,
    Where,
    make,
    report_id,
)
from contested.model.edtf import when
from contested.reconcile import Reconciling, reconcile
from contested.world import World

KURRAM = Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK", 33.75, 70.2, 45.0)
ORAKZAI = Where("Orakzai", "Orakzai", "Khyber Pakhtunkhwa", "PK", 33.68, 70.95, 35.0)
QUETTA = Where("Quetta", "Quetta", "Balochistan", "PK", 30.18, 67.0, 15.0)
ARMY = Speaker("ISPR", "pakistan-ispr", "official")
TTP = Speaker("TTP", "ttp", "party")


class Desk:
    """Makes reports and claims on them."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: list[Claim] = []

    def report(self, text: str, day: str = "2025-10-09", outlet: str = "x") -> Report:
        made = Report(
            id=report_id(None, text), name=f"{outlet}.txt", text=text, sha256="0",
            published=when(day),
        )  # fmt: skip
        self.reports[made.id] = made
        return made

    def add(self, kind: str, of: Report, **values: Any) -> Claim:
        made = make(kind, of.passage(0, len(of.text)), method="test", confidence=0.9, **values)
        self.claims.append(made)
        return made

    def event(self, of: Report, **values: Any) -> Claim:
        given = {
            "type": "ambush", "where": KURRAM, "when": when("2025-10-08"),
            "initiators": (ActorRef("ttp", "TTP"),),
        }  # fmt: skip
        return self.add("event", of, **(given | values))

    def toll(self, of: Report, low: int, event: Claim | None, **values: Any) -> Claim:
        given = {
            "effect": "killed", "count": Count(low, low, "exactly", str(low)),
            "victims": "security_forces", "event_ref": event.id if event else None,
        }  # fmt: skip
        return self.add("casualties", of, **(given | values))

    def incidents(self, **options: Any) -> list[Incident]:
        return reconcile(self.claims, self.reports, World.load(), Reconciling(**options))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def only(incidents: Sequence[Incident]) -> Incident:
    assert len(incidents) == 1, [i.claims for i in incidents]
    return incidents[0]


def test_two_sides_of_one_ambush_are_one_disputed_incident(desk: Desk) -> None:
    army, group = desk.report("The army counts 11 dead."), desk.report("The group says 22 died.")
    desk.toll(army, 11, desk.event(army), speakers=(ARMY,))
    desk.toll(group, 22, desk.event(group), speakers=(TTP,))
    incident = only(desk.incidents())
    toll = incident.casualties[0]
    assert incident.status == "disputed"
    assert toll.disputed
    assert (toll.low, toll.best, toll.high, toll.rule) == (11, 11, 22, "lowest_credible")
    assert {f.speakers[-1].name: f.count.low for f in toll.according_to} == {"ISPR": 11, "TTP": 22}
    assert incident.why[0].weight > 1


def test_districts_side_by_side_are_one_incident_placed_in_two(desk: Desk) -> None:
    one, other = desk.report("In Kurram eleven soldiers fell."), desk.report("In Orakzai, eleven.")
    desk.toll(one, 11, desk.event(one), speakers=(TTP,))
    desk.toll(other, 11, desk.event(other, where=ORAKZAI, type="armed_clash"), speakers=(ARMY,))
    incident = only(desk.incidents())
    assert incident.status == "disputed"
    assert "Kurram" in incident.accounts[0]
    assert "Orakzai" in incident.accounts[0]


@pytest.mark.parametrize(
    "change",
    [{"where": QUETTA}, {"when": when("2025-10-20")}, {"when": when("2024-10-08")}],
)
def test_another_place_or_time_is_another_incident(desk: Desk, change: dict[str, Any]) -> None:
    desk.event(desk.report("A first attack."))
    desk.event(desk.report("A second attack."), **change)
    assert len(desk.incidents()) == 2


def test_an_attack_and_its_reprisal_do_not_chain_through_a_vague_report(desk: Desk) -> None:
    desk.event(desk.report("TTP fighters ambushed a convoy on the 8th."))
    desk.event(
        desk.report("Jets struck hideouts."),
        type="airstrike", when=when("2025-10-12"),
        initiators=(ActorRef("pakistan-military", "the army"),),
    )  # fmt: skip
    desk.event(desk.report("Violence was reported there."), when=when("2025-10"), initiators=())
    groups = [set(i.claims) for i in desk.incidents()]
    ambush, strike = desk.claims[0].id, desk.claims[1].id
    assert not any({ambush, strike} <= g for g in groups)


def test_a_copied_report_is_no_second_origin(desk: Desk) -> None:
    text = "Gunmen attacked a convoy in Kurram on Wednesday and killed eleven soldiers, it said. "
    first = desk.report(text * 3, outlet="wire")
    copy = desk.report("New headline. " + text * 3, outlet="copy")
    for of in (first, copy):
        desk.toll(of, 11, desk.event(of))
    incident = only(desk.incidents())
    assert len(incident.reports) == 2
    assert len(incident.origins) == 1
    assert incident.status == "single_source"


def test_two_reports_in_their_own_words_corroborate(desk: Desk) -> None:
    for text in ("Eleven soldiers fell in a Kurram ambush.", "An ambush killed 11 in Kurram."):
        of = desk.report(text)
        desk.toll(of, 11, desk.event(of))
    assert only(desk.incidents()).status == "corroborated"


def test_five_outlets_with_one_army_statement_are_one_origin(desk: Desk) -> None:
    for n in range(5):
        of = desk.report(f"Outlet {n} carries what the army said of the ambush today.")
        desk.toll(of, 11, desk.event(of, speakers=(ARMY,)), speakers=(ARMY,))
    incident = only(desk.incidents())
    assert len(incident.origins) == 1
    assert "carried by 5 reports" in incident.origins[0].why


def test_claim_and_denial_by_one_group_compete(desk: Desk) -> None:
    of = desk.report("A commander claimed it; the spokesman denied it.")
    event = desk.event(of, initiators=())
    for act in ("claims", "denies"):
        desk.add(
            "responsibility", of, act=act, actor="ttp", actor_as_written="TTP",
            event_ref=event.id, speakers=(Speaker(f"the one who {act}", "ttp", "party"),),
        )  # fmt: skip
    incident = only(desk.incidents())
    assert incident.responsibility.state == "competing"
    assert {v.act for v in incident.responsibility.according_to} == {"claims", "denies"}


def test_denied_and_hypothetical_happenings_make_no_incident(desk: Desk) -> None:
    of = desk.report("It did not happen.")
    desk.event(of, stance="denies")
    desk.event(of, status="threatened")
    assert desk.incidents() == []


def test_a_later_higher_toll_of_an_outlet_is_no_dispute(desk: Desk) -> None:
    early = desk.report("At least nine are dead, rescuers counted.", "2025-10-08")
    late = desk.report("Fourteen people have died of the blast so far.", "2025-10-10")
    for of, low in ((early, 9), (late, 14)):
        desk.toll(of, low, desk.event(of), victims="unknown")
    assert not only(desk.incidents()).casualties[0].disputed


def test_an_unknown_rule_names_the_known_ones(desk: Desk) -> None:
    of = desk.report("Eleven died.")
    desk.toll(of, 11, desk.event(of))
    with pytest.raises(UsageError, match="lowest_credible"):
        desk.incidents(rule="guess")


def test_rules_can_be_swapped(desk: Desk) -> None:
    army, group = desk.report("11, says the army."), desk.report("22, says the group.")
    desk.toll(army, 11, desk.event(army), speakers=(ARMY,))
    desk.toll(group, 22, desk.event(group), speakers=(TTP,))
    assert only(desk.incidents(rule="highest")).casualties[0].best == 22


def test_an_incident_keeps_its_id_when_a_report_joins_it(desk: Desk) -> None:
    desk.event(desk.report("The first account of the ambush."))
    before = only(desk.incidents())
    desk.event(desk.report("A second account of that ambush."))
    after = only(desk.incidents(previous={before.id: frozenset(before.claims)}))
    assert after.id == before.id
    assert len(after.claims) == 2


def test_the_order_of_claims_does_not_matter(desk: Desk) -> None:
    for n, place in enumerate((KURRAM, ORAKZAI, QUETTA, KURRAM)):
        of = desk.report(f"Account number {n} of some attack.")
        desk.toll(of, 3 + n, desk.event(of, where=place))
    forward = desk.incidents()
    desk.claims.reverse()
    backward = desk.incidents()
    assert [set(i.claims) for i in forward] == [set(i.claims) for i in backward]
