"""Collects the problems of an SVG, each with its position, up to a limit."""

from collections.abc import Sequence

from tiebreak.media.svg_attributes import TAKE_OUT
from tiebreak.problems import Problem

MOST = 100  # problems that are told of one drawing


class EnoughError(Exception):
    """There are too many problems to go on."""


class Problems:
    """The problems of one SVG."""

    def __init__(self, file: str) -> None:
        self.found: list[Problem] = []
        self._file = file

    def add(self, text: bytes, at: int, width: int, code: str, message: str, help: str) -> None:
        """Add a problem at the byte `at` of the text. Raises EnoughError when there are too many."""
        start = text.rfind(b"\n", 0, at) + 1
        line = text.count(b"\n", 0, at) + 1
        column = len(text[start:at].decode("utf-8", "replace")) + 1
        if self.found and self.found[-1].line == line:
            excerpt = self.found[-1].excerpt  # a line of megabytes is kept once
        else:
            excerpt = text[start:].partition(b"\n")[0].decode()
        self.found.append(Problem(self._file, line, column, code, message, help, excerpt=excerpt, width=width))
        if len(self.found) == MOST:
            message = f"more is wrong with this drawing than the {MOST} things that are told"
            self.found.append(Problem(self._file, 0, 0, "bad-svg", message, TAKE_OUT))
            raise EnoughError


def within(pieces: Sequence[tuple[int, str]], offset: int) -> int:
    """The byte of the drawing where the character at `offset` is, in a text that was put together from `pieces`."""
    for at, text in pieces:
        if offset < len(text):
            return at + len(text[:offset].encode())
        offset -= len(text)
    return pieces[-1][0]
