"""Tags told apart before a parser makes elements of them."""

import re
from contextlib import nullcontext, suppress

import nh3
import pytest
from growth import assert_bounded
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tiebreak.markdown import tags
from tiebreak.markdown.sanitizer import TAGS
from tiebreak.markdown.tags import DEEPEST, MOST_ATTRIBUTES, is_too_much, listed
from tiebreak.problems import RemarkError

MARK = "!mark!"
FEW = 5_000  # characters
NAMES = st.sampled_from(sorted(TAGS))
some_tags = st.builds("</{}>".format, NAMES) | st.builds(
    "<{}{}>".format, NAMES, st.sampled_from(("", ' title="a"', " title='>'", ' a"', " /", " a=b'"))
)
soups = st.lists(some_tags | st.sampled_from(("x", "<!-->", "<!--x-->", "<?x>", "< ", "</>")), min_size=1, max_size=8)


def depth(markup: str) -> int:
    """How deep elements lie in each other in HTML that a parser wrote."""
    deepest = now = 0
    for end, name in re.findall(r"<(/?)([a-z0-9]+)", markup):
        if name not in ("br", "col", "hr", "img", "wbr"):
            now += -1 if end else 1
            deepest = max(deepest, now)
    return deepest


@pytest.mark.parametrize(
    "one",
    [
        "<span><div></span>",
        "<b><div></b>",
        "<div><table><td></div>",
        "<li><dd>",
        "<rt>",
        "<h3><div><h2></h3>",
        "<li><ul></li>",
        "<blockquote></bloc\u212aquote>",
        "<span><p><section></span>",
        "<table><td></b>",
    ],
)
def test_what_only_seems_closed_is_counted(one: str) -> None:
    """Each of these stays open in a parser, whatever its end tags say."""
    assert depth(nh3.clean(one * 1000, tags=set(TAGS))) >= 1000
    assert is_too_much(one * 1000)


@pytest.mark.slow
@example(["<b title='>'>", "<p>", "x"])
@example(["<div>", "<b title='>'>", "</div>", "<rt>", "x", "</rt>"])
@example(["<p>", "<b title='>'>", "<table>", "<td>", "</b>", "</table>", "<div>"])
@example(["<b title='>'>", *["<div>"] * 9, "</b>", "<p>"])
@example(["<div>", "<!-->", "<p>", "<b title='>'>", "</p>", "</div>"])
@example(['<div a">', "<p>", '<b title="a">', "</p>", "</div>"])
@settings(max_examples=200)
@given(soups)
def test_what_passes_is_neither_deep_nor_grown(soup: list[str]) -> None:
    """However often it is said again. A table lends each cell three elements, and formatting is opened inside them."""
    markup, _ = listed("".join(soup) * 300, TAGS, MARK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tags, "MOST_OPENED_AGAIN", FEW)  # so that short texts reach it
        if is_too_much(markup):
            return
    made = nh3.clean(markup, tags=set(TAGS))
    assert depth(made) < 5 * DEEPEST
    assert len(made) < 20 * len(markup) + 8 * FEW


@pytest.mark.parametrize(
    "one",
    [
        "<p>a<ul><li>b<li>c<p>d</ul><dl><dt>e<dd>f<dt>g</dl></p>",
        "<ruby>a<rt>b</ruby><table><tr><td><p>c<td>d<tr><th>e</table>",
        '<a href="x"><div><h3>a</h3><p>b</div></a><p><b>c</b><br>',
        "<blockquote><p>a<p>b</blockquote><p><div>c</div></p>",
    ],
)
def test_ends_that_may_be_left_out_are_no_harm(one: str) -> None:
    """Though many do so."""
    assert not is_too_much(one * 1000)


def test_a_long_text_is_not_deep() -> None:
    """However much of it is formatted, and however long the addresses of its links are."""
    assert not is_too_much(f'<p><a href="{"x" * 2000}"><b>x</b></a> <em>y</em></p><ul><li>z</li></ul>' * 5000)


@pytest.mark.slow
@given(soups)
def test_what_is_on_the_list_stays(soup: list[str]) -> None:
    """To the letter, but for comments."""
    text = "".join(soup)
    markup, taken = listed(text, TAGS, MARK)
    assert not taken.keys() - {"?"}
    assert markup == re.sub(r"<!-->|<!--x-->|<\?x>|</>", "", text).replace("< ", "&lt; ")


def test_what_holds_other_texts_is_taken_out() -> None:
    """The tags of an element that is not on the list, and programs whole; one without an end takes nothing along."""
    markup, taken = listed('<title>a <b title="</title>">c</b></title><script>"</b>"</script ><style>d<p>', TAGS, MARK)
    assert markup == 'a <b title="</title>">c</b>d<p>'
    assert taken == {"title": 1, "script": 1, "style": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<b>x</b >", {}),
        ("<b>x</b\n/>", {}),
        ("<p>x</p foo>", {"/p": 1}),
        ("<p>x</p\tfoo=1>y</p a>", {"/p": 2}),
        ("x <?php echo 1 ?> y <?a> z", {"?": 2}),
        ("x <!y z>", {"!": 1}),
        ("x <!-- y --> <!--> </> </1>", {}),
    ],
)
def test_what_is_no_element_is_told(text: str, told: dict[str, int]) -> None:
    """But for comments, and for ends that end nothing and say nothing."""
    assert listed(text, TAGS, MARK)[1] == told


@pytest.mark.parametrize("text", ["x <a b='>", 'y <a title="z>', "<a <b"])
def test_a_tag_without_an_end_is_told(text: str) -> None:
    """A parser would take all that follows into it."""
    with pytest.raises(RemarkError, match="this tag never ends"):
        listed(text, TAGS, MARK)


def test_a_tag_has_not_more_attributes_than_a_parser_takes_easily() -> None:
    """It compares each with each: two megabytes of them took it most of a minute."""
    for most in (MOST_ATTRIBUTES, MOST_ATTRIBUTES + 1):
        text = f"<a {' '.join(f'b{number}' for number in range(most))}>"
        with pytest.raises(RemarkError, match="more than 200 attributes") if most > MOST_ATTRIBUTES else nullcontext():
            listed(text, TAGS, MARK)
    assert listed(f"<!-- {'a ' * 500}--><p title='{'a ' * 500}'>", TAGS, MARK)[0].startswith("<p")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<!--", "<script>", "<script></style>", "</script ", "</a =", "<!", "<a/b", "< "]
)
def test_tags_are_told_apart_in_linear_time(piece: str) -> None:
    """Whatever they lack."""

    def tell(markup: str) -> None:
        with suppress(RemarkError):
            is_too_much(listed(markup, TAGS, MARK)[0])

    assert_bounded(lambda size: piece * size, tell, start=20_000)
