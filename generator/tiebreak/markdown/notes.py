"""Footnotes, with bounds."""

import re
from urllib.parse import quote

from markdown.extensions.footnotes import FootnoteExtension

from tiebreak.markdown.bounds import too_much

MOST_NOTES = 500  # footnotes of a text
_BLANK = re.compile(r"[\s%]")  # what no id can have, and what stands for that in one


class Footnotes(FootnoteExtension):
    """Footnotes whose references are counted; Python-Markdown compares each with all others."""

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """The id of a reference to a note: the second to the same one has a 2 in it."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        name, separator, note = reference.partition(self.get_separator())
        return reference if count == 1 else f"{name}{count}{separator}{note}"

    def makeFootnoteId(self, id: str) -> str:
        """The id of a note, in which no white space can stand."""
        return super().makeFootnoteId(_without_blanks(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        """The id of a reference to a note."""
        return super().makeFootnoteRefId(_without_blanks(id), found)

    def addFootnoteRef(self, id: str) -> None:
        """Number a note when it is first referred to."""
        super().addFootnoteRef(id)
        if len(self.footnote_order) > MOST_NOTES:
            raise too_much(
                "too-long", f"the text has more than {MOST_NOTES} notes", "cite sources in the table", f"[^{id}]"
            )


def _without_blanks(label: str) -> str:
    return _BLANK.sub(lambda found: quote(found[0]), label)
