"""What a template depends on: the templates that it includes, and the attributes of the site that it mentions."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from tiebreak.model import digest, digest_of
from tiebreak.pages import messages
from tiebreak.storage import builtin_files, project_files, read_bytes
from tiebreak.theme import fonts
from tiebreak.theme.environment import CHART_PART


@dataclass(frozen=True)
class Reach:
    """What a page may show because of its template: every template that it may load, and the attributes of the site
    that these mention. `attributes` is None when they may read any of them.
    """

    sources: Mapping[str, bytes]  # the digest of each, by name
    attributes: frozenset[str] | None

    @property
    def digest(self) -> bytes:
        return digest(sorted(self.sources.items()))

    def shown(self, site: object) -> object:
        """The values of these attributes."""
        if self.attributes is None:
            return site
        return [(name, getattr(site, name, None)) for name in sorted(self.attributes)]


def reaches(project: Path, names: Iterable[str]) -> dict[str, Reach]:
    """The dependencies of each of these templates, by name. The project's own templates come before the built-in
    ones.
    """
    own, default = own_templates(project), builtin_templates()
    files = default | own | {f"default/{name}": file for name, file in default.items()}
    step = cache(lambda name: _step(read_bytes(project, files[name])))
    return {name: _reach(name, files.keys(), step) for name in names if name in files}


def own_templates(project: Path) -> dict[str, str]:
    """The project's templates, by name, as folders.data_of takes them; messages.py and fonts.py read what lies beside
    them.
    """
    return {name: f"templates/{name}" for name in project_files(project, "templates") if _is_template(name)}


def builtin_templates() -> dict[str, str]:
    return {name: str(file) for name, file in builtin_files("templates").items() if _is_template(name)}


def _is_template(name: str) -> bool:
    return not name.startswith((f"{messages.FOLDER}/", f"{fonts.FOLDER}/"))


class _Step(NamedTuple):
    """What one template adds to a reach."""

    digest: bytes
    referenced: frozenset[str | None]
    attributes: frozenset[str] | None


@lru_cache(maxsize=256)  # a preview asks anew of all the theme's when one of them was edited
def _step(source: bytes) -> _Step:
    tree = _tree(source)
    if tree is None:
        return _Step(digest_of(source), frozenset(), None)
    referenced = {*meta.find_referenced_templates(tree), *_of_prose(tree)}
    return _Step(digest_of(source), frozenset(referenced), _mentions(tree))


def _of_prose(tree: nodes.Template) -> frozenset[str]:
    """The template that the filter `prose` takes charts from, where it is used."""
    return frozenset({CHART_PART} if any(one.name == "prose" for one in tree.find_all(nodes.Filter)) else ())


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
    """The attributes `x` of every `site.x`; None when `site` is also used by itself, and any of them may be read."""
    direct = [node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)]
    named = {node.attr for node in direct if node.node.name == "site"}  # type: ignore[attr-defined]
    alone = sum(node.name == "site" for node in tree.find_all(nodes.Name))
    return frozenset(named) if alone == sum(node.node.name == "site" for node in direct) else None  # type: ignore[attr-defined]
