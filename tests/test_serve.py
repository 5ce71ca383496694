"""Live preview: it follows every save, shows what is wrong instead of dying, and ends without a word."""

import socket
from pathlib import Path

from conftest import Cli, MakeSite
from previewed import previewing
from samples import changed

PAGE = "compare/tea-vs-coffee/"
FILE = "content/compare/tea-vs-coffee.md"
BROKEN = changed(("wins: tea", "wins: chai"))


def test_the_preview_follows_saves_and_survives_mistakes(make_site: MakeSite) -> None:
    """An edit shows; a mistake is told in the page and in the terminal; the page comes back when it is mended."""
    project = make_site()
    with previewing(project) as preview:
        assert "Tea is calmer." in preview.get(PAGE)[1]
        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
        preview.wait_for(lambda: "Tea is slower." in preview.get(PAGE)[1])

        (project / FILE).write_text(BROKEN)
        preview.wait_for(lambda: "1 problem in the content" in preview.get(PAGE)[1])
        assert "wins names &quot;chai&quot;, which is not a subject here" in preview.get()[1]
        assert f'{FILE}:9:11: error[unknown-subject]: wins names "chai"' in preview.said
        assert preview.get("robots.txt")[1].startswith("User-agent")

        (project / FILE).write_text(changed())
        preview.wait_for(lambda: "Tea is calmer." in preview.get(PAGE)[1])
        assert "1 problem in the content" not in preview.get()[1]


def test_a_project_that_is_broken_from_the_start_is_served_too(make_site: MakeSite) -> None:
    """The first build may fail like any other: the problems are the page."""
    project = make_site({FILE: BROKEN})
    with previewing(project) as preview:
        assert "1 problem in the content" in preview.get(PAGE)[1]
        (project / FILE).write_text(changed())
        preview.wait_for(lambda: "Tea is calmer." in preview.get(PAGE)[1])


def test_new_and_removed_files_are_followed(make_site: MakeSite) -> None:
    """A page appears with its file and goes with it; so do templates and styles."""
    project = make_site({"templates/404.html": "Lost."})
    about = project / "content/pages/about.md"
    with previewing(project) as preview:
        assert preview.get("about/") == (404, "Lost.")
        about.parent.mkdir()
        about.write_text("---\ntitle: About\n---\nUs.\n")
        preview.wait_for(lambda: preview.get("about/")[0] == 200)
        about.unlink()
        preview.wait_for(lambda: preview.get("about/")[0] == 404)
        (project / "templates/home.html").write_text("Mine.")
        preview.wait_for(lambda: preview.get()[1] == "Mine.")
        (project / "static").mkdir()
        (project / "static/own.txt").write_text("hello")
        preview.wait_for(lambda: preview.get("own.txt") == (200, "hello"))


def test_links_stay_on_the_preview(make_site: MakeSite) -> None:
    """The preview is a site of its own: no address on it leads to the published one."""
    with previewing(make_site()) as preview:
        for path in ("", PAGE, "sitemap.xml", "feed.xml"):
            assert "https://example.org" not in preview.get(path)[1]


def test_drafts_are_shown_when_asked_for(make_site: MakeSite) -> None:
    """`--drafts` shows what is not published."""
    project = make_site({FILE: changed(("published: 2026-04-02", "draft: true"))})
    with previewing(project, "--drafts") as preview:
        assert preview.get(PAGE)[0] == 200
    with previewing(project) as preview:
        assert preview.get(PAGE)[0] == 404


def test_ctrl_c_ends_it_cleanly(make_site: MakeSite) -> None:
    """No traceback, and nothing left behind in the project: the preview builds elsewhere."""
    project = make_site()
    before = sorted(project.rglob("*"))
    with previewing(project) as preview:
        assert preview.interrupt() in (0, 130)
        assert "Traceback" not in preview.said
        assert "Error" not in preview.said
    assert sorted(project.rglob("*")) == before


def test_a_port_that_is_taken_is_told(make_site: MakeSite, cli: Cli) -> None:
    """Exit status 1 and a way out, before anything is built."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = cli("serve", "--project", make_site(), "--port", str(port), ok=False)
    assert result.exit_code == 1
    assert result.stderr == (
        f"error: 127.0.0.1:{port} cannot be listened on (Address already in use); name another --port\n"
    )


def test_what_lies_outside_the_site_is_not_served(make_site: MakeSite, tmp_path: Path) -> None:
    """No path leads out of the folder that is served."""
    (tmp_path / "secret.txt").write_text("secret")
    with previewing(make_site()) as preview:
        for path in ("../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/%2e%2e/etc/passwd"):
            status, text = preview.get(path)
            assert status in (403, 404)
            assert "secret" not in text.replace("secret.txt", "")
