"""A relative path becomes an address within the site, and what leads nowhere is not published."""

from dataclasses import replace
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

import pytest
from conftest import MakeSite
from hypothesis import given
from hypothesis import strategies as st
from samples import changed, loaded_site

from tiebreak.linking.index import Index, Target
from tiebreak.linking.index_entry import factor_id
from tiebreak.linking.links import BrokenReferenceError, page_url, resolve
from tiebreak.linking.subjects import Registry
from tiebreak.linking.trace import Trace
from tiebreak.model.prose import Link

HERE = "content/compare/a-vs-b.md"
PLACES = {
    HERE: Target("/compare/a-vs-b/", anchors="the-gotcha factor-speed 日本 a--b=a-b a-b"),
    "content/compare/draft.md": Target("/compare/draft/", anchors="", draft=True),
    "content/compare/other-draft.md": Target("/compare/other-draft/", anchors="", draft=True),
    "content/compare/chart.png": Target("/compare/chart.png", size=(640, 480), image=True),
    "content/compare/two words.csv": Target("/compare/two words.csv"),
    "content/compare/c#.png": Target("/compare/c%23.png", image=True),
    "content/compare/100%.png": Target("/compare/100%25.png", image=True),
    "content/compare/x%20y.png": Target("/compare/x%2520y.png", image=True),
    "content/compare/caf\u00e9.png": Target("/compare/caf%C3%A9.png", image=True),
    "content/compare/nai\u0308ve.png": Target("/compare/nai%CC%88ve.png", image=True),
    "content/pages/guide/start.md": Target("/guide/start/", anchors="install"),
    "content/pages/broken.md": Target("/"),
    "content/subjects/a.yaml": Target("/subjects/a/", anchors=""),
}
KNOWN = Index(entries={}, targets=PLACES, registry=Registry([]), author="", drafts=False)


def led(target: str, origin: str = HERE) -> str:
    return resolve(Link(target), origin, Trace(KNOWN)).target


def complaint(link: Link | str, origin: str = HERE) -> tuple[str, str]:
    """(message, help) of what is wrong with a link."""
    with pytest.raises(BrokenReferenceError) as caught:
        resolve(Link(link) if isinstance(link, str) else link, origin, Trace(KNOWN))
    return str(caught.value), caught.value.help


IDS = "there are: a-b, the-gotcha, 日本, factor-speed"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("a-vs-b.md", "/compare/a-vs-b/"),
        ("./a-vs-b.md#the-gotcha", "/compare/a-vs-b/#the-gotcha"),
        ("#the-gotcha", "/compare/a-vs-b/#the-gotcha"),
        ("#factor-speed", "/compare/a-vs-b/#factor-speed"),
        ("#%E6%97%A5%E6%9C%AC", "/compare/a-vs-b/#%E6%97%A5%E6%9C%AC"),
        ("../pages/guide/start.md#install", "/guide/start/#install"),
        ("../compare/../pages/guide/start.md", "/guide/start/"),
        ("../subjects/a.yaml", "/subjects/a/"),
        ("chart.png", "/compare/chart.png"),
        ("two%20words.csv", "/compare/two words.csv"),
        ("two words.csv", "/compare/two words.csv"),
        ("c#.png", "/compare/c%23.png"),
        ("c%23.png", "/compare/c%23.png"),
        ("100%.png", "/compare/100%25.png"),
        ("100%25.png", "/compare/100%25.png"),
        ("x%20y.png", "/compare/x%2520y.png"),
        ("x%2520y.png", "/compare/x%2520y.png"),
        ("cafe\u0301.png", "/compare/caf%C3%A9.png"),
        ("cafe%CC%81.png", "/compare/caf%C3%A9.png"),
        ("na\u00efve.png", "/compare/nai%CC%88ve.png"),
        (" a-vs-b.md ", "/compare/a-vs-b/"),
        ("../pages/broken.md#anything", "/#anything"),
        ("https://example.org/a b?c=d\u00a0e", "https://example.org/a%20b?c=d%C2%A0e"),
        ("https://example.org/می\u200cخواهم", "https://example.org/می%E2%80%8Cخواهم"),
        (" https://example.org/\n", "https://example.org/"),
        ("mailto:a@b.c?subject=two words", "mailto:a@b.c?subject=two%20words"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org/", "HTTP://example.org/"),
        ("mailto:a@b.c?subject=d", "mailto:a@b.c?subject=d"),
        ("#a--b", "/compare/a-vs-b/#a-b"),
        ("a-vs-b.md#%E6%97%A5%E6%9C%AC", "/compare/a-vs-b/#%E6%97%A5%E6%9C%AC"),
    ],
)
def test_a_link_leads_to_what_it_names(written: str, address: str) -> None:
    """Files by relative path, headings and rows by fragment, other sites by URL."""
    assert led(written) == address


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("a-vs-c.md", '"a-vs-c.md" leads nowhere', 'did you mean "a-vs-b.md"?'),
        ("nope.md", '"nope.md" leads nowhere', "there is no such file; paths are relative to this one"),
        ("../pages/guide/", '"../pages/guide/" leads nowhere', 'did you mean "../pages/guide/start.md"?'),
        ("../../README.md", '"../../README.md" leads out of content/', "link a file under content/"),
        ("../../../../etc/passwd", '"../../../../etc/passwd" leads out of content/', "link a file under content/"),
        ("/guide/start/", '"/guide/start/" is not a relative path', "link the file itself, such as ../pages/guide.md"),
        ("", "the link has no target", "write a relative file path or a URL in the parentheses"),
        ("draft.md", '"draft.md" is a draft, which is not published', "publish it first, or build with --drafts"),
        ("#the-gocha", f'"{HERE}" has no heading "#the-gocha"', 'did you mean "the-gotcha"? ' + IDS),
        ("../subjects/a.yaml#x", '"../subjects/a.yaml" has no heading "#x"', "there is no heading there"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(written: str, message: str, help: str) -> None:
    """With the nearest thing that is there."""
    assert complaint(written) == (message, help)


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u00a0javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "javascript\u00ad:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "vbscript:x",
        "data:text/html;base64,x",
        "blob:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/x",
        "\\\\example.org\\x",
        "/\\example.org",
        "view-source:x",
        "c:\\x",
        "https:example.org",
        "https:///x",
        "http://[",
        "x:",
        "ht\u200btps://example.org/",
        "https://exam\u200bple.org/",
        "https://exam ple.org/",
        "https://%00/",
    ],
)
def test_only_safe_schemes_lead_out_of_the_site(written: str) -> None:
    """However the scheme is disguised."""
    complaint(written)


def test_an_unsafe_link_says_what_is_safe() -> None:
    """The exact text."""
    assert complaint("javascript:alert(1)") == (
        '"javascript:alert(1)" is not a link that a page may carry',
        "only http, https, mailto and relative paths",
    )


def test_a_draft_may_lead_to_a_draft() -> None:
    """Neither is published, or both are."""
    assert led("draft.md", "content/compare/other-draft.md") == "/compare/draft/"
    assert led("#", "content/compare/draft.md") == "/compare/draft/"


def test_an_image_gets_its_size() -> None:
    """So that the page does not jump."""
    found = resolve(Link("chart.png", image=True, alt="A chart"), HERE, Trace(KNOWN))
    assert (found.target, found.size, found.alt) == ("/compare/chart.png", (640, 480), "A chart")


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (Link("chart.png", image=True, alt=" "), 'the image "chart.png" has no alternative text'),
        (Link("chart.png", image=True), 'the image "chart.png" has no alternative text'),
        (Link("gone.png", image=True, alt="x"), '"gone.png" leads nowhere'),
        (Link(".x.png", image=True, alt="x"), '".x.png" is not published'),
        (Link("chart.png.orig", image=True, alt="x"), '"chart.png.orig" is not published'),
        (Link("a-vs-b.md", image=True, alt="x"), '"a-vs-b.md" is not an image'),
        (
            Link("https://example.org/a.png", image=True, alt="x"),
            '"https://example.org/a.png" would make the page ask another host',
        ),
        (Link("data:image/png,x", image=True, alt="x"), '"data:image/png,x" is not a link that a page may carry'),
    ],
)
def test_an_image_lies_beside_the_article_and_says_what_it_shows(link: Link, message: str) -> None:
    """Alternative text, a file, and no other host."""
    assert complaint(link)[0] == message


@pytest.mark.parametrize(
    ("path", "address"),
    [("about", "/about/"), ("guide/start", "/guide/start/"), ("guide/index", "/guide/"), ("index", "/")],
)
def test_the_path_of_a_page_is_its_address(path: str, address: str) -> None:
    """An `index` stands for its folder."""
    assert page_url(path) == address


def test_a_row_has_an_id_for_links() -> None:
    """Its own, else one made from its label."""
    assert (factor_id(None, "C++ & C#"), factor_id("x", "Label")) == ("c-plus-plus-and-c-sharp", "x")


def test_everything_in_a_project_can_be_linked(make_site: MakeSite) -> None:
    """Comparisons with headings and rows, pages, subjects, files; and what is broken, to no complaint."""
    site = make_site(
        {
            "content/compare/water-vs-juice.md": changed(("published: 2026-04-02", "draft: true")),
            "content/compare/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "content/compare/a.csv": "1",
            "content/pages/guide/index.md": "---\ntitle: Guide\n---\n## Install\n",
            "content/pages/broken.md": "",
            "content/subjects/tea.yaml": "name: Tea\n",
        }
    )
    rows = "factor-caffeine the-argument"
    index = loaded_site(site).index
    assert {path: index.target(path) for path in index.linkable} == {
        "content/compare/tea-vs-coffee.md": Target("/compare/tea-vs-coffee/", "Tea vs Coffee", rows),
        "content/compare/water-vs-juice.md": Target("/compare/water-vs-juice/", "Tea vs Coffee", rows, draft=True),
        "content/compare/a.svg": Target("/compare/a.svg", image=True),
        "content/compare/a.csv": Target("/compare/a.csv"),
        "content/pages/guide/index.md": Target("/guide/", "Guide", "install"),
        "content/pages/broken.md": Target("/", image=True),
        "content/subjects/tea.yaml": Target("/subjects/tea/", "Tea", ""),
    }
    index = loaded_site(site, drafts=True).index
    assert not any(target.draft for path in index.linkable if (target := index.target(path)))
    assert index.target("content/compare/nothing.md") is None


def test_a_decorative_image_may_have_no_alternative_text() -> None:
    """When it says so; nothing else may be without."""
    assert resolve(Link("chart.png", image=True, alt="", decorative=True), HERE, Trace(KNOWN)).decorative
    message, help = complaint(Link("chart.png", image=True, alt=""))
    assert message == 'the image "chart.png" has no alternative text'
    assert help.endswith('write "decorative" behind the address')


NAMES_OF_FILES = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"], exclude_characters=":/\\")
)


@given(NAMES_OF_FILES.map(lambda name: f"{name}.csv"), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]))
def test_a_file_of_any_name_can_be_linked(
    name: str, on_disk: Literal["NFC", "NFD"], in_text: Literal["NFC", "NFD"]
) -> None:
    """As it is written and percent-encoded, however the file system and the editor encode its accents."""
    file = f"content/compare/x{normalize(on_disk, name)}"
    index = replace(KNOWN, targets={file: Target("/it")})
    for written in (f"x{normalize(in_text, name)}", quote(f"x{normalize(in_text, name)}")):
        assert resolve(Link(written), HERE, Trace(index)).target == "/it"
