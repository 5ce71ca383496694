"""Tiebreak: a static-site generator for comparisons that commit to a verdict and show their evidence."""

__version__ = "0.1.0"
