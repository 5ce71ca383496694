"""The files of a site as its host takes them, and what is to be told of that, each at its key in the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tiebreak.content import SETTINGS, front_matter
from tiebreak.hosts import DeployedSite, Notice, hosted
from tiebreak.model import Settings
from tiebreak.pages import Output
from tiebreak.problems import Problem
from tiebreak.storage import read_bytes
from tiebreak.theme import HASHED, assets


@dataclass(frozen=True)
class ForHost:
    """The outputs that a host takes, and problems of the settings."""

    outputs: Sequence[Output]
    problems: tuple[Problem, ...]


def for_host(
    project: Path,
    settings: Settings,
    outputs: Sequence[Output],
    files: assets.Assets,
    *,
    search: bool,
    compressed: bool,
) -> ForHost:
    """The outputs for the host that the settings name, if they name one."""
    site = DeployedSite(settings.base_url, search, files.stylesheets, files.scripts, HASHED, compressed)
    taken = hosted(settings.host, outputs, site)
    return ForHost(taken.outputs, tuple(_located(project, one) for one in taken.said))


def _located(project: Path, said: Notice) -> Problem:
    document, _ = front_matter.read(SETTINGS, read_bytes(project, SETTINGS))
    return document.problem(said.code, said.message, (said.at,), help=said.help, severity=said.severity)
