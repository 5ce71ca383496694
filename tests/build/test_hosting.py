"""The host of a site: named in the settings or for one build, and told where it reads less than there is."""

import json
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from samples import COMPARISON, changed

from tiebreak.host_names import HOSTS
from tiebreak.problems import SiteError

SITE = "title: Picks\nbase_url: https://example.org/picks/\n"
FOR_HOSTS = ("_redirects", "_headers", ".nojekyll", ".htaccess", "_nginx.conf", "_Caddyfile", "vercel.json")
READ = (*FOR_HOSTS, "_website.json", "CNAME")


def project(make_site: MakeSite, settings: str, aliases: int = 1) -> Path:
    old = ", ".join(f"old/{number}" for number in range(aliases))
    text = changed(("published:", f"aliases: [{old}]\npublished:"), text=COMPARISON)
    return make_site({"content/site.yaml": SITE + settings, "content/compare/tea-vs-coffee.md": text})


def for_hosts(site: Path) -> list[str]:
    return [name for name in FOR_HOSTS if (site / name).exists()]


def test_without_a_host_all_is_as_ever(make_site: MakeSite, build: Build) -> None:
    """Rows for hosts that read them, and the mark that GitHub reads."""
    assert for_hosts(build(project(make_site, "")).output) == ["_redirects", ".nojekyll"]


def test_the_option_wins_over_the_settings(make_site: MakeSite, cli: Cli) -> None:
    """And what was written for another host goes."""
    root = project(make_site, "host: netlify\n")
    cli("build", "--project", root)
    assert for_hosts(root / "site") == ["_redirects", "_headers"]
    cli("build", "--project", root, "--host", "nginx")
    assert for_hosts(root / "site") == ["_nginx.conf"]
    cli("build", "--project", root)
    assert for_hosts(root / "site") == ["_redirects", "_headers"]


def test_an_unknown_host_is_told_at_its_place(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """With the ones that there are, or the one that was meant."""
    with pytest.raises(SiteError) as caught:
        build(project(make_site, "host: netlfy\n"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.code) == ("content/site.yaml", 3, "bad-choice")
    assert problem.help == 'did you mean "netlify"?'
    assert cli("build", "--project", project(make_site, ""), "--host", "netlfy", ok=False).exit_code == 2


def test_the_limit_is_told_as_long_as_it_holds(make_site: MakeSite, build: Build) -> None:
    """By builds that make nothing, too, and not by one for a host that reads them all."""
    root = project(make_site, "host: s3\n", aliases=60)
    for _ in range(2):
        (problem,) = build(root).problems
        assert (problem.file, problem.line, problem.column) == ("content/site.yaml", 3, 7)
        assert problem.message == "Amazon S3 reads 50 of the 61 redirects of this site"
    project(make_site, "host: s3\n", aliases=2)
    assert build(root).problems == ()
    project(make_site, "host: s3\nrules: {redirect-limit: error}\n", aliases=60)
    with pytest.raises(SiteError):
        build(root)
    assert build(root, host="caddy").problems == ()


def test_gitlab_answers_old_addresses_itself(make_site: MakeSite, build: Build) -> None:
    """No page stands in the way, and yet nobody else can have its address."""
    root = project(make_site, "host: gitlab\n")
    site = build(root).output
    assert not (site / "old/0/index.html").exists()
    assert not (site / "compare/coffee-vs-tea").exists()
    assert "/picks/old/0/ /picks/compare/tea-vs-coffee/ 301\n" in (site / "_redirects").read_text()
    (root / "content/pages/old").mkdir(parents=True)
    (root / "content/pages/old/0.md").write_text("---\ntitle: Here\n---\nText.\n")
    with pytest.raises(SiteError) as caught:
        build(root)
    assert [one.code for one in caught.value.problems] == ["url-collision"]


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_no_words_of_authors_stand_in_what_hosts_read(make_site: MakeSite, build: Build, host: str) -> None:
    """Whatever titles, taglines, categories and tags say, it is the same to the byte."""
    said = []
    for evil in ("Plain", '"; }\n/* /evil 301!\n  X: y\nlocation / { return 200; }\n{$HOME} `x` ${x}'):
        text = json.dumps(evil)
        lines = f"title: {text}\ntagline: {text}\ncategory: {text}\ntags: [{text}]\npublished:"
        comparison = changed(("published:", lines), text=COMPARISON)
        settings = f"title: {text}\ntagline: {text}\nbase_url: https://example.org/picks/\nhost: {host}\n"
        root = make_site({"content/site.yaml": settings, "content/compare/tea-vs-coffee.md": comparison})
        site = build(root).output
        said.append({name: (site / name).read_bytes() for name in READ if (site / name).exists()})
    assert said[0]
    assert said[0] == said[1]


def test_a_path_that_hosts_misread_is_refused(make_site: MakeSite, build: Build) -> None:
    """But without a host, as ever, it is not."""
    root = make_site({"content/site.yaml": "title: Picks\nbase_url: 'https://example.org/a;b/'\n"})
    assert build(root).problems == ()
    with pytest.raises(SiteError) as caught:
        build(root, host="nginx")
    assert [one.code for one in caught.value.problems] == ["odd-path"]
