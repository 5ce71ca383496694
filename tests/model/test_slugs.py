"""Names become ids that are readable, stable and apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.model.slugs import is_id, slugify

IDS = {
    "C": "c",
    "C++": "c-plus-plus",
    "C#": "c-sharp",
    "A*": "a-star",
    "AT&T": "at-and-t",
    ".NET": "dot-net",
    "ASP.NET": "asp-net",
    "Node.js": "node-js",
    "scikit-learn": "scikit-learn",
    "Women's Wear": "womens-wear",
    "naïve café": "naive-cafe",
    "Straße": "strasse",
    "東京": "dongjing",
    "さくら": "sakura",
    "Москва": "moskva",
    "  two   words ": "two-words",
    "!?": "",
    "": "",
}


@pytest.mark.parametrize(("name", "id"), IDS.items())
def test_a_name_becomes_a_readable_id(name: str, id: str) -> None:
    """Symbols that tell names apart become words, other scripts become letters, the rest becomes hyphens."""
    assert slugify(name) == id


def test_names_that_differ_by_a_symbol_have_ids_that_differ() -> None:
    """Readers of this field would trip over a page on C that is one on C++."""
    names = ["C", "C++", "C#", "C*", "C&", "C@", ".C"]
    assert len({slugify(name) for name in names}) == len(names)


@pytest.mark.slow
@given(st.text())
def test_an_id_is_empty_or_may_stand_in_a_url(name: str) -> None:
    """Whatever the script, an id keeps to `[a-z0-9]+(-[a-z0-9]+)*`."""
    assert slugify(name) == "" or is_id(slugify(name))


@pytest.mark.slow
@given(st.text())
def test_an_id_is_its_own_id(name: str) -> None:
    """An author may write the id where a name would serve."""
    assert slugify(slugify(name)) == slugify(name)


@pytest.mark.slow
@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_what_is_an_id_already_stays(id: str) -> None:
    """Ids are fixed points, so URLs do not drift."""
    assert is_id(id)
    assert slugify(id) == id


@pytest.mark.parametrize("text", ["", "A", "a_b", "-a", "a-", "a--b", "a b", "a\n", "é", "a/b", "."])
def test_what_is_no_id(text: str) -> None:
    """Capitals, other scripts, and hyphens at an end or in a row cannot stand in an id."""
    assert not is_id(text)
