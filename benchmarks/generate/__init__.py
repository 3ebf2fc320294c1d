"""Reports with known truth: any number of them, over real UCDP events, to link and to time.

``generate(Options(reports=100_000))`` gives each report with its bytes, its claims and, for each
claim, the incident that it is truly of. Events come from UCDP GED (CC BY 4.0), which lies beside
the repository; the texts are sentences of our own, the outlets are invented, and no generated
incident is a real one.
"""

from benchmarks.generate.options import HELD_BACK_SEED, TRAIN_SEED, Noise, Options
from benchmarks.generate.reports import Generated, generate

__all__ = ["HELD_BACK_SEED", "TRAIN_SEED", "Generated", "Noise", "Options", "generate"]
