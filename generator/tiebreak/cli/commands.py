"""The command `tiebreak`, with all of its subcommands."""

import click

from tiebreak import __version__
from tiebreak.cli.build import build
from tiebreak.cli.check import check
from tiebreak.cli.due import due
from tiebreak.cli.new import init, new
from tiebreak.cli.reporting import Commands
from tiebreak.cli.schema import schema
from tiebreak.cli.serve import serve
from tiebreak.cli.verify import verify
from tiebreak.cli.words import words


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tiebreak")
def main() -> None:
    """Static sites of comparisons that commit to a verdict and show their evidence."""


for command in (build, serve, check, verify, due, init, new, schema, words):
    main.add_command(command)
