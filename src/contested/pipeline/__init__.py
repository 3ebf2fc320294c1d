"""The one place where the stages meet: reports in, claims and incidents out.

`Record` is the record with everything that fills and asks it; `extract` and `gather` do the
same work without a record.
"""

from contested.pipeline.deciding import Taken
from contested.pipeline.extraction import Extracted, Progress, Refusal, extract
from contested.pipeline.facade import Record
from contested.pipeline.stages import Stages, gather
from contested.pipeline.standing import Ruling
from contested.pipeline.summary import AddSummary, Skipped

__all__ = [
    "AddSummary",
    "Extracted",
    "Progress",
    "Record",
    "Refusal",
    "Ruling",
    "Skipped",
    "Stages",
    "Taken",
    "extract",
    "gather",
]
