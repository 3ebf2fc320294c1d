"""Roles that the pipeline marks, in event claims."""

from collections.abc import Callable, Collection, Iterator

import numpy as np
import pytest
from spacy.tokens import Doc

from contested.extract import Extractor
from contested.extract.marks import Marks
from contested.language import ROLES, Paragraph, load
from contested.language.happenings import RoleMention, Scene, Told
from contested.model import EventClaim, Report, report_id
from contested.world import World

Parsed = tuple[Paragraph, Doc]
ATTACK = "On 5 May 2023 an attack hit Quetta, and a hatchery near the old sluice burned."


def report_of(text: str) -> Report:
    return Report(id=report_id(None, text), name="test.txt", text=text, sha256="0" * 64)


class Marking:
    """Marks given words of any passage."""

    def __init__(
        self,
        words: dict[str, tuple[str, float]],
        relevant: float = 1.0,
        hint: float | None = None,
    ) -> None:
        self.words, self.relevant, self.hint = words, relevant, hint
        self.asked: list[str] = []

    def read(self, text: str) -> Scene:
        return Scene(self.mentions(text, 0.0), ())

    def mentions(self, text: str, least: float) -> Told:
        self.asked.append(text)
        found = [
            RoleMention(text.index(w), text.index(w) + len(w), role, chance)
            for w, (role, chance) in self.words.items()
            if w in text and chance >= least
        ]
        return Told(found, self.relevant)


class Marked:
    """A pipeline whose marks are known."""

    def __init__(self, scenes: Marking | None) -> None:
        self._real = load()
        self.name, self.scenes = "marked", scenes

    def parse(self, text: str, only: Collection[int] | None = None) -> Iterator[Parsed]:
        """The real one's, but for what that says of roles."""
        for paragraph, doc in self._real.parse(text, only):
            doc.user_data.pop(ROLES, None)
            if self.scenes is not None and self.scenes.hint is not None:
                doc.user_data[ROLES] = {"target": np.full(len(doc), self.scenes.hint)}
            yield paragraph, doc


@pytest.fixture(scope="module")
def events() -> Callable[[Marking | None, str], list[EventClaim]]:
    world = World.load()

    def ask(marks: Marking | None, text: str) -> list[EventClaim]:
        extractor = Extractor(world, Marked(marks))  # type: ignore[arg-type]
        found = extractor.extract(report_of(text)).claims
        return [c for c in found if isinstance(c, EventClaim)]

    return ask


Ask = Callable[[Marking | None, str], list[EventClaim]]


def test_an_empty_role_is_filled_from_a_mark(events: Ask) -> None:
    (claim,) = events(Marking({"a hatchery": ("target", 0.83)}), ATTACK)
    assert [r.as_written for r in claim.targets] == ["a hatchery"]
    assert claim.method.endswith("/roles:0.83")
    assert claim.targets[0].as_written in claim.quote


def test_a_passage_is_looked_at_only_where_the_paragraph_gives_a_hint(events: Ask) -> None:
    marking = Marking({"a hatchery": ("target", 0.83)}, hint=0.1)
    (claim,) = events(marking, ATTACK)
    assert claim.targets == () and marking.asked == []
    (claim,) = events(Marking({"a hatchery": ("target", 0.83)}, hint=0.2), ATTACK)
    assert [r.as_written for r in claim.targets] == ["a hatchery"]


def test_an_unlikely_mark_fills_nothing(events: Ask) -> None:
    (claim,) = events(Marking({"a hatchery": ("target", 0.4)}), ATTACK)
    assert claim.targets == ()
    assert "roles" not in claim.method


def test_a_passage_that_tells_of_no_attack_is_not_marked(events: Ask) -> None:
    (claim,) = events(Marking({"a hatchery": ("target", 0.9)}, relevant=0.2), ATTACK)
    assert claim.targets == ()


def test_what_the_rules_found_stays(events: Ask) -> None:
    text = "On 5 May 2023 militants attacked a police station in Quetta with rifles."
    plain, marked = (
        events(m, text)[0]
        for m in (None, Marking({"Quetta": ("target", 0.9), "rifles": ("individual", 0.9)}))
    )
    assert (marked.initiators, marked.targets) == (plain.initiators, plain.targets)


def test_a_known_actor_in_the_words_gives_its_id(events: Ask) -> None:
    text = "On 5 May 2023 an attack on a hatchery in Quetta, the work of the TTP, killed two."
    claims = events(Marking({"the TTP": ("organisation", 0.9)}), text)
    assert {r.actor for c in claims for r in c.initiators} <= {"ttp"}


def test_a_vehicle_that_is_driven_into_something_is_no_target(events: Ask) -> None:
    text = "On 5 May 2023 militants rammed a truck into an army post in Quetta."
    for claim in events(Marking({"a truck": ("target", 0.9)}), text):
        assert "a truck" not in [r.as_written for r in claim.targets]


def test_a_pipeline_that_marks_nothing_reads_as_before(events: Ask) -> None:
    (claim,) = events(None, ATTACK)
    assert claim.targets == ()


def test_a_paragraph_is_read_once_and_only_where_an_act_is_told() -> None:
    text = f"{ATTACK} Nobody was hurt there.\n\nThe weather stayed dry for another week in town."
    marking = Marking({})
    reading = Extractor(World.load(), load()).read(report_of(text))
    marks = Marks(marking, reading)
    assert marking.asked == []
    for sentence in reading.sentences[:2]:
        assert marks(sentence) == []
    assert len(marking.asked) == 1


def test_marks_lie_in_their_sentence() -> None:
    text = f"It rained.\n\n{ATTACK}\n\nA hatchery is a house for fish."
    reading = Extractor(World.load(), load()).read(report_of(text))
    marks = Marks(Marking({"a hatchery": ("target", 0.9)}), reading)
    found = [text[m.start : m.end] for s in reading.sentences for m in marks(s)]
    assert found == ["a hatchery"]
