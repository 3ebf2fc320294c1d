"""Incidents to answers: each a sentence, a table with its ranges, and what was assumed.

Pure functions over incidents; nothing here reads a file or knows where incidents are kept.
Every figure that is counted together keeps its doubt: `low` is what is sure, `high` what is
possible, `best` how the assumptions say.
"""

from contested.analyse.disputes import Disagreement, Disputes, Elsewhere, disputes
from contested.analyse.figures import FigureOf
from contested.analyse.periods import Step
from contested.analyse.trend import Grouping, Range, Trend, TrendRow, trend
from contested.analyse.voices import VoicePair, Voices, voices

__all__ = [
    "Disagreement",
    "Disputes",
    "Elsewhere",
    "FigureOf",
    "Grouping",
    "Range",
    "Step",
    "Trend",
    "TrendRow",
    "VoicePair",
    "Voices",
    "disputes",
    "trend",
    "voices",
]
