"""A project's own templates: every mistake in them is located, before or while they are rendered."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from samples import published

from tiebreak.storage.folders import builtin_files, builtin_folder
from tiebreak.theme.dependencies import reaches

DRINKS = Path(__file__).parents[1] / "sites/drinks"
MISTAKES = {
    "<p>\n  {% if %}\n": """\
templates/home.html:2:3: error[template-syntax]: Expected an expression, got 'end of statement block'
    2 |   {% if %}
      |   ^^^^^^^^
""",
    "<p>\n{{ nobody }}\n": """\
templates/home.html:2:1: error[template-error]: 'nobody' is undefined
    2 | {{ nobody }}
      | ^^^^^^^^^^^^
""",
    "<p>\n{% include 'parts/pik.html' %}\n": """\
templates/home.html:2:1: error[unknown-template]: there is no template "parts/pik.html"
    2 | {% include 'parts/pik.html' %}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean "parts/pick.html"?
""",
    "{% extends 'default/hom.html' %}": """\
templates/home.html:1:1: error[unknown-template]: there is no template "default/hom.html"
    1 | {% extends 'default/hom.html' %}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean "default/home.html"?
""",
    "{{ settings.title|shout }}": """\
templates/home.html:1:1: error[template-error]: No filter named 'shout'.
    1 | {{ settings.title|shout }}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
""",
    "{% set name = 'parts/' ~ 'nobody.html' %}\n{% include name %}": """\
templates/home.html:2:1: error[template-error]: parts/nobody.html
    2 | {% include name %}
      | ^^^^^^^^^^^^^^^^^^
""",
}


@pytest.mark.slow
@pytest.mark.parametrize("template", MISTAKES, ids=lambda text: text.splitlines()[-1].strip())
def test_a_template_mistake_is_told_like_any_other(make_site: MakeSite, cli: Cli, template: str) -> None:
    """File, line and reason with exit status 1, from `build` and from `check`, and no traceback."""
    project = make_site({"templates/home.html": template})
    for command in ("build", "check"):
        result = cli(command, "--project", project, ok=False)
        assert (result.exit_code, result.stderr) == (1, f"{MISTAKES[template]}\n1 error\n")
    assert not (project / "site").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["parts/chart.html", "parts/icons.html", "subject.html", "changes.xml", "404.html"])
def test_a_check_tells_what_a_build_tells_of_any_template(tmp_path: Path, cli: Cli, name: str) -> None:
    """It renders only pages that a template of the project's own has a part in, however far it is from them."""
    project = shutil.copytree(DRINKS, tmp_path / "project", ignore=shutil.ignore_patterns("expected"))
    own = project / "templates" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    failing = r"\g<0>{{ nobody.at_all }}"
    text, count = re.subn(
        r"{%-? (?:macro|block) .*?%}", failing, (builtin_folder("templates") / name).read_text("utf-8")
    )
    own.write_text(text if count else text + "{{ nobody.at_all }}", "utf-8")
    told = [cli(command, "--project", project, "--strict", ok=False).stderr for command in ("check", "build")]
    assert told[0] == told[1]
    assert "error[template-error]: 'nobody' is undefined" in told[0]


@pytest.mark.slow
@pytest.mark.parametrize("template", MISTAKES, ids=lambda text: text.splitlines()[-1].strip())
def test_a_project_that_is_named_relatively_has_the_same_mistakes(
    make_site: MakeSite, cli: Cli, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the name of its folder is, from where the command is started."""
    project = make_site({"templates/home.html": template})
    for folder, name in ((project.parent, project.name), (project / "content", "..")):
        monkeypatch.chdir(folder)
        assert cli("build", "--project", name, ok=False).stderr == f"{MISTAKES[template]}\n1 error\n"


def test_a_template_that_is_not_utf_8_is_told(make_site: MakeSite, cli: Cli) -> None:
    """The line that cannot be decoded, and what to do."""
    result = cli("check", "--project", make_site({"templates/home.html": b"<p>\n\xe9t\xe9\n"}), ok=False)
    assert result.stderr == (
        "templates/home.html:2:1: error[not-utf-8]: this line is not UTF-8\n      = save the file as UTF-8\n\n1 error\n"
    )


def test_a_template_that_nothing_uses_is_told(make_site: MakeSite, cli: Cli) -> None:
    """A slip in a file's name would otherwise be found by nobody."""
    result = cli("check", "--project", make_site({"templates/hoem.html": "Mine."}))
    assert result.stderr == (
        'templates/hoem.html: warning[unused-template]: "hoem.html" replaces no built-in template, and no template '
        'includes it\n      = did you mean "home.html"?\n\n1 warning\n'
    )


# --- how far a template reaches ---------------------------------------------------------------------------------------


def test_a_template_reaches_all_that_it_may_load(make_site: MakeSite) -> None:
    """By `extends`, `include` and `import`, through what those load; the project's own before the built-in ones."""
    files = {
        "templates/404.html": "{% include 'parts/own.html' %}",
        "templates/parts/own.html": "{% extends 'x.html' %}",
    }
    project = make_site({**files, "templates/x.html": "x", "templates/unused.html": "y"})
    found = reaches(project, ["404.html", "home.html"])
    assert set(found["404.html"].sources) == {"404.html", "parts/own.html", "x.html"}
    assert {"base.html", "parts/site.html"} <= set(found["home.html"].sources)
    assert "parts/own.html" not in found["home.html"].sources
    computed = reaches(make_site({"templates/404.html": "{% include 'par' ~ 'ts/own.html' %}"}), ["404.html"])
    assert set(computed["404.html"].sources) >= {"home.html", "unused.html", "default/404.html"}


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("{{ site.pages }} {{ site.navigation|length }}", {"navigation", "pages"}),
        ("{% for page in site.pages %}{{ page.title }}{% endfor %}", {"pages"}),
        ("nothing", set()),
        ("{% set all = site %}{{ all.pages }}", None),
        ("{{ site['pages'] }}", None),
        ("{{ site|attr('pages') }}", None),
        ("{% include 'parts/own.html' %}", {"files"}),
        ("{% if %}", None),
    ],
)
def test_what_a_page_may_show_of_the_site_is_what_its_templates_mention(
    make_site: MakeSite, text: str, attributes: set[str] | None
) -> None:
    """By name; where the site goes anywhere as a whole, it is all of it."""
    project = make_site({"templates/404.html": text, "templates/parts/own.html": "{{ site.files }}"})
    reach = reaches(project, ["404.html"])["404.html"]
    assert reach.attributes == attributes
    site = published()
    assert reach.shown(site) == (site if attributes is None else [(name, ()) for name in sorted(attributes)])


def test_a_template_that_changes_changes_what_reaches_it(make_site: MakeSite) -> None:
    """And nothing else."""
    names = [*builtin_files("templates"), "parts/own.html"]
    files = {"templates/parts/own.html": "a", "templates/404.html": "{% include 'parts/own.html' %}"}
    before = reaches(make_site(files), names)
    after = reaches(make_site({"templates/parts/own.html": "b"}), names)
    changed = {name for name in before if before[name].digest != after[name].digest}
    assert changed == {"404.html", "parts/own.html"}
