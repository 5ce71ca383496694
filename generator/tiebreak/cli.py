"""The command line: the only place that knows click, exit codes and terminals."""

import functools
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from tiebreak import __version__, endings

if TYPE_CHECKING:
    from tiebreak.build import Progress, Report
    from tiebreak.problems import Format, Problem

P = ParamSpec("P")
UNNOTICED = 1.0  # seconds that people wait without asking


def _say(*lines: str) -> None:
    """Everything that people are told goes through here, a line at a time, and nothing in it can forge another one."""
    from tiebreak.characters import visible

    click.echo("\n".join(map(visible, lines)), err=True)


class _Commands(click.Group):
    """Commands of whose mistakes click tells, which repeats what it was given: that is made visible as well."""

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
    except click.ClickException as error:
        from tiebreak.characters import visible

        error.message = visible(error.message)  # type: ignore[misc]
        raise


def _without_collection() -> None:
    """A build makes a great many values and hardly a cycle: looking for cycles costs a tenth of its time."""
    import gc

    gc.disable()


def _reporting(command: Callable[P, None]) -> Callable[P, None]:
    """Problems become text for people and exit status 1; no traceback reaches an author."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from tiebreak.problems import SiteError

        try:
            with endings.in_order():
                command(*args, **kwargs)
        except SiteError as error:
            _tell(error.problems, kwargs.get("format", "text"))  # type: ignore[arg-type]
            sys.exit(1)
        except OSError as error:
            where = f"{error.filename2 or error.filename}: " if error.filename else ""
            _say(f"error: {where}{error.strerror or error}")
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)
        except Exception as error:
            if os.environ.get("TIEBREAK_DEBUG") or isinstance(error, click.ClickException | click.exceptions.Exit):
                raise
            _say(f"error: {type(error).__name__}: {error}")
            _say("This is a fault of Tiebreak's own; TIEBREAK_DEBUG=1 shows where. Please report it.")
            sys.exit(1)

    return run


def _tell(problems: "tuple[Problem, ...]", format: "Format") -> None:
    """Text goes to people, the other formats to programs."""
    from tiebreak.problems import errors, report

    if format != "text":
        if problems or format == "json":
            click.echo(report(problems, format))  # whose parts are escaped as its format has it
        return
    if problems:
        _say(*report(problems, format).split("\n"))
    wrong = len(errors(problems))
    weak = len(problems) - wrong
    counts = ", ".join(
        f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((wrong, "error"), (weak, "warning")) if count
    )
    if counts:
        _say("", counts)


project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="the current folder",
    help="The folder that holds content/.",
)
drafts_option = click.option("--drafts", is_flag=True, help="Publish drafts as well.")
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes to use; by default one a core where the site is large enough to pay for them.",
)
strict_option = click.option("--strict", is_flag=True, help="Let warnings fail the command.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tiebreak")
def main() -> None:
    """Static sites of comparisons that commit to a verdict and show their evidence."""


@main.command()
@project_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; by default site/ in the project.",
)
@click.option("--base-url", metavar="URL", help="Use this instead of base_url in site.yaml.")
@drafts_option
@jobs_option
@click.option("--fresh", is_flag=True, help="Write every file again, whatever is there.")
@strict_option
@click.option("--why", is_flag=True, help="Say of every file written what was done and why.")
@click.option("--profile", is_flag=True, help="Say where the time went, a line a phase.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", help="How to report.", show_default=True)
@_reporting
def build(
    project: Path,
    output: Path | None,
    base_url: str | None,
    drafts: bool,
    jobs: int | None,
    fresh: bool,
    strict: bool,
    why: bool,
    profile: bool,
    quiet: bool,
    format: "Format",
) -> None:
    """Build the whole site; with errors, write nothing."""
    from tiebreak.build import pipeline as builder

    _without_collection()

    options = builder.Options(
        project=project,
        output=_safe_output(project, output),
        base_url=_base_url(base_url),
        drafts=drafts,
        jobs=jobs,
        fresh=fresh,
        strict=strict,
        why=why,
        tell=None if quiet else _say,
    )
    with _progress(quiet=quiet) as progress:
        report = builder.build(replace(options, progress=progress))
    if format == "json":
        _tell_json(report)
        return
    if not quiet:
        _tell(report.problems, "text")
    if why:
        for path, what in report.done.items():
            reasons = [reason for reason in report.causes.get(path, ()) if reason != what]
            _say(f"{what}: {path}" + (f" ({', '.join(reasons)})" if reasons else ""))
    if profile:
        for phase, seconds in report.seconds.items():
            _say(f"{phase:10} {seconds:8.3f} s")
    if not quiet:
        _say(f"{len(report.paths)} files in {_shown(report.output)}, {len(report.done)} changed")


@contextmanager
def _progress(*, quiet: bool) -> Iterator["Progress | None"]:
    """A bar for work that takes more than a second, for people who watch; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    began, bars = time.monotonic(), ExitStack()
    shown: dict[str, Any] = {}

    def tell(phase: str, done: int, total: int) -> None:
        if phase not in shown and time.monotonic() - began > UNNOTICED:
            bars.close()
            shown[phase] = bars.enter_context(click.progressbar(length=total, label=phase, file=sys.stderr))
            shown[phase].update(done - 1)
        if phase in shown:
            shown[phase].update(1)

    with bars:
        yield tell


def _tell_json(report: "Report") -> None:
    import json

    from tiebreak.characters import in_json

    record = {
        "output": str(report.output),
        "files": len(report.paths),
        "done": dict(report.done),
        "causes": {path: list(reasons) for path, reasons in report.causes.items()},
        "seconds": {phase: round(seconds, 3) for phase, seconds in report.seconds.items()},
        "problems": [problem.as_dict() for problem in report.problems],
    }
    click.echo(in_json(json.dumps(record, indent=2, ensure_ascii=False)))


def _safe_output(project: Path, output: Path | None) -> Path | None:
    """Refuse to write over what an author wrote, and where programs keep what is theirs."""
    from tiebreak.storage import repository

    if output is None:
        return None
    place, root = (Path(os.path.realpath(path)) for path in (output, project))  # a loop of links is told later
    sources = [root / name for name in ("content", "templates", "static", ".tiebreak")]
    if root.is_relative_to(place) or any(place.is_relative_to(source) for source in sources):
        raise click.BadParameter("the output would lie over the project's own files", param_hint="--output")
    is_hidden = any(part.startswith(".") for part in Path(os.path.relpath(place, root)).parts if part != "..")
    if is_hidden and place.is_relative_to(repository(root)):
        raise click.BadParameter("the output would lie in a hidden folder", param_hint="--output")
    return output


def _base_url(url: str | None) -> str | None:
    from tiebreak.content import base_url

    if url is None:
        return None
    with suppress(ValueError):
        return base_url(url)
    raise click.BadParameter("write an absolute URL, such as https://example.org/picks/", param_hint="--base-url")


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


@main.command()
@project_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@drafts_option
@_reporting
def serve(project: Path, host: str, port: int, open_browser: bool, drafts: bool) -> None:
    """Preview the site; the browser follows every save."""
    from tiebreak.preview import serve as run

    def tell(text: str) -> None:
        _say(*text.split("\n"))

    run(project, host=host, port=port, open_browser=open_browser, drafts=drafts, tell=tell)


@main.command()
@project_option
@click.option(
    "--format", type=click.Choice(["text", "json", "github"]), default="text", help="How to report.", show_default=True
)
@strict_option
@jobs_option
@click.option(
    "--untrusted",
    metavar="FOLDER",
    multiple=True,
    help="Refuse what a stranger's branch changes outside this folder; can be given again.",
)
@click.option(
    "--base",
    metavar="REVISION",
    help="The trusted revision for --untrusted; by default the tip of the default branch.",
)
@_reporting
def check(
    project: Path, format: "Format", strict: bool, jobs: int | None, untrusted: tuple[str, ...], base: str | None
) -> None:
    """Report every problem of every file, and write nothing."""
    from datetime import date

    from tiebreak.build import pipeline as builder
    from tiebreak.problems import errors

    _without_collection()

    _refuse_strangers(project, untrusted, base)
    problems = builder.check(builder.Options(project=project, jobs=jobs), date.today())
    _tell(problems, format)
    if not problems and format == "text":
        _say("nothing to mend")
    sys.exit(1 if errors(problems) or (strict and problems) else 0)


def _refuse_strangers(project: Path, folders: tuple[str, ...], base: str | None) -> None:
    """Stop at a change that is not a stranger's to make, before a template that a stranger wrote is rendered."""
    from tiebreak import strangers
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


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@_reporting
def init(folder: Path) -> None:
    """Make a new site project that builds at once; never overwrites."""
    from tiebreak import scaffold

    try:
        made = scaffold.init(folder)
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    for path in made:
        _say(f"made {_shown(path)}")
    go = "" if folder == Path() else f"cd {folder} && "
    _say("", f"Next: {go}tiebreak serve --open")


@main.command()
@click.argument("title", metavar='"A vs B [vs C]"')
@project_option
@_reporting
def new(title: str, project: Path) -> None:
    """Start a comparison: a file with every required key and a hint a key."""
    from datetime import date

    from tiebreak import scaffold

    try:
        path = scaffold.new(project, title, date.today())
    except FileExistsError as error:
        _say(f"error: {error}")
        sys.exit(1)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="TITLE") from None
    _say(f"made {_shown(path)}")


@main.command()
@click.argument("kind", type=click.Choice(["comparison", "subject", "factors", "site"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    import json

    from tiebreak.content import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))
