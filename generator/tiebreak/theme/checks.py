"""Problems of a project's own templates, found before they are rendered or while they are."""

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from tiebreak.problems import Problem, Severity, SiteError
from tiebreak.storage import builtin_folder, read_text, real_folder
from tiebreak.theme import fonts
from tiebreak.theme.dependencies import builtin_templates, own_templates


def check(project: Path) -> list[Problem]:
    """Templates that cannot be parsed, that name a template which does not exist, or that nothing would ever use."""
    try:
        names, files = set(builtin_templates()), own_templates(project)
    except SiteError as error:
        return list(error.problems)
    known = names | set(files) | {f"default/{name}" for name in names}
    problems: list[Problem] = []
    used: set[str | None] = set()
    for name in files:
        text, tree = _parse(project, name, problems)
        for referenced in meta.find_referenced_templates(tree) if tree else ():
            used.add(referenced)
            if referenced is not None and referenced not in known:
                line = next((place for place, row in enumerate(text.split("\n"), 1) if referenced in row), 1)
                message, help = f'there is no template "{referenced}"', _near(referenced, known)
                problems.append(_problem(f"templates/{name}", text, line, "unknown-template", message, help))
    problems += _unused(set(files) - names - used, names)
    return [*problems, *fonts.check(project)]


def _parse(project: Path, name: str, problems: list[Problem]) -> tuple[str, nodes.Template | None]:
    file, text = f"templates/{name}", ""
    try:
        text = read_text(project, file)
        return text, Environment(autoescape=True).parse(text, name)
    except SiteError as error:
        problems += error.problems
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, line, 1, "not-utf-8", "this line is not UTF-8", "save the file as UTF-8"))
    except TemplateSyntaxError as error:
        problems.append(_problem(file, text, error.lineno, "template-syntax", error.message or "syntax error"))
    return text, None


def _unused(names: Iterable[str], default: Iterable[str]) -> Iterator[Problem]:
    for name in sorted(names):
        help = _near(name, default) or "give it the name of the one it should replace, or delete it"
        message = f'"{name}" replaces no built-in template, and no template includes it'
        yield Problem(f"templates/{name}", 0, 0, "unused-template", message, help, Severity.WARNING)


def _near(name: str, known: Iterable[str]) -> str:
    """`did you mean …`, by what tells templates apart, which their ending does not."""
    stems = {other.removesuffix(".html"): other for other in sorted(known)}
    near = difflib.get_close_matches(name.removesuffix(".html"), stems, n=1, cutoff=0.65)
    return f'did you mean "{stems[near[0]]}"?' if near else ""


def failure(project: Path, error: Exception) -> Problem | None:
    """Where in a template `error` arose while it was rendered; None when it is no template's fault."""
    folders = {"templates": real_folder(project, "templates"), "default": builtin_folder("templates").resolve()}
    place = _last_place(error, folders.values())
    if place is None:
        return None
    path, line = place
    label, folder = next((label, folder) for label, folder in folders.items() if path.is_relative_to(folder))
    name = f"{label}/{path.relative_to(folder).as_posix()}"
    try:
        text = read_text(project, name if label == "templates" else str(path))
    except (SiteError, UnicodeDecodeError):  # it is another file by now
        text = ""
    return _problem(name, text, line, "template-error", str(error))


def _last_place(error: Exception, folders: Iterable[Path]) -> tuple[Path, int] | None:
    """The innermost line of a template that the error passed through."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename).resolve(), error.lineno
    place, trace = None, error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if any(path.is_relative_to(folder) for folder in folders):
            place = (path, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _problem(file: str, text: str, line: int, code: str, message: str, help: str = "") -> Problem:
    rows = text.split("\n")
    excerpt = rows[line - 1] if line <= len(rows) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    return Problem(file, line, column, code, message, help, excerpt=excerpt, width=max(1, len(excerpt.strip())))
