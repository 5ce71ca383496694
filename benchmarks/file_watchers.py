"""File watchers over one tree of 5,000 files: time from save to call, CPU while idle, calls for eight saves at once."""

import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import harness

REQUIREMENTS = {"livereload": "livereload==2.7.1", "watchfiles": "watchfiles==1.3.0", "watchdog": "watchdog==7.1.0"}
TOOLS = {name: name for name in REQUIREMENTS} | {"watchfiles-polling": "watchfiles"}
MODULES = {"livereload": "livereload", "watchfiles": "watchfiles", "watchdog": "watchdog.observers"}
FOLDERS, FILES, RUNS, IDLE, SAVES, BURST = 100, 50, 7, 5.0, 5, 8


def run_livereload(root: Path, notice: Callable[[], None]) -> None:
    from livereload import Server

    server = Server()
    server.watch(str(root), notice)
    server.serve(port=0, root=str(root))


def run_watchfiles(root: Path, notice: Callable[[], None], force_polling: bool = False) -> None:
    from watchfiles import watch

    for _ in watch(root, force_polling=force_polling):
        notice()


def run_watchdog(root: Path, notice: Callable[[], None]) -> None:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    class Handler(FileSystemEventHandler):  # type: ignore[misc] # watchdog is installed for measurements only
        def on_modified(self, event: FileSystemEvent) -> None:
            if not event.is_directory:
                notice()

    observer = Observer()
    observer.schedule(Handler(), str(root), recursive=True)
    observer.start()
    observer.join()


RUN: dict[str, Callable[[Path, Callable[[], None]], None]] = {
    "livereload": run_livereload,
    "watchfiles": run_watchfiles,
    "watchfiles-polling": lambda root, notice: run_watchfiles(root, notice, force_polling=True),
    "watchdog": run_watchdog,
}


def worker(tool: str, root: Path, seed: int) -> None:
    """Watch with one tool in a thread of its own, disturb the tree from this one, and print what was noticed."""
    calls: list[float] = []
    threading.Thread(target=RUN[tool], args=(root, lambda: calls.append(time.perf_counter())), daemon=True).start()
    files, pauses = sorted(root.rglob("*.md")), random.Random(seed)
    time.sleep(3)
    before = time.process_time()
    time.sleep(IDLE)
    idle = (time.process_time() - before) / IDLE * 100
    delays = []
    for turn in range(SAVES):
        time.sleep(pauses.uniform(1.2, 2.2))
        calls.clear()
        start = time.perf_counter()
        files[turn * 613 % len(files)].write_text(f"# Changed {seed} {turn}\n")
        while not calls and time.perf_counter() - start < 10:
            time.sleep(0.001)
        delays.append((calls[0] - start) * 1000)
    time.sleep(2)
    calls.clear()
    for file in files[7 :: len(files) // BURST][:BURST]:
        file.write_text(f"# Burst {seed}\n")
    time.sleep(BURST)
    figures = {"idle_cpu_percent": idle, "delay_ms": statistics.median(delays), "calls_for_8_saves": len(calls)}
    print(json.dumps(figures), flush=True)
    os._exit(0)


def main() -> None:
    root = harness.WORK / "watched"
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
        figures = {key: round(statistics.median(row[key] for row in rounds[tool]), 2) for key in rounds[tool][0]}
        figures |= {"runs": RUNS, "import_ms": imports[name].value, "installed_mb": size, "dependencies": dependencies}
        results[tool] = figures
    harness.save(
        "file-watchers",
        question="How soon is a save noticed, what does waiting cost, and how many calls do eight saves at once make?",
        versions=dict(requirement.split("==") for requirement in REQUIREMENTS.values()),
        results=results,
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        worker(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
