"""Pictures to share in a build: where they lie, who names them, and when they are drawn."""

import io
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from PIL import Image
from published import ROOT, parsed
from samples import SITE, changed

from tiebreak.problems import SiteError

TEA = "content/compare/tea-vs-coffee.md"
CARD = "compare/tea-vs-coffee/card.png"
SITE_CARD = "card.png"


def named(site: Path, page: str) -> dict[str, str]:
    """What a page says to those who show a picture beside a link to it."""
    tree = parsed(site, page)
    return {
        (one.get("property") or one.get("name") or "").removeprefix("og:"): one.get("content")
        for one in tree.xpath("//meta[starts-with(@property, 'og:image') or starts-with(@name, 'twitter:')]")
    }


def size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


def test_every_page_names_a_picture_that_is_there_as_large_as_it_says(make_site: MakeSite, build: Build) -> None:
    """A comparison its own, all others that of the site; in words as well."""
    site = build(make_site()).output
    for page in (path.relative_to(site).as_posix() for path in site.rglob("index.html")):
        if "refresh" in (site / page).read_text("utf-8"):
            continue  # a redirect
        found = named(site, page)
        path = CARD if page == "compare/tea-vs-coffee/index.html" else SITE_CARD
        assert found["image"] == found["twitter:image"] == f"https://example.org/picks/{path}", page
        assert size((site / path).read_bytes()) == (int(found["image:width"]), int(found["image:height"]))
        assert found["twitter:card"] == "summary_large_image"
    said = named(site, "compare/tea-vs-coffee/index.html")["image:alt"]
    assert said == "Tea vs Coffee. The pick: Tea (a close call)"


def test_it_is_drawn_again_only_when_what_it_shows_has_changed(make_site: MakeSite, build: Build) -> None:
    """Not for the argument, a cell or the date; for a title, a weight, a pick, a hue, and the title of the site."""
    project = make_site()
    build(project)
    text = changed()
    for old, new in (("Tea is calmer", "Tea is quiet"), ("tea: Some", "tea: Little"), ("2026-04-02", "2026-04-03")):
        text = changed((old, new), text=text)
        (project / TEA).write_text(text)
        done = build(project).done
        assert "compare/tea-vs-coffee/index.html" in done
        assert CARD not in done, new
    weight, name = ("wins: tea", "wins: tea\n    weight: 3"), ("[Tea, Coffee]", "[TEA, Coffee]")
    for old, new in (("pick: tea", "pick: coffee"), weight, name):
        text = changed((old, new), text=text)
        (project / TEA).write_text(text)
        assert build(project).done[CARD] == "changed", new
    (project / "content/site.yaml").write_text(changed(("Picks", "Choices"), text=SITE))
    assert build(project).done[CARD] == "changed"


def test_a_switch_takes_them_away(make_site: MakeSite, build: Build) -> None:
    """And with them the fonts are not looked at: one that cannot be read does not matter."""
    project = make_site()
    site = build(project).output
    (project / "content/site.yaml").write_text(f"{SITE}cards: false\n")
    done = build(project).done
    assert (done[CARD], done[SITE_CARD]) == ("removed", "removed")
    assert list(named(site, "index.html")) == ["twitter:card", "twitter:title"]
    assert not list(site.rglob("*card.png"))


def test_a_font_of_the_project_draws_them_anew(make_site: MakeSite, build: Build) -> None:
    """Warm as from nothing, in one process as in two; and no font is published."""
    project = make_site()
    plain = (build(project).output / CARD).read_bytes()
    fonts = project / "templates/fonts"
    fonts.mkdir(parents=True)
    (fonts / "serif.ttf").write_bytes((ROOT / "templates/fonts/literata-cyrillic.ttf").read_bytes())
    (fonts / "LICENSE.txt").write_text("Free.")
    report = build(project)
    assert report.done[CARD] == "changed"
    warm = (report.output / CARD).read_bytes()
    assert warm != plain
    assert (build(project, fresh=True, jobs=2).output / CARD).read_bytes() == warm
    assert not list(report.output.rglob("*.ttf"))


def test_a_name_that_no_font_has_is_drawn_and_told(make_site: MakeSite, build: Build) -> None:
    """In Latin letters: other names make other pictures, where boxes would be the same for all."""
    text = changed(("[Tea, Coffee]", "[東京, Coffee]"), ("pick: tea", "pick: 東京"), ("tea: Some", "東京: Some"))
    text = changed(("wins: tea", "wins: 東京"), ("  tea: You", "  東京: You"), text=text)
    tokyo = build(make_site({TEA: None, "content/compare/tokyo.md": text}))
    osaka = build(make_site({TEA: None, "content/compare/tokyo.md": text.replace("東京", "大阪")}, folder="other"))
    (told,) = (one for one in tokyo.problems if one.code == "undrawn-sign")
    assert (told.file, told.excerpt[told.column - 1]) == ("content/compare/tokyo.md", "東")
    first, second = ((one.output / "compare/tokyo/card.png").read_bytes() for one in (tokyo, osaka))
    assert first != second
    assert size(first) == (1200, 630)


def test_what_an_author_put_there_is_told(make_site: MakeSite, build: Build) -> None:
    """A picture of one's own beside a comparison cannot have that name."""
    with pytest.raises(SiteError) as refused:
        build(make_site({"content/compare/tea-vs-coffee/card.png": (ROOT / "templates/fonts/OFL.txt").read_bytes()}))
    assert refused.value.problems
