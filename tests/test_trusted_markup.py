"""Where a text is declared to be markup, it says why it may be; and the threat model names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
THEME, CODE = ROOT / "templates", ROOT / "generator/tiebreak"
# Every place that takes a text for markup, with what makes that sound.
MODULES = {
    "theme/environment.py": [
        "Markup(convert.fill_words(filled, say))",
        "Markup(CODE.sub(",
        "Markup(said)",
        "Markup(f'<bdi dir",
        'Markup("y" + value[1:])',
    ],
    "theme/json_text.py": ["Markup(text.translate(_UNSAFE))", "Markup(json.dumps("],
    "twins/document.py": ["Markup(texts.anchor("],
    "twins/texts.py": ["Markup(self.filled(html))"],
    "theme/fragments.py": ['Markup("\\n".join(lines))'],
    "pages/messages.py": ["Markup(self.escaped.format_map(escaped))", "Markup(marked.format())"],
}


def test_templates_take_nothing_for_markup_that_an_author_wrote() -> None:
    """`|safe` stands nowhere, and no template turns escaping off."""
    files = sorted(THEME.rglob("*.html"))
    assert len(files) > 10
    found = [file for file in files if re.search(r"\|\s*safe\b|autoescape|Markup", file.read_text("utf-8"))]
    assert found == []


def test_modules_say_why_what_they_make_is_markup() -> None:
    """Each with its reason in a comment on the line."""
    for file in sorted(CODE.rglob("*.py")):
        lines = [line for line in file.read_text("utf-8").splitlines() if re.search(r"\bMarkup\((?!\))", line)]
        lines = [line for line in lines if "isinstance" not in line]
        wanted = MODULES.get(file.relative_to(CODE).as_posix(), [])
        assert len(lines) == len(wanted), (file.name, lines)
        for line, part in zip(lines, wanted, strict=True):
            assert part in line
            assert re.search(r"# noqa: S704\b.*(--|\().*\w", line), line


def test_the_threat_model_names_tests_that_are_there() -> None:
    """Every promise is held by something."""
    text = (ROOT / "content/pages/guide/security.md").read_text("utf-8")
    promises = re.findall(
        r"^\*\*(.+?)\.\*\* .*?(?=^\*\*|^## )", text.split("## What is promised")[1], re.DOTALL | re.MULTILINE
    )
    named = re.findall(r"`((?:\w+/)?test_\w+\.py)`", text)
    assert len(promises) >= 9
    assert text.count("Held by") + text.count("by `test_attachments") >= len(promises)
    for name in named:
        assert (ROOT / "tests" / name).is_file(), name
