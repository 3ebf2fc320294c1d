"""Words without what only counts them."""

import pytest

from contested.extract.templates.words import bare


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("the six other priests", "priests"),
        ("12 soldiers", "soldiers"),
        ("another", "another"),
        ("Mayor Gomez", "Mayor Gomez"),
        ("others", "others"),
    ],
)
def test_what_is_left(words: str, left: str) -> None:
    assert bare(words) == left
