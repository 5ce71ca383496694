"""Everyday Markdown is read as Python-Markdown reads it, byte for byte, or not at all."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import example, given, settings
from markdowns import PIECES, ROOT, bodies, lines, published_bodies, published_fields

from tiebreak.markdown import fast, full
from tiebreak.markdown.sanitizer import clean, reference
from tiebreak.model.prose import Link
from tiebreak.problems import Remark

BODIES = published_bodies()


def agree(text: str) -> bool:
    """Whether the text was read; if so, what Python-Markdown makes of it was found."""
    here: list[Remark] = []
    there: list[Remark] = []
    found = fast.blocks(text, here)
    if found is None:
        assert not here
        return False
    assert (found, here) == (full.blocks(text, allow_html=False, remarks=there), there)
    assert through_the_gate(found) == found[0]
    return True


def through_the_gate(found: full.Converted) -> str:
    """The HTML as it comes out of the gate: what the converter writes before it, put back for the tokens."""
    markup = re.sub(
        r'class="(?=(?:highlight|listing|hll|lineno|[a-z][a-z0-9]{0,2})")', f'class="{reference("")}', found[0]
    )
    for attribute, value in (("type", "checkbox"), ("aria-hidden", "true")):
        markup = markup.replace(f'{attribute}="{value}"', f'{attribute}="{reference(value)}"')
    markup = re.sub(r">\0([^\0]*)\0<", lambda word: f">{reference(word[1])}<", markup)
    markup = re.sub(
        r'"\0([^\0]*)\0"',
        lambda token: f'"{reference(found[2][int(token[1])].target if token[1].isdigit() else token[1])}"',
        markup,
    )
    return clean(markup, [])


def by_converter(text: str) -> full.Converted:
    links: list[Link] = []
    return full.inline(text, links), (), links


def test_the_gate_would_not_pass_just_anything() -> None:
    """Or its passing what is everyday would say nothing."""
    assert through_the_gate(('<p onclick="x()">a</p>', (), [])) == "<p>a</p>"


@pytest.mark.slow
@pytest.mark.parametrize("path", BODIES)
def test_every_body_that_is_published_here_is_the_same(path: str) -> None:
    """Whole, and each of its blocks alone."""
    text = BODIES[path]
    for part in (text, *text.split("\n\n")):
        agree(part)


@pytest.mark.slow
def test_every_field_that_is_published_here_is_the_same() -> None:
    """All front matter and YAML."""
    for text in set(published_fields()):
        line = " ".join(text.split())
        assert fast.inline(line) == by_converter(line)


def test_a_typical_article_is_read() -> None:
    """Ten of those that the benchmarks build: were they not read, nothing would be wrong, and everything slow."""
    spec = spec_from_file_location("corpus", ROOT / "benchmarks/corpus.py")
    assert spec
    assert spec.loader
    corpus = sys.modules["corpus"] = module_from_spec(spec)
    spec.loader.exec_module(corpus)
    articles = [corpus.article(topic, (), "tiebreak").split("\n---\n", 1)[1] for topic in corpus.topics(10)]
    assert [text for text in articles if not agree(text)] == []


# What was once read otherwise, or could be.
@example("`c``a b`")
@example("> a\n> ")
@example("| a |\n|---|\n| b |\n# c")
@example("# a | b\n---|---\nc | d")
@example("```.bash\n``` ")
@example("```\n\n```  \n```python\n\n```")
@example("``` python \nx\n```")
@example("````\n```\nx\n```\n````")
@example("``` python\nx\n```")
@example("a\n\n```chart\nkind: bars\n```\n\n- ```chart\n  x\n  ```")
@example("```\na\n~~~\n```\n~~~")
@example("- a\n\n- b")
@example("- a\n- b\n\nc\n\n1. d\n   e\n2. f")
@example("> a\n\n> b")
@example("> ## a\n> - b\n>\n> c\n\n## a\n## a\nd")
@example("|a|b|\n|:-|-:|\n| |`c`|\n\n||\n|-|\n|[TOC]|\n\n|`x|y`|\n|-|\n|z|")
@example("## a\n\n## a\n\n## a_1\n\n## a-1\n\n## a")
@example("Word [a](b) *c* \\* [d](e 'f') **g\nh** [i](j)")
@example("## *a* [b](c) &amp; \\* <d>\n\n### ---\n")
@settings(max_examples=1500)
@given(bodies)
@pytest.mark.slow
def test_whatever_is_read_is_the_same(text: str) -> None:
    """Blocks and inline markup of all kinds, whole and broken; together, and each alone, where more is read."""
    for part in {text, *text.split("\n\n")}:
        agree(part)


@pytest.mark.slow
@settings(max_examples=1500)
@given(lines)
def test_every_line_is_the_same(text: str) -> None:
    """What is not everyday in it is passed on."""
    line = " ".join(text.split())
    assert fast.inline(line) == by_converter(line)


@pytest.mark.slow
@pytest.mark.parametrize("first", PIECES)
def test_every_two_pieces_of_a_line_are_the_same(first: str) -> None:
    """Side by side and apart, in a field and in a paragraph."""
    for second in PIECES:
        for text in (f"{first}{second}", f"{first} {second}"):
            line = " ".join(text.split())
            assert fast.inline(line) == by_converter(line)
            agree(f"Word {text}")


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph with *emphasis*, **strong**, `code` and [a link](a.md),\nin two lines.",
        '"Quotes", it\'s -- and so on...',
        "## A heading\nand what follows",
        "- a\n- b\n  goes on\n- c",
        "1. a\n2. b",
        "> A quotation.\n>\n> And more.",
        "| a | b |\n|---|--:|\n| c | d |",
        "```python\nx = 1\n\ty = 2\n```",
        "- a\n  - b\n\n    c\n- d\n\n> > e\n> - f\n\n* g",
        'Text\n- [ ] a\n- [x] "b"\n\n3) c\n4) d\n   ```python\n   x\n   ```',
        "> [!WARNING]\n> a\n\n> [!note]\n> - b",
        "~~~~\n~~~\ncode",
        "Text\n\n***",
        "Inline markup of _other_ kinds\\*, <https://a.b>, [a][b], &amp; **[*nested*](c)**",
    ],
)
def test_what_is_everyday(text: str) -> None:
    """Such texts are read, by themselves and together."""
    assert agree(text)
    assert agree(f"Before.\n\n{text}\n\nAfter.\n")


@pytest.mark.parametrize(
    "text",
    [
        "[a]: b",
        "[^a]: b",
        "a\n: b",
        "a\n===",
        "    code",
        "a\n\n    code",
        "- [x] # a",
        "a\nb | c\n---|---\nd | e",
        "![a](b)",
        "<div>a</div>",
        "[TOC]",
        "a | b\n---|---\nc | d",
        "a\rb",
    ],
)
def test_what_is_not(text: str) -> None:
    """Such texts are left to Python-Markdown as a whole."""
    assert fast.blocks(f"Before.\n\n{text}\n\nAfter.\n", []) is None


def test_a_long_row_of_brackets_takes_no_time() -> None:
    """Python-Markdown looks for the end of each one, and took half a minute for these."""
    assert fast.inline("[" * 20_000)[0] == "[" * 20_000


def test_nothing_is_imported_before_it_is_needed() -> None:
    """Neither Python-Markdown nor Pygments, for a text that has no use for them."""
    script = (
        "import sys; from tiebreak.markdown.convert import blocks, inline; "
        "blocks('# *a* `b`', []); inline('c'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} & {"markdown", "pygments", "nh3"} == set()


@pytest.mark.slow
def test_a_build_does_not_import_what_only_check_asks() -> None:
    """What compares a text with GitHub's reading takes time to import."""
    script = "import sys; import tiebreak.build.plan; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"tiebreak.markdown.review", "cmarkgfm", "html.parser"} == set()
