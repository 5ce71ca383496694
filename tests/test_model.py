"""The values of a site, and what follows from them."""

from dataclasses import replace
from datetime import date

import pytest
from samples import compared, published

from tiebreak.model import (
    UNKNOWN,
    Cell,
    Factor,
    Heading,
    Kind,
    Link,
    Listing,
    Page,
    Prose,
    Settings,
    Source,
    State,
)

DOCS = Source("Docs", "https://www.example.org/docs")
BLOG = Source("Blog", "https://blog.example.org/")
GUIDE = Source("Guide", "/guide/")


def row(id: str, *cells: Cell, **fields: str) -> Factor:
    return Factor(id, id.capitalize(), cells, **fields)  # type: ignore[arg-type]


def words(count: int) -> Prose:
    return Prose(" ".join(["word"] * count))


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (230, 1), (231, 2), (1150, 5)])
def test_reading_takes_whole_minutes(count: int, minutes: int) -> None:
    """Rounded up, at least one."""
    assert words(count).reading_minutes == minutes


def test_links_change_without_the_text() -> None:
    """The HTML holds tokens, so a link is resolved once for every page that shows it."""
    prose = Prose("html", links=(Link("a.md"), Link("b.md")))
    assert prose.map_links(lambda link: replace(link, target="/" + link.target)).links == (Link("/a.md"), Link("/b.md"))


def test_anchors_are_those_of_all_levels() -> None:
    """A link may lead to any heading."""
    headings = (Heading("a", "A", 2, (Heading("b", "B", 3, (Heading("c", "C", 4),)),)), Heading("d", "D", 2))
    assert Prose("", headings).anchors == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Salt &amp; vinegar", "Salt & vinegar"),
        ("a <em>b</em> &lt;c&gt;", "a b <c>"),
        ('<h2>One<a class="anchor" href="#one">#</a></h2><pre tabindex="0"><code>x</code></pre><p>Two</p>', "OneTwo"),
    ],
)
def test_the_text_of_prose_is_its_words(html: str, text: str) -> None:
    """Without markup, code and what is there to be clicked."""
    assert Prose(html).text == text


@pytest.mark.parametrize(("url", "host"), [(DOCS.url, "example.org"), (BLOG.url, "blog.example.org"), (GUIDE.url, "")])
def test_a_source_names_its_host(url: str, host: str) -> None:
    """Without `www.`; a page of this site has none."""
    assert Source("x", url).host == host


def test_states_have_names() -> None:
    """A name may stand in a class, an id or the name of a text."""
    assert [state.name_in_theme for state in State] == ["yes", "no", "partial", "unknown", "na"]


def test_a_comparison_is_called_after_its_subjects() -> None:
    """Unless its author calls it something else."""
    assert compared("C", "C++", "Rust").title == "C vs C++ vs Rust"
    assert compared("C", "C++", own_title="Plus or not").title == "Plus or not"


def test_a_comparison_was_revised_when_its_content_was() -> None:
    """`updated`, else `published`; a draft may have neither."""
    april, may = date(2026, 4, 1), date(2026, 5, 1)
    assert compared("A", "B", published=april, updated=may).revised == may
    assert compared("A", "B", published=april).revised == april
    assert compared("A", "B").revised is None


def test_groups_come_in_the_order_of_the_table() -> None:
    """Rows of one group stand together, rows without a group under no name."""
    rows = (row("a", group="X"), row("b"), row("c", group="X"), row("d", group="Y"))
    groups = compared("A", "B", factors=rows).groups
    assert [(name, [one.id for one in group]) for name, group in groups] == [
        ("X", ["a", "c"]),
        ("", ["b"]),
        ("Y", ["d"]),
    ]


def test_the_legend_has_only_what_the_table_uses() -> None:
    """In a fixed order, whatever the order of rows; documentation needs no mark."""
    rows = (
        row("a", UNKNOWN, Cell(state=State.YES, kind=Kind.MEASURED)),
        row("b", Cell(value="1", kind=Kind.DOCS), Cell(state=State.YES, kind=Kind.VENDOR)),
    )
    comparison = compared("A", "B", factors=rows)
    assert comparison.states == (State.YES, State.UNKNOWN)
    assert comparison.kinds == (Kind.VENDOR, Kind.MEASURED)


def test_a_row_has_a_kind_when_its_cells_share_one() -> None:
    """It is then said once, at the row."""
    measured, opinion = Cell(kind=Kind.MEASURED), Cell(kind=Kind.OPINION)
    assert row("a", measured, measured).kind is Kind.MEASURED
    assert row("a", measured, opinion).kind is None
    assert row("a", measured, Cell()).kind is None


def test_the_pick_box_says_when_to_take_the_others() -> None:
    """Of the subjects that were not picked; of all of them when none was."""
    verdict = (words(1), words(2), words(3))
    comparison = compared("A", "B", "C", verdict=verdict)
    first = comparison.subjects[0]
    assert [subject.name for subject, _ in replace(comparison, pick=first).use_the_other] == ["B", "C"]
    assert [subject.name for subject, _ in comparison.use_the_other] == ["A", "B", "C"]
    assert (replace(comparison, pick=first).pick_place, comparison.pick_place) == (1, 0)


def test_marks_lead_to_the_source_list_and_back() -> None:
    """A mark is a place in the list, from 1; the list says which cells bear it."""
    rows = (row("a", Cell(sources=(BLOG,)), Cell(sources=(DOCS, BLOG))),)
    comparison = compared("A", "B", factors=rows, sources=(DOCS, BLOG, GUIDE))
    assert [comparison.marks(cell) for cell in rows[0].cells] == [(2,), (1, 2)]
    assert [(factor.id, subject.name) for factor, subject in comparison.cells_citing(BLOG)] == [("a", "A"), ("a", "B")]
    assert comparison.cells_citing(GUIDE) == ()


def test_cells_that_read_alike_do_not_contradict_each_other() -> None:
    """Whatever stands behind them."""
    assert Cell(value="1", sources=(DOCS,)).same_as == Cell(value="1", checked=date(2026, 1, 1)).same_as
    assert Cell(value="1").same_as != Cell(value="1.0").same_as


@pytest.mark.parametrize(
    ("base_url", "prefix", "page"),
    [
        ("https://example.org/", "/", "https://example.org/compare/x/"),
        ("https://example.org/deep/prefix/", "/deep/prefix/", "https://example.org/deep/prefix/compare/x/"),
    ],
)
def test_settings_know_where_the_site_lives(base_url: str, prefix: str, page: str) -> None:
    """Addresses within the site get the whole base, other URLs stay."""
    settings = Settings("T", base_url)
    assert (settings.prefix, settings.absolute("/compare/x/")) == (prefix, page)
    assert settings.absolute("https://a.b/c") == "https://a.b/c"


def test_the_site_is_indexed_by_what_comparisons_share() -> None:
    """Keys in alphabetical order, whatever their capitals; comparisons in the order of the site."""
    one = compared("B", "A", category="zoo", tags=("x", "Y"))
    two = compared("A", "C", category="Art")
    site = published(one, two, compared("D", "E"))
    assert {key: [each.slug for each in found] for key, found in site.by_subject.items()} == {
        "a": ["b-vs-a", "a-vs-c"],
        "b": ["b-vs-a"],
        "c": ["a-vs-c"],
        "d": ["d-vs-e"],
        "e": ["d-vs-e"],
    }
    assert list(site.by_category) == ["Art", "zoo"]
    assert list(site.by_tag) == ["x", "Y"]
    assert site.by_slug["a-vs-c"].card == two.card
    assert site.place == {"b-vs-a": 0, "a-vs-c": 1, "d-vs-e": 2}


def test_a_section_is_a_folder_of_pages() -> None:
    """A page at the top stands alone."""
    top, first, second = (
        Page("/about/", "About", words(1), "x"),
        Page("/guide/", "Guide", words(1), "x", section="guide"),
        Page("/guide/more/", "More", words(1), "x", section="guide"),
    )
    site = replace(published(), pages=(top, first, second))
    assert site.section(second) == (first, second)
    assert site.section(top) == (top,)


def test_a_cells_quote_stands_under_the_source_it_cites_first() -> None:
    """A quotation has one origin; a source's own comes before."""
    cells = (Cell(value="1", sources=(DOCS, BLOG), quote="One."), Cell(value="2", sources=(BLOG,), quote="Two."))
    comparison = compared("A", "B", factors=(row("a", *cells),), sources=(DOCS, BLOG))
    assert comparison.quotes(DOCS)[-1] == "One."
    assert comparison.quotes(BLOG)[-1] == "Two."
    assert "One." not in comparison.quotes(BLOG)


def test_a_state_is_said_once() -> None:
    """Not "No: No" to those who hear the page."""
    assert Cell(state=State.NO, text=Prose("no")).says("No")
    assert not Cell(state=State.NO, text=Prose("Gone")).says("No")
    assert not Cell(state=State.NO).says("No")


def test_a_listing_answers_for_its_card() -> None:
    """What orders and groups it is at hand; the rest is had from the card, and what is not there is in neither."""
    whole = compared("A", "B", won="A A B", own_title="Which", category="X", tags=("t",), summary="S")
    listing = Listing.of(whole.card)
    assert (listing.card, listing.title, listing.summary, listing.balance) == (whole.card, "Which", "S", whole.balance)
    assert (listing.path, listing.subject_ids, listing.picked, listing.margin) == (whole.path, ("a", "b"), "", 1 / 3)
    assert not hasattr(listing, "factors")


def test_a_card_holds_nothing_that_only_the_page_of_a_comparison_shows() -> None:
    """So that the page can change, and no other has to be looked at."""
    one = compared("A", "B", won="A", body=words(1))
    other = replace(one, body=words(2), sources=(DOCS,), factors=(replace(one.factors[0], note=words(3)),))
    assert Listing.of(one.card) == Listing.of(other.card)
    assert Listing.of(one.card) != Listing.of(replace(one, why=words(2)).card)


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        (("10", "2.5"), (1.0, 0.25)),
        (("0", "3", "1"), (0.0, 1.0, 0.333)),
        (("0", "0"), ()),
        (("-1", "2"), ()),
        (("5", None), ()),
        ((None, None), ()),
    ],
)
def test_a_row_of_numbers_is_drawn_from_zero(values: tuple[str | None, ...], shares: tuple[float, ...]) -> None:
    """To one scale; not at all where a number is missing, or lies below zero."""
    assert Factor("size", "Size", tuple(Cell(value=value) for value in values), unit="MB").shares == shares


def test_numbers_without_a_unit_are_not_drawn() -> None:
    """3.13 and 3.15 are no lengths."""
    assert Factor("python", "Python", (Cell(value="3.13"), Cell(value="3.15"))).shares == ()
