"""The families of pages that the app serves: a further one is a module named here."""

from __future__ import annotations

from contested.serve.pages import (
    about,
    adding,
    analyses,
    bodies,
    briefs,
    deciding,
    incident,
    incidents,
    knowing,
    mapping,
    overview,
    report,
    reports,
    reviewing,
    searching,
)
from contested.serve.site import Family

FAMILIES: tuple[Family, ...] = (
    overview.family,
    incidents.family,
    incident.family,
    reports.family,
    report.family,
    mapping.family,
    bodies.family,
    knowing.family,
    analyses.family,
    briefs.family,
    searching.family,
    reviewing.family,
    adding.family,
    deciding.family,
    about.family,
)
