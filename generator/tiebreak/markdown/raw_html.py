"""Raw HTML in Markdown, found where Python-Markdown finds it, with bounds."""

import re
from functools import cached_property

from markdown.htmlparser import HTMLExtractor, inner_blank_line_re
from markdown.preprocessors import HtmlBlockPreprocessor

from tiebreak.markdown.bounds import too_much

MOST_LOOKING = 2_000_000  # characters that may be looked through for the ends of tags that have none


class HtmlBlocks(HtmlBlockPreprocessor):
    """Finds raw HTML, and gives up where unclosed tags take too much time."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with placeholders for raw HTML."""
        parser = _Extractor(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(HTMLExtractor):
    """Searches for the ends of tags, and of inline elements, only within bounds."""

    def reset(self) -> None:
        self._looked = 0
        super().reset()

    @cached_property
    def _last_end(self) -> int:
        return self.rawdata.rfind(">")

    def check_for_whole_start_tag(self, i: int) -> int:
        if i > self._last_end:
            return -1
        end: int = super().check_for_whole_start_tag(i)
        if end < 0:
            self._spend(i, len(self.rawdata) - i)
        return end

    def parse_endtag(self, i: int) -> int:
        end: int = super().parse_endtag(i)
        if end <= i + 2:
            self._spend(i, len(self.rawdata) - i)
        return end

    def inline_close_follows(self, text: str) -> bool:
        if not self.inline_stack:
            return False
        start = self.line_offset + self.offset + len(text)
        blank = inner_blank_line_re.search(self.rawdata, start)
        rest = self.rawdata[start : blank.start() if blank else len(self.rawdata)]
        self._spend(start - len(text), len(rest) * len(self.inline_stack))
        return any(re.search(rf"</\s*{re.escape(tag)}\s*>", rest, re.IGNORECASE) for tag in self.inline_stack)

    def _spend(self, place: int, characters: int) -> None:
        self._looked += characters
        if self._looked > MOST_LOOKING:
            message = "too many tags of raw HTML here have no end"
            raise too_much("too-long", message, "end each with >, or write < as &lt;", self.rawdata[place : place + 80])
