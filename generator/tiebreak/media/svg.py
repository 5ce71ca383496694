"""Sanitises an SVG: a parser that fetches and expands nothing reads it, and only what is allowed is written again."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from tiebreak import limits
from tiebreak.media import svg_css
from tiebreak.media.svg_attributes import TAKE_OUT, judged, needs_tokenizer, pixels, size
from tiebreak.media.svg_cost import GRADIENTS, EndlessError, Parts
from tiebreak.media.svg_problems import EnoughError, Problems, within
from tiebreak.media.svg_vocabulary import ACTIVE, BETWEEN, DROPPED, ELEMENTS, FOREIGN, IMAGES, SVG, XLINK, XML, parts
from tiebreak.problems import Problem, did_you_mean

LARGEST = 10_000_000  # bytes
DEEPEST = 200  # elements within elements; browsers give up at some hundreds
MOST_ATTRIBUTES = 200  # of one element; browsers compare each with each
MOST_STOPS = 300  # of a gradient; browsers look at them for each shape that has it
MOST_CSS = 100_000  # characters of CSS that have to be looked into, which takes 10 µs each

_PREFIXES = {XLINK: "xlink:", XML: "xml:"}
_AS_UTF8 = "save it as UTF-8"
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


@dataclass(frozen=True)
class Drawing:
    """An SVG as it is published: in UTF-8, with its width and height in pixels where it states them."""

    data: bytes
    size: tuple[int, int] | None


def drawing(file: str, data: bytes) -> Drawing | list[Problem]:
    """The SVG in `data` as it may be published, or everything that forbids it; `file` is where it lies.

    The same bytes give the same result, and what was written here gives itself.
    """
    if len(data) > LARGEST:
        message, help = f"the drawing has more than {LARGEST:,} bytes", "draw less, or save it as a picture"
        return [Problem(file, 0, 0, "bad-svg", message, help)]
    is_wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # also in UTF-16 without its mark, and in UTF-32
        return [Problem(file, 0, 0, "bad-svg", "the drawing is neither UTF-8 nor UTF-16 with its mark", _AS_UTF8)]
    writer = _Writer(file, re.sub("\r\n?", "\n", text).encode(), "utf-16" if is_wide else "utf-8")
    writer.run()
    return writer.problems.found or Drawing(writer.data, writer.size)


class _Writer:
    """Takes what the parser meets, from the first element to the last, and writes what of it may stand.

    The parser is expat itself: it says where everything stands, builds no tree that could be too deep, and without
    handlers for them it fetches nothing. Entities other than XML's own five are refused before it knows one.
    """

    def __init__(self, file: str, text: bytes, encoding: str) -> None:
        """`text` is UTF-8 with plain line ends; `encoding` is what it was in."""
        self.problems = Problems(file)
        self.size: tuple[int, int] | None = None
        self._text, self._encoding = text, encoding
        self._written = ['<?xml version="1.0" encoding="UTF-8"?>\n']
        self._depth = 0
        self._skipped = 0  # elements that are open and not written
        self._open = ""  # what the last tag still lacks
        self._gradient = self._stops = 0  # how deep the gradient lies that is open, and how many stops it has
        self._css_left = MOST_CSS
        self._pixels = 0  # of the pictures in it
        self._css: list[tuple[int, str]] | None = None  # of the style sheet that is open: pieces, and where they stand
        self._parts = Parts()
        self._parser = _parser()

    @property
    def data(self) -> bytes:
        return "".join([*self._written, "\n"]).encode()

    def run(self) -> None:
        """Read the drawing to its end, or as far as it can be read."""
        with suppress(EnoughError):
            self._read_prolog()
            parser = self._parser = _parser()
            parser.namespace_prefixes = parser.ordered_attributes = True
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
            parser.CharacterDataHandler = self._characters
            parser.ProcessingInstructionHandler = self._instruction
            parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._declared
            try:
                parser.Parse(self._text, True)
            except expat.ExpatError as error:
                message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
                self._blame(parser.ErrorByteIndex, 1, "bad-svg", message, "save it again with a program that draws SVG")
            self._count()

    # --- what stands before the drawing

    def _read_prolog(self) -> None:
        """Refuse another encoding and declarations of the drawing's own; and blank the document type, so that the
        parser takes an entity that nobody declared for the mistake that it is.
        """
        span = [0, 0]

        def declared(_version: str, encoding: str | None, _standalone: int) -> None:
            if encoding and encoding.lower() != self._encoding:
                message = f'the drawing says that it is "{encoding}", and is {self._encoding.upper()}'
                self._blame(self._at(), 1, "bad-svg", message, _AS_UTF8)

        def began(_name: str, _system: str | None, _public: str | None, internal: int) -> None:
            # expat tells of it where it ends, or where its own declarations begin
            span[0] = self._text.rfind(b"<!DOCTYPE", 0, self._at())
            if internal:
                help = "take everything between the [ and the ] out, or save the drawing as a plain SVG"
                self._blame(span[0], 9, "active-svg", "the drawing declares entities or types of its own", help)
                raise EnoughError

        def ended() -> None:
            span[1] = self._at() + 1

        def element(*_: object) -> None:
            raise StopIteration

        parser = self._parser
        parser.XmlDeclHandler, parser.StartElementHandler = declared, element
        parser.StartDoctypeDeclHandler, parser.EndDoctypeDeclHandler = began, ended
        with suppress(StopIteration, expat.ExpatError):  # what is not well-formed is told when the drawing is read
            parser.Parse(self._text, True)
        kind = self._text[span[0] : span[1]]
        self._text = self._text[: span[0]] + re.sub(rb"[^\n]", b" ", kind) + self._text[span[1] :]

    def _declared(self, *_: object) -> None:
        """Report a document type that `_read_prolog` has missed, because it is written to be overlooked."""
        self._blame(self._at(), 1, "active-svg", "the drawing hides a document type", "save it as a plain SVG")
        raise EnoughError

    def _count(self) -> None:
        """Report an SVG whose parts refer to each other so often that browsers could not draw it."""
        try:
            self._parts.check()
        except EndlessError as error:
            help = "draw what is repeated or filtered less often, use fewer styles, or save it as a picture"
            self._blame(0, 1, "bad-svg", str(error), help)

    def _instruction(self, target: str, _data: str) -> None:
        """Processing instructions are left out; a stylesheet instruction, which loads a file, is a problem."""
        if target.lower() == "xml-stylesheet":
            help = "put the styles into a <style> element"
            self._blame(self._at(), 2, "active-svg", "this loads a style sheet", help)

    # --- elements and texts

    def _start(self, name: str, pairs: list[str]) -> None:
        self._depth += 1
        space, local, _ = parts(name)
        if self._depth > DEEPEST:
            message = f"elements lie in elements, more than {DEEPEST} deep"
            self._blame(self._at(), 1, "bad-svg", message, "take some groups away")
            raise EnoughError
        if len(pairs) > 2 * MOST_ATTRIBUTES:
            self._blame_tag("bad-svg", f"<{local}> has more than {MOST_ATTRIBUTES} attributes", TAKE_OUT)
            raise EnoughError
        if self._depth == 1 and (space, local) != (SVG, "svg"):
            self._blame_tag("bad-svg", "this is not how a drawing begins", f'begin it with <svg xmlns="{SVG}">')
            raise EnoughError
        if self._skipped or not self._may_stand(space, local):
            self._skipped += 1
            return
        self._look_at_gradient(local)
        root = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if self._depth == 1 else ""
        kept = dict(self._attributes(local, pairs))
        self._written += [self._open, f"<{local}{root}", *(f' {key}="{kept[key].translate(_VALUE)}"' for key in kept)]
        self._open = ">"
        self._parts.begin(local, kept)
        if self._depth == 1:
            self.size = size(kept)
        if local == "style":
            self._css = []

    def _look_at_gradient(self, local: str) -> None:
        """Refuse gradients with more stops than a browser should look at for each shape."""
        if local in GRADIENTS:
            if self._gradient:
                self._blame_tag("bad-svg", "a gradient stands in another one", "put it beside that")
                raise EnoughError
            self._gradient = self._depth
        self._stops += local == "stop"
        if self._stops > MOST_STOPS:
            self._blame_tag("bad-svg", f"a gradient has more than {MOST_STOPS} stops", "use fewer")
            raise EnoughError

    def _may_stand(self, space: str, local: str) -> bool:
        """Whether an element is written. Others are left out if they render nothing, else they are a problem."""
        if space == SVG and local in ELEMENTS and self._css is None:
            return True
        if space not in FOREIGN and (space != SVG or local in DROPPED):
            return False
        if local.lower() in ACTIVE:
            self._blame_tag("active-svg", f"<{local}> can run code or load a file", TAKE_OUT)
        elif space == SVG:
            help = did_you_mean(local, ELEMENTS - {local}) or TAKE_OUT
            self._blame_tag("bad-svg", f"<{local}> is not part of a drawing that stands still", help)
        elif space:
            self._blame_tag("active-svg", f"<{local}> is not an element of SVG", TAKE_OUT)
        else:
            help = f'write xmlns="{SVG}" at the root, and nowhere else'
            self._blame_tag("bad-svg", f"<{local}> is in no namespace", help)
        return False

    def _attributes(self, element: str, pairs: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The attributes of an element that are written, in their order."""
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            space, local, prefix = parts(name)
            if needs_tokenizer(space, local, value):
                self._spend(len(value))
            kept = judged(element, space, local, value)
            if isinstance(kept, str):
                yield _PREFIXES.get(space, "") + local, kept
                self._pixels += pixels(kept) if element in IMAGES and local == "href" else 0
                if self._pixels > limits.PIXELS:
                    message = f"brings the pictures of the drawing to more than {limits.PIXELS:,} pixels"
                    self._blame_attribute(name, "bad-svg", message, "scale them down")
                    raise EnoughError
            for refusal in () if kept is None or isinstance(kept, str) else kept:
                name = f"{prefix}:{local}" if prefix else local
                self._blame_attribute(name, refusal.code, refusal.message, refusal.help)

    def _end(self, name: str) -> None:
        if self._depth == self._gradient:
            self._gradient = self._stops = 0
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        self._parts.end()
        if self._css:
            self._write_css(self._css)
        self._css = None
        self._written.append("/>" if self._open else f"</{parts(name)[1]}>")
        self._open = ""

    def _characters(self, text: str) -> None:
        if self._skipped:
            return
        if self._css is not None:
            self._css.append((self._at(), text))
        else:
            self._parts.text(len(text))
            self._write(text)

    def _write(self, text: str) -> None:
        self._written += [self._open, text.translate(_TEXT)]
        self._open = ""

    def _write_css(self, pieces: Sequence[tuple[int, str]]) -> None:
        sheet = "".join(text for _, text in pieces)
        self._spend(len(sheet))
        css, faults = svg_css.judged(sheet, sheet=True)
        self._parts.style(css)
        lines = sheet.split("\n")
        for fault in faults:
            offset = sum(len(line) + 1 for line in lines[: fault.line - 1]) + fault.column - 1
            self._blame(within(pieces, offset), 1, fault.code, fault.message, fault.help)
        self._write(css)

    def _spend(self, length: int) -> None:
        self._css_left -= length
        if self._css_left < 0:
            message = f"the drawing has more than {MOST_CSS:,} characters of styles"
            self._blame(self._at(), 1, "bad-svg", message, "use fewer, or colours in attributes")
            raise EnoughError

    # --- what is wrong

    def _at(self) -> int:
        return self._parser.CurrentByteIndex

    def _blame_tag(self, code: str, message: str, help: str) -> None:
        """Report a problem at the current tag."""
        tag = re.compile(rb"<[^\s/>]*").match(self._text, self._at())
        self._blame(self._at(), len(tag[0].decode()) if tag else 1, code, message, help)

    def _blame_attribute(self, name: str, code: str, message: str, help: str) -> None:
        """Report a problem at an attribute of the current tag."""
        found = re.compile(rb"\s" + re.escape(name.encode()) + rb"\s*=").search(self._text, self._at())
        self._blame(found.start() + 1 if found else self._at(), len(name), code, f'"{name}" {message}', help)

    def _blame(self, at: int, width: int, code: str, message: str, help: str) -> None:
        """Report a problem at the byte `at` of the text."""
        self.problems.add(self._text, at, width, code, message, help)


def _parser() -> expat.XMLParserType:
    return expat.ParserCreate("utf-8", BETWEEN)
