"""A comparison as JSON: all that its page says but the argument, in the form that schema.json describes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from tiebreak.model import Cell, CellChange, Change, Comparison, Factor, flips
from tiebreak.pages import SCHEMA, phrases
from tiebreak.twins.texts import Texts

VERSION = 1  # grows when a key goes or changes its meaning; a new key leaves it as it is
_SCHEMA = Path(__file__).with_name("schema.json")


def schema() -> bytes:
    """The JSON Schema (2020-12) of these files, as a file."""
    return _SCHEMA.read_bytes()


def data_json(comparison: Comparison, texts: Texts) -> bytes:
    """The bytes of the file. Keys that would say nothing are left out; addresses are absolute, texts are plain."""
    text = json.dumps(data_of(comparison, texts), ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def data_of(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    """What stands in it."""
    parts = (_frame, _dates, _ruling, _rest)
    return {key: value for part in parts for key, value in part(comparison, texts).items()}


def _frame(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    """What it is, and where it is to be had."""
    settings, smart = texts.settings, texts.smart
    return _full(
        {
            "$schema": settings.absolute(f"/{SCHEMA}"),
            "version": VERSION,
            "url": settings.absolute(comparison.path),
            "site": {"title": smart(settings.title), "url": settings.base_url},
            "files": {
                "markdown": settings.absolute(f"{comparison.path}index.md"),
                "csv": settings.absolute(f"{comparison.path}table.csv"),
            },
            "language": settings.language,
            "title": smart(comparison.shown_title),
            "tagline": smart(comparison.tagline),
            "category": comparison.category,
            "tags": list(comparison.tags),
        }
    ) | {"summary": smart(comparison.summary)}


def _dates(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    return _full(
        {
            "published": _day(comparison.published),
            "updated": _day(comparison.updated),
            "checked": _day(comparison.checked),
            "author": texts.smart(comparison.author),
            "reviewer": texts.smart(comparison.reviewer),
            "draft": comparison.draft,
        }
    )


def _ruling(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    plain, closeness = texts.plain, comparison.closeness
    more = {
        "closeness": closeness and closeness.value,
        "override": comparison.override and plain(comparison.override),
        "disclosure": comparison.disclosure and plain(comparison.disclosure),
        "flips": _flips(comparison, texts),
    }
    return {
        "subjects": [_subject(comparison, place, texts) for place in range(len(comparison.subjects))],
        "pick": comparison.pick and comparison.pick.id,
        "why": plain(comparison.why),
        **_full(more),
        "verdict": [{"subject": one.id, "use_if": plain(when)} for one, when in comparison.advice],
        "factors": [_factor(comparison, row, texts) for _, rows in comparison.groups for row in rows],
    }


def _rest(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    smart, plain = texts.smart, texts.plain
    return _full(
        {
            "consider": [
                _full({"name": smart(one.name), "consider_if": plain(one.when), "url": _url(one.path, texts)})
                for one in comparison.consider
            ],
            "left_out": [
                _full({"name": smart(one.name), "why": plain(one.why), "url": _url(one.path, texts)})
                for one in comparison.left_out
            ],
            "faq": [{"question": smart(one.question), "answer": plain(one.answer)} for one in comparison.faq],
            "presets": [
                _full({"name": smart(one.name), "note": smart(one.note)}) | {"weights": dict(one.weights)}
                for one in comparison.presets
            ],
            "sources": [_source(comparison, place, texts) for place in range(len(comparison.sources))],
            "changes": [_change(one, texts) for one in comparison.changes],
        }
    )


def _subject(comparison: Comparison, place: int, texts: Texts) -> dict[str, Any]:
    subject, balance = comparison.subjects[place], comparison.balance
    return {
        "id": subject.id,
        "name": subject.name,
        "url": texts.settings.absolute(subject.path),
        "points": balance.weights[place],
        "rows": balance.rows[place],
        **_full(
            {
                "kind": subject.kind,
                "homepage": subject.homepage,
                "version": subject.version,
                "measured": comparison.measured_on[place],
                "license": subject.license,
            }
        ),
    }


def _factor(comparison: Comparison, row: Factor, texts: Texts) -> dict[str, Any]:
    more = {
        "group": texts.smart(row.group),
        "unit": row.unit,
        "better": row.better,
        "winners": list(row.winners),
        "tied": row.tied,
        "decisive": row.decisive,
        "note": row.note and texts.plain(row.note),
        "override": row.override and texts.plain(row.override),
    }
    return {
        "id": row.id,
        "label": texts.smart(row.shown),
        "url": f"{texts.settings.absolute(comparison.path)}#factor-{row.id}",
        "weight": row.weight,
        **_full(more),
        "cells": [_cell(comparison, row, place, texts) for place in range(len(row.cells))],
    }


def _cell(comparison: Comparison, row: Factor, place: int, texts: Texts) -> dict[str, Any]:
    cell, id = row.cells[place], comparison.subjects[place].id
    return {"subject": id} | _full(
        {
            "state": cell.state and cell.state.value,
            "text": cell.text and texts.plain(cell.text),
            "value": cell.value if cell.value is None else cell.plain,
            **_amounts(cell),
            "version": cell.version,
            "wins": id in row.winners and not row.tied,
            "kind": cell.kind and cell.kind.value,
            "quote": texts.smart(cell.quote),
            "checked": _day(cell.checked),
            "by": cell.by,
            "due": _day(cell.due),
            "stale": cell.stale,
            "sources": [
                {"source": number} | _full({"found": comparison.sources[number - 1].url in cell.found_in})
                for number in comparison.marks(cell)
            ],
        }
    )


def _amounts(cell: Cell) -> dict[str, Any]:
    """The number to compare by, as JSON writes numbers, and between what it lies."""
    number = cell.number
    amount = None if number is None else int(number) if number == int(number) else float(number)
    return {"number": amount, "unit": cell.unit, "low": cell.low, "high": cell.high, "runs": cell.runs}


def _flips(comparison: Comparison, texts: Texts) -> dict[str, Any] | None:
    said = phrases.describe_flips(texts.messages, comparison)
    ids = comparison.subject_ids
    rows = [
        {"factor": one.tick.id, "weight": one.weight, "leaders": [ids[place] for place in one.newcomers]}
        | _full({"level": one.weight == one.level})
        for one in flips(comparison.balance)
        if not one.is_now
    ]
    return {"text": texts.smart(said), "rows": rows} if said else None


def _source(comparison: Comparison, place: int, texts: Texts) -> dict[str, Any]:
    source = comparison.sources[place]
    rows = [
        {"factor": one.factor.id} | _full({"found": one.found, "confirmed": _day(one.confirmed), "by": list(one.by)})
        for one in comparison.leaning_on(source)
    ]
    more = {
        "accessed": _day(source.accessed),
        "alive": _day(source.alive),
        "quotes": [texts.smart(quote) for quote in comparison.quotes(source)],
        "rows": rows,
    }
    url = texts.settings.absolute(source.url)
    return {"number": place + 1, "title": texts.smart(source.title), "url": url, **_full(more)}


def _change(change: Change | CellChange, texts: Texts) -> dict[str, Any]:
    why = texts.smart(change.why)
    if isinstance(change, Change):
        return {"date": change.date.isoformat(), "was": change.was, **_full({"why": why})}
    said = {"date": change.date.isoformat(), "was": texts.smart(change.was), "factor": texts.smart(change.row)}
    return said | {"subject": change.subject, "now": texts.smart(change.now), **_full({"why": why})}


def _url(path: str | None, texts: Texts) -> str:
    return texts.settings.absolute(path) if path else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _full(values: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; the number 0 says something."""
    return {key: value for key, value in values.items() if value or (value == 0 and value is not False)}
