"""The body of an answer, decompressed with a bound, and the text of its bytes in whatever encoding they are."""

import codecs
import re
import zlib
from collections.abc import AsyncIterator

# Encodings that browsers read; others of Python's are slow or no encodings of texts.
_ENCODING = re.compile(
    r"(utf-?(8|16|16le|16be)|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|(windows-|cp)(125\d|874)|macintosh|mac-roman"
    r"|shift[_-]jis|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|koi8-[ru])"
)
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_BEGINNING = 2048  # bytes in which a page declares its encoding
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))


class TooLargeError(Exception):
    """A body with more bytes than are read."""


class UnknownEncodingError(Exception):
    """A body that is compressed in a way that nobody asked for."""


async def body_of(chunks: AsyncIterator[bytes], compression: str, most: int) -> bytes:
    """All bytes of a body, decompressed. Raises TooLargeError as soon as there are more than `most` of either kind,
    UnknownEncodingError, and zlib.error.
    """
    packed = compression.strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise UnknownEncodingError(packed)
    unpacker = None if packed in ("", "identity") else zlib.decompressobj(31)  # of gzip
    body, received = bytearray(), 0
    async for chunk in chunks:
        received += len(chunk)
        body += unpacker.decompress(chunk, most + 1 - len(body)) if unpacker else chunk
        if max(received, len(body)) > most:
            raise TooLargeError
    return bytes(body)


def text_of(body: bytes, content_type: str) -> str:
    """The text of these bytes: UTF-8 wherever they are that, whatever the answer says, else in the encoding that it or
    the page declares.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode(_declared(body, content_type), "replace")


def _declared(body: bytes, content_type: str) -> str:
    named = re.search(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", content_type, re.IGNORECASE)
    within = _DECLARED.search(body[:_BEGINNING])
    names = [named[1] if named else "", within[1].decode("ascii", "replace") if within else ""]
    known = [name.lower().replace("windows-", "cp") for name in names if _ENCODING.fullmatch(name.lower())]
    # What is called Latin-1, and bytes that are no UTF-8, are what Windows writes.
    found = next((name for name in known if name not in ("utf-8", "utf8")), "cp1252")
    try:
        codecs.lookup(found)
    except LookupError:  # there is no ISO 8859-12
        return "cp1252"
    return "cp1252" if found in ("latin1", "latin-1", "iso-8859-1", "us-ascii", "ascii") else found
