"""Python-Markdown's blocks in the lists and quotations that they stand in: it is given each text of `containers.py`."""

from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.treeprocessors import Treeprocessor

from tiebreak.markdown import leaves
from tiebreak.markdown.containers import STASHED, Container, lists, tree
from tiebreak.markdown.sanitizer import reference
from tiebreak.model import theme_word

_WITHIN = "within"  # the state of the parser while it reads what has no lists and quotations in it
_TIGHT = "tight"  # an element for a paragraph of an item without blank lines, until its text has been read


class Containers(BlockProcessor):
    """Makes elements of quotations and lists, and has everything else made by the other processors."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this has yet to be split."""
        return not self.parser.state.isstate(_WITHIN)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take all there is."""
        is_tight = self.parser.state.isstate("list")
        text = "\n\n".join(blocks)
        blocks.clear()
        self._fill(parent, tree(text.split("\n")), is_tight=is_tight)

    def _fill(self, parent: Element, container: Container, *, is_tight: bool = False) -> None:
        for part in lists(container):
            if isinstance(part, Container):
                self._quote(parent, part)
            elif isinstance(part[0], Container):
                self._list(parent, [item for item in part if isinstance(item, Container)])
            else:
                self._text(parent, [line for line in part if isinstance(line, str)], is_tight=is_tight)

    def _quote(self, parent: Element, quote: Container) -> None:
        if not quote.callout:
            self._fill(SubElement(parent, "blockquote"), quote)
            return
        kind = quote.callout
        element = SubElement(parent, "div", {"class": f"callout callout-{kind}"})
        title = SubElement(element, "p", {"class": "callout-title"})
        title.text = reference(theme_word(f"callout-{kind}"))
        self._fill(element, quote)

    def _list(self, parent: Element, items: list[Container]) -> None:
        first, is_loose = items[0], any(item.is_loose for item in items)
        is_numbered = first.marker in ".)"
        start = {"start": str(first.number)} if is_numbered and first.number != 1 else {}
        element = SubElement(parent, "ol" if is_numbered else "ul", start)
        for item in items:
            one = SubElement(element, "li")
            self._fill(one, item, is_tight=not is_loose)
            if item.task:
                _add_box(one, is_done=item.task == "done")

    def _text(self, parent: Element, lines: list[str], *, is_tight: bool) -> None:
        before = len(parent)
        self.parser.state.set(_WITHIN)
        self.parser.parseBlocks(parent, "\n".join(leaves.parted(lines)).strip("\n").split("\n\n"))
        self.parser.state.reset()
        for element in parent[before:]:
            if is_tight and element.tag == "p" and not STASHED.match(element.text or ""):
                element.tag = _TIGHT


class Terms(DefListProcessor):
    """Terms and what they mean: a text that begins with a colon defines what stands before it, if that is text."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a definition begins here, with its term or below it."""
        found = self.RE.search(block)
        has_term = found and (block[: found.start()].strip() or (len(parent) and parent[-1].tag in ("p", "dl")))
        return bool(has_term)


class Definitions(DefListIndentProcessor):
    """The parts of a definition, which is the only thing whose parts Python-Markdown has to find by itself."""

    ITEM_TYPES, LIST_TYPES = ["dd"], ["dl"]

    def test(self, parent: Element, block: str) -> bool:
        """Whether this goes on below a definition."""
        return block.startswith("    ") and len(parent) > 0 and parent[-1].tag == "dl"


def _add_box(item: Element, *, is_done: bool) -> None:
    """Put a box that is ticked, or not, before the text of an item."""
    text = item[0] if len(item) and item[0].tag in ("p", _TIGHT) else item
    item.set("class", "task")
    label = theme_word("task-done" if is_done else "task-open")
    checked = {"checked": ""} if is_done else {}
    box = Element("input", {"aria-label": reference(label), **checked, "disabled": "", "type": reference("checkbox")})
    box.tail, text.text = f" {(text.text or '').lstrip()}", None
    text.insert(0, box)


class Tight(Treeprocessor):
    """Takes away what stood for paragraphs while they were read, because inline markup is read one block at a time."""

    def run(self, root: Element) -> None:
        """Leave their text."""
        for parent in root.iter():
            if any(child.tag == _TIGHT for child in parent):
                _unwrap(parent)


def _unwrap(parent: Element) -> None:
    children = list(parent)
    del parent[:]
    for number, child in enumerate(children):
        if child.tag != _TIGHT:
            parent.append(child)
            continue
        _say(parent, child.text or "")
        parent.extend(child)
        if number + 1 < len(children):
            _say(parent, "\n")


def _say(parent: Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
