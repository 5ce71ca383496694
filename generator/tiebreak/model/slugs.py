"""Makes ids of names: readable, stable, and different for names as close as C, C++ and C#."""

import re
from functools import lru_cache

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
_REMARKABLE = re.compile(r"[+#*&@.'’]")
_SYMBOLS = (
    (re.compile(r"\+"), "-plus-"),
    (re.compile(r"#"), "-sharp-"),
    (re.compile(r"\*"), "-star-"),
    (re.compile(r"&"), "-and-"),
    (re.compile(r"@"), "-at-"),
    (re.compile(r"(?<![^\W_])\.(?=\w)"), "-dot-"),  # `.NET`, but not `Node.js`
    (re.compile(r"['’]"), ""),
)


@lru_cache(maxsize=4096)  # the same few names stand in many files
def slugify(name: str) -> str:
    """The id of a name, as `[a-z0-9]+(-[a-z0-9]+)*`; empty when the name has no letter or digit in any script.

    >>> [slugify(name) for name in ("C", "C++", "C#", ".NET", "Node.js", "naïve café")]
    ['c', 'c-plus-plus', 'c-sharp', 'dot-net', 'node-js', 'naive-cafe']
    """
    if _REMARKABLE.search(name):
        for pattern, word in _SYMBOLS:
            name = pattern.sub(word, name)
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(name)
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None
