"""Rules by which `best` is derived: their registry, their laws, and their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import UsageError
from contested.model import Count, Figure, Toll
from contested.model.ratings import Judgements
from contested.model.rules import DEFAULT_RULE, RULES
from contested.reconcile.disagreement import disagreement
from contested.reconcile.figures import Given
from contested.reconcile.rules import missing, rule
from contested.reconcile.scene import Options
from contested.world import Ratings, World
from tests.reconcile.scenes import ARMY, HOSPITAL, POLICE, TTP, UNAMA, Scene


def test_every_rule_has_words_a_source_and_a_function() -> None:
    assert missing() == set()
    assert all(text.meaning and text.source for text in RULES.values())
    assert next(iter(RULES)) == DEFAULT_RULE


def test_an_unknown_rule_names_the_choices() -> None:
    with pytest.raises(UsageError, match=r"ucdp.*median_of_origins"):
        Options(rule="guess")


def two_sides() -> Scene:
    scene = Scene()
    scene.says(ARMY, 11)
    scene.says(TTP, 22, stance="alleges")
    return scene


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("lowest_credible", 11),
        ("ucdp", 11),
        ("latest", 11),
        ("most_recent_official", 11),
        ("highest", 22),
        ("median_of_origins", 11),
    ],
)
def test_two_sides_by_each_rule(name: str, best: int) -> None:
    toll = two_sides().toll(rule=name)
    assert (toll.low, toll.best, toll.high, toll.rule) == (11, best, 22, name)
    assert toll.because


def test_the_reason_says_what_was_set_aside() -> None:
    because = two_sides().toll().because
    assert because.startswith("the figure of ISPR")
    assert "the TTP’s own count of its enemy’s losses (22), alleged" in because


def test_only_alleged_figures_are_better_than_none() -> None:
    scene = Scene()
    scene.says(TTP, 22, stance="alleges")
    assert scene.toll().best == 22


def test_nobody_asserts_anything_and_best_stays_empty() -> None:
    scene = Scene()
    scene.says(TTP, 22, stance="unconfirmed")
    toll = scene.toll()
    assert toll.best is None
    assert toll.high == 22
    assert "No voice" in toll.because


def test_the_latest_and_the_latest_official() -> None:
    scene = Scene()
    scene.says(POLICE, 9, "2025-10-08", victims="unknown")
    scene.says(UNAMA, 12, "2025-10-10", victims="unknown")
    assert scene.toll("unknown", rule="latest").best == 12
    official = scene.toll("unknown", rule="most_recent_official")
    assert official.best == 9
    assert official.because.startswith("of officials")


def test_ucdp_prefers_the_more_reliable_and_else_the_lower() -> None:
    scene = Scene()
    scene.says(HOSPITAL, 9, victims="unknown")
    scene.says(UNAMA, 12, victims="unknown")
    toll = scene.toll("unknown", rule="ucdp")
    assert toll.best == 12
    assert "the most reliable voice (B)" in toll.because
    assert scene.toll("unknown", rule="lowest_credible").best == 9
    unreliable = Judgements(reliability={"unama": ("D", "checked by hand", "A. Analyst")})
    lower = scene.toll("unknown", rule="ucdp", judgements=unreliable)
    assert (lower.low, lower.best, lower.high) == (9, 9, 9)


def test_a_voice_or_a_claim_that_a_person_discredits_is_set_aside() -> None:
    scene = Scene()
    army, third = scene.says(ARMY, 3), scene.says(UNAMA, 11)
    assert scene.toll().best == 3
    by_source = Judgements(reliability={"pakistan": ("E", "never right", "A. Analyst")})
    assert scene.toll(judgements=by_source).best == 11
    by_claim = Judgements(credibility={army.id: ("5", "the list shows eleven", "A. Analyst")})
    toll = scene.toll(judgements=by_claim)
    assert toll.best == 11
    assert "set aside by judgement" in toll.because
    assert third.id


def test_a_letter_or_number_that_is_none_is_refused() -> None:
    scene = Scene()
    army = scene.says(ARMY, 3)
    with pytest.raises(UsageError, match="A to F"):
        scene.toll(judgements=Judgements(reliability={"pakistan": ("G", "x", "y")}))
    with pytest.raises(UsageError, match="1 to 6"):
        scene.toll(judgements=Judgements(credibility={army.id: ("7", "x", "y")}))


def test_dozens_give_way_to_a_number() -> None:
    scene = Scene()
    of, event = scene.report(None, "2025-10-08")
    scene.also(of, event, None, 24, high=None, count=Count(24, None, "dozens", "dozens"))
    assert scene.toll().best == 24
    scene.says(ARMY, 31)
    assert scene.toll().best == 31


# ---- laws --------------------------------------------------------------------------------

STANCES = ("asserts", "asserts", "alleges", "unconfirmed", "denies")
RELATIONS = ("own", "enemy", "neutral", "perpetrator", "opponent")


@st.composite
def figures(draw: st.DrawFn) -> list[Given]:
    out = []
    for n in range(draw(st.integers(1, 6))):
        low = draw(st.integers(0, 60))
        high = draw(st.sampled_from([low, low, low + 5, None]))
        speaker = draw(st.sampled_from([ARMY, TTP, UNAMA, HOSPITAL, None]))
        figure = Figure(
            count=Count(low, high, "exactly" if high == low else "at_least", str(low)),
            speakers=(speaker,) if speaker else (),
            stance=draw(st.sampled_from(STANCES)),
            said=draw(st.sampled_from([None, "2025-10-08", "2025-10-09", "2025-10-11"])),
            origin=f"o-{draw(st.integers(0, 3))}",
            claims=(f"c-{n}",),
            relation=draw(st.sampled_from(RELATIONS)),
            reliability=draw(st.sampled_from("ABCDEF")),
        )
        out.append(Given(figure, f"voice {n}", stake=draw(st.booleans())))
    return out


def scene() -> object:
    from contested.reconcile.origins import Origins
    from contested.reconcile.scene import Scene as Real

    world = World.load()
    return Real(
        world=world, origins=Origins({}, world), reports={}, ratings=Ratings(world),
        options=Options(),
    )  # fmt: skip


EMPTY = scene()


@settings(max_examples=150, deadline=None)
@given(figures(), st.sampled_from([n for n, text in RULES.items() if text.picks]))
def test_low_best_and_high_are_in_order_and_best_was_said(
    given: Sequence[Given], name: str
) -> None:
    counted = [g for g in given if g.figure.stance != "denies"]
    found = rule(name)(counted, EMPTY)  # type: ignore[arg-type]
    if found.best is None:
        return
    low = min(g.low for g in counted) if found.low is None else found.low
    tops = [g.figure.count.high if g.figure.count.high is not None else g.low for g in counted]
    high = max(tops) if found.high is None else found.high
    assert low <= found.best <= high
    assert found.best in {g.low for g in counted}


@settings(max_examples=150, deadline=None)
@given(figures(), st.sampled_from(list(RULES)), st.randoms(use_true_random=False))
def test_the_order_of_figures_changes_nothing(
    given: list[Given], name: str, chance: object
) -> None:
    counted = sorted(
        (g for g in given if g.figure.stance != "denies"),
        key=lambda g: (g.low, g.figure.origin, g.said, g.voice),
    )
    mixed = list(counted)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = rule(name)(counted, EMPTY), rule(name)(mixed, EMPTY)  # type: ignore[arg-type]
    assert one.best == other.best


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.sampled_from(list(RULES)))
def test_a_copy_changes_no_number(numbers: list[int], name: str) -> None:
    voices = (ARMY, TTP, UNAMA, None)
    text = "The convoy was ambushed in Kurram on Tuesday, and this is all that was told of it. " * 2
    scene = Scene()
    for voice, number in zip(voices, numbers, strict=False):
        scene.says(voice, number, text=f"{number} {voice and voice.name}: {text * (number + 1)}")
    before = _numbers(scene.toll(rule=name))
    voice, number = voices[0], numbers[0]
    scene.says(voice, number, text=f"A new headline. {number} ISPR: {text * (number + 1)}")
    assert _numbers(scene.toll(rule=name)) == before


def _numbers(toll: Toll) -> tuple[object, ...]:
    return toll.low, toll.best, toll.high, toll.disagreement, toll.interval


@settings(max_examples=100, deadline=None)
@given(figures(), st.randoms(use_true_random=False))
def test_the_order_of_figures_changes_no_disagreement(given: list[Given], chance: object) -> None:
    mixed = list(given)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert disagreement(given)[0] == disagreement(mixed)[0]
