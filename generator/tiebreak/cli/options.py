"""Options that several commands have."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click


def _day(text: str) -> date:
    """A day as it is written in content. Raises BadParameter for anything else."""
    with suppress(ValueError):
        return datetime.strptime(text, "%Y-%m-%d").date()
    raise click.BadParameter(f'"{text}" is no day of the calendar; write it as 2026-11-20')


project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="the current folder",
    help="The folder that holds content/.",
)
drafts_option = click.option("--drafts", is_flag=True, help="Publish drafts as well.")
future_option = click.option("--future", is_flag=True, help="Publish what appears on a later day as well.")
today_option = click.option(
    "--today",
    callback=lambda _, __, value: _day(value) if value else None,
    metavar="DATE",
    help="The day of the build, such as 2026-11-20; by default the system's.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes to use; by default one a core where the site is large enough to pay for them.",
)
strict_option = click.option("--strict", is_flag=True, help="Let warnings fail the command.")


def without_collection() -> None:
    """Turn off the garbage collector: builds make many objects and hardly any cycles, and it takes a tenth of the
    time.
    """
    import gc

    gc.disable()
