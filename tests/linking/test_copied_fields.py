"""What is handed over from an entry as it stands: by the name of its key, and nothing is lost on the way."""

from dataclasses import fields
from typing import Any

import pytest

from tiebreak.content.document import Document
from tiebreak.content.entry import Entry
from tiebreak.content.schema import ComparisonEntry, PageEntry, SubjectEntry
from tiebreak.content.settings import SettingsEntry
from tiebreak.linking.context import Context
from tiebreak.linking.copied_fields import of_entry
from tiebreak.linking.index import Index
from tiebreak.linking.subjects import Registry
from tiebreak.linking.trace import Trace
from tiebreak.model.comparison import Comparison
from tiebreak.model.prose import Link, Prose
from tiebreak.model.site import Page, Settings
from tiebreak.model.table import Subject

# Keys of which the model has something else, under another name or in another value.
MADE = {
    ComparisonEntry: {"title", "related"},
    SubjectEntry: {"facts", "releases"},
    PageEntry: set[str](),
    SettingsEntry: {"feedback", "filler", "navigation"},
}


@pytest.mark.parametrize(
    ("entry", "model"),
    [(ComparisonEntry, Comparison), (SubjectEntry, Subject), (PageEntry, Page), (SettingsEntry, Settings)],
)
def test_the_model_has_every_key(entry: type[Entry], model: Any) -> None:
    """Under its name, unless something else is made of it."""
    assert entry.model_fields.keys() - {field.name for field in fields(model)} == MADE[entry]


def test_what_is_left_out_is_what_the_model_has() -> None:
    """Lists become tuples, in which nothing stands twice."""
    entry = SubjectEntry.of(name="Tea", aliases=["Chai", "Cha", "Chai"])
    assert of_entry(Subject, entry, None, id="tea") == Subject("tea", "Tea", ("Chai", "Cha"))


def test_what_was_made_of_a_key_counts() -> None:
    """Before what stands in the entry."""
    assert of_entry(Subject, SubjectEntry.of(name="Tea", kind="Drink"), None, id="tea", kind="Leaf").kind == "Leaf"


def test_links_in_prose_are_resolved() -> None:
    """And a link that leads nowhere is told at its key; without a context, nobody could know."""
    index = Index({}, {}, Registry(()), "", drafts=False)
    context = Context(Trace(index), Document("content/compare/a.md", "why: x\n", 0, 7, 7))
    entry = ComparisonEntry.of(why=Prose("", links=(Link("gone.md"),)))
    made = {field.name: None for field in fields(Comparison) if field.name != "why"}
    of_entry(Comparison, entry, context, **made)
    assert [problem.code for problem in context.problems] == ["broken-link"]
    with pytest.raises(TypeError, match="why may have links"):
        of_entry(Comparison, entry, None, **made)
