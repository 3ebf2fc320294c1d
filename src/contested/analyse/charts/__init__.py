"""Answers as pictures: Vega-Lite specifications made by Altair, the same for page and print.

Each module has `chart(found)`, which gives a specification with its data inside it and words
for those who cannot see it under `description`.
"""

from contested.analyse.charts.saving import SUFFIXES, rendered, save

__all__ = ["SUFFIXES", "rendered", "save"]
