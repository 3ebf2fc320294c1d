"""What became of a claim that is no longer current, in words."""

from __future__ import annotations

from collections.abc import Iterator

from contested.model import Claim
from contested.pipeline import Record
from contested.pipeline.lapsed import lapsed
from contested.pipeline.moments import written

ENDINGS = {
    "edited": "its report got another text",
    "re-read": "its report was read by another method",
    "decided": "a person decided so",
}


def lines(record: Record, claim: Claim) -> Iterator[str]:
    """Since when it is no more, why, and what stands for it; nothing for a current one."""
    found = lapsed(record.store, claim)
    if found is None:
        return
    yield f"No longer current since {written(found.until)}: {ENDINGS[found.why]}."
    yield f"It was from {written(found.since)} on, in version {found.version}; see --as-of."
    if found.instead:
        yield f"In its place: {found.instead}"
    else:
        yield "No claim of its kind stands on these words now."
