"""What a page tells others about itself in its head: search engines, networks, phones and readers' modes."""

import json
from dataclasses import replace
from math import hypot
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import MakeSite
from lxml import html
from PIL import Image, ImageChops
from published import BASE_URL, DRINKS, publish_copy
from samples import ENGLISH, SITE, renderer

from tiebreak.pages.outputs import SocialImage
from tiebreak.pages.routes import outputs_of

TEA = "compare/tea-vs-coffee/"
KNOWN = {"og:title", "og:description", "og:type", "og:url", "og:site_name", "og:locale"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of every feature, under a path."""
    return publish_copy(DRINKS, tmp_path_factory.mktemp("head"))


def told(page: str) -> dict[str, list[str]]:
    """What the `<meta>` of a page say, by name or property."""
    found: dict[str, list[str]] = {}
    for meta in html.document_fromstring(page).xpath("//meta[@content]"):
        found.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return found


def front_page(project: Path, image: SocialImage | None = None) -> str:
    """The front page of a project, with a picture of its own."""
    made = renderer(project)
    home = outputs_of(made.site, ENGLISH)[0]
    meta = replace(home.context["meta"], image=image)
    return made.page(replace(home, context={**home.context, "meta": meta})).decode()


def test_a_comparison_says_who_wrote_it_and_when(site: Path) -> None:
    """The author, both days and every tag, as its front matter has them."""
    found = told((site / TEA / "index.html").read_text("utf-8"))
    assert found["author"] == ["Ada Sipper"]
    assert found["article:published_time"] == ["2026-04-02"]
    assert found["article:modified_time"] == ["2026-11-20"]
    assert found["article:tag"] == ["caffeine", "morning"]
    assert found["og:type"] == ["article"]


def test_every_page_can_be_shared(site: Path) -> None:
    """With a title, a public address, and the name and language of the site; no picture is promised without one."""
    for page in sorted(site.rglob("index.html")):
        text = page.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        found = told(text)
        assert found.keys() >= KNOWN - {"og:description"} | {"author", "twitter:card", "twitter:title"}, page
        assert found["og:url"] == [urljoin(BASE_URL, f"{page.parent.relative_to(site).as_posix()}/".removeprefix("./"))]
        assert found["og:locale"] == ["en"]
        assert found["twitter:card"] == ["summary"]
        assert found.get("twitter:description") == found.get("og:description") == found.get("description")
        assert not [name for name in found if "image" in name]


def test_a_picture_is_told_with_its_size_and_in_words(make_site: MakeSite) -> None:
    """To all that show it, by its public address."""
    found = told(front_page(make_site(), SocialImage("/card.png", 1200, 630, 'Tea <or> "coffee"')))
    address = "https://example.org/picks/card.png"
    assert found["og:image"] == found["twitter:image"] == [address]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
    assert found["og:image:alt"] == ["Tea <or> “coffee”"]
    assert found["twitter:card"] == ["summary_large_image"]


def test_the_locale_names_a_country_only_where_the_site_does(make_site: MakeSite) -> None:
    """No country is made up for a language."""
    brazil = make_site({"content/site.yaml": f"{SITE}language: pt-BR\n"})
    assert told(front_page(brazil))["og:locale"] == ["pt_BR"]


def test_a_phone_can_keep_the_site(site: Path) -> None:
    """Under a prefix: the manifest, what it starts, and icons as large as they say lie where their addresses lead."""
    tree = html.document_fromstring((site / TEA / "index.html").read_text("utf-8"))
    (address,) = tree.xpath("//link[@rel='manifest']/@href")
    url = urljoin(BASE_URL + TEA, address)
    manifest = json.loads((site / url.removeprefix(BASE_URL)).read_text("utf-8"))
    assert (manifest["name"], manifest["short_name"]) == ("Drinks", "Drinks")
    assert (manifest["lang"], manifest["dir"]) == ("en", "ltr")
    assert urljoin(url, manifest["start_url"]) == urljoin(url, manifest["scope"]) == BASE_URL
    assert (
        manifest["theme_color"] == manifest["background_color"] == tree.xpath("//meta[@name='theme-color']/@content")[0]
    )
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        file = site / urljoin(url, icon["src"]).removeprefix(BASE_URL)
        assert file.stat().st_size < 2_000
        if icon["type"] == "image/png":
            width, height = (int(number) for number in icon["sizes"].split("x"))
            with Image.open(file) as picture:
                assert picture.size == (width, height)
    (touch,) = tree.xpath("//link[@rel='apple-touch-icon']/@href")
    with Image.open(site / urljoin(BASE_URL + TEA, touch).removeprefix(BASE_URL)) as picture:
        assert picture.size == (180, 180)
        assert picture.convert("RGBA").getchannel("A").getextrema() == (255, 255)  # iOS shows what is clear as black


def test_a_maskable_icon_survives_the_mask(site: Path) -> None:
    """Nothing is drawn outside the circle of four fifths that every phone shows."""
    with Image.open(site / "icon-maskable.png") as opened:
        ground = opened.convert("RGB").getpixel((0, 0))
        drawn = ImageChops.difference(opened.convert("RGB"), Image.new("RGB", opened.size, ground)).getbbox()
    assert drawn
    assert max(hypot(x - 256, y - 256) for x in drawn[::2] for y in drawn[1::2]) <= 0.4 * 512
