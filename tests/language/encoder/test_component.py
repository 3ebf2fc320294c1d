"""The bundled transformer through spaCy's objects."""

import pytest

from contested.language import ROLES, Language, load

TEXT = (
    "Gunmen killed two soldiers in Bannu on Monday. No group claimed the attack. "
    "The men, who were riding a motorcycle, fled to North Waziristan."
)


@pytest.fixture(scope="module")
def language() -> Language:
    return load("encoder")


def read(language: Language, text: str) -> list[tuple[str, ...]]:
    return [
        (t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.text)
        for _, doc in language.parse(text)
        for t in doc
    ]


def test_syntax_sentences_and_lemmas(language: Language) -> None:
    [(_, doc)] = language.parse(TEXT)
    assert [s.root.lemma_ for s in doc.sents] == ["kill", "claim", "flee"]
    found = {t.text: (t.dep_, t.head.text) for t in doc}
    assert found["Gunmen"] == ("nsubj", "killed")
    assert found["soldiers"] == ("obj", "killed")
    assert found["Bannu"][0] in ("obl", "nmod")
    assert found["riding"] == ("acl:relcl", "men")


def test_no_subject_has_a_preposition(language: Language) -> None:
    [(_, doc)] = language.parse("Six farmers died in Nyala during shelling by the rebels.")
    subjects = [t for t in doc if t.dep_.startswith("nsubj")]
    assert [t.text for t in subjects] == ["farmers"]
    assert next(t for t in doc if t.text == "rebels").dep_ == "obl"


def test_each_word_has_its_chance_of_every_role(language: Language) -> None:
    [(_, doc)] = language.parse(TEXT)
    chances = doc.user_data[ROLES]
    assert set(chances) == {"individual", "organisation", "target", "victim", "weapon"}
    assert all(
        len(one) == len(doc) and one.min() >= 0 and one.max() <= 1 for one in chances.values()
    )
    assert doc[int(chances["individual"].argmax())].text == "Gunmen"


def test_names(language: Language) -> None:
    [(_, doc)] = language.parse("President Juan Santos met Maria Lopez of Amnesty in Bogota.")
    assert {(e.text, e.label_) for e in doc.ents} >= {
        ("Bogota", "PLACE"),
        ("Maria Lopez", "PERSON"),
    }


def test_the_same_text_reads_the_same_beside_others(language: Language) -> None:
    alone = read(language, TEXT)
    beside = read(language, f"Police said so.\n\n{TEXT}\n\nTwo men died.")
    assert beside[4 : 4 + len(alone)] == alone
    assert read(language, TEXT) == alone


def test_each_sentence_is_one_tree(language: Language) -> None:
    for _, doc in language.parse(f"{TEXT} " * 12):
        for sentence in doc.sents:
            assert [t.i for t in sentence if t.head.i == t.i] == [sentence.root.i]
            assert all(sentence.start <= t.head.i < sentence.end for t in sentence)


def test_text_all_in_capitals_reads_as_well(language: Language) -> None:
    [(_, doc)] = language.parse("GUNMEN KILLED TWO SOLDIERS IN BANNU ON MONDAY, POLICE SAID.")
    found = {t.lower_: (t.dep_, t.head.lower_) for t in doc}
    assert found["gunmen"] == ("nsubj", "killed")
    assert found["soldiers"] == ("obj", "killed")


def test_no_text_and_odd_text(language: Language) -> None:
    assert read(language, "") == []
    assert read(language, "\u200b \ufeff") is not None
    assert len(read(language, "😀 ﷽ 漢字 x̂")) >= 3


def test_a_hundred_thousand_characters_without_an_end(language: Language) -> None:
    words = "the men of the valley went on with the war and " * 2200
    found = read(language, words[:100_000])
    assert len(found) >= 20_000


def test_a_missing_folder_says_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from contested.language.encoder import pipeline

    with pytest.raises(OSError, match="model"):
        pipeline(tmp_path)
