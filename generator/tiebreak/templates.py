"""What can be wrong with a project's own templates, before and while they are rendered."""

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from tiebreak.model import digest, digest_of
from tiebreak.pages import messages
from tiebreak.problems import Problem, Severity, SiteError
from tiebreak.storage import builtin, data_of, files_of, own_files, text_of


@dataclass(frozen=True)
class Reach:
    """What a page may show because of its template: every template that it may load on the way, and the names of the
    site's attributes that those mention, or None when they may read any.
    """

    sources: Mapping[str, bytes]  # the digest of each, by name
    attributes: frozenset[str] | None

    @property
    def digest(self) -> bytes:
        return digest(sorted(self.sources.items()))

    def shown(self, site: object) -> object:
        """The values of those attributes."""
        if self.attributes is None:
            return site
        return [(name, getattr(site, name, None)) for name in sorted(self.attributes)]


def reaches(project: Path, names: Iterable[str]) -> dict[str, Reach]:
    """By name, how far each of these templates reaches, the project's own before the built-in ones."""
    own, default = _own(project), _default()
    files = default | own | {f"default/{name}": file for name, file in default.items()}
    step = cache(lambda name: _step(data_of(project, files[name])))
    return {name: _reach(name, files.keys(), step) for name in names if name in files}


def _own(project: Path) -> dict[str, str]:
    """The project's templates, by name, as folders.data_of takes them; messages.py reads what lies beside them."""
    return {name: f"templates/{name}" for name in own_files(project, "templates") if not _is_of_words(name)}


def _default() -> dict[str, str]:
    return {name: str(file) for name, file in files_of(builtin("templates")).items() if not _is_of_words(name)}


def _is_of_words(name: str) -> bool:
    return name.startswith(f"{messages.FOLDER}/")


class _Step(NamedTuple):
    """What one template adds to a reach."""

    digest: bytes
    referenced: frozenset[str | None]
    attributes: frozenset[str] | None


def _step(source: bytes) -> _Step:
    tree = _tree(source)
    if tree is None:
        return _Step(digest_of(source), frozenset(), None)
    return _Step(digest_of(source), frozenset(meta.find_referenced_templates(tree)), _mentions(tree))


def _reach(name: str, all_names: Collection[str], step: Callable[[str], _Step]) -> Reach:
    seen: dict[str, _Step] = {}
    ahead: list[str | None] = [name]
    while ahead:
        one = ahead.pop()
        if one is None:  # a name that is computed may be any
            ahead += all_names
        elif one in all_names and one not in seen:
            seen[one] = step(one)
            ahead += seen[one].referenced
    mentioned = [found.attributes for found in seen.values()]
    known = [names for names in mentioned if names is not None]
    attributes = frozenset().union(*known) if len(known) == len(mentioned) else None
    return Reach({one: seen[one].digest for one in sorted(seen)}, attributes)


def _tree(source: bytes) -> nodes.Template | None:
    try:
        return Environment(autoescape=True).parse(source.decode())
    except (UnicodeDecodeError, TemplateSyntaxError):
        return None


def _mentions(tree: nodes.Template) -> frozenset[str] | None:
    """The attributes `x` of every `site.x`; None when `site` stands anywhere by itself, and may go anywhere."""
    direct = [node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)]
    named = {node.attr for node in direct if node.node.name == "site"}  # type: ignore[attr-defined]
    alone = sum(node.name == "site" for node in tree.find_all(nodes.Name))
    return frozenset(named) if alone == sum(node.node.name == "site" for node in direct) else None  # type: ignore[attr-defined]


def check(project: Path) -> list[Problem]:
    """Templates that cannot be parsed, that name a template which does not exist, or that nothing would ever use."""
    try:
        names, files = set(_default()), _own(project)
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
    return problems


def _parse(project: Path, name: str, problems: list[Problem]) -> tuple[str, nodes.Template | None]:
    place, text = f"templates/{name}", ""
    try:
        text = text_of(project, place)
        return text, Environment(autoescape=True).parse(text, name)
    except SiteError as error:
        problems += error.problems
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(place, line, 1, "not-utf-8", "this line is not UTF-8", "save the file as UTF-8"))
    except TemplateSyntaxError as error:
        problems.append(_problem(place, text, error.lineno, "template-syntax", error.message or "syntax error"))
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
    folders = {"templates": (project / "templates").resolve(), "default": builtin("templates").resolve()}
    place = _last_place(error, folders.values())
    if place is None:
        return None
    path, line = place
    label, folder = next((label, folder) for label, folder in folders.items() if path.is_relative_to(folder))
    name = f"{label}/{path.relative_to(folder).as_posix()}"
    try:
        text = text_of(project, name if label == "templates" else str(path))
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


def _problem(place: str, text: str, line: int, code: str, message: str, help: str = "") -> Problem:
    rows = text.split("\n")
    excerpt = rows[line - 1] if line <= len(rows) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    return Problem(place, line, column, code, message, help, excerpt=excerpt, width=max(1, len(excerpt.strip())))
