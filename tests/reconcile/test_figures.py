"""Sums, parts, attackers: what a number holds, and the arithmetic in words."""

from __future__ import annotations

from contested.model import ActorRef, Count
from tests.reconcile.scenes import ARMY, TTP, Scene


def with_attackers(high: int | None = 9) -> Scene:
    """ "Nine people including three attackers." """
    scene = Scene()
    of, event = scene.report(None, "2025-10-08")
    whole = scene.also(
        of, event, None, 9, high=high, victims="unknown", victims_as_written="nine people"
    )
    scene.also(
        of, event, None, 3, victims="militants", victims_as_written="three attackers",
        part_of=whole.id,
    )  # fmt: skip
    return scene


def test_attackers_never_make_up_the_toll_of_the_victims() -> None:
    incident = with_attackers().incident()
    people, militants = sorted(incident.casualties, key=lambda t: t.victims == "militants")
    assert (people.low, people.best, people.high) == (6, 6, 6)
    figure = people.according_to[0]
    assert figure.stated == Count(9, 9, "exactly", "9")
    assert figure.arithmetic == "9 in all − 3 of the attacking side (three attackers) = 6"
    assert any("9 in all − 3" in note for note in people.notes)
    assert (militants.best, militants.attackers) == (3, True)
    assert not people.attackers


def test_an_open_number_stays_open_without_its_attackers() -> None:
    figure = with_attackers(high=None).toll("unknown").according_to[0]
    assert (figure.count.low, figure.count.high) == (6, None)


def test_a_dozen_or_so_attackers_widen_what_is_left() -> None:
    scene = Scene()
    of, event = scene.report(None, "2025-10-08")
    whole = scene.also(of, event, None, 20, victims="unknown")
    scene.also(
        of, event, None, 3, victims="militants", victims_as_written="three to five attackers",
        count=Count(3, 5, "range", "three to five"), part_of=whole.id,
    )  # fmt: skip
    count = scene.toll("unknown").according_to[0].count
    assert (count.low, count.high) == (15, 17)


def test_fighters_whom_a_strike_killed_are_no_attackers() -> None:
    scene = Scene(
        initiators=(ActorRef("pakistan-air-force", "jets"),), targets=(ActorRef("ttp", "TTP"),)
    )
    of, event = scene.report(None, "2025-10-08")
    whole = scene.also(of, event, None, 9, victims="unknown")
    scene.also(
        of, event, None, 3, victims="militants", victims_as_written="three fighters",
        part_of=whole.id,
    )  # fmt: skip
    assert not scene.toll("militants").attackers
    assert scene.toll("unknown").best == 9


def test_parts_of_other_classes_are_not_taken_out_and_not_added() -> None:
    scene = Scene()
    of, event = scene.report(ARMY, "2025-10-08")
    whole = scene.also(of, event, ARMY, 18, victims="unknown", victims_as_written="18 people")
    for low, victims in ((13, "civilians"), (5, "security_forces")):
        scene.also(
            of, event, ARMY, low, victims=victims, part_of=whole.id,
            victims_as_written=f"{low} {victims}",
        )  # fmt: skip
    toll = scene.toll("unknown")
    assert (toll.best, toll.according_to[0].stated) == (18, None)
    assert "18 in all" in toll.according_to[0].arithmetic
    assert "13 civilians" in toll.according_to[0].arithmetic
    assert scene.incident().accounts == ()
    assert scene.toll("civilians").notes == ("counted within a larger number of the same accounts",)


def test_a_part_of_the_same_class_is_no_figure_of_its_own() -> None:
    scene = Scene()
    of, event = scene.report(ARMY, "2025-10-08")
    whole = scene.also(of, event, ARMY, 11)
    part = scene.also(of, event, ARMY, 2, victims_as_written="two officers", part_of=whole.id)
    toll = scene.toll()
    assert (toll.low, toll.best, toll.high) == (11, 11, 11)
    assert part.id in toll.according_to[0].claims
    # another voice speaks of the two officers alone
    scene.says(None, 2, victims_as_written="two officers")
    again = scene.toll()
    assert (again.low, again.best, again.high, again.disagreement) == (11, 11, 11, "none")
    assert [f.part for f in again.according_to] == [True, False]


def test_what_a_report_tells_below_what_it_quotes_is_a_part_or_older() -> None:
    scene = Scene()
    of, event = scene.report(ARMY, "2025-10-08")
    scene.also(of, event, ARMY, 7)
    scene.also(of, event, None, 2, victims_as_written="The two officers")
    toll = scene.toll()
    assert (toll.low, toll.best, toll.disagreement) == (7, 7, "none")


def test_what_the_enemy_counts_swallows_nobodys_number() -> None:
    scene = Scene()
    of, event = scene.report(TTP, "2025-10-08")
    scene.also(of, event, TTP, 22)
    scene.also(of, event, None, 11)
    toll = scene.toll()
    assert (toll.low, toll.high, toll.disagreement) == (11, 22, "disputed")


def test_numbers_side_by_side_add_up_in_words() -> None:
    scene = Scene()
    of, event = scene.report(ARMY, "2025-10-08")
    scene.also(of, event, ARMY, 9, victims_as_written="nine soldiers")
    scene.also(of, event, ARMY, 2, victims_as_written="two officers")
    figure = scene.toll().according_to[0]
    assert figure.count.low == 11
    assert figure.arithmetic in (
        "9 (nine soldiers) + 2 (two officers) = 11",
        "2 (two officers) + 9 (nine soldiers) = 11",
    )


def test_more_dead_than_another_counts_casualties_cannot_hold() -> None:
    scene = Scene()
    scene.says(TTP, 22)
    scene.says(ARMY, 11, effect="killed_or_wounded")
    incident = scene.incident()
    assert incident.accounts == ("22 killed by one account, 11 casualties in all by another",)
    assert incident.status == "disputed"


def test_dead_and_wounded_together_against_casualties_in_all() -> None:
    scene = Scene()
    of, event = scene.report(TTP, "2025-10-08")
    scene.also(of, event, TTP, 10)
    scene.also(of, event, TTP, 12, effect="wounded")
    scene.says(ARMY, 15, effect="killed_or_wounded")
    assert scene.incident().accounts == (
        "10 killed + 12 wounded = 22 by one account, 15 casualties in all by another",
    )


def test_casualties_of_another_class_contradict_nobody() -> None:
    scene = Scene()
    scene.says(TTP, 22)
    scene.says(ARMY, 5, effect="killed_or_wounded", victims="civilians")
    assert scene.incident().accounts == ()


def test_how_a_speaker_stands_to_the_victims() -> None:
    scene = Scene()
    scene.says(ARMY, 11)
    scene.says(TTP, 22)
    scene.says(None, 12, "2025-10-12")
    assert {f.count.low: f.relation for f in scene.toll().according_to} == {
        11: "own", 22: "enemy", 12: "neutral",
    }  # fmt: skip


def test_civilians_are_counted_by_whoever_harmed_them_or_by_their_enemy() -> None:
    scene = Scene()
    scene.says(TTP, 1, victims="civilians")
    scene.says(ARMY, 5, victims="civilians")
    found = {f.count.low: f.relation for f in scene.toll("civilians").according_to}
    assert found == {1: "perpetrator", 5: "opponent"}
