"""`tiebreak init` and `tiebreak new`: a project, and a comparison to fill in."""

import sys
from datetime import date
from pathlib import Path

import click

from tiebreak.cli.options import project_option, today_option
from tiebreak.cli.reporting import reporting, say, shown


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@reporting
def init(folder: Path) -> None:
    """Make a new site project that builds at once; never overwrites."""
    from tiebreak import scaffold

    try:
        made = scaffold.init(folder)
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    for path in made:
        say(f"made {shown(path)}")
    go = "" if folder == Path() else f"cd {folder} && "
    say("", f"Next: {go}tiebreak serve --open")


@click.command()
@click.argument("title", metavar='"A vs B [vs C]"')
@project_option
@today_option
@reporting
def new(title: str, project: Path, today: date | None) -> None:
    """Start a comparison: a draft with every key it needs, and hints."""

    from tiebreak import scaffold

    try:
        path = scaffold.new(project, title, today or date.today())
    except FileExistsError as error:
        say(f"error: {error}")
        sys.exit(1)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="TITLE") from None
    say(f"made {shown(path)}")
