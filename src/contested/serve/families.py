"""The families of pages that the app serves: a further one is a module named here."""

from __future__ import annotations

from contested.serve.pages import (
    about,
    analyses,
    bodies,
    briefs,
    incidents,
    knowing,
    mapping,
    overview,
    reports,
    searching,
)
from contested.serve.site import Family

FAMILIES: tuple[Family, ...] = (
    overview.family,
    incidents.family,
    reports.family,
    mapping.family,
    bodies.family,
    knowing.family,
    analyses.family,
    briefs.family,
    searching.family,
    about.family,
)
