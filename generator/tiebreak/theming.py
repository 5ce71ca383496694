"""The theme: where templates and static files come from, what templates may call, and the one stylesheet."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
    meta,
)
from markupsafe import Markup, escape

from tiebreak import __version__, colors, markup
from tiebreak.balance import weigh
from tiebreak.model import Comparison, Link, Prose, Settings
from tiebreak.names import slugify
from tiebreak.problems import Problem, Severity
from tiebreak.routes import hub_path

# Stands in rendered text before every address within the site, until render.py knows how deep the page lies.
ROOT = "\x1a"
STYLES = "css"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class StaticFile:
    path: str  # relative to the output folder
    file: Path


@cache
def builtin(kind: str) -> Path:
    """The folder of the built-in `templates` or `static`: inside the wheel, or this repository's own."""
    packaged = Path(str(resources.files("tiebreak"))) / "theme" / kind
    repository = Path(__file__).resolve().parents[2] / kind
    return packaged if packaged.is_dir() else repository


def environment(project: Path, settings: Settings, stylesheet: str) -> Environment:
    """Jinja with the project's templates before the built-in ones, which also answer to `default/<name>`."""
    environment = Environment(
        loader=_loader(project),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters |= {
        "url": url,
        "absolute": settings.absolute,
        "prose": prose,
        "continued": continued,
        "smart": markup.typographic,
        "day": _day_in(settings.language),
        "slug": slugify,
        "host": lambda text: re.sub(r"^https?://(www\.)?|/$", "", text),
    }
    environment.globals |= {
        "settings": settings,
        "stylesheet": stylesheet,
        "accent": colors.accent(settings.accent),
        "hues": hues,
        "weigh": weigh,
        "hub_path": hub_path,
        "version": __version__,
    }
    return environment


def _loader(project: Path) -> BaseLoader:
    default = FileSystemLoader(builtin("templates"))
    own = project / "templates"
    layers: list[BaseLoader] = (
        [FileSystemLoader(own)] if own.is_dir() and own.resolve() != builtin("templates").resolve() else []
    )
    return ChoiceLoader([*layers, default, PrefixLoader({"default": default})])


def url(target: str) -> str:
    """A link to an address within the site, right at any depth; other URLs stay as they are."""
    return ROOT + target[1:] if target.startswith("/") else target


def prose(value: Prose) -> Markup:
    """Prose as markup, its links ready for this page."""
    return Markup(markup.fill_links(value, _attributes))  # noqa: S704 -- markup.py makes it, never an author


def _attributes(link: Link) -> str:
    if not link.image:
        return f'href="{escape(url(link.target))}"'
    size = f' width="{link.size[0]}" height="{link.size[1]}"' if link.size else ""
    return f'src="{escape(url(link.target))}"{size}'


def continued(value: Markup) -> Markup:
    """Prose as the rest of a sentence that the theme begins ("Use PyTorch if"): a leading "You" loses its capital."""
    return Markup("y" + value[1:]) if re.match(r"You\b|Your\b", value) else value  # noqa: S704 (it was markup before)


def hues(comparison: Comparison) -> tuple[colors.Hue, ...]:
    """One hue a subject, in the order of subjects."""
    return colors.palette(tuple(subject.color for subject in comparison.subjects))


def _day_in(language: str) -> Any:
    """A date as English writes it; as ISO 8601 for every other language, which all can read."""

    def day(value: date) -> str:
        return (
            f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
            if language.split("-")[0] == "en"
            else value.isoformat()
        )

    return day


# --- static files ---------------------------------------------------------------------------------------------------


def static_files(project: Path) -> tuple[list[StaticFile], bytes]:
    """The files of `static/`, the project's before the built-in ones, and the stylesheet made of `static/css/`."""
    layers = _files(builtin("static")) | _files(project / "static")
    styles = [
        layers[name].read_bytes() for name in sorted(layers) if name.startswith(f"{STYLES}/") and name.endswith(".css")
    ]
    files = [StaticFile(name, path) for name, path in sorted(layers.items()) if not name.startswith(f"{STYLES}/")]
    return files, b"\n".join(style.strip() for style in styles).replace(b"\r\n", b"\n") + b"\n"


def stylesheet_path(style: bytes) -> str:
    return f"assets/style.{hashlib.sha256(style).hexdigest()[:12]}.css"


def _files(folder: Path) -> dict[str, Path]:
    def walk(where: Path) -> Iterator[Path]:
        for path in sorted(where.iterdir()):
            if path.name == ".DS_Store" or path.name.endswith("~"):
                continue
            if path.is_dir() and not path.is_symlink():
                yield from walk(path)
            elif path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                yield path

    return {path.relative_to(folder).as_posix(): path for path in walk(folder)} if folder.is_dir() else {}


# --- what can be wrong with a project's own templates ---------------------------------------------------------------


def check_templates(project: Path) -> list[Problem]:
    """Templates that cannot be parsed, that name a template which does not exist, or that nothing would ever use."""
    own = project / "templates"
    if not own.is_dir() or own.resolve() == builtin("templates").resolve():
        return []
    default = set(_files(builtin("templates")))
    files = _files(own)
    known = default | set(files) | {f"default/{name}" for name in default}
    parser = Environment(autoescape=True)
    problems: list[Problem] = []
    used: set[str] = set()
    for name, path in files.items():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            help = "save the file as UTF-8"
            problems.append(Problem(f"templates/{name}", line, 1, "not-utf-8", "this line is not UTF-8", help))
            continue
        try:
            tree = parser.parse(text, name)
        except TemplateSyntaxError as error:
            problems.append(
                _template_problem(project, path, text, error.lineno, "template-syntax", error.message or "syntax error")
            )
            continue
        for referenced in meta.find_referenced_templates(tree):
            used.add(referenced or "")
            if referenced is not None and referenced not in known:
                line = next((place for place, row in enumerate(text.split("\n"), 1) if referenced in row), 1)
                message = f'there is no template "{referenced}"'
                problems.append(
                    _template_problem(project, path, text, line, "unknown-template", message, _near(referenced, known))
                )
    for name in sorted(set(files) - default - used):
        help = _near(name, default) or "give it the name of the one it should replace, or delete it"
        message = f'"{name}" replaces no built-in template, and no template includes it'
        problems.append(Problem(f"templates/{name}", 0, 0, "unused-template", message, help, Severity.WARNING))
    return problems


def _near(name: str, known: Iterable[str]) -> str:
    """`did you mean …`, by what tells templates apart, which their ending does not."""
    stems = {other.removesuffix(".html"): other for other in sorted(known)}
    near = difflib.get_close_matches(name.removesuffix(".html"), stems, n=1, cutoff=0.65)
    return f'did you mean "{stems[near[0]]}"?' if near else ""


def _template_problem(
    project: Path, path: Path, text: str, line: int, code: str, message: str, help: str = ""
) -> Problem:
    lines: Mapping[int, str] = dict(enumerate(text.split("\n"), 1))
    excerpt = lines.get(line, "")
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    place = path.relative_to(project).as_posix() if path.is_relative_to(project) else f"default/{path.name}"
    return Problem(place, line, column, code, message, help, excerpt=excerpt, width=max(1, len(excerpt.strip())))


def template_failure(project: Path, error: Exception) -> Problem | None:
    """Where in a template `error` arose, when it did; None when it is no template's fault."""
    own, default = (project / "templates").resolve(), builtin("templates").resolve()
    place: tuple[Path, int] | None = None
    trace = error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(own) or path.is_relative_to(default):
            place = (path, trace.tb_lineno)
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError) and error.filename:
        place = (Path(error.filename), error.lineno)
    if place is None:
        return None
    path, line = place
    folder = "templates" if path.is_relative_to(own) else "default"
    text = path.read_text("utf-8", "replace")
    problem = _template_problem(own.parent, path, text, line, "template-error", f"{error}")
    name = path.relative_to(own if folder == "templates" else default).as_posix()
    return Problem(
        f"{folder}/{name}",
        problem.line,
        problem.column,
        problem.code,
        problem.message,
        excerpt=problem.excerpt,
        width=problem.width,
    )
