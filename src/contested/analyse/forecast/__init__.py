"""What may come: incidents and deaths a month ahead, as distributions, never a bare number.

Members (`members`, `excited`) each say a distribution; `pool` weighs them by what they were
worth before (`rolling`), `conformal` widens intervals to what they missed, `backtest` shows how
good it was on the record's own past, `outlook` puts it together.
"""

from contested.analyse.forecast.backtest import Backtest
from contested.analyse.forecast.outlook import (
    Forecast,
    ForecastOptions,
    ForecastRow,
    Past,
    Weights,
    forecast,
)

__all__ = [
    "Backtest",
    "Forecast",
    "ForecastOptions",
    "ForecastRow",
    "Past",
    "Weights",
    "forecast",
]
