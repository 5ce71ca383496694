"""`tiebreak check`: every problem of every file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tiebreak.cli.options import jobs_option, project_option, strict_option, today_option, without_collection
from tiebreak.cli.reporting import reporting, say, tell

if TYPE_CHECKING:
    from tiebreak.problems import Format


@click.command()
@project_option
@click.option(
    "--format", type=click.Choice(["text", "json", "github"]), default="text", help="How to report.", show_default=True
)
@strict_option
@jobs_option
@today_option
@click.option(
    "--untrusted",
    metavar="FOLDER",
    multiple=True,
    help="Refuse what a stranger's branch changes outside this folder; can be given again.",
)
@click.option(
    "--base", metavar="REVISION", help="The trusted revision for --untrusted; by default the tip of the default branch."
)
@reporting
def check(
    project: Path, format: "Format", strict: bool, untrusted: tuple[str, ...], base: str | None, **others: Any
) -> None:
    """Report every problem of every file, and write nothing."""

    from tiebreak.build import pipeline as builder
    from tiebreak.problems import errors

    without_collection()

    _refuse_strangers(project, untrusted, base)
    problems = builder.check(builder.Options(project=project, **others))
    tell(problems, format)
    if not problems and format == "text":
        say("nothing to mend")
    sys.exit(1 if errors(problems) or (strict and problems) else 0)


def _refuse_strangers(project: Path, folders: tuple[str, ...], base: str | None) -> None:
    """Stop at changes that a stranger may not make, before a template that a stranger wrote is rendered."""
    from tiebreak.cli import untrusted as strangers
    from tiebreak.problems import SiteError

    if not folders:
        if base is not None:
            raise click.UsageError("--base says what --untrusted compares with; name a folder with --untrusted")
        return
    try:
        problems = strangers.check(project, folders, base)
    except strangers.CannotCompareError as error:
        raise click.UsageError(str(error)) from None
    if problems:
        raise SiteError(problems)
