"""Lines of lists, kept from one build to the next: an edit changes one line in a list of thousands."""

from collections.abc import Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from tiebreak.model import Listing
from tiebreak.storage import Cache

FEW = 100  # texts that are made sooner than the kept ones are loaded
MOST = 40_000  # texts of macros that may read what differs from page to page; more would only take memory
_PLAIN = (str, int, float, type(None))


class Fragments:
    """What macros made of comparisons, by the digest of each, the macro and its other arguments.

    `parts` are all else that such a text depends on: settings, theme and templates. Under other parts, nothing that was
    kept is found.
    """

    def __init__(self, cache: Cache, *parts: object) -> None:
        self._cache = cache
        self._parts = ("fragments", *parts)
        self._kept: dict[tuple[object, ...], str] = {}
        self._passing: dict[tuple[object, ...], str] = {}
        self._new = 0
        self._is_loaded = False

    @pass_context
    def once(self, context: Context, macro: Macro, comparison: Listing, *arguments: Any) -> Markup:
        """What `macro` makes of a comparison, which stands in a dozen lists; it is told by its arguments alone."""
        key: tuple[object, ...] = (comparison.digest, *((type(one).__name__, one) for one in arguments))
        # At the top of a template that is imported without a context, a macro can read nothing but what it is given,
        # and one name is one macro. Any other may see the page that it stands on, and is kept for no other.
        if "site" in context or context.vars.get(macro.name) is not macro or not _are_plain(arguments):
            return _made(self._passing_texts(), (*key, macro), macro, comparison, arguments)
        key = (*key, context.name, macro.name)
        if key not in self._kept:
            self._new += 1
            if self._new == FEW and not self._is_loaded:
                self._load()
        return _made(self._kept, key, macro, comparison, arguments)

    def keep(self, comparisons: Iterable[Listing]) -> None:
        """Keep what was made of these comparisons for the next build, if it was much."""
        if self._new >= FEW:
            self._load()
            present = {comparison.digest for comparison in comparisons}
            self._kept = {key: text for key, text in self._kept.items() if key[0] in present}
            self._cache.set(self._kept, *self._parts)
        self._new = 0
        self._passing.clear()

    def _load(self) -> None:
        if not self._is_loaded:
            self._kept = {**(self._cache.get(*self._parts) or {}), **self._kept}
            self._is_loaded = True

    def _passing_texts(self) -> dict[tuple[object, ...], str]:
        if len(self._passing) >= MOST:
            self._passing.clear()
        return self._passing


def _are_plain(arguments: Iterable[object]) -> bool:
    return all(isinstance(one, _PLAIN) for one in arguments)


def _made(
    texts: dict[tuple[object, ...], str],
    key: tuple[object, ...],
    macro: Macro,
    comparison: Listing,
    arguments: Iterable[object],
) -> Markup:
    """The text under this key, made if there is none yet."""
    if key not in texts:
        texts[key] = str(macro(comparison, *arguments))
    return Markup(texts[key])  # noqa: S704 -- a template made it, which escapes what it is given
