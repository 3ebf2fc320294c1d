"""The bundled pipeline and the paragraphs it reads."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import LanguageError
from contested.language import Language, load, split
from contested.language.clearnlp import to_universal
from contested.language.paragraphs import LONGEST, plain_case


@pytest.fixture(scope="module")
def language() -> Language:
    return load()


def test_the_bundled_pipeline_reads_universal_dependencies(language: Language) -> None:
    [(_, doc)] = language.parse("Gunmen killed two soldiers in Bannu.")
    deps = {t.text: t.dep_ for t in doc}
    assert deps["Gunmen"] == "nsubj"
    assert deps["soldiers"] == "obj"
    assert deps["in"] == "case"


def test_a_missing_pipeline_says_how_to_get_it() -> None:
    with pytest.raises(LanguageError, match="spacy download"):
        load("xx_no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(LanguageError, match="parser"):
        load(str(tmp_path / "blank"))


def test_blank_lines_end_paragraphs_and_wrapped_lines_do_not() -> None:
    wrapped = "The commander said that the attack had taken place on the road\nto Miranshah."
    found = [p.clean for p in split(f"Title\n\n{wrapped}\n\nEnd.")]
    assert found == ["Title", wrapped.replace("\n", " "), "End."]


def test_short_lines_stand_alone() -> None:
    assert [p.clean for p in split("Menu\nHome\nAbout us")] == ["Menu", "Home", "About us"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_every_character_is_found_again(text: str) -> None:
    for paragraph in split(text):
        assert len(paragraph.offsets) == len(paragraph.clean) + 1
        for i, char in enumerate(paragraph.clean):
            there = text[paragraph.offsets[i]]
            assert there.casefold() == char.casefold() or (there.isspace() and char == " ")


def test_a_text_without_an_end_is_read_in_bounded_pieces() -> None:
    assert max(len(p.clean) for p in split("word " * 5000)) <= LONGEST


def test_capitals_are_lowered_without_moving_a_character() -> None:
    loud = "THE ARMY SAID THAT TWO SOLDIERS DIED. NO GROUP CLAIMED THE ATTACK."
    assert plain_case(loud) == "The army said that two soldiers died. No group claimed the attack."
    assert plain_case("The ISPR said so.") == "The ISPR said so."


def test_clearnlp_trees_become_universal() -> None:
    nlp = spacy.blank("en")
    doc = spacy.tokens.Doc(
        nlp.vocab,
        words=["Soldiers", "were", "killed", "by", "militants", "in", "Tank"],
        heads=[2, 2, 2, 2, 3, 2, 5],
        deps=["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj"],
        pos=["NOUN", "AUX", "VERB", "ADP", "NOUN", "ADP", "PROPN"],
        lemmas=["soldier", "be", "kill", "by", "militant", "in", "Tank"],
        tags=["NNS", "VBD", "VBN", "IN", "NNS", "IN", "NNP"],
    )
    out = {t.text: (t.dep_, t.head.text) for t in to_universal(doc)}
    assert out["Soldiers"] == ("nsubj:pass", "killed")
    assert out["militants"] == ("obl", "killed")
    assert out["by"] == ("case", "militants")
    assert out["Tank"] == ("obl", "killed")


def test_rows_of_brackets_are_not_parsed_but_told() -> None:
    junk = "([{" * 200
    found = list(split(f"Gunmen killed two men.\n\n{junk}"))
    assert [p.clean for p in found] == ["Gunmen killed two men.", ""]
