"""What `tiebreak init` and `tiebreak new` write: a project that builds at once, and a comparison to fill in."""

import os
import re
import shutil
from collections.abc import Sequence
from datetime import date
from importlib import metadata
from pathlib import Path, PurePosixPath

from tiebreak import __version__, limits
from tiebreak.build import load
from tiebreak.content import placeholders
from tiebreak.linking import RESERVED, Index
from tiebreak.model import DEVICES, plain_name, slugify
from tiebreak.problems import SiteError
from tiebreak.storage import nofollow, refusals

WORKFLOWS = {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml"}


def init(folder: Path, ci: str | None = None) -> list[Path]:
    """Copy the starter project to `folder`, which may have a `.gitignore` of its own and keeps it; with `ci`, one of
    `WORKFLOWS`, add its workflow. A folder that is a project already gets the workflow alone.

    Raises FileExistsError, before anything is written, when content or a workflow would be replaced.
    """
    workflow = folder / WORKFLOWS[ci] if ci else None
    if workflow and workflow.exists():
        raise FileExistsError(f"{workflow} would be overwritten; take it away first, or take over what you need")
    made = [] if workflow and (folder / "content/site.yaml").exists() else _starter(folder)
    if workflow:
        workflow.parent.mkdir(parents=True, exist_ok=True)
        template = (Path(__file__).parent / "workflows" / f"{ci}.yml").read_text("utf-8")
        workflow.write_text(template.replace("{requirement}", requirement()), "utf-8", newline="\n")
        made.append(workflow)
    return made


def requirement() -> str:
    """What installs this Tiebreak elsewhere: its release, if it came from PyPI, or else a wheel beside the content,
    because a release that is not there could be put there by anybody.
    """
    try:
        is_release = metadata.distribution("tiebreak").read_text("direct_url.json") is None  # PEP 610
    except metadata.PackageNotFoundError:
        is_release = False
    return f"tiebreak=={__version__}" if is_release else f"./vendor/tiebreak-{__version__}-py3-none-any.whl"


def _starter(folder: Path) -> list[Path]:
    starter = Path(__file__).parent / "starter"
    files = [path.relative_to(starter) for path in sorted(starter.rglob("*")) if path.is_file()]
    there = [path for path in files if (folder / path).exists()]
    in_the_way = [str(folder / path) for path in there if path.parts[0] == "content"]
    if in_the_way:
        raise FileExistsError(f"{', '.join(in_the_way)} would be overwritten; name an empty folder")
    made = [path for path in files if path not in there]
    for path in made:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(starter / path, target)
    return [folder / path for path in made]


def new(project: Path, title: str, today: date) -> Path:
    """Write `content/compare/<slug>.md` for the names in `title`, joined by "vs".

    A subject that other comparisons name already keeps its spelling there. Raises ValueError when the title does not
    name as many as are compared, FileExistsError when they are compared already, SiteError outside a project.
    """
    names = [name.strip() for name in re.split(r"\s+vs\.?\s+", title.strip(), flags=re.IGNORECASE)]
    fewest, most = limits.FEWEST_SUBJECTS, limits.SUBJECTS
    if not fewest <= len(names) <= most or not all(names):
        raise ValueError(f'name {fewest} to {most} subjects with "vs" between them, such as "Foo vs C++"')
    loaded = load.load_site(project, drafts=True)
    in_the_way = ("content", "content/compare")  # not folders of this project
    if wrong := [one for one in loaded.problems[""] if one.code == "no-settings" or one.file in in_the_way]:
        raise SiteError(wrong)
    known = [loaded.index.registry.find(name) for name in names]
    ids = [subject.id if subject else slugify(name) for subject, name in zip(known, names, strict=True)]
    if not all(ids):
        raise ValueError(f'"{names[ids.index("")]}" has no letter or digit to make an id from')
    if reserved := [name for name, id in zip(names, ids, strict=True) if id in RESERVED]:
        raise ValueError(f'"{reserved[0]}" has a meaning of its own here; give it a file under content/subjects/')
    if kept := [id for id in ids if id in DEVICES]:
        raise ValueError(f'"{kept[0]}" is a name that Windows keeps for itself; give it a file under content/subjects/')
    if len(set(ids)) < len(ids):
        raise ValueError("the same subject is named twice")
    spelled = [name if not one or one.written else one.name for one, name in zip(known, names, strict=True)]
    if existing := _existing(loaded.index, ids):
        raise FileExistsError(f"{existing} already compares them")
    name = f"{'-vs-'.join(ids)}.md"
    if len(name) > limits.FILE_NAME:
        raise ValueError(f"the name of the file would have {len(name)} characters; give subjects shorter ids")
    file = f"content/compare/{name}"
    (project / file).parent.mkdir(parents=True, exist_ok=True)
    try:
        made = nofollow.open_file(project, file, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except refusals.RefusedError as error:
        raise SiteError([refusals.as_problem(file, error)]) from error
    with open(made, "w", encoding="utf-8") as opened:  # noqa: PTH123 -- a descriptor
        opened.write(_text(spelled, ids, today))
    return project / file


def _existing(index: Index, ids: Sequence[str]) -> str:
    """The file that compares the same subjects in any order, under any slug; empty when there is none."""
    if file := index.file_by_subjects.get(frozenset(ids)):
        return file
    # A file that cannot be read yet is still in the way of its own name.
    unread = (PurePosixPath(file) for file in sorted(index.broken) if file.startswith("content/compare/"))
    return next((str(file) for file in unread if set(file.stem.split("-vs-")) == set(ids)), "")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _text(names: list[str], ids: list[str], today: date) -> str:
    said = [plain_name(name) for name in names]
    verdict = "\n".join(
        f"  {id}: {placeholders.VERDICT}  # completes: Use {name} if" for id, name in zip(ids, said, strict=True)
    )
    cells = "\n".join(f"      {id}: unknown" for id in ids)
    summary = _quoted(f"{' or '.join(said)}: {placeholders.SUMMARY}")
    return f"""---
summary: {summary}  # at most 160 characters; search engines show it
subjects: [{", ".join(map(_quoted, names))}]
pick: none  # {", ".join(ids)}; or none, when it is honestly a draw
why: {placeholders.WHY}  # inline Markdown; stands in the pick box
factors:  # one row of the table each; 6 to 12 make a good page
  - factor: {placeholders.FACTOR}  # a label of your own, or an id from factors.yaml
    weight: 1  # 0 to 5: how much it should matter
    cells:  # text, yes, no, partial, unknown, n/a, a number, or {{text: ..., source: "https://...", checked: {today}}}
{cells}
    # wins: {ids[0]}  # or tie; or leave it out when nobody can be said to win
verdict:  # every subject exactly once
{verdict}
published: {today}
draft: true  # keeps it out of the site; take the line out when you are done
---
## {placeholders.HEADING}

{placeholders.BODY}
"""
