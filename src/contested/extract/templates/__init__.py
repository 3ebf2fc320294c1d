"""Incident templates of one report in the terms of MUC-4 (1992), from its scene and its reading."""

from contested.extract.templates.build import templates
from contested.extract.templates.template import Entry, Incident

__all__ = ["Entry", "Incident", "templates"]
