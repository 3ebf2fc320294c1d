"""Where an incident was, of the places that a report names."""

import pytest

from contested.extract import Extractor
from contested.extract.templates.around import Around
from contested.extract.templates.places import Place, place
from contested.language.encoder.scenes import Participant
from contested.model import Report, report_id
from contested.world import World

LEAD = "The ministry of the interior told of it in a statement on its first page yesterday. "


def where(extractor: Extractor, text: str, *countries: str) -> Place:
    report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
    start = text.index("farmers")
    reading = extractor.read(report)
    around = Around(reading, [Participant("person", "farmers", ((start, start + 7),), 0.9, {})])
    return place(World.load(), reading, around, countries)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("the city of Medellin", ("Colombia", "Medellin")),
        ("Medellin", ("Colombia", "Medellin")),
        ("Guatemala City", ("Guatemala", "Guatemala City")),
    ],
)
def test_the_kind_of_a_place_is_no_part_of_its_name(
    extractor: Extractor, words: str, names: tuple[str, ...]
) -> None:
    text = f"{LEAD}Gunmen killed two farmers in {words}."
    assert where(extractor, text).names == names


def test_a_famous_place_abroad_is_no_namesake_at_home(extractor: Extractor) -> None:
    text = f"{LEAD}Officials in Madrid said. Gunmen killed two farmers in Colombia, Madrid said."
    assert where(extractor, text, "CO").names == ("Colombia",)


def test_nowhere_is_nowhere(extractor: Extractor) -> None:
    assert where(extractor, f"{LEAD}Gunmen killed two farmers.") == Place(None, ())
