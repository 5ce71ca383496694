"""Outputs to bytes: a template with its context, every address in it made right for where the page lies."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from jinja2 import Environment, TemplateError

from tiebreak import templates, theming
from tiebreak.model import Site
from tiebreak.problems import SiteError
from tiebreak.routes import Output, routes

# Below this many pages a second process costs more than it saves.
WORTH_A_POOL = 300


def render(
    site: Site, project: Path, outputs: list[Output], *, stylesheet: str, jobs: int = 1
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every output that has a template or is empty, in order.

    Raises SiteError when a template fails.
    """
    made = [output for output in outputs if not output.copy]
    if jobs == 1 or len(made) < WORTH_A_POOL:
        yield from _pages(site, project, stylesheet, made)
        return
    share = partial(_share, site, project, stylesheet, jobs)
    with ProcessPoolExecutor(jobs) as pool:
        shares = list(pool.map(share, range(jobs)))
    yield from (shares[place % jobs][place // jobs] for place in range(len(made)))


def _share(site: Site, project: Path, stylesheet: str, jobs: int, number: int) -> list[tuple[str, bytes]]:
    """Every `jobs`-th page; the routes are made anew, which costs less than sending every page's context."""
    made = [output for output in routes(site) if not output.copy]
    return list(_pages(site, project, stylesheet, made[number::jobs]))


def _pages(site: Site, project: Path, stylesheet: str, outputs: Iterable[Output]) -> Iterator[tuple[str, bytes]]:
    environment = theming.environment(project, site.settings, stylesheet)
    for output in outputs:
        yield output.path, _page(environment, site, project, output)


def _page(environment: Environment, site: Site, project: Path, output: Output) -> bytes:
    if not output.template:
        return b""
    try:
        text = environment.get_template(output.template).render(site=site, **output.context)
    except (
        TemplateError,
        TypeError,
        AttributeError,
        ValueError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        problem = templates.failure(project, error)
        if problem is None:
            raise
        raise SiteError([problem]) from error
    return text.replace(theming.ROOT, root_for(output.path, site)).encode()


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
