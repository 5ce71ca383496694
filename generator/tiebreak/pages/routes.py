"""Every file that the site consists of: one small function a kind of page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from tiebreak.content import SETTINGS
from tiebreak.linking import facts
from tiebreak.model import Card, Cards, Listing, Page, Site, slugify
from tiebreak.pages import feeds, social
from tiebreak.pages.alternatives import alternatives
from tiebreak.pages.changes import FEED_LENGTH, newest_changes
from tiebreak.pages.feedback import about_page
from tiebreak.pages.maps import maps
from tiebreak.pages.measured import Numbers, measured
from tiebreak.pages.messages import Messages
from tiebreak.pages.outputs import Crumbs, Meta, Output, output_path_of, renditions
from tiebreak.pages.redirects import redirects
from tiebreak.pages.related import Related
from tiebreak.pages.releases import releases
from tiebreak.pages.resting import resting
from tiebreak.pages.sitemap import sitemap

STRONGEST = 3
LLMS = "llms.txt"  # the template of lists for assistants, and what they are called
MOST_LISTED = 200  # comparisons, and pages, in the one for the whole site
NEWEST = 20  # that it has of more
COMPARISON = "comparison.html"  # the template of comparisons


def outputs_of(site: Site, messages: Messages) -> list[Output]:
    """All files of the site but the theme's own, in a fixed order."""
    return [
        _home(site),
        _all_comparisons(site, messages),
        *_announced(site),
        *_subjects(site, messages),
        *_categories(site, messages),
        *_tags(site, messages),
        *(_page(site, page) for page in site.pages),
        _not_found(messages),
        *_changes(site, messages),
        *feeds_of(site, messages),
        *_for_machines(site),
        *_for_assistants(site, messages),
        *_facts(site),
        *(Output(unquote(file.path).lstrip("/"), copy=file.origin, origin=file.origin) for file in site.files),
        *social.outputs(site),
        *redirects(site, messages),
    ]


def _crumbs(site: Site, *more: tuple[str, str]) -> Crumbs:
    return ((site.settings.title, "/"), *more)


def newest(listings: Iterable[Listing]) -> date | None:
    """The day of the newest of comparisons in the order of the site; those without a day come first there."""
    return next((listing.revised for listing in listings if listing.revised), None)


def _home(site: Site) -> Output:
    # Among rulings of one day, the best sourced leads.
    lead = max(site.listings, key=lambda one: (one.revised or date.min, one.evidence, one.slug), default=None)
    clear = [listing for listing in site.listings if listing is not lead and listing.margin]
    strongest = sorted(clear, key=lambda listing: (-listing.margin, listing.slug))[:STRONGEST]
    context = {
        "meta": _home_meta(site),
        "lead": lead and lead.card,
        "strongest": Cards(tuple(strongest)),
        "categories": hubs(site.by_category, "categories"),
        "uncategorised": _uncategorised(site),
    }
    return Output("index.html", "home.html", context)


def _home_meta(site: Site) -> Meta:
    settings = site.settings
    return Meta("home", "/", settings.title, settings.description or settings.tagline, updated=newest(site.listings))


def _uncategorised(site: Site) -> Cards:
    return Cards(tuple(listing for listing in site.listings if not listing.category))


def _all_comparisons(site: Site, messages: Messages) -> Output:
    title = messages.say("site.all-comparisons")
    description = messages.say("lists.description", count=len(site.listings), site=site.settings.title)
    context = {
        "meta": Meta("comparisons", "/compare/", title, description, _crumbs(site), newest(site.listings)),
        "categories": hubs(site.by_category, "categories"),
        "uncategorised": _uncategorised(site),
        "choice": facts.choice(site),
    }
    return Output("compare/index.html", "comparisons.html", context)


def page_output_path(listing: Listing) -> str:
    """The output path of the page of a comparison."""
    return output_path_of(listing.path)


def output_paths(listing: Listing, names: Iterable[str]) -> list[str]:
    """The output paths of files of these names that are made of a comparison."""
    folder = listing.path.lstrip("/")
    return [f"{folder}{name}" for name in names]


def _announced(site: Site) -> Iterator[Output]:
    names = renditions(site.settings)
    for listing in site.listings:
        for output_path in output_paths(listing, names):
            yield Output(output_path, comparison=listing.origin, origin=listing.origin)


def comparison_page(site: Site, comparison: Card, near: tuple[Related, ...], messages: Messages) -> Output:
    """The page of one comparison, with those that are `related` to it."""
    crumbs = [(messages.say("site.comparisons"), "/compare/")]
    if comparison.category:
        crumbs.append((comparison.category, hub_url("categories", comparison.category)))
    context = {
        "meta": Meta(
            "comparison",
            comparison.path,
            comparison.title,
            comparison.summary,
            _crumbs(site, *crumbs),
            comparison.revised,
            social.image_of(comparison, site.settings, messages),
        ),
        "comparison": comparison,
        "balance": comparison.balance,
        "related": near,
        "feedback": about_page(comparison, site.settings, messages),
    }
    return Output(
        output_path_of(comparison.path), COMPARISON, context, comparison=comparison.origin, origin=comparison.origin
    )


@dataclass(frozen=True)
class Hub:
    """Comparisons under one name: a category or a tag."""

    name: str
    path: str
    comparisons: Cards


def hub_url(kind: str, name: str) -> str:
    return f"/{kind}/{slugify(name) or 'other'}/"


def hubs(index: Mapping[str, Cards], kind: str) -> tuple[Hub, ...]:
    """One hub for each name. Two of one address are a problem, see collisions.py."""
    return tuple(Hub(name, hub_url(kind, name), comparisons) for name, comparisons in index.items())


def _subjects(site: Site, messages: Messages) -> Iterator[Output]:
    known, numbers = dict(alternatives(site)), measured(site)
    for id, comparisons in site.by_subject.items():
        subject = site.subjects[id]
        description = subject.summary or messages.say("subject.description", name=subject.name)
        meta = Meta("subject", subject.path, subject.name, description, _crumbs(site), newest(comparisons.listings))
        context = {
            "meta": meta,
            "subject": subject,
            "comparisons": comparisons,
            "picked": sum(listing.picked == id for listing in comparisons.listings),
            "alternatives": known[id],
            "measured": numbers.get(id, Numbers()),
            "releases": releases(site, id, messages),
        }
        yield Output(output_path_of(subject.path), "subject.html", context)


def _categories(site: Site, messages: Messages) -> Iterator[Output]:
    for meta, hub in _category_hubs(site, messages):
        context = {"meta": meta, "hub": hub, "maps": maps(site, hub.comparisons.listings, messages)}
        yield Output(output_path_of(hub.path), "hub.html", context)


def _tags(site: Site, messages: Messages) -> Iterator[Output]:
    for meta, hub in _tag_hubs(site, messages):
        yield Output(output_path_of(hub.path), "hub.html", {"meta": meta, "hub": hub, "maps": ()})


def _category_hubs(site: Site, messages: Messages) -> Iterator[tuple[Meta, Hub]]:
    for hub in hubs(site.by_category, "categories"):
        yield _hub_meta(site, hub, "category", messages.say("hub.category-description", name=hub.name), messages), hub


def _tag_hubs(site: Site, messages: Messages) -> Iterator[tuple[Meta, Hub]]:
    for hub in hubs(site.by_tag, "tags"):
        yield _hub_meta(site, hub, "tag", messages.say("hub.tag-description", name=hub.name), messages), hub


def _hub_meta(site: Site, hub: Hub, kind: str, description: str, messages: Messages) -> Meta:
    crumbs = _crumbs(site, (messages.say("site.comparisons"), "/compare/"))
    return Meta(kind, hub.path, hub.name, description, crumbs, newest(hub.comparisons.listings))


def feeds_of(site: Site, messages: Messages) -> Iterator[Output]:
    """The feeds of rulings: of the site, of each category and of each tag."""
    yield from feeds.of_rulings(_home_meta(site), site.comparisons)
    for meta, hub in (*_category_hubs(site, messages), *_tag_hubs(site, messages)):
        yield from feeds.of_rulings(meta, hub.comparisons, "hub.xml")


def _page(site: Site, page: Page) -> Output:
    section = site.section(page)
    place = site.place_in_section[page.path] if page.section else 0
    head = section[0]
    crumbs = [(head.title, head.path)] if head is not page else []
    context = {
        "meta": Meta("page", page.path, page.title, page.summary, _crumbs(site, *crumbs)),
        "page": page,
        "section": site.around(page),
        "resting": resting(site, page.path),
        "previous": section[place - 1] if place else None,
        "next": section[place + 1] if place + 1 < len(section) else None,
    }
    return Output(output_path_of(page.path), "page.html", context, origin=page.origin)


def _not_found(messages: Messages) -> Output:
    return Output("404.html", "404.html", {"meta": Meta("not-found", "/404.html", messages.say("missing.title"))})


def _for_machines(site: Site) -> Iterator[Output]:
    yield from _sitemap(site)
    yield Output("robots.txt", "robots.txt")
    yield Output("manifest.webmanifest", "manifest.webmanifest")
    yield Output(".nojekyll")
    if key := site.settings.indexnow:
        yield Output(f"{key}.txt", data=key.encode(), origin=SETTINGS, at=("indexnow",))


def _for_assistants(site: Site, messages: Messages) -> Iterator[Output]:
    """The list of what there is as Markdown; where that is long, one for each category."""
    if not site.settings.twins:
        return
    groups = [(hub.name, hub.path, hub.comparisons) for hub in hubs(site.by_category, "categories")]
    if others := _uncategorised(site):
        groups.append((messages.say("lists.others" if groups else "site.comparisons"), "/compare/", others))
    sections = tuple((name, comparisons) for name, _, comparisons in groups)
    more: tuple[tuple[str, str, int], ...] = ()
    if len(site.listings) > MOST_LISTED:
        for name, path, comparisons in groups:
            context = {"title": name, "sections": ((name, comparisons),), "more": (), "pages": ()}
            yield Output(f"{path.lstrip('/')}{LLMS}", LLMS, context)
        more = tuple((name, f"{path}{LLMS}", len(comparisons)) for name, path, comparisons in groups)
        sections = ((messages.say("lists.newest"), Cards(site.listings[:NEWEST])),)
    pages = site.pages if len(site.pages) <= MOST_LISTED else tuple(some[0] for some in site.sections.values())
    named = tuple((page.title, page.path, page.summary) for page in pages)
    yield Output(LLMS, LLMS, {"title": "", "sections": sections, "more": more, "pages": named})


def _facts(site: Site) -> Iterator[Output]:
    """The facts of each subject as JSON, and their index."""
    subjects = facts.comparable(site)
    if subjects:
        yield Output(facts.INDEX, data=facts.index_json(site, subjects), context={"subjects": subjects})
    known = {one.subject: one for one in site.facts}
    for subject in subjects:
        context = {"subject": subject, "comparisons": site.by_subject.get(subject.id, Cards())}
        data, origin = facts.subject_json(site, known[subject.id]), f"content/subjects/{subject.id}.yaml"
        yield Output(facts.output_path(subject.id), data=data, context=context, origin=origin)


def _changes(site: Site, messages: Messages) -> Iterator[Output]:
    """The page and the feed of what was corrected, once there is anything."""
    changes = newest_changes(site)
    if not changes:
        return
    title = messages.say("changes.title")
    description = messages.say("changes.description", site=site.settings.title)
    meta = Meta("changes", "/changes/", title, description, _crumbs(site), changes[0].change.date)
    yield Output("changes/index.html", "changes.html", {"meta": meta, "changes": changes})
    context = {"meta": meta, "changes": changes[:FEED_LENGTH], "updated": changes[0].change.date}
    yield from feeds.both(meta, ("changes.xml", "changes.json"), context)


def _sitemap(site: Site) -> Iterator[Output]:
    """Pages bear no date, and none is made up for them."""
    articles = [(listing.path, listing.revised) for listing in site.listings]
    others = [
        ("/", newest(site.listings)),
        ("/compare/", newest(site.listings)),
        *((site.subjects[id].path, newest(comparisons.listings)) for id, comparisons in site.by_subject.items()),
        *((hub.path, newest(hub.comparisons.listings)) for hub in hubs(site.by_category, "categories")),
        *((hub.path, newest(hub.comparisons.listings)) for hub in hubs(site.by_tag, "tags")),
        *((page.path, None) for page in site.pages),
        *([("/changes/", max(one.changed for one in site.listings if one.changed))] if site.has_changes else ()),
    ]
    yield from sitemap(articles, others, site.settings.base_url)
