"""`tiebreak due`: the facts to check again, in the order in which that pays."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tiebreak.cli.options import project_option, today_option, without_collection
from tiebreak.cli.reporting import reporting, say

if TYPE_CHECKING:
    from tiebreak.rules import Recheck


@click.command()
@project_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    help="How to print it; ics is a calendar.",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Print the first N alone.")
@today_option
@reporting
def due(project: Path, kind: str, limit: int | None, today: date | None) -> None:
    """Print which facts to check again, in the order that pays."""
    from tiebreak.build import pipeline as builder

    without_collection()
    today, found = builder.due(builder.Options(project=project, today=today))
    shown = found[:limit]
    if kind == "ics":
        click.echo(_calendar(shown, today), nl=False)
    elif kind == "json":
        click.echo(_json(shown))
    else:
        for one in shown:
            click.echo(_line(one, today))
        late = sum(one.late for one in found)
        say(f"{late:,} of {len(found):,} are due" if found else "nothing ages here: no `max_age` says after how long")


def _line(one: "Recheck", today: date) -> str:
    from tiebreak.characters import visible

    return visible(f"{one.file}:{one.line}:{one.column}: {_said(one, today)}")


def _said(one: "Recheck", today: date) -> str:
    """What to check, since when it is due, and what leans on it."""
    if one.due is None:
        when = "no date"
    elif one.due < today:
        when = f"checked {one.checked}, due since {one.due}"
    else:
        when = f"checked {one.checked}, due {one.due}"
    source = f", its source changed {one.changed}" if one.changed else ""
    pages = (
        f"{len(one.pages)} page{'' if len(one.pages) == 1 else 's'}, weight {one.weight}" if one.pages else "no page"
    )
    return f"{one.name}, {one.label}: {when}{source}; {pages}"


def _json(found: "Sequence[Recheck]") -> str:
    from tiebreak.characters import in_json

    items = [
        {
            "path": one.file,
            "line": one.line,
            "column": one.column,
            "subject": one.subject,
            "factor": one.factor,
            "name": one.name,
            "label": one.label,
            "checked": one.checked and one.checked.isoformat(),
            "due": one.due and one.due.isoformat(),
            "late": one.late,
            "changed": one.changed and one.changed.isoformat(),
            "sources": one.sources,
            "pages": one.pages,
            "weight": one.weight,
            "likelihood": round(one.likelihood, 3),
            "score": round(one.score, 3),
        }
        for one in found
    ]
    return in_json(json.dumps(items, indent=2, ensure_ascii=False))


def _calendar(found: "Sequence[Recheck]", today: date) -> bytes:
    from tiebreak.cli import calendar

    return calendar.of([(one, max(one.due or today, today), _said(one, today)) for one in found], today)
