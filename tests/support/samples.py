"""One valid project with nothing to complain of, and values like those that come of it, for tests to vary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tiebreak.build.articles import Articles
from tiebreak.build.load import LoadedSite, SiteLoader
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers
from tiebreak.content.project import Project, open_project, parse, read_project
from tiebreak.content.schema import ComparisonEntry
from tiebreak.linking.comparison import link_comparison
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.linking.trace import Trace
from tiebreak.markdown import Dialect
from tiebreak.model.balance import weigh
from tiebreak.model.cell import UNKNOWN
from tiebreak.model.comparison import Comparison
from tiebreak.model.prose import Prose
from tiebreak.model.site import Listing, Settings, Site
from tiebreak.model.slugs import slugify
from tiebreak.model.table import Factor, Subject
from tiebreak.pages import messages
from tiebreak.problems import Problem, errors, flat, in_order
from tiebreak.storage import folders, snapshot
from tiebreak.storage.cache import Cache
from tiebreak.theme import dependencies
from tiebreak.theme.assets import Stylesheets, Theme
from tiebreak.theme.render import Renderer, Templates

SITE = """\
title: Picks
base_url: https://example.org/picks/
"""

COMPARISON = """\
---
summary: Tea for calm, coffee for speed.
subjects: [Tea, Coffee]
pick: tea
why: It lets you sleep.
factors:
  - factor: Caffeine
    cells: {tea: Some, coffee: Much}
    wins: tea
verdict:
  tea: You want to sleep.
  coffee: You want to wake.
published: 2026-04-02
---
## The argument

Tea is calmer.
"""

ENGLISH, *_ = messages.read(Path(), "en")

FILES: dict[str, str] = {"content/site.yaml": SITE, "content/compare/tea-vs-coffee.md": COMPARISON}


def changed(*pairs: tuple[str, str], text: str = COMPARISON) -> str:
    """`text` with each old part, which must be in it, replaced by the new one."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(project: Path) -> Project:
    """What is read of a project before its comparisons are."""
    found = open_project(project, snapshot.scan(project, folders.INPUTS))
    read_project(found, Cache(None))
    return found


def loaded_site(project: Path, *, drafts: bool = False, today: date | None = None, jobs: int = 1) -> LoadedSite:
    """The site of a project, read and linked from nothing, in so many processes."""
    cache = Cache(None)
    workers = Workers(Articles(project, cache), jobs)
    inputs = snapshot.scan(project, folders.INPUTS)
    try:
        loader = SiteLoader(project, workers, cache, Timer(), drafts, day=today, future=True, judging=True)
        return loader.load(inputs, inputs.paths, None)
    finally:
        workers.close()


@dataclass(frozen=True)
class Whole(Site):
    """A site with its comparisons in full, too, in the same order: a build has only one of them at hand at a time."""

    whole: tuple[Comparison, ...] = ()


def linked(project: Path, *, drafts: bool = False) -> tuple[Whole, list[Problem]]:
    """The site that a project describes, and all the errors in its files."""
    loaded = loaded_site(project, drafts=drafts)
    site = loaded.site
    assert site is not None
    whole = tuple(comparison(project, loaded.index, one.origin, dialect=loaded.dialect) for one in site.listings)
    return Whole(**{field.name: getattr(site, field.name) for field in fields(Site)}, whole=whole), mistakes(loaded)


def renderer(project: Path) -> Renderer:
    """What makes the pages of a project, without writing them."""
    site = loaded_site(project).site
    assert site is not None
    used = folders.builtin_files("templates")
    theme = Theme(Stylesheets("/style.css", "/print.css"), "/js/", messages.read(project, "en")[0])
    reaches = dependencies.reaches(project, used)
    return Renderer(site, Templates(project, site.settings, theme, reaches, Cache(None)))


def mistakes(loaded: LoadedSite) -> list[Problem]:
    """All the errors that were found."""
    return list(errors(flat(loaded.problems)))


TEXT_ONLY = Dialect()


def comparison(project: Path, index: Index, path: str, *, dialect: Dialect = TEXT_ONLY) -> Comparison:
    """The comparison in the file at `path`, whole."""
    parsed, _ = parse(project, path, ComparisonEntry, Cache(None), dialect)
    assert parsed is not None
    found = link_comparison(Context(Trace(index), parsed.document), Path(path).stem, parsed)
    assert found is not None
    return found


def texts(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `code: message`, in the order in which an author reads files."""
    return [f"{problem.code}: {problem.message}" for problem in in_order(problems)]


def compared(*names: str, won: str = "", weights: Sequence[int] = (), **fields: Any) -> Comparison:
    """A comparison as a value; `won` says who wins the rows: `A` a subject, `A+B` shared, `=` a tie, `?` nobody; `!`
    behind it that the row is decisive.
    """
    subjects = tuple(Subject(slugify(name), name) for name in names)
    ids = tuple(subject.id for subject in subjects)
    said: dict[str, tuple[str, ...]] = {"=": ids, "?": ()}
    rows = tuple(
        Factor(
            f"row-{place}",
            f"Row {place}",
            (UNKNOWN,) * len(ids),
            said.get(sides) or _sides(sides.rstrip("!")),
            weight,
            decisive=sides.endswith("!"),
        )
        for place, (sides, weight) in enumerate(zip_longest(won.split(), weights, fillvalue=1), 1)
        if isinstance(sides, str)
    )
    return Comparison(
        **{
            "slug": "-vs-".join(ids),
            "origin": f"content/compare/{'-vs-'.join(ids)}.md",
            "subjects": subjects,
            "pick": None,
            "why": Prose(""),
            "factors": rows,
            "balance": weigh(subjects, rows),
            "verdict": (Prose(""),) * len(ids),
            "body": Prose(""),
            **fields,
        }
    )


def _sides(said: str) -> tuple[str, ...]:
    return () if said == "?" else tuple(slugify(name) for name in said.split("+"))


def published(*comparisons: Comparison) -> Site:
    """A site as a value."""
    listings = tuple(Listing.of(comparison.card) for comparison in comparisons)
    subjects = {subject.id: subject for comparison in comparisons for subject in comparison.subjects}
    return Site(Settings("Picks", "https://example.org/picks/"), listings, subjects)
