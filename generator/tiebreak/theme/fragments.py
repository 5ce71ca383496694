"""Lines of lists, kept from one build to the next: an edit changes one line in a list of thousands."""

from collections.abc import Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from tiebreak.model import Card, Cards, Listing
from tiebreak.storage import Cache

FEW = 100  # lines that are made sooner than the kept ones are loaded
_PLAIN = (str, int, float, type(None))


class Fragments:
    """What macros made of comparisons, by the digest of each, the macro and its other arguments.

    `parts` are all else that such a text depends on: settings, theme and templates. Under other parts, nothing that was
    kept is found.
    """

    def __init__(self, cache: Cache, *parts: object) -> None:
        self._cache = cache
        self._parts = ("fragments", *parts)
        self._texts: dict[tuple[object, ...], str] = {}
        self._new = 0
        self._is_loaded = False

    @pass_context
    def each(self, context: Context, macro: Macro, comparisons: Iterable[Card], *arguments: Any) -> Markup:
        """What `macro` makes of each comparison of a list, which it tells by its arguments alone."""
        # At the top of a template that is imported without a context, a macro can read nothing but what it is given and
        # what is the same everywhere, and one name is one macro. Any other is kept for no other place.
        lasts = context.parent == context.environment.globals and context.vars.get(macro.name) is macro
        if not (lasts and isinstance(comparisons, Cards) and all(isinstance(one, _PLAIN) for one in arguments)):
            return _joined(macro(comparison, *arguments) for comparison in comparisons)
        named = (context.name, macro.name, *((type(one).__name__, str(one)) for one in arguments))
        return _joined(self._text((one.own_digest, *named), macro, one, arguments) for one in comparisons.listings)

    def _text(self, key: tuple[object, ...], macro: Macro, listing: Listing, arguments: Iterable[object]) -> str:
        if key not in self._texts:
            self._new += 1
            if self._new == FEW and not self._is_loaded:
                self._load()
        if key not in self._texts:
            self._texts[key] = str(macro(listing.card, *arguments))
        return self._texts[key]

    def keep(self, comparisons: Iterable[Listing]) -> None:
        """Keep what was made of these comparisons for the next build, if it was much."""
        if self._new >= FEW:
            self._load()
            present = {comparison.own_digest for comparison in comparisons}
            self._texts = {key: text for key, text in self._texts.items() if key[0] in present}
            self._cache.set(self._texts, *self._parts)
        self._new = 0

    def forget(self) -> None:
        """Delete what is kept for the next build, which has other parts."""
        self._cache.delete(*self._parts)

    def _load(self) -> None:
        if not self._is_loaded:
            self._texts = {**(self._cache.get(*self._parts) or {}), **self._texts}
            self._is_loaded = True


def _joined(lines: Iterable[str]) -> Markup:
    return Markup("\n".join(lines))  # noqa: S704 -- macros made them, which escape what they are given
