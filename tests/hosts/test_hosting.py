"""Each host gets what it reads, in its form, and no more."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from published import ROOT

from tiebreak.content import base_url
from tiebreak.content.addresses import old_path
from tiebreak.host_names import HOSTS
from tiebreak.hosts import DeployedSite, Hosted, headers, hosted, policy, takes_compressed
from tiebreak.hosts.hosting import _KNOWN
from tiebreak.pages.outputs import Output
from tiebreak.theme import HASHED

STYLES = ("assets/style.0123456789ab.css", "assets/print.0123456789ac.css")
SCRIPTS = "assets/js.0123456789ad/"
IMMUTABLE = "public, max-age=31536000, immutable"


def deployed(
    address: str = "https://example.org/picks/", *, search: bool = False, compressed: bool = False
) -> DeployedSite:
    return DeployedSite(address, search, STYLES, SCRIPTS, HASHED, compressed)


def outputs(mirrors: Iterable[str] = (), aliases: Iterable[str] = ()) -> list[Output]:
    """A site of a front page and redirects to it from the other order of pairs, and from old paths."""
    made, old = [Output("index.html", "home.html"), Output(".nojekyll")], []
    for at, paths in ((("subjects",), mirrors), (("aliases", 0), aliases)):
        for path in paths:
            output_path = path if path.endswith(".html") else f"{path}/index.html"
            address = quote("/" + output_path.removesuffix("index.html"))
            old.append(address)
            context = {"old": address, "target": "/compare/a-vs-b/"}
            made.append(Output(output_path, "redirect.html", context, origin="content/compare/a-vs-b.md", at=at))
    rows = {"rows": [(address, "/compare/a-vs-b/") for address in old]}
    return [*made, *([Output("_redirects", "_redirects", rows)] if old else [])]


def written(taken: Hosted) -> dict[str, str]:
    """What a host reads, by its name, and the pages that redirect."""
    return {one.output_path: one.data.decode() for one in taken.outputs if not one.template}


def pages(taken: Hosted) -> list[str]:
    return [one.output_path for one in taken.outputs if one.template == "redirect.html"]


SMALL = outputs(["compare/b-vs-a"], ["old/tea"])
OLD, MIRROR, NEW = "/picks/old/tea/", "/picks/compare/b-vs-a/", "/picks/compare/a-vs-b/"


def test_every_host_is_known() -> None:
    """By the names that authors may write."""
    assert sorted(_KNOWN) == sorted(HOSTS)


def test_without_a_host_nothing_changes() -> None:
    """The same outputs, with rows for hosts that read them."""
    assert hosted("", SMALL, deployed()).outputs is SMALL


@pytest.mark.parametrize(
    ("host", "files"),
    [
        ("apache", [".htaccess"]),
        ("caddy", ["_Caddyfile"]),
        ("cloudflare", ["_headers", "_redirects"]),
        ("github", [".nojekyll"]),
        ("gitlab", ["_redirects"]),
        ("netlify", ["_headers", "_redirects"]),
        ("nginx", ["_nginx.conf"]),
        ("s3", ["_website.json"]),
        ("vercel", ["vercel.json"]),
    ],
)
def test_a_host_gets_its_files_and_no_other(host: str, files: list[str]) -> None:
    """Not even those that are for any host."""
    assert sorted(written(hosted(host, SMALL, deployed()))) == files


def test_rows_are_in_the_form_that_each_host_answers_with_301() -> None:
    """Netlify has to be told to pass over the page, Cloudflare and GitLab refuse that; old paths come first."""
    for host, status in (("cloudflare", "301"), ("gitlab", "301"), ("netlify", "301!")):
        rows = written(hosted(host, SMALL, deployed()))["_redirects"].splitlines()
        assert rows[:2] == [f"{OLD} {NEW} {status}", f"{MIRROR} {NEW} {status}"], host
    assert rows[2:] == ["/picks/* /picks/404.html 404"]
    at_root = written(hosted("netlify", SMALL, deployed("https://example.org/")))["_redirects"]
    assert "404" not in at_root


def test_gitlab_has_no_page_in_the_place_of_a_row() -> None:
    """It would serve the page."""
    assert pages(hosted("gitlab", SMALL, deployed())) == []
    for host in set(HOSTS) - {"gitlab"}:
        assert len(pages(hosted(host, SMALL, deployed()))) == 2, host


def test_gitlab_keeps_the_page_of_what_its_rows_cannot_say() -> None:
    """It compares rows with addresses that it has decoded."""
    taken = hosted("gitlab", outputs((), ["old/ä", "old/b", "/".join("a" * 30)]), deployed())
    assert pages(taken) == ["old/ä/index.html", f"{'/'.join('a' * 30)}/index.html"]
    assert written(taken)["_redirects"] == f"/picks/old/b/ {NEW} 301\n"


@pytest.mark.parametrize(
    ("host", "label", "most"),
    [
        ("apache", "Apache", 1000),
        ("cloudflare", "Cloudflare Pages", 2000),
        ("gitlab", "GitLab Pages", 1000),
        ("s3", "Amazon S3", 50),
        ("vercel", "Vercel", 2048),
    ],
)
def test_what_a_host_does_not_read_is_told_and_stays_a_page(host: str, label: str, most: int) -> None:
    """Mirrors first: links lead to old paths."""
    many = [f"compare/b{number}-vs-a" for number in range(2100)]
    taken = hosted(host, outputs(many, ["old/tea"]), deployed())
    (said,) = taken.said
    assert (said.at, said.code, said.severity) == ("host", "redirect-limit", "warning")
    assert said.message == f"{label} reads {most:,} of the 2,101 redirects of this site"
    assert said.help.startswith("all others are pages")
    text = "".join(written(taken).values())
    assert "old/tea" in text
    assert "b2099-vs-a" not in text
    assert f"compare/b{most - 1}-vs-a/index.html" in pages(taken)
    exact = outputs(many[: most - 1], ["old/tea"])
    assert hosted(host, exact, deployed()).said == ()


def test_gitlab_reads_a_file_of_64_kilobytes() -> None:
    """With long names that is less than a thousand rows."""
    many = [f"compare/{'x' * 200}{number:03}-vs-a" for number in range(900)]
    taken = hosted("gitlab", outputs(many), deployed())
    size = len(written(taken)["_redirects"])
    assert 1 << 16 >= size > (1 << 16) - 300
    assert len(pages(taken)) == 900 - written(taken)["_redirects"].count("\n")


@pytest.mark.parametrize("host", ["caddy", "netlify", "nginx"])
def test_others_read_any_number(host: str) -> None:
    """And say nothing of it."""
    taken = hosted(host, outputs([f"compare/b{number}-vs-a" for number in range(2100)]), deployed())
    assert taken.said == ()
    assert "b2099-vs-a" in "".join(written(taken).values())


def test_cloudflare_reads_rows_of_a_thousand_characters() -> None:
    """A longer one is left to the page."""
    taken = hosted("cloudflare", outputs((), ["a" * 900, "b" * 1000]), deployed())
    assert "b" * 1000 not in written(taken)["_redirects"]
    assert "a" * 900 in written(taken)["_redirects"]


def test_a_bucket_does_not_redirect_what_lies_below() -> None:
    """Its rules go by how an address begins."""
    taken = hosted("s3", [*outputs((), ["old", "gone"]), Output("old/new/index.html", "page.html")], deployed())
    rules = json.loads(written(taken)["_website.json"])["RoutingRules"]
    assert [rule["Condition"]["KeyPrefixEquals"] for rule in rules] == ["picks/gone/"]


def test_a_domain_of_its_own_is_named() -> None:
    """At the root of a name that is not GitHub's, in ASCII."""
    named = {
        "https://picks.example.org/": "picks.example.org\n",
        "https://bücher.example/": "xn--bcher-kva.example\n",
        "https://me.github.io/": None,
        "https://example.org/picks/": None,
        "http://127.0.0.1/": None,
        "http://localhost/": None,
        "https://example.org:8000/": None,
    }
    for address, name in named.items():
        assert written(hosted("github", SMALL, deployed(address))).get("CNAME") == name, address


def test_the_policy_is_the_one_of_the_guide() -> None:
    """With search; WebAssembly is allowed for nothing else."""
    guide = (ROOT / "content/pages/guide/deployment.md").read_text("utf-8")
    assert f"\nContent-Security-Policy: {policy(search=True)}\n" in guide
    assert policy(search=True).replace(" 'wasm-unsafe-eval'", "") == policy(search=False)


@pytest.mark.parametrize("host", ["apache", "caddy", "cloudflare", "netlify", "nginx", "vercel"])
def test_headers_are_sent_where_a_host_lets_them_be_written(host: str) -> None:
    """With every answer below the prefix; only what is named by its content may be kept for good."""
    for search in (False, True):
        text = "".join(written(hosted(host, SMALL, deployed(search=search))).values())
        for value in headers.of_all(search=search).values():
            assert value in text
    assert "/picks/" in text
    assert text.count(IMMUTABLE) == (3 if host in ("cloudflare", "netlify") else 1)
    assert "text/markdown" in text


@pytest.mark.parametrize("path", [*STYLES, f"{SCRIPTS}x.js", "assets/chart.ffffffffffff.css"])
def test_what_is_named_by_its_content_is_told_from_other_files(path: str) -> None:
    """Which may lie in the same folder."""
    assert re.match(HASHED, path)


@pytest.mark.parametrize("path", ["assets/style.css", "assets/style.0.css", "assets/js.mine/x.js", "fonts/x.woff2"])
def test_other_files_are_not_kept_for_good(path: str) -> None:
    """An owner's file in the same folder changes under its name."""
    assert not re.match(HASHED, path)


def test_compressed_files_are_named_to_those_who_serve_them() -> None:
    """And only where there are any."""
    for host, word in (("nginx", "gzip_static on;"), ("caddy", "precompressed br gzip")):
        assert word in "".join(written(hosted(host, SMALL, deployed(compressed=True))).values())
        assert word not in "".join(written(hosted(host, SMALL, deployed())).values())
    assert [host for host in HOSTS if takes_compressed(host)] == ["caddy", "gitlab", "nginx"]
    assert takes_compressed("")


def test_a_file_of_the_owner_is_not_overwritten() -> None:
    """It is told which it is."""
    own = Output("vercel.json", copy="static/vercel.json", origin="static/vercel.json")
    (said,) = hosted("vercel", [*SMALL, own], deployed()).said
    assert (said.at, said.code, said.severity) == ("host", "url-collision", "error")
    assert "static/vercel.json" in said.message


# --- what strangers write stays an address ----------------------------------------------------------------------------

ROW = r"/picks/[A-Za-z0-9._~%/-]+ /picks/compare/a-vs-b/ 301!?"
PLAIN = r"[\w./~-]+"
LINES = {
    "_redirects": rf"{ROW}|/picks/\* /picks/404\.html 404",
    "_nginx.conf": rf'location = "/picks/{PLAIN}" {{ absolute_redirect off; '
    r'return 301 "/picks/compare/a-vs-b/\$is_args\$args"; }',
    "_Caddyfile": rf' +"/picks/{PLAIN}" "/picks/compare/a-vs-b/"',
    ".htaccess": r' +RedirectMatch 301 "\^/picks/(?:[\w/~]|\\[.-]|-|\.)+\$" "/picks/compare/a-vs-b/"',
    "vercel.json": r' +"(?:source|destination)": "/picks/[A-Za-z0-9._~%/-]+",| +"statusCode": 301'
    r'| +[{}],?| +"redirects": \[|  \],',
    "_website.json": rf' +"(?:KeyPrefixEquals|ReplaceKeyWith)": "picks/{PLAIN}",?|.*"HttpRedirectCode": "301"'
    r'| +"(?:Condition|Redirect)": {| *[{}\]],?| +"RoutingRules": \[|.*"404.html"',
}


def _path(text: str) -> str:
    """The text as an old path, or nothing where it is refused."""
    try:
        return old_path(text)
    except ValueError:
        return ""


SIGNS = "aB9 /._~-'\"`$;:*?#{}()[]<>|&!\\^%=,+@\n\r\t\x00äß漢\u202e\u2028"
TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=30) | st.sampled_from(
    ["{$HOME}", "{path}", "$uri", "${x}", '"; }', "a b 301!", "a%0Ab", "a%22; return 200", ":a", "*", "(.*)", "x;\n}"]
)


@given(st.lists(TEXTS, max_size=4))
@pytest.mark.parametrize("host", HOSTS)
def test_no_old_path_is_more_than_one(host: str, texts: list[str]) -> None:
    """In no file of any host: all lines but those of redirects are as without them, and these are of one form."""
    aliases = sorted(filter(None, map(_path, texts)))
    plain, found = (written(hosted(host, made, deployed())) for made in (outputs(), outputs((), aliases)))
    for name, text in found.items():
        known = set(plain.get(name, "").split("\n"))
        more = [line for line in text.split("\n") if line not in known]
        extra = {
            "        map {path} {moved} {",
            '            default ""',
            '        @moved expression `{moved} != "" && {query} == ""`',
            "        redir @moved {moved} 301",
            '        @asked expression `{moved} != "" && {query} != ""`',
            "        redir @asked {moved}?{query} 301",
        }
        assert [line for line in more if line not in extra and not re.fullmatch(LINES[name], line)] == []
        if name.endswith(".json"):
            json.loads(text)


@given(TEXTS, TEXTS)
@example("", "\ud800")
@pytest.mark.parametrize("host", HOSTS)
def test_no_base_url_is_more_than_one(host: str, domain: str, path: str) -> None:
    """It is refused, or every file is what it is for another, but for the path and the domain."""
    try:
        address = base_url(f"https://{domain or 'x.example'}/{path}")
    except ValueError:
        return
    given, plain = deployed(address), deployed("https://example.org/q/")
    taken = hosted(host, SMALL, given)
    if taken.said:
        assert [one.code for one in taken.said] == ["odd-path"]
        return
    for name, text in written(taken).items():
        if name == "CNAME":
            assert re.fullmatch(r"[a-z0-9.-]+\n", text)
            continue
        assert re.fullmatch(r"/[\w./~%-]*", given.prefix)
        assert re.fullmatch(r"/[\w./~-]*", given.root)
        expected = written(hosted(host, SMALL, plain)).get(name, "")
        assert text.count("\n") == expected.count("\n") - (given.prefix == "/" and text.endswith("301!\n"))
        assert text.isprintable() or set(filter(lambda sign: not sign.isprintable(), text)) == {"\n"}
