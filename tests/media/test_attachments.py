"""Files beside an article are published when no browser would run them."""

import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Build, MakeSite
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.content.file_kinds import kind_of
from tiebreak.media.attachments import DATA, IMAGES, attachment, published
from tiebreak.model.site import Attachment
from tiebreak.problems import Problem, SiteError

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(9)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><path d="M0 0h8v6z"/></svg>'


def beside(root: Path, file: str, data: bytes) -> Attachment | list[Problem]:
    target = root / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return attachment(root, file)


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("content/compare/chart.png", "/compare/chart.png"),
        ("content/compare/a-vs-b/chart.png", "/compare/a-vs-b/chart.png"),
        ("content/pages/guide/chart.png", "/guide/chart.png"),
    ],
)
def test_a_file_lies_beside_its_article_on_the_site_too(tmp_path: Path, file: str, address: str) -> None:
    """A relative link leads to it either way."""
    assert beside(tmp_path, file, PNG) == Attachment(address, file, (640, 480))


SIGNED = {
    ".png": PNG,
    ".jpg": b"\xff\xd8\xff\xe0" + bytes(9),
    ".jpeg": b"\xff\xd8\xff\xe1" + bytes(9),
    ".gif": b"GIF89a\x08\0\x06\0" + bytes(9),
    ".webp": b"RIFF\0\0\0\0WEBPVP8 " + bytes(9),
    ".avif": b"\0\0\0\x1cftypavif\0\0\0\0" + bytes(9),
    ".svg": SVG,
    ".pdf": b"%PDF-1.7\n",
    ".zip": b"PK\x03\x04",
    ".parquet": b"PAR1",
}


def refused(root: Path, file: str, data: bytes) -> list[Problem]:
    found = beside(root, file, data)
    assert isinstance(found, list)
    return found


def test_an_image_is_measured(tmp_path: Path) -> None:
    """So that the page does not jump when it arrives."""
    found = beside(tmp_path, "content/compare/a.png", PNG)
    assert isinstance(found, Attachment)
    assert found.size == (640, 480)


@pytest.mark.parametrize("size", [(0, 480), (40_000, 480), (99_999_999, 1)])
def test_no_room_is_made_for_a_size_that_cannot_be(tmp_path: Path, size: tuple[int, int]) -> None:
    """It is published, and the page takes it as it comes."""
    data = PNG[:16] + struct.pack(">II", *size) + PNG[24:]
    assert beside(tmp_path, "content/compare/a.png", data) == Attachment("/compare/a.png", "content/compare/a.png")


@pytest.mark.parametrize("size", [(16_000, 16_000), (10_000, 10_001), (4_294_967_295, 4_294_967_295)])
def test_a_picture_has_so_many_pixels(tmp_path: Path, size: tuple[int, int]) -> None:
    """A browser unpacks all of them, and a few kilobytes can say that they are a hundred megapixels."""
    data = PNG[:16] + struct.pack(">II", *size) + PNG[24:]
    (problem,) = refused(tmp_path, "content/compare/a.png", data)
    assert (problem.code, problem.file) == ("too-large", "content/compare/a.png")
    assert problem.message.endswith("100,000,000 are the most")
    with pytest.raises(SiteError):
        published("content/compare/a.png", data)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", sorted(IMAGES - {".svg"}))
@given(st.binary(max_size=300))
def test_no_bytes_of_a_picture_end_in_a_traceback(suffix: str, more: bytes) -> None:
    """It is measured, or not, or said to be damaged; whatever the library that measures makes of it."""
    with TemporaryDirectory() as folder:
        start = SIGNED[suffix].rstrip(b"\0")
        found = beside(Path(folder), f"content/compare/a{suffix}", start + more)
    if isinstance(found, list):
        assert {problem.code for problem in found} <= {"wrong-content", "too-large"}


def test_a_drawing_is_measured(tmp_path: Path) -> None:
    """By the size that it states."""
    assert beside(tmp_path, "content/compare/a.svg", SVG) == Attachment(
        "/compare/a.svg", "content/compare/a.svg", (8, 6)
    )


@pytest.mark.parametrize("suffix", sorted(DATA))
def test_data_is_published(tmp_path: Path, suffix: str) -> None:
    """Measurements can be had with the argument that rests on them."""
    assert isinstance(beside(tmp_path, f"content/compare/a{suffix}", SIGNED.get(suffix, b"1,2")), Attachment)


@pytest.mark.parametrize("suffix", sorted({*SIGNED} - {".svg"}))
@pytest.mark.parametrize("data", [b"", b"1,2", b"<html><script>x()</script>", SVG, b"GIF8\0", b"\0" * 99])
def test_what_is_not_what_its_name_says_is_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    """A browser that looks at the bytes could run it."""
    (problem,) = refused(tmp_path, f"content/compare/a{suffix}", data)
    assert problem.code == "wrong-content"
    assert problem.message == f"this is not a {suffix} file, by its first bytes"


PAGES = [
    "<!DOCTYPE html>",
    "<script>x()</script>",
    "<SVG onload=x()>",
    "<?xml version='1.0'?>",
    "<!-- x -->",
    "</p>",
    "<x:y>",
]


@pytest.mark.parametrize("suffix", sorted(DATA - {*SIGNED}))
def test_text_that_begins_as_a_page_does_is_refused(tmp_path: Path, suffix: str) -> None:
    """A browser that is not told what it is would run it."""
    for text in (before + page for before in ("", " ", "\n\t\r\f ", "\ufeff", "\ufeff\n") for page in PAGES):
        (problem,) = refused(tmp_path, f"content/compare/a{suffix}", text.encode())
        told = "wrong-content", "this begins as a page does, and could be shown as one"
        assert (problem.code, problem.message) == told, text


@pytest.mark.parametrize(
    "data", [b"a < b", b"a,<b>", b"< 3", b"<3", b"<", b" " * 2000 + b"<html>", b'{"x": "<script>"}']
)
def test_text_with_signs_of_markup_further_in_is_text(tmp_path: Path, data: bytes) -> None:
    """Browsers look at the beginning only."""
    assert isinstance(beside(tmp_path, "content/compare/a.txt", data), Attachment)


def test_what_is_published_is_what_was_checked(tmp_path: Path, make_site: MakeSite, build: Build) -> None:
    """A drawing is written anew; what changes between the look and the writing is judged again."""
    project = make_site(
        {"content/compare/a.svg": SVG.replace(b"<path", b"<!-- x --><path"), "content/compare/b.png": PNG}
    )
    report = build(project)
    assert b"<!--" not in (report.output / "compare/a.svg").read_bytes()
    assert (report.output / "compare/b.png").read_bytes() == PNG
    for file in ("content/compare/a.svg", "content/compare/a.png", "content/compare/a.txt"):
        with pytest.raises(SiteError):
            published(file, b"<svg onload='x()'/>")
    made = published("content/compare/a.svg", SVG)
    assert published("content/compare/a.svg", made) == made


@pytest.mark.parametrize(
    "name", ["a.html", "a.js", "a.xml", "a.xhtml", "a.htm", "a.php", "a.css", "a.mjs", "a.wasm", "a", "a.PNG.exe"]
)
def test_what_could_run_is_not_published(tmp_path: Path, name: str) -> None:
    """Content is not trusted as the theme is."""
    (problem,) = refused(tmp_path, f"content/compare/{name}", b"")
    assert problem.code == "file-type"


def test_no_kind_of_file_is_a_page() -> None:
    """What a browser would run on the site's own origin is on neither list."""
    assert not (IMAGES | DATA) & {".html", ".htm", ".xhtml", ".xml", ".js", ".mjs", ".css", ".svgz", ".swf", ".md"}


def test_capitals_in_an_ending_do_not_matter(tmp_path: Path) -> None:
    """Cameras write `.JPG`; a drawing is looked into whatever its ending's capitals."""
    assert isinstance(beside(tmp_path, "content/compare/a.JPG", SIGNED[".jpg"]), Attachment)
    assert refused(tmp_path, "content/compare/a.SVG", b"<svg onload='x()'/>")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a b.png", "/compare/a%20b.png"),
        ("c#.png", "/compare/c%23.png"),
        ("100%.png", "/compare/100%25.png"),
        ("a?b.png", "/compare/a%3Fb.png"),
        ("é.png", "/compare/%C3%A9.png"),
    ],
)
def test_an_address_leads_to_its_file(tmp_path: Path, name: str, address: str) -> None:
    """Whatever its name has in it: signs that mean something in an address are encoded."""
    assert beside(tmp_path, f"content/compare/{name}", PNG) == Attachment(
        address, f"content/compare/{name}", (640, 480)
    )


@pytest.mark.parametrize("name", ["keybase.txt", "MP_verify_x.TXT", "funding.json"])
def test_no_text_at_the_root_speaks_for_the_site(name: str) -> None:
    """Services take such files for proof of whose site it is; in a folder they are data."""
    problem = kind_of(f"content/pages/{name}")
    assert isinstance(problem, Problem)
    assert problem.code == "host-configuration"
    assert kind_of(f"content/pages/data/{name}") == "file"
    assert kind_of(f"content/compare/{name}") == "file"
