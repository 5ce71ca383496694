"""Comments that have warnings ignored: where they stand in a file, what they name, and which lines they cover."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

import yaml

from tiebreak.content.document import Document
from tiebreak.content.slips import scalars
from tiebreak.markdown import code_lines

_SAID = r"[ \t]{0,9}tiebreak:[ \t]{0,9}ignore\b(?P<codes>\[[^\]\n]{0,500}\])?(?P<reason>[^\n]{0,1000}?)"
_IN_YAML = re.compile(rf"(?<![^ \t])#{_SAID}$")
_IN_MARKDOWN = re.compile(rf"(?<![^ \t])<!--{_SAID}-->(?=[ \t]*+$)")
_MARK = "tiebreak:"  # without it, no file has such a comment
_STACKED = 50  # lines between a comment and what it speaks of: others of its kind, and blank ones


@dataclass(frozen=True)
class Ignore:
    """One comment. `covers` are the lines of whose warnings it speaks; all lines and columns count from 1."""

    line: int
    column: int
    width: int
    codes: tuple[str, ...]
    reason: str
    covers: range


def find(document: Document) -> list[Ignore]:
    """The comments of a file that ignore something, in their order."""
    if _MARK not in document.text:
        return []
    lines = document.text.split("\n")
    front = [_ignore(lines, document.front_line + line, found) for line, found in _in_front(document)]
    return [*front, *(_ignore(lines, document.body_line + line, found) for line, found in _in_body(document.body))]


def without(body: str) -> str:
    """A body without these comments, line for line."""
    if _MARK not in body:
        return body
    lines = body.split("\n")
    for line, found in _in_body(body):
        lines[line - 1] = lines[line - 1][: found.start()].rstrip(" \t")
    return "\n".join(lines)


def _in_front(document: Document) -> Iterator[tuple[int, re.Match[str]]]:
    """Those of YAML, each with its line, outside of what is text to it."""
    try:
        texts = sorted((one.start_mark.index, one.end_mark.index) for one, _ in scalars(document.root))
    except (yaml.YAMLError, RecursionError):
        texts = []  # of such a file other things are told
    start = 0
    for number, line in enumerate(document.front.split("\n"), 1):
        if _MARK in line and (found := _IN_YAML.search(line)):
            before = bisect_right(texts, (start + found.start(), len(document.text)))
            if not before or texts[before - 1][1] <= start + found.start():
                yield number, found
        start += len(line) + 1


def _in_body(body: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Those of Markdown, each with its line, outside of fenced code."""
    code = code_lines(body) if _MARK in body else ()
    for number, line in enumerate(body.split("\n"), 1):
        if _MARK in line and number not in code and (found := _IN_MARKDOWN.search(line)):
            yield number, found


def _ignore(lines: Sequence[str], line: int, found: re.Match[str]) -> Ignore:
    """A comment that stands alone covers the next line that is none of its kind, or in Markdown the whole paragraph
    there; one behind something covers its own line.
    """
    covers = _below(lines, line, found.re) if _is_alone(found) else range(line, line + 1)
    codes = (code.strip() for code in (found["codes"] or "")[1:-1].split(","))
    reason = found["reason"].strip(" \t:-–—")
    return Ignore(line, found.start() + 1, found.end() - found.start(), tuple(filter(None, codes)), reason, covers)


def _below(lines: Sequence[str], line: int, comment: re.Pattern[str]) -> range:
    """The lines that a comment speaks of; its own where nothing is below it."""

    def is_said(text: str) -> bool:
        return bool(text.strip()) and not _is_alone(comment.search(text))

    following = enumerate(islice(lines, line, line + _STACKED), line + 1)
    start = next((number for number, text in following if is_said(text)), line)
    if start == line or comment is _IN_YAML:
        return range(start, start + 1)
    return range(start, start + sum(1 for _ in takewhile(is_said, islice(lines, start - 1, None))))


def _is_alone(found: re.Match[str] | None) -> bool:
    return found is not None and not found.string[: found.start()].strip()
