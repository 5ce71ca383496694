"""Renders outputs to bytes, and makes the key of each page, by which a build decides whether the page is stale."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError

from tiebreak.model import Settings, Site, digest
from tiebreak.pages import Output
from tiebreak.problems import SiteError
from tiebreak.social import Card, Fonts, draw
from tiebreak.storage import Cache
from tiebreak.theme import checks, environment, fonts
from tiebreak.theme.assets import Theme
from tiebreak.theme.dependencies import Reach
from tiebreak.theme.fragments import Fragments


@dataclass(frozen=True)
class Templates:
    """All that pages are made with, but for the site. What is compiled of it stays in the process that compiled it."""

    project: Path
    settings: Settings
    theme: Theme
    reaches: Mapping[str, Reach]  # of each template
    cache: Cache = field(compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Without what each process makes for itself."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def environment(self) -> Environment:
        made = environment.environment(self.project, self.settings, self.theme, self.cache)
        made.globals["each"] = self.fragments.each
        return made

    @cached_property
    def fragments(self) -> Fragments:
        sources = [(name, reach.digest) for name, reach in sorted(self.reaches.items())]
        return Fragments(self.cache, self.settings, self.theme, sources)

    @cached_property
    def fonts(self) -> Fonts:
        return Fonts(fonts.read(self.project))


@dataclass(frozen=True)
class Renderer:
    """Makes the pages of one site."""

    site: Site
    templates: Templates

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the digests, which each process works out for itself."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def adopt(self, last: "Renderer | None") -> "Renderer":
        """This renderer, with the templates that `last` has compiled, where they are the same."""
        if last is None or last is self or last.templates != self.templates:
            return self
        return replace(self, templates=last.templates)

    def page_key(self, output_path: str, template: str, shown: object) -> bytes:
        """The digest of everything that a page can show; a page with another key than the last build's is stale.

        `shown` is what only this page shows. Pages with the same key have the same bytes, whatever else has changed.
        """
        if not template:
            return digest(("empty", output_path))
        return digest((output_path, root_for(output_path, self.site), self.template_key(template), shown))

    @cached_property
    def common_key(self) -> bytes:
        """The digest of what any file can show that is made without a template: settings, and texts of the theme."""
        return digest((self.templates.settings, self.templates.theme.messages))

    def template_key(self, template: str) -> bytes:
        """The digest of what all pages of one template can show."""
        if template not in self._digests:
            reach = self.templates.reaches[template]
            parts = (reach.digest, self.templates.settings, self.templates.theme, reach.shown(self.site))
            self._digests[template] = digest(parts)
        return self._digests[template]

    def picture_key(self, output_path: str, card: Card) -> bytes:
        """The digest of everything that a picture shows, the fonts among it."""
        return digest((output_path, self.templates.theme.fonts, card))

    def picture(self, card: Card) -> bytes:
        """The bytes of a picture."""
        return draw(card, self.templates.fonts)

    def page(self, output: Output) -> bytes:
        """The bytes of an output. Raises SiteError when its template fails."""
        if not output.template:
            return b""
        try:
            template = self.templates.environment.get_template(output.template)
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
            problem = checks.failure(self.templates.project, error)
            if problem is None:
                raise
            raise SiteError([problem]) from error
        return text.replace(environment.ROOT, root_for(output.output_path, self.site)).encode()

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        return {}


def root_for(output_path: str, site: Site) -> str:
    """What is put before each URL within the site on the page at `output_path`.

    Pages link relatively, so that a site works under any prefix. The feed and the page for missing addresses are read
    from anywhere, so their URLs are absolute or begin at the root.
    """
    if output_path.endswith(".xml") or output_path == "robots.txt":
        return site.settings.base_url
    if output_path in ("404.html", "_redirects"):
        return site.settings.prefix
    return "../" * output_path.count("/") or "./"
