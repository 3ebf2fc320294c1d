"""Report to claims: one module a question, one a kind of claim."""

from contested.extract.extractor import Extraction, Extractor

__all__ = ["Extraction", "Extractor"]
