"""A build: what has to be made again, by whom, and what is kept for the next."""

# What reads and renders is not handed on here: a build that finds nothing to do would import it for nothing.

from tiebreak.build import pipeline
from tiebreak.build.pipeline import Builder, Options, Report
from tiebreak.build.timing import Progress
