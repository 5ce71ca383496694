"""Live preview: time from the save of an article until a browser that shows it has painted the new text.

    python benchmarks/live_preview.py [N ...]

An edit replaces one word of the article. The clock runs from before the file is written until the end of the first
frame that has the new word. What the rebuild took is what `tiebreak serve` says of itself; the rest is waiting for the
system's report, for the burst of saves to end, and for the browser: request, parse, layout and the next frame.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import corpus
import harness

COUNTS, EDITS, WARMUP, PAUSE = (100, 10_000), 21, 3, 0.7
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PATIENCE = 600  # seconds for the first build
# Keeps the moment at which the frame that shows `word` is done; a message is delivered once it is.
AWAIT = """word => {
  window.painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(word)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        channel.port2.postMessage(0);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}"""


class Preview:
    """A running `tiebreak serve` and what it said."""

    def __init__(self, project: Path) -> None:
        command = [sys.executable, "-m", "tiebreak", "serve", "--project", str(project), "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.url = self._wait_for(r"preview at (\S+)")

    def rebuild_ms(self) -> float:
        """What the next rebuild says it took."""
        return float(self._wait_for(r"changed, (\S+) ms"))

    def _wait_for(self, pattern: str) -> str:
        assert self.process.stderr
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found[1]
        raise RuntimeError("tiebreak serve ended")


@contextmanager
def previewing(project: Path) -> Iterator[Preview]:
    preview = Preview(project)
    try:
        yield preview
    finally:
        preview.process.terminate()
        preview.process.wait()


def measure(browser: Browser, project: Path) -> dict[str, float]:
    articles = sorted((project / corpus.ARTICLES["tiebreak"]).glob("*.md"))
    article = articles[len(articles) // 2]
    before, _, after = article.read_text().rpartition("\n\n")
    repaints, rebuilds = [], []
    with previewing(project) as preview:
        page = browser.new_page()
        page.goto(f"{preview.url}compare/{article.stem}/")
        page.wait_for_load_state("networkidle")
        for turn in range(WARMUP + EDITS):
            time.sleep(PAUSE)
            word = f"edited{turn}once"
            page.evaluate(AWAIT, word)
            start = time.time()
            article.write_text(f"{before}\n\n{word} {after}")
            repaints.append(page.evaluate("window.painted") - start * 1000)
            rebuilds.append(preview.rebuild_ms())
        page.close()
    article.write_text(f"{before}\n\n{after}")
    repaints, rebuilds = repaints[WARMUP:], rebuilds[WARMUP:]
    return {
        "repaint_ms": round(statistics.median(repaints), 1),
        "repaint_ms_p90": round(statistics.quantiles(repaints, n=10, method="inclusive")[-1], 1),
        "rebuild_ms": round(statistics.median(rebuilds), 1),
        "edits": EDITS,
    }


def main(counts: Sequence[int]) -> None:
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), "chromium", "google-chrome"))), None)
    results: dict[str, object] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        for count in counts:
            project = harness.WORK / "live-preview" / str(count)
            corpus.write(count, project, "tiebreak")
            results[f"{count} articles"] = measure(browser, project)
        versions = {name: version(name) for name in ("tiebreak", "livereload", "watchfiles", "playwright")}
        versions["chromium"] = browser.version
        browser.close()
    harness.save(
        "live-preview",
        question="How soon after a save does the browser show the new text?",
        versions=versions,
        results=results,
    )


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or COUNTS)
