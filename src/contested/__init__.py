"""Contested turns open reports of armed conflict into a record of who said what.

>>> from contested import Record
>>> with Record.temporary() as record:  # or Record.open("my.sqlite")
...     summary = record.add([])
...     record.incidents()
[]
"""

from contested.errors import ContestedError
from contested.model import Claim, Incident, Report, to_plain
from contested.model.query import Query
from contested.pipeline import AddSummary, Progress, Record, gather
from contested.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "AddSummary",
    "Claim",
    "ContestedError",
    "Incident",
    "Progress",
    "Query",
    "Record",
    "Report",
    "Settings",
    "__version__",
    "gather",
    "to_plain",
]
