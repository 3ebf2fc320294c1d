"""Published statistics beside each other, beside the record and beside an imported data set."""

from contested.analyse.statistics.arithmetic import Sum, change
from contested.analyse.statistics.check import (
    CheckedStatistic,
    Statistics,
    check_statistics,
)
from contested.analyse.statistics.counted import Counted
from contested.analyse.statistics.explain import Other

__all__ = [
    "CheckedStatistic",
    "Counted",
    "Other",
    "Statistics",
    "Sum",
    "change",
    "check_statistics",
]
