"""Who answers whom, chains of retaliation, and what if: all from one fitted process."""

from contested.analyse.escalation.answering import (
    Answering,
    Dimension,
    Escalation,
    escalation,
    escalation_of,
)
from contested.analyse.escalation.chains import Chains, Link, Step, chains
from contested.analyse.escalation.changes import Ceasefire, Change, Closure, Denial, Strike
from contested.analyse.escalation.dimensions import DimensionOptions, Rule, rules_of
from contested.analyse.escalation.links import Assertion
from contested.analyse.escalation.scenario import (
    Course,
    Outcome,
    Scenario,
    ScenarioOptions,
    scenario,
)
from contested.analyse.escalation.study import Study, StudyOptions, study

__all__ = [
    "Answering",
    "Assertion",
    "Ceasefire",
    "Chains",
    "Change",
    "Closure",
    "Course",
    "Denial",
    "Dimension",
    "DimensionOptions",
    "Escalation",
    "Link",
    "Outcome",
    "Rule",
    "Scenario",
    "ScenarioOptions",
    "Step",
    "Strike",
    "Study",
    "StudyOptions",
    "chains",
    "escalation",
    "escalation_of",
    "rules_of",
    "scenario",
    "study",
]
