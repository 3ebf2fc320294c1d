"""One happening told several times in a report: its accounts are tied, and day and place shared."""

from types import SimpleNamespace
from typing import Any

import pytest

from contested.extract.kinds.event_gather import Thread, Told
from contested.model import EventClaim


def tied(found: list[Any]) -> bool:
    """Whether all the event claims hang on one of them."""
    homes = {e.id: e.event_ref for e in found}

    def root(one: str) -> str:
        while homes.get(one):
            one = str(homes[one])
        return one

    return len(found) > 1 and len({root(e.id) for e in found}) == 1


def told(number: int) -> Told:
    """An account in a sentence of that number, of which nothing else is known."""
    sentence = SimpleNamespace(number=number, group=lambda _: None)
    claim = EventClaim(
        id=str(number), report="r", name="x", start=0, end=1, quote="x", method="m",
        confidence=0.5, type="attack",
    )  # fmt: skip
    return Told(sentence, None, claim)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        # A title, its lead and what points back.
        "Gunmen kill nine in northern Nigeria\n\nGunmen attacked a village in Zamfara State on "
        "Thursday, police said.\n\nThe attack lasted two hours, a resident said.",
        # The lead has the place, the next sentence the day.
        "Fighters ambushed an army convoy near Wana, killing two soldiers.\n\nThe soldiers were "
        "on patrol on Tuesday when a group of militants ambushed them, the army said.",
        # A day that owns the noun points back over other sentences.
        "The TTP attacked a police post in Bannu on Saturday.\n\nThe wounded were taken to two "
        "hospitals.\n\nSaturday's attack left five officers dead.",
        # Two deeds of the same men in one sentence.
        "Gunmen killed seven farmers and abducted forty others in Zamfara State on Friday.",
        # The same doer goes on, and no other day or place is named.
        "Russian shelling in Kherson killed a child.\n\n“Russian troops opened fire on a quarter "
        "with rockets,” an official wrote.",
    ],
)
def test_what_is_told_again_is_one(claims: Any, text: str) -> None:
    assert tied(claims(text, "event"))


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a village in Zamfara State on Thursday.\n\nOn Wednesday, gunmen attacked "
        "a village in Katsina State.",
        "The TTP attacked a police post in Bannu on Monday.\n\nSeparately, officials said the TTP "
        "attacked a convoy in Tank.",
        "Rebels raided a village near Goma on Monday.\n\nRebels raided a village near Beni a week "
        "earlier.",
        "Israeli strikes hit a camp in Gaza on Monday.\n\nHamas fired rockets at Ashkelon.",
    ],
)
def test_what_the_text_tells_apart_stays_apart(claims: Any, text: str) -> None:
    found = claims(text, "event")
    assert len(found) == 2
    assert found[1].event_ref is None


def test_the_day_that_one_account_has_holds_for_all_and_is_said_to_be_carried(claims: Any) -> None:
    lead, later = claims(
        "Fighters ambushed an army convoy near Wana, killing two soldiers.\n\nThe soldiers were "
        "on patrol when a group of militants ambushed them on 3 May 2022, the army said.",
        "event",
    )
    assert lead.when.edtf == later.when.edtf == "2022-05-03"
    assert lead.where.name == later.where.name == "Wana"
    assert lead.carried == ("when",)
    assert later.carried == ("where",)


def test_an_account_of_the_day_before_is_no_account_of_this(claims: Any) -> None:
    found = claims(
        "The RSF shelled a camp in El Fasher on Monday.\n\nIn its report for Sunday, the division "
        "accused the RSF of shelling the city.",
        "event",
    )
    assert [e.event_ref for e in found] == [None, None]
    assert found[1].when is None


def test_a_toll_far_down_is_of_the_only_happening_told(claims: Any) -> None:
    text = (
        "A bomb in Mosul on Monday killed four people, police said.\n\nNo group has claimed it."
        "\n\nThe city has a large market.\n\nIts mayor was away.\n\nMedics said eight people died."
    )
    (event,) = claims(text, "event")
    assert [c.event_ref for c in claims(text, "casualties")] == [event.id, event.id]


def test_the_dead_of_an_earlier_day_are_not_of_this_event(claims: Any) -> None:
    text = (
        "Soldiers were ambushed near Gao on 2 June 2022.\n\nForces killed 31 fighters on 27 May"
        " 2022 in the centre."
    )
    last = claims(text, "casualties")[-1]
    ambush = claims(text, "event")[0]
    assert last.count.low == 31
    assert last.event_ref != ambush.id


def test_where_one_of_several_was_is_not_where_all_were(claims: Any) -> None:
    lead, *_ = claims(
        "Rebels attacked three military bases in the north on Thursday.\n\nOne soldier was hurt"
        " when the rebels attacked the base in Goma.",
        "event",
    )
    assert lead.where is None or lead.where.name != "Goma"


def test_those_who_left_a_group_are_not_the_group(claims: Any) -> None:
    (event,) = claims(
        "Soldiers were ambushed in Meta on Monday by a group of dissidents from the FARC.", "event"
    )
    assert [r.actor for r in event.initiators] == ["farc-dissidents"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed five soldiers in Gao on Friday. The army said so. Gunmen killed five "
        "soldiers in Gao on Friday.",
        "The rebels stormed the post and abducted five men in Gao. He said no. The rebels stormed "
        "the post and abducted five men in Gao.",
    ],
)
def test_words_that_come_again_do_not_point_to_themselves(claims: Any, text: str) -> None:
    assert all(one.event_ref != one.id for one in claims(text, "event"))


def test_a_long_report_is_gathered_in_the_time_that_its_length_takes() -> None:
    """Only accounts that stand near are looked at, however many came before."""
    near = Thread(0)
    for number in range(3_000):
        near.add(told(number))
    assert [one.sentence.number for one in near.near(told(3_000))] == list(range(2_992, 3_000))
    assert len(near.unlike) == 1
