"""A file as its author sees it, here and in another process."""

import pickle

from tiebreak.content.document import Document
from tiebreak.content.front_matter import read

TEXT = "---\ntitle: A\nrows:\n  - {x: 1}\n---\nBody [one](a.md).\n"


def document() -> Document:
    return read("x.md", TEXT.encode())[0]


def test_front_matter_and_body_lie_in_the_text() -> None:
    """Each with the number of lines above it."""
    found = document()
    assert (found.front, found.front_line) == ("title: A\nrows:\n  - {x: 1}\n", 1)
    assert (found.body, found.body_line) == ("Body [one](a.md).\n", 5)


def test_a_file_of_yaml_is_front_matter_throughout() -> None:
    """It has no body."""
    found, _ = read("x.yaml", b"a: b\n")
    assert (found.front, found.front_line, found.body) == ("a: b\n", 0, "")


def test_a_document_travels_without_its_text_and_what_was_read_out_of_it() -> None:
    """Neither text nor data nor nodes: the text lies on the disk, and a place in it can be found anew."""
    found = document()
    place = found.problem("stale", "x", ("rows", 0, "x"))
    packed = pickle.dumps(found)
    assert len(packed) < 200
    other = pickle.loads(packed).with_text(TEXT)
    assert other == found
    assert other.data is None
    assert other.problem("stale", "x", ("rows", 0, "x")) == place
    assert other.body_problem("stale", "x", "a.md") == found.body_problem("stale", "x", "a.md")
