"""Stands in for what workers do: importable, so that a process that is spawned finds it."""

import os
from collections.abc import Iterable, Iterator, Mapping

from tiebreak.problems import Problem, SiteError

Said = tuple[str, int, tuple[str, ...]]


class Hands:
    """Says of each path which process has it, and what that process was told before."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def hear(self, word: str) -> None:
        self.told.append(word)

    def say(self, paths: Iterable[str]) -> Iterator[Said]:
        for path in paths:
            yield path, os.getpid(), tuple(self.told)

    def work(self, paths: Mapping[str, int], factor: int) -> Iterator[tuple[str, int]]:
        for path, number in paths.items():
            yield path, number * factor

    def fail(self, paths: Iterable[str], bad: str) -> Iterator[str]:
        for path in paths:
            if path == bad:
                raise SiteError([Problem(path, 1, 1, "x", "bad")])
            yield path

    def misunderstand(self, word: str) -> None:
        raise ValueError(word) from KeyError("cause")
