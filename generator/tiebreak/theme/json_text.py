"""Values as JSON: for the inside of a `<script>`, and for a file of its own."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from tiebreak.pages import Node

_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def json_inside(value: Node) -> Markup:
    """JSON for the inside of a `<script>`, which nothing in it can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 -- nothing in it is markup any more


def json_file(value: object) -> str:
    """A value as a file of JSON, without the keys of mappings that would say nothing."""
    return Markup(json.dumps(_told(value), ensure_ascii=False, separators=(",", ":")))  # noqa: S704 -- no markup at all


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _told(one) for key, one in value.items() if one not in (None, "", ())}
    return [_told(one) for one in value] if isinstance(value, list | tuple) else value
