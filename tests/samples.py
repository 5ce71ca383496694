"""One valid project with nothing to complain of, for tests to vary."""

SITE = """\
title: Picks
base_url: https://example.org/picks/
"""

COMPARISON = """\
---
summary: Tea for calm, coffee for speed.
subjects: [Tea, Coffee]
pick: tea
why: It lets you sleep.
factors:
  - factor: Caffeine
    cells: {tea: Some, coffee: Much}
    wins: tea
verdict:
  tea: You want to sleep.
  coffee: You want to wake.
published: 2026-04-02
---
## The argument

Tea is calmer.
"""

FILES: dict[str, str] = {"content/site.yaml": SITE, "content/compare/tea-vs-coffee.md": COMPARISON}


def changed(*pairs: tuple[str, str], text: str = COMPARISON) -> str:
    """`text` with each old part, which must be in it, replaced by the new one."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
