"""Files beside an article are published when no browser would run them."""

import struct
from pathlib import Path

import pytest

from tiebreak.attachments import DATA, IMAGES, attachment
from tiebreak.problems import Problem
from tiebreak.site import File

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(9)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><path d="M0 0h8v6z"/></svg>'


def beside(root: Path, path: str, data: bytes) -> File | Problem:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return attachment(root, path)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/compare/chart.png", "/compare/chart.png"),
        ("content/compare/a-vs-b/chart.png", "/compare/a-vs-b/chart.png"),
        ("content/pages/guide/chart.png", "/guide/chart.png"),
    ],
)
def test_a_file_lies_beside_its_article_on_the_site_too(tmp_path: Path, path: str, address: str) -> None:
    """A relative link leads to it either way."""
    assert beside(tmp_path, path, PNG) == File(address, path, (640, 480))


@pytest.mark.parametrize(("data", "size"), [(PNG, (640, 480)), (b"no image", None), (b"", None)])
def test_an_image_is_measured(tmp_path: Path, data: bytes, size: tuple[int, int] | None) -> None:
    """So that the page does not jump when it arrives; what cannot be measured is published all the same."""
    found = beside(tmp_path, "content/compare/a.png", data)
    assert isinstance(found, File)
    assert found.size == size


def test_a_drawing_is_measured(tmp_path: Path) -> None:
    """By the size that it states."""
    assert beside(tmp_path, "content/compare/a.svg", SVG) == File("/compare/a.svg", "content/compare/a.svg", (8, 6))


@pytest.mark.parametrize("suffix", sorted(DATA))
def test_data_is_published(tmp_path: Path, suffix: str) -> None:
    """Measurements can be had with the argument that rests on them."""
    assert isinstance(beside(tmp_path, f"content/compare/a{suffix}", b"1,2"), File)


@pytest.mark.parametrize(
    "name", ["a.html", "a.js", "a.xml", "a.xhtml", "a.htm", "a.php", "a.css", "a.mjs", "a.wasm", "a", "a.PNG.exe"]
)
def test_what_could_run_is_not_published(tmp_path: Path, name: str) -> None:
    """Content is not trusted as the theme is."""
    problem = beside(tmp_path, f"content/compare/{name}", b"")
    assert isinstance(problem, Problem)
    assert problem.code == "file-type"


def test_no_kind_of_file_is_a_page() -> None:
    """What a browser would run on the site's own origin is on neither list."""
    assert not (IMAGES | DATA) & {".html", ".htm", ".xhtml", ".xml", ".js", ".mjs", ".css", ".svgz", ".swf", ".md"}


def test_capitals_in_an_ending_do_not_matter(tmp_path: Path) -> None:
    """Cameras write `.JPG`; a drawing is looked into whatever its ending's capitals."""
    assert isinstance(beside(tmp_path, "content/compare/a.JPG", b""), File)
    assert isinstance(beside(tmp_path, "content/compare/a.SVG", b"<svg onload='x()'/>"), Problem)


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>x()</script>",
        b"<svg:script>x()</svg:script>",
        b"< script>x()",
        b'<path onclick="x()"/>',
        b"<path\nonload = 'x()'/>",
        b'<path d=""onclick="x()"/>',
        b"<foreignObject><body/></foreignObject>",
        b'<a href="javascript:x()"/>',
        b'<a href="java&#115;cript:x()"/>',
        b'<?xml-stylesheet href="https://a.b"?>',
        b'<iframe src="x"/>',
    ],
)
def test_a_drawing_that_can_run_code_is_refused(tmp_path: Path, inside: bytes) -> None:
    """It would, when opened by itself."""
    problem = beside(tmp_path, "content/compare/a.svg", SVG.replace(b"</svg>", inside + b"</svg>"))
    assert isinstance(problem, Problem)
    assert problem.code == "active-svg"


@pytest.mark.parametrize("before", [b'<!DOCTYPE svg [<!ENTITY x "y">]>', b'<!ENTITY x "y">', b"\xff\xfe", b"\xfe\xff"])
def test_a_drawing_that_could_hide_code_is_refused(tmp_path: Path, before: bytes) -> None:
    """Entities and other encodings spell `script` in ways that a search does not find."""
    assert isinstance(beside(tmp_path, "content/compare/a.svg", before + SVG), Problem)


def test_a_drawing_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """Even without a byte order mark."""
    assert isinstance(beside(tmp_path, "content/compare/a.svg", SVG.decode().encode("utf-16-le")), Problem)
