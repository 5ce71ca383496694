"""One valid project with nothing to complain of, and values like those that come of it, for tests to vary."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tiebreak import content
from tiebreak.link import link
from tiebreak.model import UNKNOWN, Comparison, Factor, Prose, Settings, Site, Subject
from tiebreak.names import slugify
from tiebreak.problems import Problem, in_order

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

FILES: dict[str, str] = {"content/site.yaml": SITE, "content/compare/tea-vs-coffee.md": COMPARISON}


def changed(*pairs: tuple[str, str], text: str = COMPARISON) -> str:
    """`text` with each old part, which must be in it, replaced by the new one."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def linked(project: Path, *, drafts: bool = False) -> tuple[Site, list[Problem]]:
    """The site that a project describes, and everything that reading and linking it complains of."""
    found = content.read(project)
    site, problems = link(found, drafts=drafts)
    assert site is not None
    return site, [*found.problems, *problems]


def texts(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `code: message`, in the order in which an author reads files."""
    return [f"{problem.code}: {problem.message}" for problem in in_order(problems)]


def compared(*names: str, won: str = "", weights: Sequence[int] = (), **fields: Any) -> Comparison:
    """A comparison as a value; `won` says who wins the rows: `A` a subject, `A+B` shared, `=` a tie, `?` nobody."""
    subjects = tuple(Subject(slugify(name), name) for name in names)
    ids = tuple(subject.id for subject in subjects)
    said: dict[str, tuple[str, ...]] = {"=": ids, "?": ()}
    rows = tuple(
        Factor(f"row-{place}", f"Row {place}", (UNKNOWN,) * len(ids), said.get(sides) or _sides(sides), weight)
        for place, (sides, weight) in enumerate(zip_longest(won.split(), weights, fillvalue=1), 1)
        if isinstance(sides, str)
    )
    return Comparison(
        **{
            "slug": "-vs-".join(ids),
            "origin": f"content/compare/{'-vs-'.join(ids)}.md",
            "subjects": subjects,
            "pick": None,
            "why": Prose("", ""),
            "factors": rows,
            "verdict": (Prose("", ""),) * len(ids),
            "body": Prose("", ""),
            **fields,
        }
    )


def _sides(said: str) -> tuple[str, ...]:
    return () if said == "?" else tuple(slugify(name) for name in said.split("+"))


def published(*comparisons: Comparison) -> Site:
    """A site as a value."""
    return Site(Settings("Picks", "https://example.org/picks/"), comparisons, {})
