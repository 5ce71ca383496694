"""Where things lie in a project: what a file under `content/` is by its path, and what has no place there."""

from pathlib import PurePosixPath
from typing import Literal

from tiebreak import limits
from tiebreak.model import is_id, slugify
from tiebreak.problems import Problem, did_you_mean

FileKind = Literal["settings", "factors", "subject", "comparison", "page", "file"]
SETTINGS, FACTORS = "content/site.yaml", "content/factors.yaml"
FOLDERS = ("compare", "pages", "subjects")


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


def kind_of(path: str) -> FileKind | Problem:
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


def _named(path: str, kind: FileKind, parts: list[str], suffix: str) -> FileKind | Problem:
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
