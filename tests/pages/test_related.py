"""Which comparisons belong together, and why."""

from samples import ENGLISH, compared, published

from tiebreak.model.comparison import Comparison
from tiebreak.model.site import Listing
from tiebreak.pages.phrases import describe_related
from tiebreak.pages.related import MOST, related_to


def told(comparison: Comparison, *others: Comparison) -> list[tuple[str, str]]:
    """Slug and reason of every related comparison, in order."""
    found = related_to(Listing.of(comparison.card), published(comparison, *others))
    return [(one.comparison.slug, describe_related(ENGLISH, one)) for one in found]


def test_a_shared_subject_relates() -> None:
    """The reason names it as it is written."""
    assert told(compared("PyTorch", "B"), compared("C", "PyTorch")) == [("c-vs-pytorch", "also about PyTorch")]


def test_two_shared_subjects_relate_more() -> None:
    """Whatever the categories."""
    one = compared("A", "B", category="X")
    assert told(one, compared("A", "C", category="X"), compared("B", "A", "D")) == [
        ("b-vs-a-vs-d", "also about A and B"),
        ("a-vs-c", "also about A"),
    ]


def test_a_category_relates_more_than_tags() -> None:
    """And a subject more than a category."""
    one = compared("A", "B", category="X", tags=("t", "u"))
    assert told(one, compared("C", "D", tags=("u", "t")), compared("E", "F", category="X"), compared("G", "B")) == [
        ("g-vs-b", "also about B"),
        ("e-vs-f", "same category: X"),
        ("c-vs-d", "also tagged t, u"),
    ]


def test_among_equals_the_newest_comes_first() -> None:
    """That is the order of the site."""
    others = [compared("A", name) for name in "ZCY"]
    assert [slug for slug, _ in told(compared("A", "B"), *others)] == ["a-vs-z", "a-vs-c", "a-vs-y"]


def test_what_the_author_pins_comes_first() -> None:
    """In the author's order, once each, and with a reason even where nothing is shared."""
    one = compared("A", "B", pinned=("x-vs-y", "a-vs-d"))
    assert told(one, compared("A", "C"), compared("A", "D"), compared("X", "Y")) == [
        ("x-vs-y", "chosen by the author"),
        ("a-vs-d", "also about A"),
        ("a-vs-c", "also about A"),
    ]


def test_what_is_not_published_is_not_shown() -> None:
    """Neither a pinned draft nor the page itself."""
    assert told(compared("A", "B", pinned=("a-vs-draft", "a-vs-b"))) == []


def test_no_category_is_no_category_in_common() -> None:
    """Two comparisons without one have nothing to do with each other."""
    assert told(compared("A", "B"), compared("C", "D")) == []


def test_there_are_never_more_than_a_reader_would_look_at() -> None:
    """And those are the nearest."""
    others = [compared("C", "D", category="X"), *(compared("A", f"N{place}") for place in range(MOST))]
    found = told(compared("A", "B", category="X"), *others)
    assert len(found) == MOST
    assert {reason for _, reason in found} == {"also about A"}


def test_nobody_is_left_alone_who_shares_anything() -> None:
    """A subject, a category or a tag is enough."""
    one = compared("A", "B", category="X", tags=("t",))
    for other in (compared("B", "C"), compared("C", "D", category="X"), compared("C", "D", tags=("t",))):
        assert len(told(one, other)) == 1
