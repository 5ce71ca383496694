"""File watchers over one tree of 5,000 files: from save to call, CPU while idle, calls a burst, new folders."""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import harness

REQUIREMENTS = {"livereload": "livereload==2.7.1", "watchfiles": "watchfiles==1.3.0", "watchdog": "watchdog==7.1.0"}
VARIANTS = {"watchfiles-polling": "watchfiles", "watchfiles-step-10": "watchfiles", "watchdog-polling": "watchdog"}
TOOLS = {name: name for name in REQUIREMENTS} | VARIANTS
MODULES = {"livereload": "livereload", "watchfiles": "watchfiles", "watchdog": "watchdog.observers"}
FOLDERS, FILES, RUNS, IDLE, SAVES, BURST, TREES = 100, 50, 7, 5.0, 5, 8, 20

Notice = Callable[[Iterable[str]], None]  # is called as the tool calls its user, with the paths that the tool names


def run_livereload(root: Path, notice: Notice) -> None:
    from livereload import Server

    server = Server()
    server.watch(str(root), lambda: notice(()))
    server.serve(port=0, root=str(root))


def run_watchfiles(root: Path, notice: Notice, force_polling: bool = False, step: int = 50) -> None:
    from watchfiles import watch

    for changes in watch(root, force_polling=force_polling, step=step):
        notice([path for _, path in changes])


def run_watchdog(root: Path, notice: Notice, polling: bool = False) -> None:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    class Handler(FileSystemEventHandler):  # type: ignore[misc] # watchdog is installed for measurements only
        def on_created(self, event: FileSystemEvent) -> None:
            self.on_modified(event)

        def on_modified(self, event: FileSystemEvent) -> None:
            if not event.is_directory:
                notice([str(event.src_path)])

    observer = PollingObserver() if polling else Observer()
    observer.schedule(Handler(), str(root), recursive=True)
    observer.start()
    observer.join()


RUN: dict[str, Callable[[Path, Notice], None]] = {
    "livereload": run_livereload,
    "watchfiles": run_watchfiles,
    "watchfiles-polling": lambda root, notice: run_watchfiles(root, notice, force_polling=True),
    "watchfiles-step-10": lambda root, notice: run_watchfiles(root, notice, step=10),
    "watchdog": run_watchdog,
    "watchdog-polling": lambda root, notice: run_watchdog(root, notice, polling=True),
}


def worker(tool: str, root: Path, seed: int) -> None:
    """Watch with one tool in a thread of its own, disturb the tree from this one, and print what was noticed."""
    calls: list[float] = []
    named: set[str] = set()

    def notice(paths: Iterable[str]) -> None:
        calls.append(time.perf_counter())
        named.update(paths)

    threading.Thread(target=RUN[tool], args=(root, notice), daemon=True).start()
    files, pauses = sorted(root.rglob("*.md")), random.Random(seed)
    time.sleep(3)
    before = time.process_time()
    time.sleep(IDLE)
    figures: dict[str, float] = {"idle_cpu_percent": (time.process_time() - before) / IDLE * 100}
    delays = []
    for turn in range(SAVES):
        time.sleep(pauses.uniform(1.2, 2.2))
        calls.clear()
        start = time.perf_counter()
        files[turn * 613 % len(files)].write_text(f"# Changed {seed} {turn}\n")
        while not calls and time.perf_counter() - start < 10:
            time.sleep(0.001)
        delays.append((calls[0] - start) * 1000)
    figures["delay_ms"] = statistics.median(delays)
    time.sleep(2)
    calls.clear()
    for file in files[7 :: len(files) // BURST][:BURST]:
        file.write_text(f"# Burst {seed}\n")
    time.sleep(BURST if tool == "livereload" else 3)  # livereload looks every 0.8 s, and calls once a look
    figures["calls_for_8_saves"] = len(calls)
    new = [root / f"new-{number:02}" / "a" / "b" / "page.md" for number in range(TREES)]
    for file in new:
        file.parent.mkdir(parents=True)
        file.write_text("# New\n")
    time.sleep(4)
    figures["new_files_named_of_20"] = sum(str(file) in named for file in new)
    for file in new:
        shutil.rmtree(file.parents[2])
    print(json.dumps(figures), flush=True)
    os._exit(0)


def spread(rows: list[dict[str, float]]) -> dict[str, harness.Spread]:
    """The median of each figure over the rounds, with the lowest and the highest."""
    return {key: harness.spread([row[key] for row in rows], digits=2) for key in rows[0]}


def main() -> None:
    root = harness.WORK / "watched"
    shutil.rmtree(root, ignore_errors=True)
    for number in range(FOLDERS * FILES):
        file = root / f"folder-{number // FILES:03}" / f"page-{number % FILES:03}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# Page {number}\n")
    environments = {name: harness.environment(name, [requirement]) for name, requirement in REQUIREMENTS.items()}
    rounds: dict[str, list[dict[str, float]]] = {tool: [] for tool in TOOLS}
    for seed in range(RUNS):
        for tool, name in TOOLS.items():
            command = [str(environments[name]), __file__, tool, str(root), str(seed)]
            rounds[tool].append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    imports = harness.import_times({name: (environments[name], f"import {module}") for name, module in MODULES.items()})
    results: dict[str, Any] = {}
    for tool, name in TOOLS.items():
        size, dependencies = harness.footprint(name, [REQUIREMENTS[name]])
        cost = {"import_ms": imports[name], "installed_mb": size, "dependencies": dependencies}
        results[tool] = spread(rounds[tool]) | cost
    harness.save(
        "file-watchers",
        question="How soon is a save noticed, what does waiting cost, and which calls do a burst and new folders make?",
        versions=dict(requirement.split("==") for requirement in REQUIREMENTS.values()),
        results=results,
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        worker(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
