"""A small transformer that reads English syntax and names, behind spaCy's objects."""

from contested.language.encoder.component import FACTORY, pipeline

__all__ = ["FACTORY", "pipeline"]
