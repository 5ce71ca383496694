"""The story of a build: read, link, review, route, render, publish. Nothing is written before everything is right."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tiebreak import content, templates, theming
from tiebreak.link import link
from tiebreak.model import Site
from tiebreak.problems import Problem, SiteError, errors, in_order
from tiebreak.publish import manifest_for, publish
from tiebreak.render import render
from tiebreak.review import review
from tiebreak.routes import Output, collisions, routes


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do. Paths are absolute or relative to the working directory."""

    project: Path
    output: Path | None = None  # `site/` in the project
    base_url: str | None = None
    drafts: bool = False
    jobs: int | None = None  # one a core
    fresh: bool = False
    strict: bool = False
    manifest: Path | None = None  # the list of what was written; by default in `.tiebreak/`


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: every path of the site, what changed among them, and the warnings."""

    output: Path
    paths: tuple[str, ...]
    done: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A project that can be built: the site as a value, and every file it consists of."""

    site: Site
    outputs: list[Output]
    static: list[theming.StaticFile]
    style: bytes
    problems: tuple[Problem, ...]


def build(options: Options) -> Report:
    """Build the project into its output folder.

    Raises SiteError, with every problem, before anything is written.
    """
    plan = prepare(options)
    files = list(_files(plan, options))
    output = options.output or options.project / "site"
    manifest = options.manifest or manifest_for(options.project, output)
    done = publish(files, output, manifest, fresh=options.fresh)
    return Report(output, tuple(path for path, _ in files), done, plan.problems)


def prepare(options: Options) -> Plan:
    """Everything up to rendering. Raises SiteError with all problems of all files; with `strict`, for warnings too."""
    problems, plan = _examine(options)
    if plan is None or errors(problems) or (options.strict and problems):
        raise SiteError(problems)
    return replace(plan, problems=in_order(problems))


def check(options: Options, today: date) -> tuple[Problem, ...]:
    """Every problem of every file, drafts included, and of what the templates make of them."""
    options = replace(options, drafts=True)
    problems, plan = _examine(options, today)
    if plan is not None and not errors(problems):
        try:
            list(_files(plan, options))
        except SiteError as error:
            problems += error.problems
    return in_order(problems)


def _examine(options: Options, today: date | None = None) -> tuple[list[Problem], Plan | None]:
    project = content.read(options.project, jobs=_jobs(options))
    site, problems = link(project, drafts=options.drafts)
    if today and options.drafts:
        # What leads to a draft is sound only as long as drafts are published.
        problems += link(project)[1]
    problems = [*project.problems, *problems, *templates.check(options.project)]
    if site is None:
        return problems, None
    if options.base_url:
        site = site.with_settings(base_url=options.base_url)
    problems += review(project, site, today)
    static, style = theming.static_files(options.project)
    outputs = routes(site)
    problems += _collisions(project, outputs, static)
    return problems, Plan(site, outputs, static, style, ())


def _files(plan: Plan, options: Options) -> Iterator[tuple[str, bytes]]:
    stylesheet = theming.stylesheet_path(plan.style)
    yield from render(plan.site, options.project, plan.outputs, stylesheet="/" + stylesheet, jobs=_jobs(options))
    yield from ((output.path, (options.project / output.copy).read_bytes()) for output in plan.outputs if output.copy)
    yield from ((static.path, static.file.read_bytes()) for static in plan.static)
    yield stylesheet, plan.style


def _jobs(options: Options) -> int:
    return options.jobs or os.cpu_count() or 1


def _collisions(project: content.Project, outputs: list[Output], static: list[theming.StaticFile]) -> list[Problem]:
    """Two things that want one address, told at the one that asks for it second."""
    parsed: list[content.Parsed[Any]] = [*project.comparisons.values(), *project.pages.values()]
    documents = {one.document.path: one.document for one in parsed}
    files = [Output(file.path, copy=str(file.file), origin=f"static/{file.path}") for file in static]
    problems = []
    for collision in collisions([*outputs, *files]):
        second = collision.second
        owner = collision.first.origin or "the site itself"
        message = f'"/{second.path.removesuffix("index.html")}" is already taken by {owner}'
        help = "rename one of the two" if collision.first.origin else "rename it"
        if second.at[:1] == ("aliases",):
            help = f"{help}, or take the alias out"
        elif not collision.first.origin and second.origin.startswith("static/"):
            help = "rename it; a template of that name would change what the site writes"
        document = documents.get(second.origin)
        if document is None:
            problems.append(Problem(second.origin or "content", 0, 0, "url-collision", message, help=help))
        else:
            problems.append(document.problem("url-collision", message, second.at, help=help))
    return problems
