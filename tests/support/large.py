"""Projects in which one thing is there very often, for tests of how time grows with it."""

from collections.abc import Callable, Mapping

from samples import SITE, changed

Files = Mapping[str, str]
PLACE = "content/compare/tea-vs-coffee.md"
ROWS = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
BODY = "## The argument\n\nTea is calmer.\n"


def comparison(*pairs: tuple[str, str]) -> Files:
    return {"content/site.yaml": SITE, PLACE: changed(*pairs)}


def head(lines: str) -> Files:
    return comparison(("published:", f"{lines}\npublished:"))


def body(text: str) -> Files:
    return comparison((BODY, text))


def many(size: int, text: str) -> str:
    """The text so often, each with its number in the place of `@`."""
    return "".join(text.replace("@", str(number)) for number in range(size))


def other(number: int, extra: str = "", body: str = "") -> tuple[str, str]:
    """A comparison of two subjects of its own."""
    one, two = f"a{number}", f"b{number}"
    text = changed(
        ("[Tea, Coffee]", f"[{one}, {two}]"),
        ("pick: tea", f"pick: {one}"),
        ("{tea: Some, coffee: Much}", "[Some, Much]"),
        ("wins: tea", f"wins: {one}"),
        ("  tea:", f"  {one}:"),
        ("  coffee:", f"  {two}:"),
        ("published:", f"{extra.replace('@', str(number))}\npublished:"),
        (BODY, body.replace("@", str(number))),
    )
    return f"content/compare/{one}-vs-{two}.md", text


def others(size: int, extra: str = "", body: str = "") -> Files:
    return {"content/site.yaml": SITE, **dict(other(number, extra, body) for number in range(size))}


def pages(size: int, path: str, extra: str = "", body: str = "Text\n") -> Files:
    """Pages at such a path."""
    found = {
        f"content/pages/{path.replace('@', str(number))}.md": (
            f"---\ntitle: Page {number}\n{extra.replace('@', str(number))}---\n{body.replace('@', str(number))}"
        )
        for number in range(size)
    }
    return {**comparison(), **found}


def subjects(size: int, text: str) -> Files:
    found = {f"content/subjects/s{number}.yaml": text.replace("@", str(number)) for number in range(size)}
    return {**comparison(), **found}


ROW = "  - {factor: Row @, cells: [{text: a, source: 'https://example.org/@'}, b], wins: tea}\n"
CITED = "  - {factor: Row @, cells: [{text: a, source: s@}, {text: b, source: s@}], wins: tea}\n"
SOURCE = "  s@: {title: Source @, url: 'https://example.org/@', quote: Words @}\n"
FACT = "name: S@\nkind: Thing\nfacts: {f@: Some, g: {text: Much, source: 'https://example.org/@'}}\n"
COMPARED = "name: S@\nkind: Thing\n"

# In one file, up to the limits of the format: the size is that of the thing itself.
WITHIN: Mapping[str, Callable[[int], Files]] = {
    "rows": lambda n: comparison((ROWS, many(n, "  - {factor: Row @, cells: [a, b], wins: tea}\n"))),
    "rows that nobody wins": lambda n: comparison((ROWS, many(n, "  - {factor: Row @, cells: [a, b]}\n"))),
    "rows with a URL each": lambda n: comparison((ROWS, many(n, ROW))),
    "rows with a source each": lambda n: comparison((ROWS, many(n, CITED) + "sources:\n" + many(n, SOURCE))),
    "rows with a group each": lambda n: comparison(
        (ROWS, many(n, "  - {factor: Row @, group: G @, cells: [a, b], wins: tea}\n"))
    ),
    "sources that nobody cites": lambda n: head("sources:\n" + many(n, SOURCE)),
    "rows that are checked": lambda n: comparison(
        (ROWS, many(n, "  - {factor: Row @, max_age: 1d, cells: [{text: a, checked: 2026-01-01}, b], wins: tea}\n"))
    ),
    "numbers beside the labels of rows": lambda n: comparison(
        (ROWS, many(n, "  - {factor: Row no@, unit: g, cells: [1, 2], wins: tea}\n")),
        (BODY, many(n, "The row no@ has 7 g.\n\n")),
    ),
    "facts in a text": lambda n: {
        **body("## {fact:tea.hot}\n\n" + "{fact:tea.hot} [x](https://example.org)\n\n" * n),
        "content/subjects/tea.yaml": "name: Tea\nfacts: {hot: {text: '*Very*', source: 'https://example.org/h'}}\n",
    },
}
# Without end in one file, and wrong nearly always.
UNBOUNDED: Mapping[str, Callable[[int], Files]] = {
    "keys that are not known": lambda n: head(many(n, "kee@: x\n")),
    "keys written twice": lambda n: head("category: x\n" * n),
    "anchors": lambda n: head("tags: [" + many(n, "&a@ x, ") + "]"),
    "tags of YAML": lambda n: head("tags: [" + many(n, "!!python/object:os.x x, ") + "]"),
    "texts of nothing": lambda n: head("extra:\n" + "  - ~\n" * n),
    "spaces that are none, beside quotes": lambda n: head(
        "extra:\n" + '  - "a"\n' * n + "  - a\n" + "    \u00a0b\n" * n
    ),
    "attributes of raw HTML": lambda n: {
        **body("<div>" + many(n, "<p a@ b@ c@ d@>") + "</div>\n"),
        "content/site.yaml": f"{SITE}allow_html: true\n",
    },
    "directives": lambda n: {**comparison(), "content/factors.yaml": many(n, "%TAG !a@! tag:x\n") + "---\na: {}\n"},
    "factors": lambda n: {**comparison(), "content/factors.yaml": many(n, "f@: {label: Factor @}\n")},
    "factors that are wrong": lambda n: {**comparison(), "content/factors.yaml": many(n, "F@: {label: Factor @}\n")},
    "lists in the place of text": lambda n: head("category: [" + "[], " * n + "]"),
    "verdicts on nobody": lambda n: comparison(("verdict:\n", "verdict:\n" + many(n, "  x@: y\n"))),
    "cells of nobody": lambda n: comparison(("{tea: Some", "{" + many(n, "x@: y, ") + "tea: Some")),
    "facts that are wrong": lambda n: {
        **comparison(),
        "content/subjects/tea.yaml": "name: Tea\nfacts:\n" + many(n, "  f@: {state: perhaps}\n"),
    },
    "links that are broken": lambda n: body(many(n, "[x](a@.md)\n\n")),
    "one link that is broken": lambda n: body("[x](a.md)\n\n" * n),
    "headings that are missing": lambda n: body(many(n, "[x](tea-vs-coffee.md#z@)\n\n")),
    "links to headings": lambda n: body(many(n, "@@ H @\n\n[x](tea-vs-coffee.md#h-@)\n\n")),
    "links without a target": lambda n: body("[x]()\n\n" * n),
}
# Of the whole project.
OF_THE_PROJECT: Mapping[str, Callable[[int], Files]] = {
    "comparisons": others,
    "comparisons of one category": lambda n: others(n, "category: One"),
    "comparisons of one tag": lambda n: others(n, "tags: [one]"),
    "comparisons with a category each": lambda n: others(n, "category: C@"),
    "tags of one address": lambda n: {
        "content/site.yaml": SITE,
        **dict(other(number, f"tags: ['One {'!' * (number % 400)}']") for number in range(n)),
    },
    "comparisons with one third way": lambda n: others(n, "consider: [{name: A, if: you dream, subject: a0}]"),
    "comparisons that link nowhere": lambda n: others(n, body="[x](../pages/q@.md)\n"),
    "comparisons with a pin that is none": lambda n: others(n, "related: [x@-vs-y]"),
    "comparisons with old paths": lambda n: others(n, "aliases: [old/x@, older/x@]"),
    "pages of one folder": lambda n: pages(n, "guide/p@"),
    "pages at the top": lambda n: pages(n, "p@"),
    "folders of pages": lambda n: pages(n, "f@/p"),
    "pages that link one another": lambda n: pages(n, "guide/p@", body="@@ H\n\n[x](p0.md#h)\n"),
    "pages that link nowhere": lambda n: pages(n, "guide/p@", body="[x](q@.md)\n"),
    "subjects with facts": lambda n: subjects(n, FACT),
    "subjects that nobody compares": lambda n: subjects(n, COMPARED),
    "subjects of one name": lambda n: subjects(n, "name: One\n"),
}
