"""A build of the whole site, which makes again only what has changed since the last build."""

# What reads and renders is not handed on here: a build that finds nothing to do would import it for nothing.

from tiebreak.build import pipeline
from tiebreak.build.pipeline import Builder, Options, Report
from tiebreak.build.timing import Progress
