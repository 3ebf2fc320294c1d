"""How sure a pipeline was of what it wrote into a document."""

from __future__ import annotations

CERTAINTY = "certainty"
"""Key of `Doc.user_data`: for each token the chance (0 to 1, float32) that its head is right, as
the pipeline sees it. Absent where a pipeline does not tell."""
