"""The weights of `confidence`: claims judged by hand, and the fit."""
