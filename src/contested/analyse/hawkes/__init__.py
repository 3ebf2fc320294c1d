"""Multivariate Hawkes processes: likelihood, fit, simulation, spread, goodness of fit.

Own code: the packages that fit such processes are unmaintained, break on current Python, or take
one dimension or a fixed decay. Pure functions on arrays; nothing here knows of incidents.
"""

from contested.analyse.hawkes.baseline import Baseline
from contested.analyse.hawkes.fit import Fit, FitOptions, fit, fit_with
from contested.analyse.hawkes.likelihood import gradient, intensities, log_likelihood
from contested.analyse.hawkes.process import Points, Process, spectral_radius
from contested.analyse.hawkes.residuals import Goodness, goodness
from contested.analyse.hawkes.simulate import TooMany, Tree, forward, simulate
from contested.analyse.hawkes.spread import bootstrap, standard_errors

__all__ = [
    "Baseline",
    "Fit",
    "FitOptions",
    "Goodness",
    "Points",
    "Process",
    "TooMany",
    "Tree",
    "bootstrap",
    "fit",
    "fit_with",
    "forward",
    "goodness",
    "gradient",
    "intensities",
    "log_likelihood",
    "simulate",
    "spectral_radius",
    "standard_errors",
]
