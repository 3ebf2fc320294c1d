"""Text to tokens, sentences, syntax and names, behind spaCy's objects.

The bundled pipeline speaks Universal Dependencies; `load` makes any installed spaCy English
pipeline speak them too, so that nothing after this stage knows which one it was.
"""

from contested.language.certainty import CERTAINTY, ROLES
from contested.language.paragraphs import Paragraph, paragraphs_of, split
from contested.language.pipeline import BUNDLED, Language, load, pipeline_of

__all__ = [
    "BUNDLED",
    "CERTAINTY",
    "ROLES",
    "Language",
    "Paragraph",
    "load",
    "paragraphs_of",
    "pipeline_of",
    "split",
]
