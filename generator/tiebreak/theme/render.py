"""Outputs to bytes: a template with its context, every address in it made right for where the page lies."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError

from tiebreak.model import Site, digest
from tiebreak.pages import Output
from tiebreak.problems import SiteError
from tiebreak.storage import Cache
from tiebreak.theme import checks, environment
from tiebreak.theme.assets import Theme
from tiebreak.theme.dependencies import Reach


@dataclass(frozen=True)
class Renderer:
    """Makes the pages of one site with one theme."""

    site: Site
    project: Path
    theme: Theme
    reaches: Mapping[str, Reach]  # of each template
    cache: Cache

    def __getstate__(self) -> dict[str, Any]:
        """Without what each process makes for itself."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def adopt(self, last: "Renderer | None") -> "Renderer":
        """This renderer, with the templates that `last` has compiled, where they are the same."""
        if last is not None and last._theme == self._theme and "_environment" in last.__dict__:
            self.__dict__["_environment"] = last._environment
        return self

    def key(self, path: str, template: str, shown: object) -> bytes:
        """The digest of everything that a page can show, of which `shown` is what no other page does.

        Two builds that give a page one key make the same bytes of it, whatever else has changed between them.
        """
        if not template:
            return digest(("empty", path))
        return digest((path, root_for(path, self.site), self.shared(template), shown))

    def shared(self, template: str) -> bytes:
        """The digest of what all pages of a template can show."""
        if template not in self._digests:
            reach = self.reaches[template]
            parts = (reach.digest, self.site.settings, self.theme, reach.shown(self.site))
            self._digests[template] = digest(parts)
        return self._digests[template]

    def page(self, output: Output) -> bytes:
        """The bytes of an output. Raises SiteError when its template fails."""
        if not output.template:
            return b""
        try:
            template = self._environment.get_template(output.template)
            text = template.render(site=self.site, **output.context)
        except (
            TemplateError,
            TypeError,
            AttributeError,
            ValueError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as error:
            problem = checks.failure(self.project, error)
            if problem is None:
                raise
            raise SiteError([problem]) from error
        return text.replace(environment.ROOT, root_for(output.path, self.site)).encode()

    @property
    def _theme(self) -> tuple[object, ...]:
        """All that the environment is made of."""
        return self.project, self.site.settings, self.theme, self.reaches

    @cached_property
    def _environment(self) -> Environment:
        return environment.environment(self.project, self.site.settings, self.theme, self.cache)

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        return {}


def root_for(path: str, site: Site) -> str:
    """What stands before an address on the page at `path`.

    Pages link relatively, so that a site works under any prefix; the feed and the page for missing addresses are read
    from anywhere, so they do not.
    """
    if path.endswith(".xml") or path == "robots.txt":
        return site.settings.base_url
    if path in ("404.html", "_redirects"):
        return site.settings.prefix
    return "../" * path.count("/") or "./"
