"""Finding while the words are being typed, and actors by their names."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from contested.serve.pages.searching import actors_called, begun
from contested.world import World


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("suicide bom", "suicide bom*"),
        ("bo", "bo"),
        ("bom ", "bom "),
        ("bom*", "bom*"),
        ('"north waz', '"north waz'),
        ('"north waziristan" bom', '"north waziristan" bom*'),
        ("", ""),
        ("  ", "  "),
        ("bom!", "bom!"),
    ],
)
def test_the_last_word_may_still_be_typed(typed: str, asked: str) -> None:
    assert begun(typed) == asked


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


def test_actors_are_found_by_any_of_their_names(world: World) -> None:
    assert ("ttp", world.actors["ttp"].name) in actors_called("pakistani taliban", world)
    assert "ttp" in dict(actors_called("TTP", world))
    assert "ttp" in dict(actors_called("taliban pak*", world))
    assert actors_called("", world) == actors_called("nobody-is-called-so", world) == []
    assert len(actors_called("a*", world)) == 8


def test_finds_as_one_types(client: TestClient) -> None:
    assert "Nothing holds" in client.get("/search?q=soldie").text
    page = client.get("/search?q=soldie&typing=yes").text
    assert "<mark" in page
    assert "all claims" in page
    assert "Actors:" in client.get("/search?q=pakistani+taliban").text
