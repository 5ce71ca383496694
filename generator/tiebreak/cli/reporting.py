"""Prints problems and errors as text or JSON, and sets the exit status; an author never sees a traceback."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from tiebreak.cli import signals

if TYPE_CHECKING:
    from tiebreak.problems import Format, Problem

P = ParamSpec("P")


def say(*lines: str) -> None:
    """Print a line for people. All such output goes through here, so that no text can forge a line or move the
    cursor.
    """
    from tiebreak.characters import visible

    click.echo("\n".join(map(visible, lines)), err=True)


class Commands(click.Group):
    """A group of commands whose usage errors are escaped as well, because click repeats what it was given."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _told_visibly():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_visibly():
            return super().invoke(ctx)


@contextmanager
def _told_visibly() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # whose message is the help, line by line, and repeats nothing
    except click.ClickException as error:
        from tiebreak.characters import visible

        error.message = visible(error.message)  # type: ignore[misc]
        raise


def reporting(command: Callable[P, None]) -> Callable[P, None]:
    """Print problems and exit with status 1; an author never sees a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from tiebreak.problems import SiteError

        try:
            with signals.in_order():
                command(*args, **kwargs)
        except SiteError as error:
            tell(error.problems, kwargs.get("format", "text"))  # type: ignore[arg-type]
            sys.exit(1)
        except OSError as error:
            where = f"{error.filename2 or error.filename}: " if error.filename else ""
            say(f"error: {where}{error.strerror or error}")
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)
        except Exception as error:
            if os.environ.get("TIEBREAK_DEBUG") or isinstance(error, click.ClickException | click.exceptions.Exit):
                raise
            say(f"error: {type(error).__name__}: {error}")
            say("This is a fault of Tiebreak's own; TIEBREAK_DEBUG=1 shows where. Please report it.")
            sys.exit(1)

    return run


def tell(problems: "tuple[Problem, ...]", format: "Format") -> None:
    """Print problems: text to stderr for people, other formats to stdout for programs."""
    from tiebreak.problems import errors, report

    if format != "text":
        if problems or format == "json":
            click.echo(report(problems, format))  # whose parts are escaped as its format has it
        return
    if problems:
        say(*report(problems, format).split("\n"))
    wrong = len(errors(problems))
    weak = len(problems) - wrong
    counts = ", ".join(
        f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((wrong, "error"), (weak, "warning")) if count
    )
    if counts:
        say("", counts)


def shown(path: Path) -> str:
    """A path as short as possible, relative to the working directory."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
