"""Compressed files: beside every text that gets smaller, made again when that changes, and gone with the option."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from conftest import Build, Cli, MakeSite
from edits import contents
from samples import COMPARISON

from tiebreak.storage import compression

PAGE = "compare/tea-vs-coffee/index.html"


@pytest.fixture
def project(make_site: MakeSite) -> Path:
    return make_site({"content/compare/tea-vs-coffee.md": COMPARISON, "static/little.txt": "little"})


def forms(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(site).items() if path.endswith(compression.ENDS)}


def test_texts_lie_compressed_beside_themselves(project: Path, build: Build) -> None:
    """As gzip and Brotli of the very bytes; what would not get smaller does not, nor what is compressed already."""
    report = build(project, compress=True)
    site, made = contents(report.output), forms(report.output)
    assert made.keys() <= set(report.paths)
    for path, data in made.items():
        unpack = gzip.decompress if path.endswith(".gz") else brotli.decompress
        assert unpack(data) == site[path.rpartition(".")[0]]
        assert len(data) < len(site[path.rpartition(".")[0]])
    assert {f"{PAGE}.gz", f"{PAGE}.br", "feed.xml.gz", "404.html.br"} <= made.keys()
    assert not [path for path in made if path.startswith(("little.txt", "fonts/newsreader", "_redirects", ".nojekyll"))]


def test_they_say_nothing_of_when_and_where() -> None:
    """No time, no name, no system."""
    made = dict(compression.compressed(b"tea " * 1000))
    assert made[".gz"][:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    assert made == dict(compression.compressed(b"tea " * 1000))


def test_only_what_changed_is_compressed_again(project: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of one page compresses that one and the lists that show it; a build of nothing new, nothing."""
    asked: list[bytes] = []

    def noting(data: bytes) -> Iterator[tuple[str, bytes]]:
        asked.append(data)
        return compressed(data)

    compressed = compression.compressed
    monkeypatch.setattr(compression, "compressed", noting)
    build(project, compress=True)
    assert len(asked) > 10
    asked.clear()
    assert build(project, compress=True).done == {}
    assert asked == []
    text = (project / "content/compare/tea-vs-coffee.md").read_text()
    (project / "content/compare/tea-vs-coffee.md").write_text(text + "\nAnd more of it.\n")
    done = build(project, compress=True).done
    twin = PAGE.replace(".html", ".md")
    assert sorted(done) == [f"{path}{form}" for path in (PAGE, twin) for form in ("", ".br", ".gz")]
    assert len(asked) == 2
    (project / "content/compare/tea-vs-coffee.md").write_text(text)
    assert build(project, compress=True, why=True).causes[f"{PAGE}.gz"] == (PAGE,)


def test_what_somebody_takes_away_is_made_again(project: Path, build: Build) -> None:
    """And what they damage."""
    site = build(project, compress=True).output
    should = contents(site)
    (site / "index.html.br").unlink()
    (site / f"{PAGE}.gz").write_bytes(b"nothing")
    assert build(project, compress=True).done == {"index.html.br": "new", f"{PAGE}.gz": "changed"}
    assert contents(site) == should


def test_a_page_that_gets_too_small_loses_its_forms(make_site: MakeSite, build: Build) -> None:
    """Though nothing else of the site is made again."""
    own = {"templates/comparison.html": "{{ 'x' * (comparison.body|prose|length // 10) }}"}
    project = make_site({"content/compare/tea-vs-coffee.md": COMPARISON + "\nLong. " * 1000, **own})
    site = build(project, compress=True).output
    assert (site / f"{PAGE}.gz").is_file()
    (project / "content/compare/tea-vs-coffee.md").write_text(COMPARISON)
    done = {path: what for path, what in build(project, compress=True).done.items() if path.startswith(PAGE)}
    assert done == {
        f"{PAGE}.br": "removed",
        f"{PAGE}.gz": "removed",
        PAGE: "changed",
    }
    assert len(forms(site)) > 10


def test_they_go_with_the_option(project: Path, build: Build) -> None:
    """And with a host that does not read them."""
    site = build(project, compress=True).output
    assert forms(site)
    build(project)
    assert not forms(site)
    for host in ("netlify", "github", "s3", "vercel", "cloudflare", "apache"):
        told: list[str] = []
        build(project, compress=True, host=host, notify=told.append)
        assert not forms(site), host
        assert told == [f"nothing is compressed: {host} does not read files that are"]
    for host in ("nginx", "caddy", "gitlab"):
        build(project, compress=True, host=host)
        assert forms(site), host


def test_an_owners_own_compressed_file_stays(make_site: MakeSite, build: Build) -> None:
    """The other form is made."""
    files = {"static/notes.txt": "tea " * 1000, "static/notes.txt.gz": "mine"}
    project = make_site({"content/compare/tea-vs-coffee.md": COMPARISON, **files})
    for _ in range(2):
        site = build(project, compress=True).output
        assert (site / "notes.txt.gz").read_bytes() == b"mine"
        assert brotli.decompress((site / "notes.txt.br").read_bytes()) == b"tea " * 1000
        (project / "static/notes.txt").touch()


def test_without_brotli_it_is_told_what_to_install(project: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a mistake in the command, before anything is read."""
    monkeypatch.setattr(compression, "is_possible", lambda: False)
    result = cli("build", "--project", project, "--compress", ok=False)
    assert result.exit_code == 2
    assert 'pip install "tiebreak[compress]"' in result.output
    assert not (project / "site").exists()
