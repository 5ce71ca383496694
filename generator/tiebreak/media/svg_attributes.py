"""The attributes of an SVG: which values may be written, why others may not, and the size that they give."""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tiebreak.media import svg_css
from tiebreak.media.signatures import MEASURED, is_signed, measured
from tiebreak.media.svg_vocabulary import (
    FOREIGN,
    IGNORED,
    IMAGES,
    PLAIN,
    STYLED,
    SVG,
    XLINK,
    XML,
    XML_PLAIN,
    is_fragment,
)
from tiebreak.problems import did_you_mean

WIDEST = 32_767  # pixels of a drawing that are believed
TAKE_OUT = "take it out, or save the drawing as a plain SVG"

_LEADS = "a drawing leads to its own ids only, as #id; links stand in the article"
_HOLDS = "hold the picture itself, as data:image/png;base64,... (or jpeg, gif, webp)"
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,([A-Za-z0-9+/= \t\r\n]*)")
_LENGTH = re.compile(r"\s*\+?([0-9]{0,9}\.?[0-9]{1,9}(?:e[+-]?[0-9]{1,2})?)(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_STYLED_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([^;!]+)")
_UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}


# Numbers of filters that a browser takes time with, and how large they may be.
_LARGEST = {"numOctaves": 4, "order": 5, "stdDeviation": 500}
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")


class Refusal(NamedTuple):
    """Why an attribute is refused; `message` continues a sentence that begins with its name."""

    code: str
    message: str
    help: str


Judgement = str | None | Sequence[Refusal]  # the value that is written; nothing is, where it renders nothing


def judged(element: str, space: str, name: str, value: str) -> Judgement:
    """The value of an attribute as it is written, or why it is refused; `space` is its namespace, if it has one."""
    if not space:
        return _plain(element, name, value)
    if space == XLINK:
        return _linked(element, value) if name == "href" else None
    if space == XML:
        help = "take it out"
        return value if name in XML_PLAIN else [Refusal("active-svg", "can make links lead elsewhere", help)]
    if space in FOREIGN or space == SVG:
        return [Refusal("active-svg", "is in a namespace where it does not belong", TAKE_OUT)]
    return None


def _plain(element: str, name: str, value: str) -> Judgement:
    if name in STYLED or name == "style":
        return _styled(name, value)
    if name == "href":
        return _linked(element, value)
    if element == "style" and name == "type" and value.strip().lower() not in ("", "text/css"):
        return [Refusal("bad-svg", "says that the styles are not CSS", 'write type="text/css"')]
    if name in _LARGEST and any(float(number) > _LARGEST[name] for number in _NUMBER.findall(value)):
        return [Refusal("bad-svg", f"is larger than {_LARGEST[name]}, which takes long to draw", "make it smaller")]
    if name == "primitiveUnits" and value.strip() != "userSpaceOnUse":
        message = "makes the numbers of a filter as large as what is drawn"
        help = 'write primitiveUnits="userSpaceOnUse"'
        return [Refusal("bad-svg", message, help)]
    if name in PLAIN or name.startswith(("data-", "aria-")):
        return value
    if name.lower().startswith("on"):
        return [Refusal("active-svg", "is a script, which runs when something happens", TAKE_OUT)]
    if name in IGNORED:
        return None
    help = did_you_mean(name, PLAIN | STYLED) or TAKE_OUT
    return [Refusal("bad-svg", "is not part of a drawing that stands still", help)]


def _linked(element: str, value: str) -> Judgement:
    if is_fragment(value) or (element in IMAGES and _is_picture(value)):
        return value
    shown = value if len(value) <= 60 else f"{value[:60]}…"
    help = _HOLDS if element in IMAGES else _LEADS
    return [Refusal("active-svg", f'leads out of the drawing, to "{shown}"', help)]


def _is_picture(address: str) -> bool:
    """Whether a URL contains a picture itself, of a type that cannot run anything."""
    found = _PICTURE.fullmatch(address)
    start = "".join(found[2][:200].split())[:64] if found else ""
    return found is not None and is_signed(f".{found[1]}", b64decode(start[: len(start) // 4 * 4]))


def pixels(address: str) -> int:
    """How many a picture has that is itself its address; none, where no browser could show one."""
    found = _PICTURE.fullmatch(address)
    start = "".join(found[2].split())[: 4 * MEASURED // 3] if found else ""
    width, height = measured(b64decode(start[: len(start) // 4 * 4])) or (0, 0)
    return width * height


def needs_tokenizer(space: str, name: str, value: str) -> bool:
    """Whether the value of an attribute is CSS that needs the tokenizer."""
    return not space and (name in STYLED or name == "style") and svg_css.needs_tokenizer(value)


def _styled(name: str, value: str) -> Judgement:
    if not needs_tokenizer("", name, value):
        return value
    css, faults = svg_css.judged(value, sheet=False)
    return [Refusal(fault.code, f"cannot stand: {fault.message}", fault.help) for fault in faults] or css


def size(root: Mapping[str, str]) -> tuple[int, int] | None:
    """Width and height in pixels as the root element's style or attributes state them, else those of its view box,
    which give the proportions.
    """
    numbers = [_length(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:]]
    wide, high = numbers if len(numbers) == 2 else (0.0, 0.0)
    stated = {**root, **dict(_STYLED_LENGTH.findall(root.get("style", "")))}
    one, other = _length(stated.get("width", "")), _length(stated.get("height", ""))
    if wide and high:
        one, other = one or (other * wide / high if other else wide), other or (one * high / wide if one else high)
    sound = 0.5 < one <= WIDEST and 0.5 < other <= WIDEST
    return (round(one), round(other)) if sound else None


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[(found[2] or "px").lower()] if found else 0.0
