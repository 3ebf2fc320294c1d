"""Role mentions of whole reports."""

import pytest

from contested.bundled import ENCODER, folder
from contested.language.encoder.roles import RoleReader
from contested.language.encoder.weights import Weights

TEXT = (
    "SAN SALVADOR -- Guerrillas of the National Liberation Front (FMLN) attacked\n"
    "a power station with dynamite yesterday.\n\nMayor Juan Perez was killed in the attack."
)


@pytest.fixture(scope="module")
def reader() -> RoleReader:
    with folder(ENCODER) as files:
        return RoleReader(Weights.load(files))


def test_mentions_stand_in_the_text(reader: RoleReader) -> None:
    found = reader.read(TEXT, 0.3).mentions
    roles = {(m.role, TEXT[m.start : m.end]) for m in found}
    assert ("weapon", "dynamite") in roles
    assert any(role == "victim" and "Juan Perez" in words for role, words in roles)


def test_only_likely_mentions_are_given(reader: RoleReader) -> None:
    few, many = (reader.read(TEXT, least).mentions for least in (0.8, 0.05))
    assert len(few) <= len(many)
    assert all(0.8 <= m.chance <= 1.001 for m in few)


def test_no_text_has_no_roles(reader: RoleReader) -> None:
    assert reader.read("").mentions == []
    assert reader.read("").relevant == 0


def test_a_text_without_an_end_is_read_in_pieces(reader: RoleReader) -> None:
    text = ("the men of the valley went on with the war and " * 2200)[:100_000]
    assert reader.read(text).mentions is not None
