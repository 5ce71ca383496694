"""Redirects and headers as plain rows: the files `_redirects` and `_headers` of Cloudflare, Netlify and GitLab."""

from collections.abc import Iterable, Iterator

from tiebreak.hosts import headers
from tiebreak.hosts.deployed_site import DeployedSite, Redirect


def row(site: DeployedSite, redirect: Redirect, status: str) -> str:
    """One line of `_redirects`."""
    return f"{site.full(redirect.old)} {site.full(redirect.new)} {status}\n"


def redirects(site: DeployedSite, taken: Iterable[Redirect], status: str) -> bytes:
    """`_redirects`; each row is three words, because addresses are percent-encoded."""
    return "".join(row(site, one, status) for one in taken).encode()


def netlify_redirects(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """Netlify serves a page in the place of a redirect that does not say `!`, and of the pages for missing addresses
    it finds the one at the root alone.
    """
    missing = "" if site.prefix == "/" else f"{site.prefix}* {site.prefix}404.html 404\n"
    return redirects(site, taken, "301!") + missing.encode()


def header_rules(site: DeployedSite) -> bytes:
    """`_headers`. What is named by its content is named in full: another file may lie in the same folder."""
    rules: dict[str, dict[str, str]] = {"*": headers.of_all(search=site.search)}
    rules |= {path: {"Cache-Control": headers.IMMUTABLE} for path in (*site.stylesheets, f"{site.scripts}*")}
    rules |= {f"*{end}": {"Content-Type": kind} for end, kind in headers.TYPES.items()}
    return "".join(_rules(site.prefix, rules)).encode()


def _rules(prefix: str, rules: dict[str, dict[str, str]]) -> Iterator[str]:
    for pattern, fields in rules.items():
        yield f"{prefix}{pattern}\n"
        yield from (f"  {name}: {value}\n" for name, value in fields.items())
