"""Where things lie in a project: what a file under `content/` is by its path, and what has no place there."""

import os
from pathlib import Path, PurePosixPath
from typing import Literal

import tiebreak
from tiebreak import beneath, inventory, limits
from tiebreak.inventory import Inventory
from tiebreak.model import is_id, slugify
from tiebreak.problems import Problem, SiteError, did_you_mean

Kind = Literal["settings", "factors", "subject", "comparison", "page", "file"]
SETTINGS, FACTORS = "content/site.yaml", "content/factors.yaml"
FOLDERS = ("compare", "pages", "subjects")


def is_hidden(name: str) -> bool:
    """Hidden files, and editors' leavings."""
    return name.startswith(".") or is_leftover(name)


def is_leftover(name: str) -> bool:
    """What an editor or a desktop leaves behind."""
    return name == ".DS_Store" or name.startswith(".#") or name.endswith(("~", ".swp"))


# What hosts take for their own settings, or programs for somebody's word on who owns a site and what may be done there.
# CNAME is not among them in other capitals: `cname` may be the address of a page, and is a folder then.
_HOST_FILES = frozenset(
    """
    _config.yml _headers _redirects _routes.json _worker.js ads.txt amplify.yml amplify.yaml app-ads.txt app.json
    app.yaml apple-app-site-association assetlinks.json azure-pipelines.yml bitbucket-pipelines.yml buildspec.yml
    caddyfile cloudbuild.json cloudbuild.yaml clientaccesspolicy.xml composer.json crossdomain.xml deno.json
    deno.jsonc dockerfile fileauth.txt firebase.json fly.toml functions.json host.json netlify.toml now.json
    package-lock.json package.json php.ini procfile render.yaml robots.txt routes.json security.txt sellers.json
    serve.json static.json staticwebapp.config.json trust.txt vercel.json vercel.ts web.config wrangler.json
    wrangler.jsonc wrangler.toml 200.html
    """.split()
)


def configures_host(path: str) -> bool:
    """Whether a host or a program may read what lies at `path` on the site as more than something to be shown."""
    if "/." in path or path.startswith("."):
        return True
    return "CNAME" in path.split("/") or not _HOST_FILES.isdisjoint(path.casefold().split("/"))


def host_problem(path: str) -> Problem:
    """That what lies at `path` has such a name."""
    message = f'"{PurePosixPath(path).name}" is a name that hosts and programs read settings from'
    help = "rename it, or put it under static/, which is the site owner's"
    return Problem(path, 0, 0, "host-configuration", message, help)


# What a site is made of, and in each folder the names that are passed over.
INPUTS = {"content": is_hidden, "templates": is_leftover, "static": is_leftover}


def builtin(kind: str) -> Path:
    """The folder of the built-in `templates` or `static`: inside the wheel, or this repository's own."""
    package = Path(tiebreak.__file__).resolve().parent
    packaged = package / "theme" / kind
    return packaged if packaged.is_dir() else package.parents[1] / kind


def repository(project: Path) -> Path:
    """The repository that the project lies in, or the project alone: everything that a branch can bring."""
    root = Path(os.path.realpath(project))
    return next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)


def files_of(folder: Path) -> dict[str, Path]:
    """Every file in a folder of the built-in theme, by its path in there."""
    files = (path for path in sorted(folder.rglob("*")) if not is_leftover(path.name) and path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def own_files(project: Path, kind: str) -> list[str]:
    """The paths, within the project's own `templates` or `static`, of all files there; none when that is the built-in
    folder itself. Raises SiteError with whatever lies there and cannot be read.
    """
    if (project / kind).resolve() == builtin(kind).resolve():
        return []
    found = inventory.take(project, {kind: INPUTS[kind]})
    if problems := strays(project, found):
        raise SiteError(problems.values())
    return [path.removeprefix(f"{kind}/") for path in found.paths if path not in INPUTS]


def strays(project: Path, found: Inventory) -> dict[str, Problem]:
    """By path, what is wrong where nothing can be read, such as links that lead out of their folder."""
    wrong = ((path, beneath.wrong(project, path)) for path in sorted(found.odd))
    return {path: problem for path, problem in wrong if problem}


def data_of(project: Path, file: str, most: int | None = None) -> bytes:
    """The bytes of a file of the project, told by its path there, or of the built-in theme, told by an absolute one.

    Raises SiteError when it cannot be read, as one that was exchanged since it was seen, or has more than `most` bytes.
    """
    if os.path.isabs(file):  # noqa: PTH117 -- thousands of Paths take their time
        return Path(file).read_bytes()
    try:
        data = beneath.read(project, file, None if most is None else most + 1)
    except OSError as error:
        raise SiteError([beneath.explained(file, error)]) from error
    if most is not None and len(data) > most:
        raise SiteError([beneath.too_large(file, most)])
    return data


def text_of(project: Path, file: str) -> str:
    """The text of such a file, with plain line feeds. Raises SiteError as `data_of` does, and UnicodeDecodeError."""
    return data_of(project, file).decode().replace("\r\n", "\n").replace("\r", "\n")


def kind_of(path: str) -> Kind | Problem:
    """What the file at `path` (relative to the project) is, or why it cannot be anything."""
    folder, _, name = path.removeprefix("content/").partition("/")
    if path == SETTINGS:
        return "settings"
    if path == FACTORS:
        return "factors"
    if not name:
        known = ("site.yaml", "factors.yaml")
        return _misplaced(path, "content/ itself holds only site.yaml and factors.yaml", did_you_mean(folder, known))
    if folder not in FOLDERS:
        return _misplaced(path, f'nothing is read from "content/{folder}/"', did_you_mean(folder, FOLDERS))
    if folder == "subjects":
        return _named(path, "subject", [name], ".yaml")
    if name.endswith((".markdown", ".mdown", ".mkd")):
        return _only(path, ".md")
    if not name.endswith(".md"):
        return _at_root(path) or (host_problem(path) if configures_host(name) else "file")
    return (
        _named(path, "comparison", [name], ".md")
        if folder == "compare"
        else _named(path, "page", name.split("/"), ".md")
    )


def _at_root(path: str) -> Problem | None:
    """That a text would lie at the root of the site, where services look for proof of whose site it is."""
    if path.count("/") > 2 or not path.startswith("content/pages/") or not path.lower().endswith((".txt", ".json")):
        return None
    message = "such a file at the root of a site speaks for its owner"
    return Problem(path, 0, 0, "host-configuration", message, help="put it into a folder, or under static/")


def _named(path: str, kind: Kind, parts: list[str], suffix: str) -> Kind | Problem:
    """`kind`, when every part of the name may stand in a URL."""
    if not parts[-1].endswith(suffix):
        return _only(path, suffix)
    for part in (*parts[:-1], parts[-1].removesuffix(suffix)):
        if not is_id(part):
            suggestion = slugify(part.replace("/", "-"))
            help = (
                f'did you mean "{suggestion}"?' if suggestion else "use lower-case letters, digits and single hyphens"
            )
            return Problem(path, 0, 0, "bad-name", f'"{part}" cannot be part of a URL', help=help)
        if kind == "subject" and len(part) > limits.ID:
            message = f"the name has {len(part)} characters, and {limits.ID} is the most for a subject"
            return Problem(path, 0, 0, "bad-name", message, help="write a shorter name")
    return kind


def _only(path: str, suffix: str) -> Problem:
    return _misplaced(path, f"only {suffix} files are read here", f"rename it to {PurePosixPath(path).stem}{suffix}")


def _misplaced(path: str, message: str, help: str) -> Problem:
    return Problem(path, 0, 0, "misplaced-file", message, help=help)
