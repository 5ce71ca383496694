"""Hostile texts for as long as they are given: `make fuzz FUZZ=SECONDS`.

Half of the time goes to the property tests, each time with another seed, and half to atheris, which looks for texts
that reach code which none has reached before; where it is not installed, the former have all of it. Stops at a fault.
"""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from secrets import randbelow

from hostile import ACTIONS, ATTRIBUTES, OPTIONS, SIGNS, TAGS, VALUES
from markdowns import PIECES

HERE = Path(__file__).parent
SEEDS = (
    *PIECES,
    *(f"<{tag} {name}='{value}'>" for tag, name, value in zip(TAGS, ATTRIBUTES, cycle(VALUES), strict=False)),
    *(f'## [x]({action} "{value}")' for action, value in zip(cycle(ACTIONS), VALUES, strict=False)),
    *(f"```python {option}\n{sign}\n```" for option, sign in zip(OPTIONS, cycle(SIGNS), strict=False)),
)
TARGETS = (
    "markdown/test_sanitizer.py",
    "markdown/test_fast.py",
    "markdown/test_review.py",
    "media/test_svg.py",
    "test_bounds.py",
    "test_untrusted.py",
)


def main(seconds: float) -> int:
    corpus = HERE.parent / ".fuzz"
    corpus.mkdir(exist_ok=True)
    for number, piece in enumerate(SEEDS):
        (corpus / f"seed-{number}").write_text(piece, encoding="utf-8")
    half = seconds / 2 if find_spec("atheris") else 0.0
    if half:
        command = [sys.executable, __file__, "--coverage", str(corpus), f"-max_total_time={int(half)}"]
        options = ["-max_len=2000", "-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1", "-verbosity=0"]
        if done := subprocess.run([*command, *options], cwd=corpus, check=False).returncode:
            return done
    until = time.monotonic() + seconds - half
    for runs, target in enumerate(cycle(TARGETS)):
        if time.monotonic() > until:
            print(f"{runs} runs of property tests without a fault")
            return 0
        seed = f"--hypothesis-seed={randbelow(2**32)}"
        tests = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", seed, str(HERE / target)]
        if done := subprocess.run([sys.executable, *tests], check=False, env={**os.environ}).returncode:
            print(f"{target} {seed}")
            return done
    return 0


def cover(arguments: list[str]) -> None:
    """One process of atheris: every text is a body, with raw HTML and without, and a field."""
    import atheris

    with atheris.instrument_imports(include=["tiebreak", "markdown"]):
        from tiebreak.markdown import convert, fast, full
        from tiebreak.problems import RemarkError

    from judge import faults, judged, shown

    assert full
    assert fast  # imported where they are instrumented

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if any(ord(char) < 32 and char not in "\n\t" for char in text):
            return  # front_matter.py refuses them
        for allow_html in (False, True):
            found = judged(text, allow_html=allow_html)
            assert not found, (found, text)
        try:
            found = faults(shown(convert.inline(text)))
        except RemarkError:
            return
        assert not found, (found, text)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--coverage"]:
        cover(sys.argv[2:])
    else:
        sys.exit(main(float(sys.argv[1])))
