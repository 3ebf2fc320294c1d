"""What plain verbs and clipped words tell: ground, mines, people seized and driven out, tolls."""

from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest

from contested.extract.kinds.event_found import _phrase
from contested.extract.lexicon import Trigger


def happened(claims: Any, text: str) -> list[tuple[Any, ...]]:
    return [(c.type, c.status) for c in claims(text, "event")]


def tolls(claims: Any, text: str) -> list[tuple[Any, ...]]:
    return sorted((c.effect, c.count.low, c.victims) for c in claims(text, "casualties"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels seized the village of Gao on Friday.", "seizure"),
        ("Fighters had taken over two islands near Gao by Friday.", "seizure"),
        ("The fighters also occupied Tandaro on 4 March.", "seizure"),
        ("Israeli forces moved into the village of Gao on Friday.", "military_operation"),
        ("A bus ran over a mine near Gao on Friday.", "landmine"),
        ("A herder stepped on an anti-personnel mine near Gao on Friday.", "landmine"),
        ("Raiders looted shops in Gao on Friday.", "looting"),
        ("A school in Gao was hit by a mortar shell on Friday.", "mortar_attack"),
        ("Two lorries were burned down in Gao on Friday.", "arson"),
        ("A guard died in a shoot-out in Gao on Friday.", "armed_clash"),
        ("Armed men killed three traders in Gao on Friday.", "armed_attack"),
    ],
)
def test_a_plain_verb_tells_what_happened(claims: Any, text: str, kind: str) -> None:
    assert happened(claims, text) == [(kind, "occurred")]


@pytest.mark.parametrize(
    "text",
    [
        "Police seized weapons in Gao on Friday.",
        "Rebels struck a gold mine near Gao on Friday.",
        "The mayor of Gao said: “This is a massacre of our people.”",
        "Troops moved into their second week of training in Gao on Friday.",
    ],
)
def test_other_things_are_no_happening(claims: Any, text: str) -> None:
    assert happened(claims, text) == []


def test_who_a_mine_struck_is_its_target(claims: Any) -> None:
    (event,) = claims("Their truck hit a landmine near Gao on Friday.", "event")
    assert [r.as_written for r in event.targets] == ["Their truck"]
    assert event.initiators == ()


def test_an_attempt_is_of_the_kind_that_was_tried(claims: Any) -> None:
    text = "An assassination attempt on the mayor of Gao failed on Friday."
    assert happened(claims, text) == [("assassination", "attempted")]


def test_a_plan_that_was_carried_out_happened(claims: Any) -> None:
    text = "Gunmen carried out planned attacks on traders in Gao on Friday."
    assert happened(claims, text) == [("attack", "occurred")]


def test_it_was_attacked_by_somebody(claims: Any) -> None:
    text = "The unit was resting near Gao on Friday when it was attacked by Boko Haram."
    (event,) = claims(text, "event")
    assert [r.actor for r in event.initiators] == ["boko-haram"]
    assert event.targets == ()


def test_the_harm_gives_its_happening_place_and_day(claims: Any) -> None:
    text = "It was the worst week since the attack that left 60 people dead in Gao on 4 March."
    assert [(c.where.name, c.when.edtf) for c in claims(text, "event")] == [("Gao", "2025-03-04")]


def test_the_said_ambush_is_no_hearsay(claims: Any) -> None:
    found = claims("The said ambush in Gao on Friday killed ten soldiers.", "casualties")
    assert [(c.count.low, c.stance) for c in found] == [(10, "asserts")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested four rebels in Gao on Friday.", [("captured", 4, "militants")]),
        ("Nine villagers were taken hostage in Gao on Friday.", [("captured", 9, "civilians")]),
        ("Police took part in a plan to arrest 40 rebels in Gao.", []),
        ("Three men disappeared in Gao on Friday.", [("missing", 3, "unknown")]),
        ("Rebels forced 90 villagers from their homes.", [("displaced", 90, "civilians")]),
        ("About 90 inhabitants of Gao took shelter in a school.", [("displaced", 90, "civilians")]),
        ("Twelve rebels fled from Gao on Friday.", []),
        (
            "A blast killed five soldiers and badly injured another in Gao on Friday.",
            [("killed", 5, "security_forces"), ("wounded", 1, "security_forces")],
        ),
        (
            "Five nurses were killed and seven others, including a guard, wounded.",
            [
                ("killed", 5, "civilians"),
                ("wounded", 1, "security_forces"),
                ("wounded", 7, "civilians"),
            ],
        ),
        (
            "Ten soldiers were killed and several are missing.",
            [("killed", 10, "security_forces"), ("missing", 3, "security_forces")],
        ),
        (
            "The blast in Gao left several people dead and wounded, a guard said.",
            [("killed_or_wounded", 3, "unknown")],
        ),
        ("A pit that holds the bodies of 30 villagers was found.", [("killed", 30, "civilians")]),
        ("Two [Maoist] guerrilla fighters were killed.", [("killed", 2, "militants")]),
    ],
)
def test_tolls_in_plain_and_clipped_words(
    claims: Any, text: str, expected: list[tuple[Any, ...]]
) -> None:
    assert tolls(claims, text) == expected


def test_a_part_between_dashes_is_a_part(claims: Any) -> None:
    text = "At least nine people were killed -- including three children -- in Gao on Friday."
    whole, part = sorted(claims(text, "casualties"), key=lambda c: -c.count.low)
    assert (part.count.low, part.victims, part.part_of) == (3, "civilians", whole.id)


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("The TTP said its fighters were behind the attack in Swat on Friday.", "claims", "ttp"),
        ("Police said the TTP was behind the attack in Swat on Friday.", "is_blamed", "ttp"),
        ("Police believe that the TTP attacked a post in Swat on Friday.", "is_blamed", "ttp"),
    ],
)
def test_a_clause_says_who_was_behind_it(claims: Any, text: str, act: str, actor: str) -> None:
    assert [(c.act, c.actor) for c in claims(text, "responsibility")] == [(act, actor)]


@pytest.mark.parametrize(
    "text",
    [
        "It is not clear whether the TTP was behind the attack in Swat on Friday.",
        "The hotel was behind the market in Swat.",
    ],
)
def test_an_open_question_blames_nobody(claims: Any, text: str) -> None:
    assert claims(text, "responsibility") == []


def test_a_list_under_a_period_counts(claims: Any) -> None:
    text = "In figures: Gao, May 2024-June 2024\n\nTotal number of reported fatalities: 2,346"
    (found,) = claims(text, "statistic")
    assert (found.measure, found.count.low, found.period.edtf) == (
        "killed", 2346, "2024-05/2024-06",
    )  # fmt: skip


def test_a_province_that_hosts_displaced_people(claims: Any) -> None:
    (found,) = claims("The province now hosts 1.5 million displaced people.", "statistic")
    assert (found.measure, found.count.low) == ("displaced", 1_500_000)


def test_the_first_and_the_second_are_happenings(claims: Any) -> None:
    text = (
        "There were two clashes in Mali on Friday. The first was near Gao. The second occurred"
        " near Kidal in the evening."
    )
    found = [c for c in claims(text, "event") if c.method == "rules/event/listed"]
    assert [(c.type, c.where.name, c.when.edtf) for c in found] == [
        ("armed_clash", "Gao", "2025-03-14"),
        ("armed_clash", "Kidal", "2025-03-14"),
    ]


def test_of_two_phrases_the_one_that_stands_first_tells() -> None:
    """ "drove explosives over a mine" is the same at every start of the program."""
    for words in permutations(("bomb", "mine", "post", "road")):
        phrases = {("drive", word): Trigger(word, "agent_target") for word in words}
        tokens = [SimpleNamespace(lemma_=word) for word in ("drive", *words)]
        token = SimpleNamespace(i=0, doc=tokens)
        frame: Any = SimpleNamespace(token=token, object=None, passive=False, subject=None)
        ctx: Any = SimpleNamespace(words=SimpleNamespace(phrases=phrases))
        assert _phrase(ctx, frame, "drive") == Trigger(words[0], "agent_target")
