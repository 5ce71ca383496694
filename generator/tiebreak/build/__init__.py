"""A build: what has to be made again, by whom, and what is kept for the next."""

from tiebreak.build import pipeline
from tiebreak.build.incremental import survey_once
from tiebreak.build.pipeline import Builder, Options, Report
from tiebreak.build.timing import Progress
