"""Confidence: a probability weighed from evidence, lower where the evidence is weaker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contested.extract import Extractor
from contested.extract.confidence import SUREST, Weights, weights
from tests.extract.conftest import Ask

FIRM = "Militants killed two soldiers in Bannu on Monday, police said."


def of(claims: Ask, text: str, kind: str = "casualties") -> float:
    found = [c.confidence for c in claims(text, kind)]
    assert found, text
    return min(found)


def test_it_is_a_probability_that_no_claim_is_sure_of(claims: Ask) -> None:
    assert round(1 - SUREST, 4) <= of(claims, FIRM) <= SUREST
    extreme = Weights({"any": 50.0}, "")
    for least in (1.0, 1e6):
        assert extreme.chance({"any": least}) == pytest.approx(SUREST)
        assert extreme.chance({"any": -least}) == pytest.approx(1 - SUREST)


@pytest.mark.parametrize(
    "weaker",
    [
        pytest.param(
            "Militants attacked a post in Bannu on Monday. Two soldiers were killed.",
            id="place and time from the sentence before",
        ),
        pytest.param(
            "[TEXT] Militants killed two soldiers in Bannu on Monday, police said [words "
            "indistinct] and the minister, who had come from Lahore with a party of advisers to "
            "speak of other things, said that it was the work of those who had come before",
            id="a long sentence with gaps",
        ),
    ],
)
def test_weaker_evidence_lowers_it(claims: Ask, weaker: str) -> None:
    assert of(claims, weaker) < of(claims, FIRM)


@pytest.mark.parametrize(
    "feature",
    ["carried", "place carried", "capitals", "brackets", "count implied", "party inferred",
     "speaker elsewhere", "unsure tree", "long sentence", "place abroad"],
)  # fmt: skip
def test_what_speaks_against_a_claim_has_a_weight_below_none(feature: str) -> None:
    known = weights()
    assert known.chance({"any": 1.0, feature: 1.0}) < known.chance({"any": 1.0})


def test_a_feature_that_the_table_lacks_changes_nothing() -> None:
    known = weights()
    assert known.chance({"any": 1.0, "no such feature": 9.0}) == known.chance({"any": 1.0})


def test_the_method_of_the_extractor_names_the_weights(extractor: Extractor) -> None:
    assert extractor.method.split("/")[-1].startswith(f"{weights().version}-")


def test_confidence_leaves_the_id_alone(claims: Ask) -> None:
    [claim] = claims(FIRM, "casualties")
    assert replace(claim, confidence=0.1).id == claim.id
