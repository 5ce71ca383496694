"""What a page said before is told: as long as it is not recorded, and ever after."""

import re
import sys
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from samples import COMPARISON, FILES

from tiebreak.content.changes import CellChangeEntry, ChangesEntry, written
from tiebreak.content.front_matter import read

PAGE = "content/compare/tea-vs-coffee.md"
RECORD = "content/changes/tea-vs-coffee.yaml"


def edit(project: Path, old: str, new: str, file: str = PAGE) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(project: Path) -> list[str]:
    """The lines of the log of the comparison's page, without markup."""
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    return [
        re.sub("<[^>]+>", "", line).strip() for line in re.findall(r"<dd>(.*?)</dd>", page.split('id="history"')[-1])
    ]


@pytest.fixture
def project(make_site: MakeSite, cli: Cli) -> Path:
    """A project that was recorded once."""
    project = make_site(FILES)
    cli("build", "--project", project, "--record")
    return project


def test_nothing_is_recorded_unless_asked(make_site: MakeSite, build: Build) -> None:
    """A build writes nothing beside its output."""
    project = make_site(FILES)
    build(project)
    assert not (project / RECORD).exists()
    assert not (project / "site/changes").exists()


def test_a_record_changes_no_page(project: Path, cli: Cli) -> None:
    """What has changed is told before it is recorded, and in the same words after."""
    edit(project, "{tea: Some,", "{tea: {text: Forty milligrams, checked: 2026-06-01},")
    cli("build", "--project", project)
    before = {path: path.read_bytes() for path in sorted((project / "site").rglob("*")) if path.is_file()}
    assert told(project) == ["Caffeine, Tea: was “Some”, now “Forty milligrams”."]
    cli("build", "--project", project, "--record")
    cli("build", "--project", project, "--fresh")
    after = {path: path.read_bytes() for path in sorted((project / "site").rglob("*")) if path.is_file()}
    assert before == after


def test_recording_twice_writes_nothing(project: Path, cli: Cli) -> None:
    """The same pages have the same record."""
    before = (project / RECORD).read_bytes()
    assert "content/changes/: 0 new or changed" in cli("build", "--project", project, "--record").stderr
    assert (project / RECORD).read_bytes() == before


def test_changes_add_up(project: Path, cli: Cli) -> None:
    """The newest stands first, each with the reason that its author writes into the record."""
    edit(project, "Some", "Forty")
    cli("build", "--project", project, "--record")
    edit(project, '    now: "Forty"\n', '    now: "Forty"\n    why: "We measured."\n', RECORD)
    edit(project, "Forty", "Fifty")
    cli("build", "--project", project, "--record")
    assert told(project) == [
        "Caffeine, Tea: was “Forty”, now “Fifty”.",
        "Caffeine, Tea: was “Some”, now “Forty”. We measured.",
    ]
    feed = (project / "site/changes/feed.xml").read_text("utf-8")
    assert len(set(re.findall("<id>(.*?)</id>", feed))) == 3
    assert "We measured." in feed


@pytest.mark.parametrize("same", ["some", "Some.", "some ", "'Some'"])
def test_another_spelling_is_no_change(project: Path, build: Build, same: str) -> None:
    """Capitals, spaces and a full stop are no other fact."""
    edit(project, "tea: Some", f"tea: {same}")
    build(project)
    assert told(project) == []


def test_rows_may_come_and_go(project: Path, build: Build) -> None:
    """A row that nobody has recorded, or that is gone, is no change of a cell."""
    edit(project, "factor: Caffeine", "factor: Stimulant")
    build(project)
    assert told(project) == []


def test_a_verdict_that_nobody_tells_is_not_forgotten(project: Path, cli: Cli) -> None:
    """It stays recorded as it was until the author says in `history` when and why."""
    edit(project, "pick: tea", "pick: coffee")
    cli("build", "--project", project, "--record")
    assert told(project) == ["Until then the pick was Tea."]
    assert "pick: tea\n" in (project / RECORD).read_text("utf-8")
    edit(project, "published:", "history: [{date: 2026-04-02, was: tea, why: It rained.}]\npublished:")
    cli("build", "--project", project, "--record")
    assert told(project) == ["Until then the pick was Tea. It rained."]
    assert "pick: coffee\n" in (project / RECORD).read_text("utf-8")


@pytest.mark.parametrize("place", ["content/changes/sub/tea-vs-coffee.yaml", "content/changes/tea-vs-coffee.txt"])
def test_what_lies_beside_a_record_is_no_record(project: Path, cli: Cli, place: str) -> None:
    """A build after another says of it what a clean one says."""
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).write_text("pick: tea\n")
    again, clean = (cli("build", "--project", project, *more, ok=False).stderr for more in ([], ["--fresh"]))
    assert place in again
    assert again == clean


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_nowhere_is_refused_as_a_record(project: Path, cli: Cli) -> None:
    """As a clean build does."""
    (project / RECORD).unlink()
    cli("build", "--project", project)
    (project / RECORD).symlink_to("nowhere.yaml")
    again, clean = (cli("build", "--project", project, *more, ok=False).stderr for more in ([], ["--fresh"]))
    assert RECORD in again
    assert again == clean


def test_an_empty_folder_is_no_record(project: Path, cli: Cli) -> None:
    """Whatever it is called: nothing is read in it."""
    (project / RECORD).unlink()
    (project / RECORD).mkdir()
    cli("build", "--project", project, "--fresh")


def test_a_folder_in_the_place_of_a_record_is_told(project: Path, cli: Cli) -> None:
    """With its path and what to do, where its record would be written."""
    file = project / RECORD
    file.unlink(missing_ok=True)
    file.mkdir(parents=True)
    told = cli("build", "--project", project, "--record", ok=False).output
    assert "error[not-a-file]: this is a folder, not a file" in told


def test_nothing_changed_before_it_was_recorded(make_site: MakeSite, cli: Cli) -> None:
    """What was recorded after the page was last updated still held on that day; and the advice that is given helps."""
    row = "{tea: {text: Some, checked: 2026-05-01}, coffee: Much}"
    project = make_site({**FILES, PAGE: COMPARISON.replace("{tea: Some, coffee: Much}", row)})
    cli("build", "--project", project, "--record")
    edit(project, "coffee: Much}", "coffee: More}")
    edit(project, "pick: tea", "pick: coffee")
    (advice,) = re.findall(r"add ({.*?}) to `history`", cli("build", "--project", project).stderr)
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8").split('id="history"')[-1]
    assert set(re.findall(r"<dt>.*?(\d+ \w+ \d{4})", page)) == {"1 May 2026"}
    edit(project, "published:", f"history: [{advice.replace('...', 'It rained.')}]\npublished:")
    assert "untold-verdict" not in cli("build", "--project", project).stderr


def test_a_shared_fact_changes_every_page(make_site: MakeSite, cli: Cli) -> None:
    """What a page takes from a subject's file is recorded and told as its own."""
    files = FILES | {
        PAGE: COMPARISON.replace("cells: {tea: Some, coffee: Much}", "id: caffeine").replace("[Tea,", "[tea,"),
        "content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine: Some}\n",
        "content/subjects/coffee.yaml": "name: Coffee\nfacts: {caffeine: Much}\n",
    }
    project = make_site(files)
    cli("build", "--project", project, "--record")
    edit(project, "Some", "Little", "content/subjects/tea.yaml")
    cli("build", "--project", project)
    assert told(project) == ["Caffeine, Tea: was “Some”, now “Little”."]
    assert "unrecorded-change" in cli("check", "--project", project).output


@pytest.mark.parametrize(
    ("now", "day"), [("Little", "2026-06-12"), ("{text: Little, checked: 2026-06-01}", "2026-06-01")]
)
def test_a_change_has_one_day_on_all_pages(make_site: MakeSite, cli: Cli, now: str, day: str) -> None:
    """That on which the cell was checked, or else that on which the change was recorded; not the pages' own days."""
    page = COMPARISON.replace("cells: {tea: Some, coffee: Much}", "id: caffeine").replace("[Tea,", "[tea,")
    milk = (
        page.replace("Coffee", "Milk")
        .replace("coffee", "milk")
        .replace("published:", "updated: 2026-05-20\npublished:")
    )
    facts = [("Tea", "Some"), ("Coffee", "Much"), ("Milk", "None")]
    files = {
        f"content/subjects/{one.lower()}.yaml": f"name: {one}\nfacts: {{caffeine: {said}}}\n" for one, said in facts
    }
    project = make_site(FILES | files | {PAGE: page, "content/compare/tea-vs-milk.md": milk})
    cli("build", "--project", project, "--record")
    edit(project, "Some", now, "content/subjects/tea.yaml")
    cli("build", "--project", project, "--record", "--today", "2026-06-12")
    for slug in ("tea-vs-coffee", "tea-vs-milk"):
        record = (project / f"content/changes/{slug}.yaml").read_text("utf-8")
        assert re.findall(r"date: (\S+)", record) == [day], slug


def test_a_record_is_read_as_it_was_written() -> None:
    """Whatever a cell says."""
    for text in (
        "no",
        "null",
        "1.10",
        "a: b # c",
        'say "so"',
        "- x",
        "{{ x }}",
        "\N{SNOWMAN}",
        "back\\slash",
        "tab\there",
    ):
        change = CellChangeEntry.of(date="2026-04-02", factor="x", subject="no", was=text, now=text, why=text)
        entry = ChangesEntry.of(recorded="2026-04-02", pick="none", cells={"null": {"no": text}}, changes=[change])
        document, problems = read(RECORD, written(entry))
        assert problems == []
        again = ChangesEntry.model_validate(document.data, context="en")
        assert again.cells == {"null": {"no": text}}, text
        assert [(one.was, one.now, one.why) for one in again.changes] == [(text, text, text)]


def test_a_record_is_not_written_through_a_link(project: Path, cli: Cli, tmp_path: Path) -> None:
    """A stranger's branch may bring links."""
    other = tmp_path / "other"
    other.write_text("mine")
    (project / RECORD).unlink()
    (project / RECORD).symlink_to(other)
    cli("build", "--project", project, "--record", ok=False)
    assert other.read_text() == "mine"


@pytest.mark.parametrize(("again", "changes"), [("32, low: 28, high: 35", []), ("45, low: 40, high: 50", ["45"])])
def test_a_measurement_that_came_out_as_before_is_no_change(
    make_site: MakeSite, cli: Cli, again: str, changes: list[str]
) -> None:
    """What was recorded lies between the least and the most of the runs."""
    cells = "unit: mg\n    cells: {tea: {value: @}, coffee: {value: 95}}"
    files = FILES | {PAGE: COMPARISON.replace("cells: {tea: Some, coffee: Much}", cells.replace("@", "30"))}
    project = make_site(files)
    cli("build", "--project", project, "--record")
    edit(project, "30", again)
    cli("build", "--project", project)
    assert told(project) == [f"Caffeine, Tea: was “30 mg”, now “{now} mg”." for now in changes]
