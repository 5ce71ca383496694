"""Code between backticks in a text, which is neither prose nor a sign of anything."""

import re
from bisect import bisect_left

_TICKS = re.compile(r"\\.|(`+)", re.DOTALL)


def without_spans(block: str) -> str:
    """The same text with blanks in the place of code between backticks."""
    if "`" not in block:
        return block
    runs = [(sign.start(1), sign.end(1)) for sign in _TICKS.finditer(block) if sign[1]]
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    pieces, place = list[str](), 0
    for start, end in runs:
        if start < place:
            continue
        same = by_length[end - start]
        number = bisect_left(same, end)
        if number < len(same):
            close = same[number] + end - start
            pieces += [block[place:start], re.sub(r"[^\n]", " ", block[start:close])]
            place = close
    return "".join([*pieces, block[place:]])
