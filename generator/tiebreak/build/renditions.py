"""The files that are made of each comparison: what each of them shows, of which its key is made, and its bytes.

`pages.renditions` names those that a site wants, by its settings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tiebreak.model import Card, Comparison, Listing, digest
from tiebreak.pages import CARD, COMPARISON, PAGE, Related, comparison_page, social
from tiebreak.social import RulingCard
from tiebreak.theme import Renderer
from tiebreak.twins import Texts, table_csv


@dataclass(frozen=True)
class Candidate:
    """A comparison of which a file may be stale, before anything is read of it; `content` is its digest."""

    renderer: Renderer
    listing: Listing
    near: tuple[Related, ...]
    content: bytes


class Rendition(NamedTuple):
    """One file of each comparison. Its `key`, at an output path, is the digest of all that it can show; while that is
    the same, it is not `made` again.
    """

    key: Callable[[Candidate, str], bytes]
    made: Callable[[Candidate, Comparison], bytes]


def _page_key(candidate: Candidate, output_path: str) -> bytes:
    shown = (candidate.listing, candidate.near, candidate.content)
    return candidate.renderer.page_key(output_path, COMPARISON, shown)


def _page(candidate: Candidate, comparison: Comparison) -> bytes:
    renderer = candidate.renderer
    messages = renderer.templates.theme.messages
    return renderer.page(comparison_page(renderer.site, comparison, candidate.near, messages))


def _whole_key(candidate: Candidate, output_path: str) -> bytes:
    """The key of a file that may show anything of its comparison, of the settings and of the theme's texts."""
    return digest((output_path, candidate.renderer.common_key, candidate.content))


def _twin(write: Callable[[Comparison, Texts], bytes]) -> Rendition:
    """A file that says what a page does, as `write` has it."""

    def made(candidate: Candidate, comparison: Comparison) -> bytes:
        templates = candidate.renderer.templates
        return write(comparison, Texts(templates.settings, templates.theme.messages))

    return Rendition(_whole_key, made)


def _picture_key(candidate: Candidate, output_path: str) -> bytes:
    return candidate.renderer.picture_key(output_path, _ruling_card(candidate, candidate.listing.card))


def _picture(candidate: Candidate, comparison: Comparison) -> bytes:
    return candidate.renderer.picture(_ruling_card(candidate, comparison))


def _ruling_card(candidate: Candidate, comparison: Card) -> RulingCard:
    templates = candidate.renderer.templates
    return social.ruling_card(comparison, templates.settings, templates.theme.messages)


RENDITIONS: Mapping[str, Rendition] = {
    PAGE: Rendition(_page_key, _page),
    "table.csv": _twin(table_csv),
    CARD: Rendition(_picture_key, _picture),
}
