"""A brief of a period: what happened, who says so and what is in dispute, to print or to send.

`Brief` is the content as plain values; `page` writes it as one HTML file that needs nothing beside
it, `pdf` typesets the same with Typst (extra ``brief``).
"""

from contested.publish.brief.content import (
    Brief,
    Entry,
    Figure,
    Picture,
    Reading,
    Reference,
    Told,
)
from contested.publish.brief.page import page
from contested.publish.brief.typeset import pdf

__all__ = (
    "Brief",
    "Entry",
    "Figure",
    "Picture",
    "Reading",
    "Reference",
    "Told",
    "page",
    "pdf",
)
