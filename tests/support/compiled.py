"""Jinja's compiler with a memory: of a build of a small site nine tenths are the theme's templates, always the same."""

from typing import Any

import pytest
from jinja2 import Environment

MOST = 1_000  # templates; the theme has some twenty, and `make soak` edits words and templates for an hour


def once(patch: pytest.MonkeyPatch) -> None:
    """In this process, the same template is compiled once for the same words and address, and not in every build.

    What Jinja makes of a text depends on nothing else: theme/environment.py writes words into it, and Jinja itself
    works out filters of constants, which ask the settings for the language and the address and for nothing else.
    """
    compiled = Environment.compile
    made: dict[tuple[object, ...], Any] = {}  # the last that was asked for is the last

    def remembered(
        self: Environment, source: Any, name: str | None = None, filename: str | None = None, *rest: Any, **options: Any
    ) -> Any:
        say, settings = self.globals.get("say"), self.globals.get("settings")
        if rest or options or say is None or settings is None:
            return compiled(self, source, name, filename, *rest, **options)
        key = (source, name, filename, settings.base_url, settings.language, say.__self__)  # type: ignore[attr-defined]
        found = made[key] = made.pop(key, None) or compiled(self, source, name, filename)
        if len(made) > MOST:
            del made[next(iter(made))]
        return found

    patch.setattr(Environment, "compile", remembered)
