"""Happenings of whole reports."""

import numpy as np
import pytest

from contested.bundled import ENCODER, LIGHT, folder
from contested.language import load
from contested.language.encoder.roles import Seen
from contested.language.encoder.scenes import LONGEST, Nearness, Scene, SceneReader
from contested.language.encoder.weights import Weights

TWO = """\
BOGOTA -- Guerrillas of the National Liberation Front blew up an oil pipeline with
dynamite today near Arauca, police said. The pipeline was destroyed.

Elsewhere, in another incident, unidentified gunmen kidnapped Mayor Pedro Gomez
and two councillors in Cali yesterday. The mayor was released."""


@pytest.fixture(scope="module")
def reader() -> SceneReader:
    with folder(ENCODER) as files:
        return SceneReader(Weights.load(files))


@pytest.fixture(scope="module")
def scene(reader: SceneReader) -> Scene:
    return reader.read(TWO)


def test_participants_stand_in_the_text(scene: Scene) -> None:
    everyone = [p for h in scene.happenings for p in h.participants]
    assert any(p.role == "weapon" and p.words == "dynamite" for p in everyone)
    for one in everyone:
        start, end = one.at[0]
        assert 0 < one.chance <= 1
        assert TWO[start:end].split()


def test_what_is_struck_in_two_places_is_two_happenings(scene: Scene) -> None:
    of = {
        p.words.rpartition(" ")[2]: n
        for n, h in enumerate(scene.happenings)
        for p in h.of("target", "victim", "person")
    }
    assert len(scene.happenings) >= 2
    assert of["pipeline"] != of["Gomez"]


def test_the_type_is_told_by_those_who_are_struck(scene: Scene) -> None:
    types = {p.words: p.best("type") for h in scene.happenings for p in h.of("target", "victim")}
    assert {v for k, v in types.items() if k.endswith("pipeline")} == {"BOMBING"}
    assert {v for k, v in types.items() if k.endswith("Gomez")} == {"KIDNAPPING"}


def test_a_text_of_something_else_has_no_happening(reader: SceneReader) -> None:
    quiet = "The ministers talked about coffee prices and signed a trade agreement in Lima."
    assert reader.read(quiet).happenings == ()
    assert reader.read("").happenings == ()


def test_a_very_long_text_is_read_up_to_a_bound(reader: SceneReader) -> None:
    long = "x " * LONGEST + TWO
    assert reader.read(long).happenings == ()


def test_nearness_counts_what_stands_between() -> None:
    text = "a . b another c"
    words = [(0, 1), (2, 3), (4, 5), (6, 13), (14, 15)]
    states = np.eye(5, dtype=np.float32)
    seen = Seen(words, ["NOUN"] * 5, states, states, states[:, :2], [0] * 5, states[:1], 1.0)
    near = Nearness(text, seen, [0, 1])
    distance, stops, together, apart, *_ = near.features(4, 0)
    assert (round(float(np.expm1(distance))), round(float(np.expm1(stops)))) == (4, 1)
    assert (together, apart) == (0.0, 0.5)
    assert near.features(0, 4) == near.features(4, 0)


def test_only_a_pipeline_with_role_heads_reads_scenes() -> None:
    assert load(LIGHT).scenes is None
    assert load(ENCODER).scenes is not None
