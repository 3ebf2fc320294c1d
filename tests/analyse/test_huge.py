"""Numbers that no text means, but that a program may hand in, stop no rule and no analysis."""

from __future__ import annotations

import io

import pytest

from contested.analyse import disputes, trend, voices
from contested.model.rules import RULES
from contested.publish import Csv
from contested.publish.words import tolls_in_words
from contested.serve.picture import toll_picture
from tests.reconcile.scenes import ARMY, HOSPITAL, TTP, UNAMA, Scene

HUGE = (2**63, 10**20, 10**400)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("huge", HUGE, ids=("63 bits", "21 digits", "401 digits"))
@pytest.mark.parametrize("small", [0, 11])
def test_a_number_beyond_all_reason_is_shown_and_reckoned_with(
    rule: str, huge: int, small: int
) -> None:
    scene = Scene()
    scene.says(ARMY, small)
    scene.says(TTP, huge)
    scene.says(UNAMA, huge + 1, day="2025-10-09", high=None)
    scene.says(HOSPITAL, 5, high=huge)
    (found,) = incidents = scene.incidents(rule=rule)
    (toll,) = found.casualties
    assert f"{huge:,}" in "; ".join(
        f"{f.count.low:,} {f.count.high or 0:,}" for f in toll.according_to
    )
    assert tolls_in_words(found.casualties)
    assert disputes(incidents).rows[0].highest >= huge
    assert trend(incidents, "month", None).rows
    assert voices(incidents).rows
    assert all(0 <= mark.x1 <= mark.x2 <= 100 for mark in toll_picture(toll).marks)
    assert Csv().write("incidents", incidents, io.StringIO()) == 1
