"""The quick look: what may hold something to code is read, the rest is not."""

from __future__ import annotations

import pytest

from contested.extract import Extractor
from contested.extract.relevance import (
    ACTOR,
    ARMED,
    FIGHTERS,
    SENTENCE,
    THRESHOLD,
    Piece,
    Relevance,
    features,
    features_of_report,
    features_of_sentence,
    sentences,
)
from contested.extract.relevance_words import OWN, classes_of, weights
from contested.language import load
from contested.model import Report, report_id
from contested.model.edtf import when
from contested.world import World

PUDDING = "Whisk the eggs with the sugar and warm the milk slowly until it thickens. " * 8
RECIPE = PUDDING + (
    "Peel the apples and cut them into thin slices.\n\nMix the flour with the butter until it "
    "looks like sand, and let the dough rest.\n\nBake for forty minutes and serve with cream."
)
RAID = "Militants killed two soldiers in Bannu on Monday, police said."
STRIKE = PUDDING + (
    "The town lies on a river and has a market.\n\nIts mayor is fond of roses.\n\nThe roses won "
    "a prize.\n\nThe lake is cold.\n\nThe minister spoke in Bannu on Monday.\n\nA bomb exploded "
    "in Bannu on Monday and two people were killed, police said.\n\nThe weather was fine."
)


def report(text: str) -> Report:
    return Report(
        id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64,
        published=when("2025-03-14"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Extractor:
    return Extractor(World.load(), load(), everything=True)


@pytest.fixture
def relevance() -> Relevance:
    return Relevance(weights())


def pieces(text: str, *named: str) -> list[Piece]:
    out, at = [], 0
    for part in text.split("\n\n"):
        out.append(Piece(at, at + len(part), frozenset(named)))
        at += len(part) + 2
    return out


def test_words_are_known_in_any_form_by_the_readers_tables() -> None:
    assert "+event" in classes_of("ambushed") and "+harm" in classes_of("killing")
    assert FIGHTERS in classes_of("militants") and "+agreement" in classes_of("ceasefire")
    assert classes_of("butter") == ()


def test_a_word_by_which_a_writer_is_meant_is_known_only_as_it_stands() -> None:
    assert OWN in classes_of("we") and OWN in classes_of("yours")
    assert OWN not in classes_of("wed") and OWN not in classes_of("used")


def test_a_report_that_names_fighters_is_read_where_it_tells(relevance: Relevance) -> None:
    text = f"{RECIPE}\n\n{RAID}\n\n{RECIPE}"
    assert relevance.chosen(text, pieces(text)) == {1, 2, 3}
    assert relevance.chosen(RECIPE, pieces(RECIPE, ARMED)) == set()


def test_a_paragraph_is_read_for_one_sentence_of_it(relevance: Relevance) -> None:
    text = f"{PUDDING}\n\n{PUDDING}{RAID} {PUDDING}"
    assert relevance.chosen(text, pieces(text)) == {0, 1}
    strict = Relevance({**weights(), SENTENCE + THRESHOLD: 100.0})
    assert strict.chosen(text, pieces(text)) == set()


def test_sentences_cover_their_paragraph() -> None:
    text = f'{PUDDING}\n\nThe lake is cold. "Is it?" He swam, e.g. on 3.5 days.'
    for piece in pieces(text, ACTOR, ARMED):
        parts = list(sentences(text, piece))
        assert "".join(text[p.start : p.end] for p in parts) == text[piece.start : piece.end]
        assert all(p.named == {ACTOR} for p in parts)
    assert [text[p.start : p.end] for p in parts] == [
        "The lake is cold. ", '"Is it?" ', "He swam, e.g. on 3.5 days.",
    ]  # fmt: skip


def test_a_report_is_weighed_by_what_stands_in_it_not_by_its_length(relevance: Relevance) -> None:
    one = [relevance.look(STRIKE, p) for p in pieces(STRIKE)]
    assert features_of_report(one, fought=False) == features_of_report(one * 3, fought=False)
    letter = "I hope that you and yours are well; we are. " * 8
    own = features_of_report([relevance.look(letter, Piece(0, len(letter)))], fought=True)
    assert own["report+armed"] == 1.0
    assert own["report+own"] > features_of_report(one, fought=False)["report+own"]


def test_a_sentence_is_weighed_by_its_tables(relevance: Relevance) -> None:
    found = features_of_sentence(relevance.look(RAID, Piece(0, len(RAID), frozenset((ACTOR,)))))
    assert {"+harm", "+security_forces", FIGHTERS, ACTOR} <= found.keys()
    assert set(found.values()) == {1.0}


def test_a_report_of_something_else_is_not_read(relevance: Relevance) -> None:
    assert relevance.chosen(RECIPE, pieces(RECIPE)) == set()


def test_a_report_of_a_few_lines_is_read_whole(relevance: Relevance) -> None:
    assert relevance.chosen("The lake is cold.\n\nSo is the sea.", [Piece(0, 17), Piece(19, 33)])


def test_of_another_report_the_telling_paragraphs_are_read_with_two_before() -> None:
    lenient = Relevance({**weights(), THRESHOLD: -100.0})
    assert lenient.chosen(STRIKE, pieces(STRIKE)) == {3, 4, 5}


def test_density_counts_not_length(relevance: Relevance) -> None:
    one = [relevance.look(STRIKE, p) for p in pieces(STRIKE)]
    dense, thin = features(one), features([*one, *one[:4] * 20])
    assert dense["+harm*"] > thin["+harm*"] and dense["+harm"] == thin["+harm"] == 1.0


def test_what_is_not_read_is_told(extractor: Extractor, whole: Extractor) -> None:
    told = extractor.extract(report(RECIPE))
    assert told.claims == []
    assert told.notes == ["3 paragraphs with nothing to code at a quick look: not read"]
    assert whole.extract(report(RECIPE)).notes == []


def test_paragraphs_that_are_passed_over_are_told(extractor: Extractor) -> None:
    found = extractor.extract(report(STRIKE))
    assert found.claims
    assert found.notes == ["4 paragraphs with nothing to code at a quick look: not read"]


def test_another_language_is_told_also_where_nothing_is_read(extractor: Extractor) -> None:
    foreign = "Der Bäcker auf dem Markt verkauft seit vielen Jahren das Brot, das " * 3
    notes = extractor.extract(report(f"{RECIPE}\n\n{foreign}")).notes
    assert notes == [
        "1 paragraph in German: not read; translate what matters into English",
        "3 paragraphs with nothing to code at a quick look: not read",
    ]


def test_a_method_says_whether_everything_is_read(extractor: Extractor, whole: Extractor) -> None:
    assert extractor.method != whole.method
    assert extractor.method.rpartition("-")[0] == whole.method.rpartition("-")[0]


def test_what_is_read_gives_the_claims_of_the_whole(extractor: Extractor, whole: Extractor) -> None:
    made, all_of_them = (one.extract(report(STRIKE)).claims for one in (extractor, whole))
    assert made and [c.id for c in made] == [c.id for c in all_of_them]


def test_sentences_keep_their_numbers(extractor: Extractor) -> None:
    some = extractor.read(report(STRIKE), everything=False).sentences
    every = extractor.read(report(STRIKE)).sentences
    assert [s.number for s in some] == [s.number for s in every]
    assert [s.text.strip() for s in some] == [s.text.strip() for s in every]
    assert [s.read for s in some].count(True) < len(every)
