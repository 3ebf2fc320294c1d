"""Numerical methods that several stages use: arrays in, arrays out, no word of reports."""
