"""Writing the record out: one small protocol, one exporter a format, found by name.

`exporter(name)` gives one of `EXPORTERS`; `register` adds another.
"""

from contested.publish.columns import CLAIM_COLUMNS, COLUMNS, INCIDENT_COLUMNS, Column
from contested.publish.exporter import EXPORTERS, Exporter, What, exporter, register
from contested.publish.geojson import GeoJson
from contested.publish.lines import JsonLines
from contested.publish.tables import Csv

for _one in (Csv(), JsonLines(), GeoJson()):
    register(_one)

__all__ = [
    "CLAIM_COLUMNS",
    "COLUMNS",
    "EXPORTERS",
    "INCIDENT_COLUMNS",
    "Column",
    "Csv",
    "Exporter",
    "GeoJson",
    "JsonLines",
    "What",
    "exporter",
    "register",
]
