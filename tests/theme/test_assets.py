"""What pages load: the author's files first, names that change with what they name."""

import json
import re
from pathlib import Path

import pytest
from conftest import Build, MakeSite

from tiebreak.pages.messages import Messages, read
from tiebreak.problems import SiteError
from tiebreak.storage.folders import builtin_folder
from tiebreak.theme.assets import load
from tiebreak.theme.colors import Hue

FRONT = "site/index.html"
COMPARISON = "site/compare/tea-vs-coffee/index.html"
ACCENT = Hue("#123456", "#abcdef")
NONE = Messages("en", {"tools": {"x": "X"}})


def built(build: Build, project: Path, path: str) -> str:
    build(project)
    return (project / path).read_text("utf-8")


def stylesheets(project: Path) -> list[Path]:
    return list((project / "site/assets").glob("style.*.css"))


@pytest.mark.slow
def test_the_authors_static_file_comes_first(make_site: MakeSite, build: Build) -> None:
    """A file under static/ replaces the built-in file of the same path, and others are added."""
    project = make_site({"static/favicon.svg": "<svg/>", "static/deep/own.txt": "mine"})
    assert built(build, project, "site/favicon.svg") == "<svg/>"
    assert built(build, project, "site/deep/own.txt") == "mine"


def test_the_authors_styles_join_the_one_stylesheet(make_site: MakeSite, build: Build) -> None:
    """One more file under static/css/ needs no template; one of a built-in name replaces it; names give the order."""
    first = min((builtin_folder("static") / "css").iterdir()).name
    project = make_site({"static/css/99-own.css": "p { color: red }", f"static/css/{first}": "/* first */\r\n"})
    build(project)
    (style,) = stylesheets(project)
    assert style.read_text().startswith("/* first */\n")
    assert style.read_text().endswith("p { color: red }\n")
    assert not (project / "site/css").exists()


def test_neighbours_of_one_layer_are_one_block(make_site: MakeSite) -> None:
    """Of the author's files as well; what is more than one block of it stays as it is."""
    own = {
        "static/css/95-a.css": "@layer own {p{top:0}}",
        "static/css/96-b.css": "@layer own {a{top:0}}",
        "static/css/97-c.css": "@layer own {b{top:0}} i{top:0}",
    }
    loaded = load(make_site(own), NONE, ACCENT)
    style = loaded.generated[loaded.stylesheets.style].decode()
    assert style.endswith("@layer own {p{top:0}a{top:0}}\n@layer own {b{top:0}} i{top:0}\n")
    assert style.count("@layer parts{") == 1


@pytest.mark.slow
def test_what_only_printing_needs_holds_up_no_page(make_site: MakeSite, build: Build) -> None:
    """A style whose name ends in `-print.css` joins a stylesheet that browsers apply in print, the author's as well."""
    project = make_site({"static/css/99-own-print.css": "p { color: red }"})
    front = built(build, project, FRONT)
    (style,) = stylesheets(project)
    (printed,) = (project / "site/assets").glob("print.*.css")
    assert f'<link rel="stylesheet" href="./assets/{printed.name}" media="print">' in front
    assert printed.read_text().endswith("p { color: red }\n")
    assert "@page" in printed.read_text()
    assert "@page" not in style.read_text()
    make_site({"static/css/99-own-print.css": "p { color: blue }"})
    assert printed.name not in built(build, project, FRONT)


@pytest.mark.slow
def test_every_page_uses_the_stylesheet_that_is_there(make_site: MakeSite, build: Build) -> None:
    """The name is made of the content, so that it can be cached for ever; the old one is pruned."""
    project = make_site()
    build(project)
    (before,) = stylesheets(project)
    make_site({"static/css/99-own.css": "p { color: red }"})
    assert before.name not in built(build, project, FRONT)
    (after,) = stylesheets(project)
    assert f"./assets/{after.name}" in built(build, project, FRONT)
    assert f"../../assets/{after.name}" in built(build, project, COMPARISON)


@pytest.mark.slow
def test_scripts_share_a_folder_that_changes_with_any_of_them(make_site: MakeSite, build: Build) -> None:
    """They import each other by name, so one address must not be served half old and half new."""
    project = make_site({"static/js/own.js": "export {};"})
    build(project)
    (before,) = (project / "site/assets").glob("js.*")
    assert (before / "own.js").read_text() == "export {};"
    assert f"./assets/{before.name}/page.js" in (project / FRONT).read_text()
    make_site({"static/js/own.js": "export default 1;"})
    build(project)
    (after,) = (project / "site/assets").glob("js.*")
    assert after.name != before.name


def test_comments_stay_at_home(make_site: MakeSite) -> None:
    """The theme's scripts and styles are published without comments and indentation; a project's own as they are."""
    project = make_site({"static/js/own.js": "// Mine.\nexport {};\n", "static/css/99-own.css": "/* Mine. */ p {}"})
    made = {path.rpartition("/")[2]: data for path, data in load(project, NONE, ACCENT).generated.items()}
    (style,) = [data for name, data in made.items() if name.startswith("style.")]
    assert style.count(b"/*") == 1
    assert style.endswith(b"/* Mine. */ p {}\n")
    assert made["own.js"] == b"// Mine.\nexport {};\n"
    assert made["weigh.js"].startswith(b"export function weigh(")
    source = (builtin_folder("static") / "js/weigh.js").read_text().splitlines()
    lines = [line.strip() for line in source]
    kept = [line for line in lines if line and not line.startswith(("//", "/**", "*"))]
    assert re.sub(r"\s", "", made["weigh.js"].decode()) == re.sub(r"\s", "", "".join(kept))
    assert len(made["weigh.js"]) < len("".join(kept))


def test_texts_and_patterns_of_scripts_stay_as_they_are(make_site: MakeSite) -> None:
    """Only blanks between signs of the language are left out: a selector, a pattern and a template keep theirs."""
    made = {path.rpartition("/")[2]: data.decode() for path, data in load(make_site(), NONE, ACCENT).generated.items()}
    for file in (builtin_folder("static") / "js").iterdir():
        code = re.sub(r"(?ms)^ */\*\*.*?\*/|^ *//[^\n]*|(?<=[;,{}()]) // [^\n]*", "", file.read_text())
        texts = re.findall(r"""(?x) "[^"\n]*" | `[^`\n]*` | (?<=[ (]) /(?![/*])(?:\\.|[^/\\\n])+/ """, code)
        assert [text for text in texts if text not in made[file.name]] == []
    assert '`| ${cells.join(" | ")} |`' in made["copy.js"]
    assert "/ w\\d|$/" in made["priorities.js"]


def test_scripts_have_their_words_from_the_same_place_as_templates(make_site: MakeSite) -> None:
    """`words.js` holds the part `tools`, and the language, which decides about plurals."""
    project = make_site()
    messages, *_ = read(project, "de")
    (module,) = [data for path, data in load(project, messages, ACCENT).generated.items() if path.endswith("/words.js")]
    language, texts = (line.partition(" = ")[2].rstrip(";") for line in module.decode().splitlines())
    assert json.loads(language) == ["de-u-nu-latn", "en-GB"]
    assert json.loads(texts) == messages.texts["tools"]


def test_no_two_splits_of_the_same_bytes_share_a_name(make_site: MakeSite) -> None:
    """A line that moves from one script to the next is a change."""
    one = load(make_site({"static/js/a.js": "12", "static/js/b.js": "3"}), NONE, ACCENT)
    other = load(make_site({"static/js/a.js": "1", "static/js/b.js": "23"}), NONE, ACCENT)
    assert one.scripts != other.scripts


@pytest.mark.parametrize("name", [".DS_Store", "notes.txt~"])
def test_leavings_of_editors_are_not_published(make_site: MakeSite, name: str) -> None:
    """What no author means to publish stays at home."""
    assert name not in load(make_site({f"static/{name}": "x"}), NONE, ACCENT).files


def test_a_static_link_out_of_the_folder_is_an_error(make_site: MakeSite, tmp_path: Path) -> None:
    """A link cannot publish what lies elsewhere on the machine, and is not left out in silence."""
    (tmp_path / "secret.txt").write_text("secret")
    project = make_site({"static/own.txt": "mine"})
    (project / "static/link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SiteError) as caught:
        load(project, NONE, ACCENT)
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [
        ("static/link.txt", "outside-project")
    ]


def test_underlines_are_written_at_length() -> None:
    """WebKit refuses `text-decoration` with a style, a width or a colour, and would underline nothing."""
    styles = {file.name: file.read_text("utf-8") for file in (builtin_folder("static") / "css").glob("*.css")}
    assert styles
    said = {name: re.findall(r"text-decoration: *\w+ +[^;}]+", style) for name, style in styles.items()}
    assert {name: found for name, found in said.items() if found} == {}
