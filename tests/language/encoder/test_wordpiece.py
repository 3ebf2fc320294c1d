"""Words and their pieces."""

from hypothesis import given
from hypothesis import strategies as st

from contested.language.encoder.wordpiece import MOST, REMEMBERED, WordPieces, shape

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "kill", "##ed", "##s", "-", "'", "cafe", "k", "##i", "a"]


def cut(word: str) -> list[str]:
    return [VOCABULARY[n] for n in WordPieces(VOCABULARY).cut(word)]


def test_the_longest_piece_comes_first() -> None:
    assert cut("Killed") == ["kill", "##ed"]
    assert cut("KILLS") == ["kill", "##s"]
    assert cut("ki") == ["k", "##i"]


def test_accents_go_and_marks_stand_alone() -> None:
    assert cut("Café") == ["cafe"]
    assert cut("kill-a") == ["kill", "-", "a"]


def test_a_word_that_cannot_be_cut_is_one_unknown_piece() -> None:
    assert cut("xyz") == ["[UNK]"]
    assert cut("\u200b") == ["[UNK]"]
    assert cut("a" + "z" * 500) == ["[UNK]"]


@given(st.text(max_size=300))
def test_any_word_gives_some_pieces_but_not_many(word: str) -> None:
    assert 1 <= len(WordPieces(VOCABULARY).cut(word)) <= MOST


def test_what_is_remembered_stays_bounded() -> None:
    cutter = WordPieces(VOCABULARY)
    for n in range(REMEMBERED + 10):
        cutter.cut(str(n))
    assert len(cutter._known) <= REMEMBERED


def test_shapes_tell_how_a_word_is_written() -> None:
    found = [shape(w) for w in ("said", "12", "Mir", "A", "TTP", "iPhone", "McNally")]
    assert found == [0, 0, 1, 1, 2, 3, 4]
