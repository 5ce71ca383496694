"""Whole sites to look at: the sample project that uses every feature, and the repository's own content."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from tiebreak.build.pipeline import Options, build
from tiebreak.storage import RESULTS

ROOT = Path(__file__).resolve().parents[2]
DRINKS = ROOT / "tests/sites/drinks"
PREFIX = "/deep/prefix/"
BASE_URL = f"https://example.org{PREFIX}"


def copied(project: Path, folder: Path) -> Path:
    """A copy of `project`'s content and results under `folder`; its files have the time of now."""
    for part in ("content", RESULTS) if (project / RESULTS).is_dir() else ("content",):
        shutil.copytree(project / part, folder / part, copy_function=shutil.copyfile)
    return folder


def publish_copy(project: Path, folder: Path) -> Path:
    """Build such a copy, for BASE_URL; returns the output folder."""
    return build(Options(project=copied(project, folder), base_url=BASE_URL)).output


def pages(site: Path) -> list[str]:
    """Every HTML file of a site, as a path relative to it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def address(page: str) -> str:
    """What a reader asks for to get `page`, relative to the front page."""
    return page.removesuffix("index.html")


def parsed(site: Path, page: str) -> html.HtmlElement:
    return html.document_fromstring((site / page).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def snapshot(site: Path) -> dict[str, str]:
    """Every text of a site by path, without the digests in the names of styles and scripts, which change with them."""
    return dict(_texts(site))


def _texts(site: Path) -> Iterator[tuple[str, str]]:
    names = {made.name: re.sub(r"\.[0-9a-f]{12}\b", "", made.name) for made in (site / "assets").iterdir()}
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if file.is_file() and not path.startswith(("assets/", "fonts/")) and file.suffix != ".png":
            text = file.read_text("utf-8")
            for name, plain in names.items():
                text = text.replace(name, plain)
            yield path, text
