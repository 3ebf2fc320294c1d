"""Who answers whom, chains of retaliation, and what if: all from one fitted process."""

from contested.analyse.escalation.answering import (
    Answering,
    Dimension,
    Escalation,
    escalation,
    escalation_of,
)
from contested.analyse.escalation.dimensions import DimensionOptions, Rule, rules_of
from contested.analyse.escalation.study import Study, StudyOptions, study

__all__ = [
    "Answering",
    "Dimension",
    "DimensionOptions",
    "Escalation",
    "Rule",
    "Study",
    "StudyOptions",
    "escalation",
    "escalation_of",
    "rules_of",
    "study",
]
