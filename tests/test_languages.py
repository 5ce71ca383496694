"""Languages by their tags: one spelling, a direction, quotation marks."""

import re
from pathlib import Path

import pytest
from babel import Locale, localedata
from conftest import Build, Cli, MakeSite
from published import ROOT
from samples import SITE

from tiebreak.languages import canonical, direction, fallbacks, locale

ARABIC = {"content/site.yaml": SITE + "language: AR\n"}
# What lays something out from one side, where a logical property would do.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|"
    r"(?:text-align|float|clear): *(?:left|right))(?=[ :;])"
)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("DE", "de"),
        ("pt-br", "pt-BR"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("sl-ROZAJ-1994", "sl-rozaj-1994"),
        ("es-419", "es-419"),
        ("en-us-U-CA-Gregory", "en-US-u-ca-gregory"),
    ],
)
def test_tags_have_no_case(written: str, tag: str) -> None:
    """They are spelt in one way, as BCP 47 recommends."""
    assert canonical(written) == canonical(tag) == tag


@pytest.mark.parametrize(
    ("tag", "spelt"),
    [("en", "en"), ("pt-br", "pt_BR"), ("zh-Hant-TW", "zh_TW"), ("zh-Hant", "zh"), ("es-419", "es"), ("de-a-ch", "de")],
)
def test_a_locale_names_a_country_only_where_the_tag_does(tag: str, spelt: str) -> None:
    """As Open Graph spells it; none is made up."""
    assert locale(tag) == spelt


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("de-AT", ("de-AT", "de")),
        ("zh-TW", ("zh-TW", "zh-Hant")),
        ("zh-CN", ("zh-CN", "zh")),
        ("sr-Latn-RS", ("sr-Latn-RS", "sr-Latn")),
        ("az-Arab", ("az-Arab",)),
    ],
)
def test_nobody_is_given_words_in_another_script(tag: str, found: tuple[str, ...]) -> None:
    """What a country or a script lacks, its language has, if it is written alike."""
    assert fallbacks(tag) == found


@pytest.mark.slow
def test_every_language_of_cldr_has_its_direction() -> None:
    """As Babel has it, but for Mongolian from top to bottom, which the theme cannot do."""
    for id in localedata.locale_identifiers():
        locale = Locale.parse(id)
        assert direction(id.replace("_", "-")) == locale.text_direction.replace("ttb", "ltr"), id


def page(build: Build, project: Path, name: str = "compare/tea-vs-coffee") -> str:
    """A page of the site, built."""
    return (build(project).output / name / "index.html").read_text("utf-8")


def test_a_page_in_arabic_runs_from_right_to_left(make_site: MakeSite, build: Build) -> None:
    """Whatever the case of its tag; a redirect as well, and a page in English says nothing."""
    english = make_site(folder="english")
    assert '<html lang="en">' in page(build, english)
    assert '<html lang="en">' in page(build, english, "compare/coffee-vs-tea")
    arabic = make_site(ARABIC)
    assert '<html lang="ar" dir="rtl">' in page(build, arabic)
    assert '<html lang="ar" dir="rtl">' in page(build, arabic, "compare/coffee-vs-tea")
    for project, count in ((english, 0), (arabic, 1)):  # others need not load what mirrors a page
        (style,) = (project / "site/assets").glob("style.*.css")
        assert min(style.read_text("utf-8").count("scale:-1 1"), 1) == count


def test_a_name_in_latin_letters_keeps_its_order(make_site: MakeSite, build: Build) -> None:
    """In a title, in a cell, and in what the theme says."""
    html = page(build, make_site(ARABIC))
    assert '<h1><bdi dir="ltr">Tea</bdi> <i class="vs">vs</i> <bdi dir="ltr">Coffee</bdi></h1>' in html
    assert "\u2068Tea\u2069" in html


def test_the_theme_has_no_left_and_no_right() -> None:
    """But for what has no logical values, in the style sheet that turns it round."""
    for file in sorted((ROOT / "static/css").glob("*.css")):
        css = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
        found = [line.strip() for line in css.split("\n") if PHYSICAL.search(line) and '[dir="rtl"]' not in line]
        assert [line for line in found if "gradient(" not in line] == [], file.name


def test_a_site_in_a_language_without_words_is_told_how_many_are_missing(make_site: MakeSite, cli: Cli) -> None:
    """Once, with what lists them; a language that is there whole has no warning."""
    for language, count in (("nl", 1), ("FR-ca", 0), ("en-US", 0)):
        project = make_site({"content/site.yaml": SITE + f"language: {language}\n"})
        assert cli("check", "--project", project).stderr.count("missing-words") == count


def test_what_is_missing_is_a_file_to_translate(make_site: MakeSite, cli: Cli) -> None:
    """In English, as YAML; what the project has said already is not in it; a language that is whole has nothing."""
    words = "home:\n  latest: Nieuwste\n"
    project = make_site({"content/site.yaml": SITE + "language: nl\n", "templates/words/NL.yaml": words})
    listed = cli("words", "--project", project)
    assert "  clearest: Clearest winners\n" in listed.stdout
    assert "latest:" not in listed.stdout
    (project / "templates/words/NL.yaml").write_text(listed.stdout, "utf-8")
    assert cli("words", "--project", project).stdout == "home:\n  latest: Latest ruling\n"
    assert cli("words", "fr", "--project", project).stdout == ""


def test_the_language_of_a_site_sets_its_quotation_marks(make_site: MakeSite, build: Build) -> None:
    """In plain fields, in Markdown and in bodies; another language sets them anew."""
    text = '---\ntitle: \'A "b" c\'\n---\n\nIt says "*so*".\n'
    project = make_site({"content/site.yaml": SITE + "language: de\n", "content/pages/about.md": text})
    german = page(build, project, "about")
    assert "<h1>A „b“ c</h1>" in german
    assert "„<em>so</em>“" in german
    (project / "content/site.yaml").write_text(SITE + "language: fr\n", "utf-8")
    assert "«\u202f<em>so</em>\u202f»" in page(build, project, "about")
