"""What each host takes of a site: its own files in the place of those for any, and as many redirects as it reads."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from tiebreak.hosts import documents, rows, servers
from tiebreak.hosts.deployed_site import DeployedSite, Redirect, is_plain
from tiebreak.pages import Output, collisions
from tiebreak.problems import Severity

Writer = Callable[[DeployedSite, Sequence[Redirect]], bytes]
CLOUDFLARE_ROW = 1000  # characters of a row
GITLAB_PARTS = 25  # slashes of a path
FOR_ANY = ("_redirects", ".nojekyll")  # what the site has for hosts that nobody named


@dataclass(frozen=True)
class Host:
    """What one host reads. A file without a byte is left out, but for those in `marks`."""

    label: str
    files: Mapping[str, Writer] = field(default_factory=dict)
    marks: tuple[str, ...] = ()  # files that say something by being there
    most: int | None = None  # redirects of one site
    size: int | None = None  # bytes of all of them
    reads: Callable[[DeployedSite, Redirect], bool] = lambda _, __: True  # whether it reads one of them as it is meant
    prefers_pages: bool = False  # whether it serves a page in the place of a redirect
    by_beginning: bool = False  # whether a redirect takes what lies below its address as well
    takes_compressed: bool = False  # whether it serves a compressed file that lies beside another


def _named_domain(site: DeployedSite, _: Sequence[Redirect]) -> bytes:
    """The domain of a site that has one of its own; a site below a path has that of another."""
    is_own = site.prefix == "/" and not site.own_host.endswith(".github.io")
    return f"{site.own_host}\n".encode() if is_own and site.own_host else b""


def _headers(site: DeployedSite, _: Sequence[Redirect]) -> bytes:
    return rows.header_rules(site)


def _is_decoded(_: DeployedSite, redirect: Redirect) -> bool:
    """Where paths are compared decoded, only plain ones are written."""
    return is_plain(redirect.old)


def _is_short(site: DeployedSite, redirect: Redirect) -> bool:
    return len(rows.row(site, redirect, "301")) <= CLOUDFLARE_ROW


def _is_as_asked(site: DeployedSite, redirect: Redirect) -> bool:
    """GitLab decodes what is asked for and not what stands in a row, and takes paths of so many parts."""
    path = site.full(redirect.old)
    return "%" not in path and path.count("/") <= GITLAB_PARTS


_KNOWN = {
    # Apache reads the file anew for every request.
    "apache": Host("Apache", {servers.APACHE: servers.apache}, most=1000, reads=_is_decoded),
    "caddy": Host("Caddy", {servers.CADDY: servers.caddy}, reads=_is_decoded, takes_compressed=True),
    "cloudflare": Host(
        "Cloudflare Pages",
        {"_headers": _headers, "_redirects": partial(rows.redirects, status="301")},
        most=2000,
        reads=_is_short,
    ),
    "github": Host("GitHub Pages", {"CNAME": _named_domain}, marks=(".nojekyll",), most=0),
    "gitlab": Host(
        "GitLab Pages",
        {"_redirects": partial(rows.redirects, status="301")},
        most=1000,
        size=1 << 16,
        reads=_is_as_asked,
        prefers_pages=True,
        takes_compressed=True,
    ),
    "netlify": Host("Netlify", {"_headers": _headers, "_redirects": rows.netlify_redirects}),
    "nginx": Host("nginx", {servers.NGINX: servers.nginx}, reads=_is_decoded, takes_compressed=True),
    "s3": Host("Amazon S3", {"_website.json": documents.bucket}, most=50, reads=_is_decoded, by_beginning=True),
    "vercel": Host("Vercel", {"vercel.json": documents.vercel}, most=2048),
}


class Notice(NamedTuple):
    """A problem of the settings: at which of their keys, and what."""

    at: str
    code: str
    message: str
    help: str
    severity: Severity


@dataclass(frozen=True)
class Hosted:
    """The files of a site as its host takes them, and what is to be told of that."""

    outputs: Sequence[Output]
    said: tuple[Notice, ...] = ()


def takes_compressed(host: str) -> bool:
    """Whether a host (none, where nobody named one) serves a compressed file that lies beside another."""
    return not host or _KNOWN[host].takes_compressed


def hosted(name: str, outputs: Sequence[Output], site: DeployedSite) -> Hosted:
    """The outputs as the host of this name takes them; where it is empty, as they are."""
    if not name:
        return Hosted(outputs)
    if not is_plain(site.prefix):
        return Hosted(outputs, (_odd_prefix(site),))
    host = _KNOWN[name]
    sayable = [one for one in _redirects(outputs) if host.reads(site, one)]
    if host.by_beginning:
        sayable = _alone(sayable, outputs)
    taken = sayable[: _fitting(host, site, sayable)]
    answered = {one.output_path for one in taken} if host.prefers_pages else set()
    kept = [one for one in outputs if one.output_path not in answered and not _is_for_any(one)]
    made = [(path, writer(site, taken)) for path, writer in host.files.items()]
    added = [Output(path, data=data) for path, data in made if data] + [Output(path) for path in host.marks]
    places = {one.output_path for one in added}
    said = [_taken_twice(host, one) for one in kept if one.output_path in places]
    if host.most != 0 and (left := len(sayable) - len(taken)):
        said.append(_limit(host, len(taken), left))
    return Hosted([*kept, *added], tuple(said))


def _is_for_any(output: Output) -> bool:
    return output.output_path in FOR_ANY and not output.origin


def _redirects(outputs: Iterable[Output]) -> list[Redirect]:
    """The redirects of the site that last. Old paths come first: links lead to them, and few to the other order of a
    pair.
    """
    by_old = {one.context["old"]: one for one in outputs if one.template == "redirect.html"}
    rows = [row for one in outputs if one.output_path == "_redirects" and one.template for row in one.context["rows"]]
    found = [(by_old[old], Redirect(old, new, by_old[old].output_path)) for old, new in rows]
    return [one for _, one in sorted(found, key=lambda each: not collisions.is_alias(each[0]))]


def _alone(redirects: Iterable[Redirect], outputs: Iterable[Output]) -> list[Redirect]:
    """Those below whose addresses there is nothing else."""
    folders = Counter(folder for one in outputs for folder in _folders(one.output_path))
    return [one for one in redirects if folders[one.output_path.removesuffix("index.html")] <= 1]


def _folders(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:length]) + "/" for length in range(1, len(parts)))


def _fitting(host: Host, site: DeployedSite, redirects: Sequence[Redirect]) -> int:
    """How many of the redirects, from the first on, the host reads."""
    most = len(redirects) if host.most is None else min(host.most, len(redirects))
    if host.size is None:
        return most
    sizes = accumulate(len(rows.row(site, one, "301")) for one in redirects[:most])
    return sum(size <= host.size for size in sizes)


def _limit(host: Host, taken: int, left: int) -> Notice:
    message = f"{host.label} reads {taken:,} of the {taken + left:,} redirects of this site"
    help = "all others are pages that send their readers on; take aliases out that nobody follows any more"
    return Notice("host", "redirect-limit", message, help, Severity.WARNING)


def _taken_twice(host: Host, own: Output) -> Notice:
    message = f'what {host.label} reads is written to "/{own.output_path}", and {own.origin} is as well'
    return Notice("host", "url-collision", message, "take that file out, or this", Severity.ERROR)


def _odd_prefix(site: DeployedSite) -> Notice:
    message = f'the path of base_url, "{site.root}", has signs in it that hosts read as more than a path'
    help = "write it with letters, digits, hyphens, underscores and dots"
    return Notice("base_url", "odd-path", message, help, Severity.ERROR)
