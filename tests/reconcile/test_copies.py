"""Copies: found inside longer texts, whatever the order of the reports."""

import random

from contested.reconcile.copies import Sketch, marks, repeats

WIRE = (
    "Gunmen opened fire on a checkpoint near the old bridge late on Monday, killing three police "
    "officers and wounding two passers-by, the district commissioner told reporters. The attackers "
    "fled towards the hills on motorcycles before reinforcements arrived. No group has said that "
    "it was behind the shooting, which is the fourth in the district since the truce ended."
)
BLOG = (
    "I have written before about how little the truce was worth, and how loudly those who made "
    "it praised themselves. Now read what the agencies put out this morning, and judge for "
    "yourself whether anybody learned anything at all from the last ten years of it. "
)
OTHER = (
    "The finance minister presented a budget that raises the salaries of teachers by a tenth and "
    "cuts the subsidy on fuel, drawing protests from the opposition, whose members walked out of "
    "the chamber before the vote and promised to take the matter to the streets next week."
)


def sketches(*texts: tuple[str, str]) -> list[Sketch]:
    return [Sketch(f"r-{n}", day, marks(text)) for n, (day, text) in enumerate(texts)]


def test_a_wire_inside_a_blog_is_a_copy_of_the_wire() -> None:
    found = repeats(sketches(("2026-01-02", BLOG + WIRE), ("2026-01-01", WIRE)))
    assert set(found) == {"r-0"}
    assert (found["r-0"].of, found["r-0"].source) == ("r-1", "r-1")
    assert found["r-0"].share > 0.9


def test_a_new_headline_and_a_cut_end_leave_it_a_copy() -> None:
    cut = "Three policemen die in bridge attack. " + WIRE[: len(WIRE) * 2 // 3]
    (only,) = repeats(sketches(("2026-01-01", WIRE), ("2026-01-01", cut))).values()
    assert only.of == "r-0"


def test_case_and_punctuation_do_not_matter_but_words_do() -> None:
    assert list(marks(WIRE)) == list(marks(WIRE.upper().replace(",", " ;")))
    assert not repeats(sketches(("2026-01-01", WIRE), ("2026-01-02", OTHER)))
    assert not len(marks("Four words say nothing"))


def test_a_family_has_one_source_and_any_order_gives_the_same() -> None:
    texts = [("2026-01-03", BLOG + WIRE), ("2026-01-01", WIRE), ("2026-01-02", WIRE + OTHER[:90]),
             ("2026-01-01", OTHER)]  # fmt: skip
    given = sketches(*texts)
    expected = repeats(given)
    assert {each.source for each in expected.values()} == {"r-1"}
    for seed in range(6):
        shuffled = random.Random(seed).sample(given, len(given))
        assert repeats(shuffled) == expected


def test_a_wire_that_a_crowd_carries_is_still_one_family() -> None:
    crowd = sketches(*((f"2026-01-{1 + n % 28:02}", f"Outlet {n}. {WIRE}") for n in range(120)))
    found = repeats(crowd)
    assert len(found) == 119
    assert len({each.source for each in found.values()}) == 1
