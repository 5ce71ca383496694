"""What kind of file lies at a path of the project, and which files may not lie there."""

from pathlib import PurePosixPath
from typing import Literal

from tiebreak import limits
from tiebreak.model import DEVICES, is_id, refusal, slugify
from tiebreak.problems import Problem, did_you_mean

FileKind = Literal["settings", "factors", "subject", "changes", "comparison", "page", "file", "lock"]
SETTINGS, FACTORS = "content/site.yaml", "content/factors.yaml"
LOCK = "content/sources.lock"
FOLDERS = ("changes", "compare", "pages", "subjects")


# Files that hosts read settings from, or that tell programs who owns a site and what is allowed there.
# CNAME is not among them in other capitals: `cname` may be the address of a page, and is a folder then.
_HOST_FILES = frozenset(
    """
    _caddyfile _config.yml _headers _nginx.conf _redirects _routes.json _website.json _worker.js ads.txt amplify.yml
    amplify.yaml app-ads.txt app.json
    app.yaml apple-app-site-association assetlinks.json azure-pipelines.yml bitbucket-pipelines.yml buildspec.yml
    caddyfile cloudbuild.json cloudbuild.yaml clientaccesspolicy.xml composer.json crossdomain.xml deno.json
    deno.jsonc dockerfile fileauth.txt firebase.json fly.toml functions.json host.json netlify.toml now.json
    package-lock.json package.json php.ini procfile render.yaml robots.txt routes.json security.txt sellers.json
    serve.json static.json staticwebapp.config.json trust.txt vercel.json vercel.ts web.config wrangler.json
    wrangler.jsonc wrangler.toml 200.html
    """.split()
)


def configures_host(output_path: str) -> bool:
    """Whether a host or a program may read the file at `output_path` of the site as its settings."""
    if "/." in output_path or output_path.startswith("."):
        return True
    return "CNAME" in output_path.split("/") or not _HOST_FILES.isdisjoint(output_path.casefold().split("/"))


def host_problem(file: str) -> Problem:
    """The problem of a file with such a name."""
    message = f'"{PurePosixPath(file).name}" is a name that hosts and programs read settings from'
    help = "rename it, or put it under static/, which is the site owner's"
    return Problem(file, 0, 0, "host-configuration", message, help)


def kind_of(file: str) -> FileKind | Problem:
    """What kind of file this is (its path is relative to the project), or why it may not lie there."""
    folder, _, name = file.removeprefix("content/").partition("/")
    if file == SETTINGS:
        return "settings"
    if file == FACTORS:
        return "factors"
    if file == LOCK:
        return "lock"
    if not name:
        known = ("site.yaml", "factors.yaml")
        return _misplaced(file, "content/ itself holds only site.yaml and factors.yaml", did_you_mean(folder, known))
    if folder not in FOLDERS:
        return _misplaced(file, f'nothing is read from "content/{folder}/"', did_you_mean(folder, FOLDERS))
    if folder in ("subjects", "changes"):
        return _named(file, "subject" if folder == "subjects" else "changes", [name], ".yaml")
    if name.endswith((".markdown", ".mdown", ".mkd")):
        return _only(file, ".md")
    if not name.endswith(".md"):
        return unportable(file) or _at_root(file) or (host_problem(file) if configures_host(name) else "file")
    return (
        _named(file, "comparison", [name], ".md")
        if folder == "compare"
        else _named(file, "page", name.split("/"), ".md")
    )


def unportable(file: str) -> Problem | None:
    """A problem for a path with a name that some systems cannot have."""
    message = next(filter(None, map(refusal, file.split("/"))), "")
    return Problem(file, 0, 0, "bad-name", message, help="rename it") if message else None


def _at_root(file: str) -> Problem | None:
    """A problem for text files at the root of the site, where services look for proof of who owns it."""
    if file.count("/") > 2 or not file.startswith("content/pages/") or not file.lower().endswith((".txt", ".json")):
        return None
    message = "such a file at the root of a site speaks for its owner"
    return Problem(file, 0, 0, "host-configuration", message, help="put it into a folder, or under static/")


def _named(file: str, kind: FileKind, parts: list[str], suffix: str) -> FileKind | Problem:
    """`kind`, or a problem when a part of the name cannot stand in a URL."""
    if not parts[-1].endswith(suffix):
        return _only(file, suffix)
    for part in (*parts[:-1], parts[-1].removesuffix(suffix)):
        if not is_id(part):
            suggestion = slugify(part.replace("/", "-"))
            help = (
                f'did you mean "{suggestion}"?' if suggestion else "use lower-case letters, digits and single hyphens"
            )
            return Problem(file, 0, 0, "bad-name", f'"{part}" cannot be part of a URL', help=help)
        if part in DEVICES and (problem := unportable(file)):
            return problem
        if kind == "subject" and len(part) > limits.ID:
            message = f"the name has {len(part)} characters, and {limits.ID} is the most for a subject"
            return Problem(file, 0, 0, "bad-name", message, help="write a shorter name")
    return kind


def _only(file: str, suffix: str) -> Problem:
    return _misplaced(file, f"only {suffix} files are read here", f"rename it to {PurePosixPath(file).stem}{suffix}")


def _misplaced(file: str, message: str, help: str) -> Problem:
    return Problem(file, 0, 0, "misplaced-file", message, help=help)
