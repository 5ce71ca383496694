"""The fonts that pictures are lettered in: which of them has a sign, and what stands for one that none has."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz


class Voice(Enum):
    """How a text is lettered: its font, and how bold the fonts are that stand in for it, where they can be."""

    SERIF = ("serif.ttf", 600)
    ITALIC = ("serif-italic.ttf", 400)
    SANS = ("sans.ttf", 500)

    @property
    def file(self) -> str:
        return self.value[0]

    @property
    def weight(self) -> int:
        return self.value[1]


_BLANKS = re.compile(r"\s+")
OWN = frozenset(voice.file for voice in Voice)


@dataclass(frozen=True, eq=False)
class Font:
    """One font as HarfBuzz has it. All its lengths are in shares of an em."""

    shaper: "uharfbuzz.Font"
    signs: frozenset[int]

    @classmethod
    def of(cls, data: bytes, weight: int) -> "Font":
        """Of the bytes of a TrueType or OpenType file. Raises ValueError where they are none."""
        import uharfbuzz as hb  # as all that draws, only where something is drawn

        face = hb.Face(hb.Blob(data))
        if not len(face.unicodes) or face.upem <= 0:
            raise ValueError("neither TrueType nor OpenType")
        shaper = hb.Font(face)
        if face.has_var_data:
            shaper.set_variations({"wght": weight})
        return cls(shaper, frozenset(face.unicodes))

    @property
    def em(self) -> int:
        return int(self.shaper.face.upem)


@dataclass(frozen=True, eq=False)
class Fonts:
    """Font files by name: one of each voice, and others that stand in where it lacks a sign, in the order of names."""

    files: Mapping[str, bytes]

    @cached_property
    def _of_voices(self) -> Mapping[Voice, tuple[Font, ...]]:
        others = sorted(self.files.keys() - OWN)
        return {
            voice: tuple(Font.of(self.files[name], voice.weight) for name in (voice.file, *others)) for voice in Voice
        }

    def font(self, sign: str, voice: Voice) -> Font | None:
        """The first that has the sign, if any has."""
        return next((font for font in self._of_voices[voice] if ord(sign) in font.signs), None)

    def missing(self, text: str) -> str:
        """The signs of a text that no font has, each once."""
        signs = dict.fromkeys(unicodedata.normalize("NFC", text))
        return "".join(sign for sign in signs if not is_blank(sign) and self.font(sign, Voice.SERIF) is None)

    def shown(self, text: str) -> str:
        """The text in signs that can be drawn: what no font has is in Latin letters, and symbols are left out."""
        return "".join(self._shown(_BLANKS.sub(" ", unicodedata.normalize("NFC", text))))

    def _shown(self, text: str) -> Iterator[str]:
        missing = self.missing(text)
        if not missing:
            yield "".join(sign for sign in text if not is_blank(sign) or sign in KEPT)
            return
        from anyascii import anyascii

        for sign in text:
            if sign not in missing:
                yield sign
            elif unicodedata.category(sign)[0] in "LNM":
                yield anyascii(sign)


def is_font(data: bytes) -> bool:
    """Whether pictures can be lettered with it."""
    try:
        Font.of(data, Voice.SERIF.weight)
    except ValueError:
        return False
    return True


KEPT = " \N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"


def is_blank(sign: str) -> bool:
    """Whether nothing is drawn for it."""
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") or sign in "\ufe0e\ufe0f"
