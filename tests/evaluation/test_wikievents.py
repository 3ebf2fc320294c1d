"""The measure of events: what counts as found, as named, as said rightly."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from contested.model import ActorRef, Claim, EventClaim, make
from contested.world import World
from evaluation.measure import BadData, NoData
from evaluation.reading import report_of
from evaluation.wikievents import Tally, Text, read

WORDS = ["Gunmen attacked a convoy of the army.", "Nothing else is told of that day."]


def corpus(folder: Path) -> Path:
    event = {
        "event_type": "Conflict.Attack.Unspecified",
        "trigger": {"sent_idx": 0},
        "arguments": [
            {"role": "Attacker", "text": "Gunmen"},
            {"role": "Target", "text": "the convoy"},
            {"role": "Topic", "text": "day"},
        ],
    }
    other = {"event_type": "Contact.Contact.Meet", "trigger": {"sent_idx": 1}, "arguments": []}
    row = {
        "doc_id": "one",
        "sentences": [[[], words] for words in WORDS],
        "event_mentions": [event, other],
    }
    path = folder / "dev.jsonl"
    path.write_text(json.dumps(row) + "\n")
    return path


def tallied(text: Text, claims: list[Claim]) -> dict[str, float]:
    tally = Tally(Counter(), Counter(), Counter(), Counter())
    list(tally.add(World.load(), text, claims))
    return {figure.name: figure.value for figure in tally.figures()}


def claim(text: Text, sentence: str, targets: tuple[ActorRef, ...] = ()) -> EventClaim:
    start = text.text.index(sentence)
    passage = report_of(text.name, text.text).passage(start, start + len(sentence))
    made = make(
        "event", passage, type="ambush", targets=targets, method="m", confidence=0.5,
        initiators=(ActorRef(None, "Gunmen"),),
    )  # fmt: skip
    assert isinstance(made, EventClaim)
    return made


def test_an_event_is_found_where_its_sentence_is_told_of(tmp_path: Path) -> None:
    (text,) = read(corpus(tmp_path))
    assert [each.family for each in text.events] == ["attack"]
    found = tallied(text, [claim(text, WORDS[0])])
    assert (found["recall"], found["precision"]) == (100, 100)
    assert (found["doer_named"], found["target_named"], found["participants"]) == (100, 0, 50)
    named = tallied(text, [claim(text, WORDS[0], (ActorRef(None, "an army convoy"),))])
    assert named["participants"] == 100


def test_what_is_said_elsewhere_is_wrong_and_what_is_not_said_is_missed(tmp_path: Path) -> None:
    (text,) = read(corpus(tmp_path))
    beside = tallied(text, [claim(text, WORDS[1])])
    assert (beside["recall"], beside["precision"], beside["participants"]) == (0, 0, 0)
    assert tallied(text, [])["f"] == 0


def test_another_file_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"doc_id": 1}\n')
    with pytest.raises(BadData, match="WikiEvents"):
        read(bad)
    with pytest.raises(NoData):
        read(tmp_path / "none.jsonl")
