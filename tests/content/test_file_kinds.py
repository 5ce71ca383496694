"""What a file is follows from where it lies, and nothing lies about unread."""

import pytest

from tiebreak.content.file_kinds import configures_host, kind_of
from tiebreak.problems import Problem


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("content/site.yaml", "settings"),
        ("content/factors.yaml", "factors"),
        ("content/subjects/c-plus-plus.yaml", "subject"),
        ("content/compare/a-vs-b.md", "comparison"),
        ("content/compare/chart.png", "file"),
        ("content/compare/a-vs-b/chart.png", "file"),
        ("content/pages/about.md", "page"),
        ("content/pages/guide/more/deep.md", "page"),
        ("content/pages/guide/data.csv", "file"),
    ],
)
def test_the_place_says_what_a_file_is(file: str, kind: str) -> None:
    """As the format's table has it."""
    assert kind_of(file) == kind


@pytest.mark.parametrize(
    ("file", "code", "message", "help"),
    [
        ("content/a.md", "misplaced-file", "content/ itself holds only site.yaml and factors.yaml", ""),
        ("content/page/a.md", "misplaced-file", 'nothing is read from "content/page/"', 'did you mean "pages"?'),
        ("content/subjects/a.yml", "misplaced-file", "only .yaml files are read here", "rename it to a.yaml"),
        ("content/subjects/a.png", "misplaced-file", "only .yaml files are read here", "rename it to a.yaml"),
        ("content/pages/a.markdown", "misplaced-file", "only .md files are read here", "rename it to a.md"),
        ("content/compare/A vs B.md", "bad-name", '"A vs B" cannot be part of a URL', 'did you mean "a-vs-b"?'),
        ("content/compare/x/a-vs-b.md", "bad-name", '"x/a-vs-b" cannot be part of a URL', 'did you mean "x-a-vs-b"?'),
        ("content/pages/C++/a.md", "bad-name", '"C++" cannot be part of a URL', 'did you mean "c-plus-plus"?'),
        ("content/subjects/Node.js.yaml", "bad-name", '"Node.js" cannot be part of a URL', 'did you mean "node-js"?'),
        ("content/pages/con.md", "bad-name", '"con.md" is a name that Windows keeps for itself', "rename it"),
        ("content/pages/aux/a.md", "bad-name", '"aux" is a name that Windows keeps for itself', "rename it"),
        ("content/subjects/nul.yaml", "bad-name", '"nul.yaml" is a name that Windows keeps for itself', "rename it"),
        ("content/compare/a:b.png", "bad-name", '"a:b.png" has a ":" in it, which no name can have on Windows', ""),
        ("content/compare/x./a.png", "bad-name", '"x." ends in a full stop, which Windows cuts off', "rename it"),
        ("content/compare/x /a.png", "bad-name", '"x " ends in a space, which Windows cuts off', "rename it"),
        ("content/compare/日本.md", "bad-name", '"日本" cannot be part of a URL', 'did you mean "riben"?'),
    ],
)
def test_what_has_no_place_is_told(file: str, code: str, message: str, help: str) -> None:
    """With the nearest place or name that would do."""
    problem = kind_of(file)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.code, problem.message) == (file, code, message)
    assert problem.help == help or not help


SETTINGS = """
    _headers _redirects _routes.json _worker.js vercel.json now.json netlify.toml staticwebapp.config.json web.config
    wrangler.toml wrangler.json wrangler.jsonc firebase.json CNAME ads.txt app-ads.txt security.txt robots.txt
    package.json
    .htaccess .htpasswd .user.ini .nojekyll .well-known/security.txt .git/config
    apple-app-site-association assetlinks.json
    crossdomain.xml clientaccesspolicy.xml _config.yml serve.json
"""


@pytest.mark.parametrize("name", SETTINGS.split())
def test_what_hosts_read_settings_from_is_not_content(name: str) -> None:
    """At the root and in folders, as a file and as a folder; in any capitals where hosts do not mind them."""
    for path in (name, f"guide/{name}", f"{name}/index.html", f"a/b/{name}/c.txt"):
        assert configures_host(path)
        assert name == "CNAME" or configures_host(path.upper())
    if "." in name and not name.endswith(".md"):
        for folder in ("pages", "pages/guide", "compare"):
            problem = kind_of(f"content/{folder}/{name}")
            assert isinstance(problem, Problem)
            assert problem.code == "host-configuration"


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "cname/index.html",
        "guide/headers/index.html",
        "a.json",
        "data/manifest.json",
        "robots/a.txt",
        "x.robots.txt",
    ],
)
def test_other_names_are_content(path: str) -> None:
    """Also those that only look alike."""
    assert not configures_host(path)
