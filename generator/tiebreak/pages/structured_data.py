"""Structured data: what a page shows, in the words of schema.org as JSON-LD, for search engines and assistants."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from markupsafe import Markup

from tiebreak.markdown import convert
from tiebreak.model import Cards, CellChange, Change, Comparison, Factor, Prose, Settings, Subject
from tiebreak.pages import phrases
from tiebreak.pages.hubs import Standing
from tiebreak.pages.messages import Messages
from tiebreak.pages.outputs import Meta, renditions
from tiebreak.pages.prose_words import prose_words
from tiebreak.pages.routes import Hub

Node: TypeAlias = dict[str, object]  # without what is empty
MOST_LISTED = 100  # of a list that may have thousands; `numberOfItems` counts all of them
FEWEST_NOTES = 2  # of what speaks for and against a subject; search engines take no fewer
_DATA = {"table.csv": "text/csv", "index.json": "application/json"}  # the twins that have the table as data
_REVIEWED = ("SoftwareApplication", "Product")  # schema.org has no `review` of a mere Thing
_KIND = {"SoftwareApplication": "applicationCategory", "Product": "category"}  # what it calls a subject's kind


@dataclass(frozen=True)
class StructuredData:
    """Makes the graph of each kind of page. Every text in it stands on the page."""

    settings: Settings
    messages: Messages

    def of_comparison(self, meta: Meta, comparison: Comparison) -> Node:
        return self._graph(
            _node(
                "TechArticle",
                url=self._url(meta),
                headline=self._smart(comparison.title),
                description=self._smart(comparison.summary),
                inLanguage=self.settings.language,
                datePublished=comparison.published and comparison.published.isoformat(),
                dateModified=comparison.revised and comparison.revised.isoformat(),
                author=self._author(comparison.author),
                publisher=self._publisher,
                isPartOf=self._site,
                image=meta.image and self.settings.absolute(meta.image.path),
                about=[self._compared(comparison, place) for place in range(len(comparison.subjects))],
                citation=[_work(self._smart(one.title), self.settings.absolute(one.url)) for one in comparison.sources],
                correction=[self._correction(change) for change in comparison.changes],
            ),
            self._table(meta, comparison),
            self._questions(comparison),
            self._breadcrumb(meta),
        )

    def of_subject(self, meta: Meta, subject: Subject, standing: Standing, comparisons: Cards) -> Node:
        won, lost = ([row.label for row in rows] for rows in (standing.won, standing.lost))
        known: Node = {
            _KIND.get(self._type(subject), ""): self._smart(subject.kind),
            "description": self._smart(subject.summary),
            "sameAs": subject.homepage,
        }
        if self._type(subject) == "SoftwareApplication":
            known |= {"softwareVersion": subject.version, "license": subject.license and _work(subject.license)}
        about = self._subject(subject, won, lost, self._publisher) | {
            key: value for key, value in known.items() if key and value
        }
        return self._graph(self._collection(meta, comparisons, about=about), self._breadcrumb(meta))

    def of_list(self, meta: Meta, comparisons: Cards, categories: Sequence[Hub] = ()) -> Node:
        """Of a page that lists comparisons, after those of `categories`."""
        listed = [*(hub.comparisons for hub in categories), comparisons]
        return self._graph(self._collection(meta, *listed), self._breadcrumb(meta))

    def of_page(self, meta: Meta, description: str = "") -> Node:
        """Of any other page; the description where it shows one."""
        page = self._web_page("WebPage", meta)
        return self._graph(
            page | ({"description": self._smart(description)} if description else {}), self._breadcrumb(meta)
        )

    def of_site(self) -> Node:
        """Of the front page."""
        told = {"description": self._smart(self.settings.tagline), "publisher": self._publisher}
        told |= {"inLanguage": self.settings.language}
        return self._graph(self._site | {key: value for key, value in told.items() if value})

    # --- the site, and who makes it ---------------------------------------------------------------------------------

    @property
    def _site(self) -> Node:
        base = self.settings.base_url
        return _node("WebSite", **{"@id": f"{base}#website"}, name=self._smart(self.settings.title), url=base)

    @property
    def _publisher(self) -> Node:
        """Whom each page names at its end, else the site itself."""
        author = self.settings.author
        return self._author(author.name) if author and author.url else self._author("")

    def _author(self, name: str) -> Node:
        """A person, unless the settings say otherwise; the site where nobody is named."""
        settings = self.settings
        if not name:
            return _node("Organization", name=self._smart(settings.title), url=settings.base_url)
        ours = settings.author if settings.author and settings.author.name == name else None
        kind = "Organization" if ours and ours.organization else "Person"
        return _node(kind, name=self._smart(name), url=ours and ours.url)

    # --- what is compared -------------------------------------------------------------------------------------------

    def _type(self, subject: Subject) -> str:
        return subject.schema_type or self.settings.schema_type

    def _subject(self, subject: Subject, won: Sequence[str], lost: Sequence[str], author: Node) -> Node:
        """A subject with what speaks for and against it, as labels of rows; the `author` says so."""
        url, kind = self.settings.absolute(subject.path), self._type(subject)
        review = None
        if kind in _REVIEWED and len(won) + len(lost) >= FEWEST_NOTES:
            notes = {"positiveNotes": self._notes(won), "negativeNotes": self._notes(lost)}
            review = _node("Review", author=author, **notes)
        return _node(kind, **{"@id": url}, name=subject.name, review=review)

    def _compared(self, comparison: Comparison, place: int) -> Node:
        subject = comparison.subjects[place]
        counted = [factor for factor in comparison.factors if factor.bears and not factor.tied]
        won = [factor.label for factor in counted if subject.id in factor.winners]
        lost = [factor.label for factor in counted if _is_lost(factor, subject, place)]
        return self._subject(subject, won, lost, self._author(comparison.author))

    def _notes(self, labels: Sequence[str]) -> Node | None:
        items = [_node("ListItem", name=self._smart(label)) for label in labels]
        return _node("ItemList", itemListElement=items) if items else None

    def _questions(self, comparison: Comparison) -> Node | None:
        if not comparison.faq:
            return None
        asked = ((self._smart(one.question), _node("Answer", text=self._said(one.answer))) for one in comparison.faq)
        return _node("FAQPage", mainEntity=[_node("Question", name=name, acceptedAnswer=one) for name, one in asked])

    def _table(self, meta: Meta, comparison: Comparison) -> Node:
        return _node(
            "Dataset",
            name=self._smart(comparison.title),
            description=self._smart(comparison.summary),
            url=f"{self._url(meta)}#factors",
            creator=self._author(comparison.author),
            distribution=[self._download(comparison.path, name) for name in renditions(self.settings) if name in _DATA],
        )

    # --- parts of pages ---------------------------------------------------------------------------------------------

    def _web_page(self, kind: str, meta: Meta) -> Node:
        url = self._url(meta)
        named = _node(kind, **{"@id": url}, name=self._smart(meta.title), url=url)
        return named | {"inLanguage": self.settings.language, "isPartOf": self._site}

    def _collection(self, meta: Meta, *lists: Cards, about: Node | None = None) -> Node:
        listings = list(chain.from_iterable(one.listings for one in lists))
        items = [
            _node("ListItem", position=at, name=self._smart(one.title), url=self.settings.absolute(one.path))
            for at, one in enumerate(listings[:MOST_LISTED], 1)
        ]
        found = _node("ItemList", numberOfItems=len(listings), itemListElement=items)
        return self._web_page("CollectionPage", meta) | ({"about": about} if about else {}) | {"mainEntity": found}

    def _breadcrumb(self, meta: Meta) -> Node | None:
        """The way to the page that it shows, and the page itself."""
        if len(meta.breadcrumb) < 2:
            return None
        steps = [(label, self.settings.absolute(url)) for label, url in (*meta.breadcrumb, (meta.title, meta.path))]
        items = [
            _node("ListItem", position=at, name=self._smart(name), item=url) for at, (name, url) in enumerate(steps, 1)
        ]
        return _node("BreadcrumbList", itemListElement=items)

    def _correction(self, change: Change | CellChange) -> Node:
        key, values = phrases.of_change(change, self._smart)
        said = self.messages.say(key, **values)
        text = said.striptags() if isinstance(said, Markup) else said
        return _node("CorrectionComment", text=text.strip(), datePublished=change.date.isoformat())

    def _download(self, path: str, name: str) -> Node:
        return _node("DataDownload", contentUrl=self.settings.absolute(path + name), encodingFormat=_DATA[name])

    def _url(self, meta: Meta) -> str:
        return self.settings.absolute(meta.path)

    def _smart(self, text: str) -> str:
        return convert.typographic(text, self.settings.language)

    def _said(self, prose: Prose) -> str:
        """Its words as readers meet them, without marks of sources."""
        return Prose(convert.fill_words(prose.html, prose_words(self.messages))).text

    def _graph(self, *nodes: Node | None) -> Node:
        return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def _node(kind: str, **values: object) -> Node:
    """A thing of this type with what is known of it."""
    return {"@type": kind} | {name: value for name, value in values.items() if value}


def _work(name: str, url: str = "") -> Node:
    return _node("CreativeWork", name=name, url=url)


def _is_lost(factor: Factor, subject: Subject, place: int) -> bool:
    """Whether a row that others win speaks against a subject: of more than two, only where the page says that it loses,
    and never where nobody knows.
    """
    cell = factor.cells[place]
    silent = cell.unknown or cell.inapplicable
    return subject.id not in factor.winners and not silent and (len(factor.cells) == 2 or factor.most_win)
