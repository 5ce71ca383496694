"""`tiebreak init` and `tiebreak new`: a project, and a comparison to fill in."""

import sys
from datetime import date
from pathlib import Path

import click

from tiebreak.cli.options import project_option, today_option
from tiebreak.cli.reporting import reporting, say, shown


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option(
    "--ci", type=click.Choice(["github", "gitlab"]), help="Add a workflow that checks, publishes and re-checks."
)
@reporting
def init(folder: Path, ci: str | None) -> None:
    """Make a new site project that builds at once; never overwrites.

    A folder that is a project already is given a workflow with --ci, and nothing else.
    """
    from tiebreak import scaffold

    try:
        made = scaffold.init(folder, ci)
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    for path in made:
        say(f"made {shown(path)}")
    go = "" if folder == Path() else f"cd {folder} && "
    if ci and (wheel := scaffold.requirement()).startswith("./"):
        say("", f"The workflow installs {wheel}: put that wheel there, or name what to install instead.")
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
