"""Redirects: from the other order of a pair, from old paths, and from folders without a page of their own."""

from collections.abc import Iterator
from urllib.parse import quote

from tiebreak.model import Listing, Page, Site
from tiebreak.pages.messages import Messages
from tiebreak.pages.outputs import Meta, Output, output_path_of


def _of_empty_sections(site: Site, messages: Messages) -> Iterator[Output]:
    """Redirects from folders without a page of their own to the first page in them."""
    taken = {page.path for page in site.pages}
    for section, (first, *_) in site.sections.items():
        if section and f"/{section}/" not in taken:
            yield _redirect(messages, f"{section}/", first.path, first.origin)


def _redirect(messages: Messages, old: str, new: str, origin: str = "", at: tuple[str | int, ...] = ()) -> Output:
    """A page at `old` (a folder, or a file that ends in `.html`) that sends its reader to the address `new`."""
    output_path = old if old.endswith(".html") else output_path_of(old if old.endswith("/") else f"{old}/")
    meta = Meta("redirect", new, messages.say("redirect.title"))
    context = {"meta": meta, "target": new, "old": quote("/" + output_path.removesuffix("index.html"))}
    return Output(output_path, "redirect.html", context, origin=origin, at=at)


def redirects(site: Site, messages: Messages) -> Iterator[Output]:
    """Redirects from mirrored pairs and old paths: pages, and `_redirects` for hosts that read it."""
    yield from _of_empty_sections(site, messages)
    pages = [*_mirrors(site, messages), *_old_paths(site, messages)]
    yield from pages
    if pages:
        yield Output(
            "_redirects", "_redirects", {"rows": [(page.context["old"], page.context["target"]) for page in pages]}
        )


def _mirrors(site: Site, messages: Messages) -> Iterator[Output]:
    # A pair that is compared twice is reported as that, not as a collision of redirects.
    pairs = {frozenset(one.subject_ids): one for one in site.listings if len(one.subject_ids) == 2}
    for subjects, comparison in pairs.items():
        one, other = comparison.subject_ids
        for slug in (f"{one}-vs-{other}", f"{other}-vs-{one}"):
            if slug not in site.listing_by_slug or frozenset(site.listing_by_slug[slug].subject_ids) != subjects:
                yield _redirect(messages, f"compare/{slug}/", comparison.path, comparison.origin, ("subjects",))


def _old_paths(site: Site, messages: Messages) -> Iterator[Output]:
    owners: tuple[Listing | Page, ...] = (*site.listings, *site.pages)
    for owner in owners:
        for place, alias in enumerate(owner.aliases):
            yield _redirect(messages, alias, owner.path, owner.origin, ("aliases", place))
