"""What a pipeline tells of a document besides syntax and names, and how sure it is."""

from __future__ import annotations

CERTAINTY = "certainty"
"""Key of `Doc.user_data`: for each token the chance (0 to 1, float32) that its head is right, as
the pipeline sees it. Absent where a pipeline does not tell."""

ROLES = "roles"
"""Key of `Doc.user_data`: by role (`contested.language.happenings`) for each token the chance (0
to 1, float32) that it fills it, by a look at its paragraph alone. Absent where a pipeline does not
tell."""
