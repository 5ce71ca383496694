"""Who is meant by a name."""

import pytest
from conftest import MakeSite
from samples import loaded_site, mistakes, texts

from tiebreak.linking.subjects import Registry, find_among, names
from tiebreak.model import pack
from tiebreak.model.table import Subject
from tiebreak.problems import Problem

TEA = {"content/subjects/tea.yaml": "name: Tea\naliases: [Chai, Cha]\n"}
C = (Subject("c", "C"), Subject("c-plus-plus", "C++", ("cpp",)), Subject("tokyo", "東京", ("C sharp",)))


def registry(make_site: MakeSite, files: dict[str, str]) -> Registry:
    """Of subjects with a file alone."""
    return loaded_site(make_site({"content/compare/tea-vs-coffee.md": None, **files})).index.registry


def problems(make_site: MakeSite, files: dict[str, str]) -> list[Problem]:
    return mistakes(loaded_site(make_site(files)))


def called(subjects: Registry, name: str, file: str) -> Subject:
    subjects.add_named(name, file)
    return subjects.compared_as(name, file)


@pytest.mark.parametrize("name", ["tea", "Tea", "TEA", "Chai", "chai", "Cha"])
def test_a_subject_goes_by_id_name_and_alias(make_site: MakeSite, name: str) -> None:
    """In any capitals."""
    found = registry(make_site, TEA).find(name)
    assert found is not None
    assert found.name == "Tea"


def test_a_name_without_a_file_makes_a_subject(make_site: MakeSite) -> None:
    """Shown exactly as typed, and the same one wherever it is named again."""
    subjects = registry(make_site, {})
    first = called(subjects, "C++", "a.md")
    assert (first.id, first.name, first.written) == ("c-plus-plus", "C++", False)
    assert called(subjects, "C++", "b.md") is first
    assert called(subjects, "C", "b.md").id == "c"


def test_a_name_with_a_file_is_that_subject(make_site: MakeSite) -> None:
    """Shown as the file has it."""
    assert called(registry(make_site, TEA), "chai", "a.md").name == "Tea"


@pytest.mark.parametrize("name", ["None", "tie"])
def test_words_of_the_format_name_no_subject(make_site: MakeSite, name: str) -> None:
    """`pick: none` and `wins: tie` could mean two things."""
    with pytest.raises(ValueError, match="has a meaning of its own"):
        called(registry(make_site, {}), name, "a.md")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Tea?", '"Tea?" and "Tea" (a.md) have one id, tea'),
        ("tea", '"tea" and "Tea" (a.md) have one id, tea'),
        ("?!", '"?!" has no letter or digit to make an id from'),
    ],
)
def test_two_names_never_share_an_id(make_site: MakeSite, name: str, message: str) -> None:
    """One page cannot be about both; which spelling is right is for a file to say."""
    subjects = registry(make_site, {})
    called(subjects, "Tea", "a.md")
    with pytest.raises(ValueError) as caught:
        called(subjects, name, "b.md")
    assert str(caught.value) == message


def test_names_belong_to_their_owners_before_aliases_do(make_site: MakeSite) -> None:
    """Whatever the order of files, it is the alias that is told to go."""
    files = {"content/subjects/tea.yaml": "name: Tea\n", "content/subjects/a.yaml": "name: A\naliases: [Tea, X]\n"}
    files["content/subjects/b.yaml"] = "name: B\naliases: [x]\n"
    found = problems(make_site, files)
    assert texts(found) == [
        'duplicate-name: "Tea" already leads to content/subjects/tea.yaml',
        'duplicate-name: "x" already leads to content/subjects/a.yaml',
    ]
    assert [problem.file for problem in found] == ["content/subjects/a.yaml", "content/subjects/b.yaml"]


def test_two_files_cannot_have_one_name(make_site: MakeSite) -> None:
    """Nor may a name be another's id."""
    files = {"content/subjects/chai.yaml": "name: Tea\n", "content/subjects/tea.yaml": "name: Chai\n"}
    assert texts(problems(make_site, files)) == [
        'duplicate-name: "Tea" already leads to content/subjects/tea.yaml',
        'duplicate-name: "Chai" already leads to content/subjects/chai.yaml',
    ]


def test_a_broken_file_stands_in_for_its_subject(make_site: MakeSite) -> None:
    """Nobody complains of those who name it."""
    found = registry(make_site, {"content/subjects/tea.yaml": "nme: Tea\n"}).find("tea")
    assert found is not None
    assert found.written


def test_a_near_miss_is_noticed(make_site: MakeSite) -> None:
    """A typo would otherwise make a subject of its own."""
    subjects = registry(make_site, TEA)
    assert subjects.suggest("Caha") == 'did you mean "Cha"?'
    assert subjects.suggest("Coffee") == ""


@pytest.mark.parametrize(
    ("name", "id"),
    [("c", "c"), ("C", "c"), ("C++", "c-plus-plus"), ("c++", "c-plus-plus"), ("CPP", "c-plus-plus"), ("東京", "tokyo")],
)
def test_a_comparison_knows_its_own_subjects(name: str, id: str) -> None:
    """In `pick`, `wins`, `cells` and `verdict`, an id, a name or an alias serves."""
    found = find_among(name, C)
    assert found is not None
    assert found.id == id


def test_an_alias_never_hides_a_subject_of_that_name() -> None:
    """Names come before aliases, and what is made of a name comes last."""
    sharp = Subject("c-sharp", "C sharp")
    assert find_among("C sharp", (*C, sharp)) is sharp
    assert find_among("C#", (*C, sharp)) is sharp
    assert find_among("C#", C) is None


def test_suggestions_offer_ids_and_names() -> None:
    """Each once."""
    assert list(names(C)) == ["c", "C", "c-plus-plus", "C++", "tokyo", "東京"]


def test_subjects_named_anywhere_are_known(make_site: MakeSite) -> None:
    """Before a single comparison is linked."""
    assert [one.name for one in loaded_site(make_site()).index.registry.by_id.values()] == ["Tea", "Coffee"]


def test_suggestions_do_not_travel(make_site: MakeSite) -> None:
    """What is quickly built again makes no bytes of the saved state, whether somebody has asked for it or not."""
    subjects = registry(make_site, TEA)
    before = pack(subjects)
    subjects.suggest("Chay")
    assert "Tea" in subjects.candidates
    assert pack(subjects) == before
