"""The command line: the only place that knows click, exit codes and terminals."""

from tiebreak.cli.commands import main
