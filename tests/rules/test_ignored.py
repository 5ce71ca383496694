"""A site decides how much a warning counts, and an author hides one where it stands; neither touches an error."""

import json
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from samples import changed

from tiebreak import codes
from tiebreak.content import front_matter, ignores
from tiebreak.problems import Problem, Severity, SiteError, graded

TEA, SITE = "content/compare/tea-vs-coffee.md", "content/site.yaml"
BASE = "title: Picks\nbase_url: https://example.org/picks/\n"
LONG = f"summary: {'x' * 161}\n"


def long(above: str = "", behind: str = "") -> str:
    """The sample with a summary that is too long, and a comment above or behind it."""
    return changed(("summary: Tea for calm, coffee for speed.\n", f"{above}{LONG[:-1]}{behind}\n"))


def with_body(body: str) -> str:
    return changed(("Tea is calmer.\n", body))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (long(), ["long-summary"]),
        (long("# tiebreak: ignore[long-summary] it is meant\n"), []),
        (long(behind=" # tiebreak: ignore[long-summary] it is meant"), []),
        (long("# tiebreak: ignore[long-summary, stale] it is meant\n"), ["unused-ignore"]),
        (
            long("# tiebreak: ignore[long-summary] it is meant\n# and this is another comment\n"),
            ["long-summary", "unused-ignore"],
        ),
        (long("# tiebreak: ignore[long-summary] a\n# tiebreak: ignore[stale] b\n"), ["unused-ignore"]),
        (long("# tiebreak: ignore[long-summary] a\n", " # tiebreak: ignore[stale] b"), ["unused-ignore"]),
        (long("# tiebreak: ignore[long-summary]: it is meant\n"), []),
        (long("# tiebreak: ignore[long-summary]\n"), ["ignore-without-reason"]),
        (long("# tiebreak: ignore[missing-key] it is meant\n"), ["bad-ignore", "long-summary"]),
        (long("# tiebreak: ignore all\n"), ["bad-ignore", "long-summary"]),
        (long("tagline: |\n  # tiebreak: ignore[long-summary] this is text\n"), ["long-summary"]),
        (long('tagline: "a # tiebreak: ignore[long-summary] b"\n'), ["long-summary"]),
    ],
)
def test_a_comment_in_yaml_hides_a_warning(make_site: MakeSite, cli: Cli, text: str, lines: list[str]) -> None:
    """On its own line, or alone above it; a text that looks like one is none."""
    assert sorted(codes_of(cli, make_site({TEA: text}))) == lines


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<!-- tiebreak: ignore[left-over] meant -->\nA :tada:\nand :heart:\n", []),
        ("<!-- tiebreak: ignore[left-over] meant -->\n\nA :tada:\n", []),
        ("A :tada: <!-- tiebreak: ignore[left-over] meant -->\nand :heart:\n", ["left-over"]),
        ("- A :tada: <!-- tiebreak: ignore[left-over] meant -->\n- b\n", []),
        ("```\n<!-- tiebreak: ignore[left-over] meant -->\n```\n\nA :tada:\n", ["left-over"]),
        ("`<!-- tiebreak: ignore[left-over] meant -->`\nA :tada:\n", ["left-over"]),
        ("A\n\n<!-- tiebreak: ignore[left-over] meant -->\n", ["unused-ignore"]),
        ("A\n\n<!-- tiebreak: ignore[left-over] meant -->", ["unused-ignore"]),
        (
            "<!-- tiebreak: ignore[left-over] meant -->\nA :tada: `b` <!-- tiebreak: ignore[stale] no -->\n",
            ["unused-ignore"],
        ),
        ("A <!-- tiebreak: ignore[left-over] meant --> :tada:\n", ["raw-html", "left-over"]),
    ],
)
@pytest.mark.parametrize("allowed", ["false", "true"])
def test_a_comment_in_a_body_hides_a_warning(
    make_site: MakeSite, cli: Cli, body: str, found: list[str], allowed: str
) -> None:
    """On its line, or alone above its paragraph, be HTML allowed or not; in code it is code."""
    site = make_site({TEA: with_body(body), SITE: f"{BASE}allow_html: {allowed}\n"})
    told = [code for code in codes_of(cli, site) if code != "removed-html"]
    assert told == [code for code in found if allowed == "false" or code != "raw-html"]


def test_no_reader_sees_the_comment(make_site: MakeSite, build: Build) -> None:
    """A line that it ends is no line with a break at its end, and code keeps it."""
    comment = "<!-- tiebreak: ignore[left-over] meant -->"
    shown = f"{comment}\nA :tada:   {comment}\nand more\n\n```\n{comment}\n```\n"
    site = make_site({TEA: with_body(shown)})
    build(site)
    page = (site / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    assert "<p>A :tada:\nand more</p>" in page
    assert page.count("tiebreak:") == 1


def test_a_site_says_what_a_warning_is(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """`off` drops it, `error` stops a build; errors stay errors."""
    site = make_site({TEA: long()})
    assert [one.code for one in build(site).problems] == ["long-summary"]
    (site / SITE).write_text(f"{BASE}rules: {{long-summary: error}}\n")
    with pytest.raises(SiteError, match=r"error\[long-summary\]"):
        build(site)
    assert codes_of(cli, site, ok=False) == ["long-summary"]
    (site / SITE).write_text(f"{BASE}rules: {{long-summary: off}}\n")
    assert build(site, strict=True).problems == ()
    assert build(site, strict=True).problems == ()
    (site / SITE).write_text(BASE)
    assert [one.code for one in build(site).problems] == ["long-summary"]
    assert [one.code for one in build(site).problems] == ["long-summary"]


def test_a_hidden_warning_stays_hidden(make_site: MakeSite, build: Build) -> None:
    """In the next build too, whatever has changed; and it is back when the comment is gone."""
    site = make_site({TEA: long("# tiebreak: ignore[long-summary] meant\n")})
    assert build(site, strict=True).problems == ()
    (site / "content/pages").mkdir()
    (site / "content/pages/about.md").write_text("---\ntitle: About\n---\nText\n")
    assert build(site, strict=True).problems == ()
    (site / TEA).write_text(long("# another comment of this file\n"))
    assert [one.code for one in build(site).problems] == ["long-summary"]


def test_an_error_is_never_another() -> None:
    """Even of a code that is a warning elsewhere."""
    wrong = Problem("a", 1, 1, "unknown-subject", "x")
    weak = Problem("a", 2, 1, "unknown-subject", "x", severity=Severity.WARNING)
    assert graded([wrong, weak], {"unknown-subject": "off"}) == [wrong]
    assert [one.severity for one in graded([weak], {"unknown-subject": "error"})] == ["error"]
    assert not codes.WARNINGS & codes.ERRORS


def test_with_errors_no_comment_is_said_to_hide_nothing(make_site: MakeSite, cli: Cli) -> None:
    """Not everything is looked at then."""
    text = long("# tiebreak: ignore[stale] meant\n").replace("pick: tea", "pick: milk")
    assert "unused-ignore" not in codes_of(cli, make_site({TEA: text}), ok=False)


def codes_of(cli: Cli, site: Path, *, ok: bool = True) -> list[str]:
    """What `check` tells, in its order."""
    return [one["code"] for one in json.loads(cli("check", "--project", site, "--format", "json", ok=ok).stdout)]


def test_comments_between_them_cover_each_line_a_few_times() -> None:
    """However many stand in one text without a blank line."""
    for text in ("", "A :tada:\n"):
        body = f"<!-- tiebreak: ignore[left-over] meant -->\n{text}" * 2000
        found = ignores.find(front_matter.cut(TEA, f"---\nsummary: A\n---\n{body}"))
        assert len(found) == 2000
        assert sum(len(one.covers) for one in found) <= 4000
