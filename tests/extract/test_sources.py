"""Who speaks where the cue is no plain "X said that": inversions, pronouns, labels, blocks."""

from typing import Any

import pytest

from contested.extract import Extractor
from contested.extract.according_to import Attributor
from contested.extract.lexicon import lexicon
from contested.extract.voices import Voice
from contested.language import load
from contested.model import Report, report_id
from contested.world import World


@pytest.fixture(scope="module")
def heard() -> Any:
    world = World.load()
    extractor = Extractor(world, load())

    def read(text: str) -> list[tuple[str, str, bool]]:
        """Source, content and whether it vouches, of every voice of a text."""
        report = Report(id=report_id(None, text), name="t.txt", text=text, sha256="0" * 64)
        sentences = extractor.read(report).sentences
        out = []
        for sentence, found in zip(
            sentences, Attributor(world, lexicon()).attribute(sentences), strict=True
        ):
            for voice in found.all():
                source = voice.source.text if voice.source else ""
                out.append((source, _words(sentence, voice), voice in found.voices))
        return out

    return read


def _words(sentence: Any, voice: Voice) -> str:
    return " ".join(t.text for t in sentence.span if t.i in voice.covers)


@pytest.mark.parametrize(
    ("text", "source", "word"),
    [
        ("“One of the wells is dry,” said the headmistress.", "the headmistress", "dry"),
        ("''We carried nine bodies to the school,'' Farooq Jan said.", "Farooq Jan", "nine"),
        ("The ferryman told us the bridge had been mined.", "The ferryman", "mined"),
        ("Forty percent said they had lost a house.", "Forty percent", "house"),
        ("In the mayor's view, the truce is dead.", "the mayor", "truce"),
        ("In the words of the mayor, the truce is dead.", "the mayor", "truce"),
        ("The army's claim that 22 rebels died drew scorn.", "The army", "rebels"),
        ("Police: two men shot dead at the market.", "Police", "shot"),
        ("Two men shot dead at the market: police", "police", "shot"),
        ("“The shells came from the hill above us.” — Amina Yusuf", "Amina Yusuf", "shells"),
        ("The colonel this week said the road was open.", "The colonel", "road"),
        ("The road is open, the colonel on Monday said.", "the colonel", "road"),
        ("As the colonel said, the road is open.", "the colonel", "road"),
    ],
)
def test_source_and_content(heard: Any, text: str, source: str, word: str) -> None:
    assert any(s == source and word in content for s, content, _ in heard(text)), heard(text)


@pytest.mark.parametrize(
    ("text", "source", "word"),
    [
        ("The envoy called for a halt to the shelling.", "The envoy", "halt"),
        ("Opposition leaders urged the junta to free the monks.", "Opposition leaders", "monks"),
        ("The general refused to leave the town.", "The general", "town"),
        ("The bishop condemned the raid on the clinic.", "The bishop", "raid"),
    ],
)
def test_an_attitude_is_held_but_vouches_for_nothing(
    heard: Any, text: str, source: str, word: str
) -> None:
    found = [v for v in heard(text) if v[0] == source and word in v[1]]
    assert found and not any(vouches for *_, vouches in found)


@pytest.mark.parametrize(
    "text",
    [
        "Tell the truth about the bridge.",
        "The paper, known as the Herald, closed.",
        "What the army calls a purge goes on.",
        "LASHGAR: Two men were shot dead at the market.",
    ],
)
def test_nobody_speaks(heard: Any, text: str) -> None:
    assert heard(text) == []


def test_words_told_of_are_no_attitude_of_their_own(heard: Any) -> None:
    found = heard("The colonel said the rebels wanted a truce.")
    assert [source for source, *_ in found] == ["The colonel"]


def test_he_is_who_spoke_last(claims: Any) -> None:
    text = (
        "A police officer said nine men were killed in Tank on Monday. He said that four"
        " soldiers were killed in Kurram on Sunday."
    )
    last = next(c for c in claims(text, "casualties") if c.count.low == 4)
    assert [s.name for s in last.speakers] == ["A police officer"]


def test_they_are_who_spoke_and_not_whom_they_speak_of(claims: Any) -> None:
    text = (
        "Two health workers said the clinic at Tank was shelled on Monday. Nine soldiers died"
        " there, they said."
    )
    last = next(c for c in claims(text, "casualties") if c.count.low == 9)
    assert [s.name for s in last.speakers] == ["Two health workers"]


def test_a_quotation_over_paragraphs_stays_with_its_speaker(claims: Any) -> None:
    text = (
        "“Our ward at Tank was hit on Monday,” the surgeon said. “We have no light.\n\n"
        "“Nine civilians were killed in Tank on Monday. We could not help them.”"
    )
    found = next(c for c in claims(text, "casualties") if c.count.low == 9)
    assert [s.name for s in found.speakers] == ["the surgeon"]


def test_a_paragraph_behind_a_colon_is_the_newspapers(claims: Any) -> None:
    text = "Dawn reported:\n\nNine soldiers were killed in Tank on Monday.\n\nThat is all."
    found = claims(text, "casualties")[0]
    assert [s.name for s in found.speakers] == ["Dawn"]
