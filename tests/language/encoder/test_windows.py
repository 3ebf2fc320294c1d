"""What is read at one time."""

from itertools import pairwise

import spacy

from contested.language.encoder.windows import ENOUGH, MOST, stretches
from contested.language.encoder.wordpiece import SHAPES, WordPieces

CUTTER = WordPieces(["[UNK]", "[CLS]", "[SEP]", "word", ".", "the", ",", "end"])
NLP = spacy.blank("en")


def spans(text: str) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in stretches([NLP.make_doc(text)], CUTTER)]


def test_a_short_text_is_one_window() -> None:
    assert spans("The word. The end.") == [(0, 6)]


def test_no_words_give_no_window() -> None:
    assert spans("") == []


def test_long_texts_are_cut_after_a_sentence() -> None:
    found = spans("The word, the word, the word. " * 60)
    assert found[0][0] == 0
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(start % 9 == 0 for start, _ in found)
    assert all(ENOUGH <= end - start < ENOUGH + 9 for start, end in found[:-1])


def test_a_text_without_an_end_is_cut_all_the_same() -> None:
    found = spans("word " * 5000)
    assert max(end - start for start, end in found) <= MOST
    assert sum(end - start for start, end in found) == 5000


def test_a_word_without_a_space_before_it_is_told() -> None:
    [one] = stretches([NLP.make_doc("The word.")], CUTTER)
    assert one.window.shapes.tolist() == [0, 1, 0, SHAPES, 0]
    assert one.window.firsts.tolist() == [0, 1, 2, 3]
