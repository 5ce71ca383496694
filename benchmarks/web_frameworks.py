"""FastAPI, Django and Flask: one JSON endpoint called in process, import time, memory at rest, size on disk."""

import asyncio
import gc
import importlib
import io
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import harness

VERSIONS = {"fastapi": "0.165.0", "django": "6.1.3", "flask": "3.1.3"}
IMPORTS = {
    "fastapi": "from fastapi import FastAPI",
    "django": "import django; from django.http import JsonResponse; from django.urls import path",
    "flask": "from flask import Flask",
}
RUNS, REQUESTS = 15, 400
PATH, QUERY = "/items/7", "size=3"
BODY = json.dumps({"name": "Tea", "price": 3.5, "tags": ["hot", "black"], "stock": {"London": 4, "Łódź": 9}}).encode()
WRONG = BODY.replace(b"3.5", b'"cheap"')  # a price that is no number
# What every application does: read a number from the path, one from the query and an object from the body; answer JSON.


CASES: dict[str, dict[str, bool]] = {
    "fastapi": {"validated": True},
    "fastapi-unvalidated": {"validated": False},
    "django": {"wsgi": True, "middleware": True},
    "django-bare": {"wsgi": True, "middleware": False},
    "django-async": {"wsgi": False, "middleware": True},
    "django-async-bare": {"wsgi": False, "middleware": False},
    "flask": {},
}


def application(case: str) -> Any:
    """The application of a case, from the folder of what is measured."""
    sys.path.insert(0, str(Path(__file__).parent / "peers" / "web"))
    return importlib.import_module(case.partition("-")[0] + "_app").make(**CASES[case])


def through_wsgi(app: Any, sent: bytes = BODY) -> tuple[int, bytes]:
    """Status and body of the answer to one request, made as a WSGI server makes it."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": PATH, "QUERY_STRING": QUERY,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(sent)),
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent),
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    answer = app(environ, lambda status, headers, error=None: told.append(status))
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    return int(told[0].split()[0]), body


async def through_asgi(app: Callable[..., Awaitable[None]], sent: bytes = BODY) -> tuple[int, bytes]:
    """Status and body of the answer to one request, made as an ASGI server makes it."""
    told: list[dict[str, Any]] = []
    done = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if done.is_set():  # Django listens for the end of the connection while it works
            await asyncio.Event().wait()
        done.set()
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    length = b"%d" % len(sent)
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", length)]
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": PATH, "raw_path": PATH.encode(), "query_string": QUERY.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    return told[0]["status"], b"".join(message.get("body", b"") for message in told)


def right(status: int, body: bytes) -> bool:
    """Whether an answer says what was asked of all."""
    return status == 200 and json.loads(body) == {"number": 7, "size": 3, "item": json.loads(BODY)}


def worker(case: str) -> None:
    """Prints the CPU microseconds a request, averaged over many after a warm-up, and the status for a wrong body."""
    app = application(case)
    asgi = case.startswith("fastapi") or "async" in case

    async def asked(times: int) -> None:
        for _ in range(times):
            await through_asgi(app)

    def ask(times: int) -> None:
        for _ in range(times):
            through_wsgi(app)

    with asyncio.Runner() as runner:
        work: Callable[[int], object] = (lambda times: runner.run(asked(times))) if asgi else ask
        assert right(*(runner.run(through_asgi(app)) if asgi else through_wsgi(app)))
        work(REQUESTS)
        gc.collect()
        start = time.process_time()
        work(REQUESTS)
        print((time.process_time() - start) / REQUESTS * 1e6)
        print((runner.run(through_asgi(app, WRONG)) if asgi else through_wsgi(app, WRONG))[0])


def per_request(pythons: dict[str, Path]) -> dict[str, object]:
    """CPU microseconds a request of each case, and the status for a wrong body; fresh processes take turns."""
    times: dict[str, list[float]] = {case: [] for case in CASES}
    statuses: dict[str, int] = {}
    for _ in range(RUNS):
        for case in CASES:
            command: list[str | Path] = [pythons[case.partition("-")[0]], __file__, "worker", case]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            times[case].append(float(told[0]))
            statuses[case] = int(told[1])
    spreads = {case: harness.spread(taken, 0) for case, taken in times.items()}
    return {"request_cpu_us": spreads, "status_for_a_wrong_type": statuses}


def main() -> None:
    pins = {name: [f"{name}=={version}"] for name, version in VERSIONS.items()}
    pythons = {name: harness.environment(name, wanted) for name, wanted in pins.items()}
    made = {case: [pythons[case.partition("-")[0]], __file__, "made", case] for case in ("fastapi", "django", "flask")}
    results: dict[str, object] = {
        "requests": REQUESTS,
        **per_request(pythons),
        "import_ms": harness.import_times({name: (pythons[name], IMPORTS[name]) for name in VERSIONS}),
        "application_made": harness.alternate(made, runs=9),
        "footprint": {name: harness.footprint(name, wanted) for name, wanted in pins.items()},
    }
    question = "What does one JSON request cost in FastAPI, Django and Flask, and what does each bring along?"
    harness.save("web-frameworks", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        worker(sys.argv[2])
    elif sys.argv[1:2] == ["made"]:
        application(sys.argv[2])
    else:
        main()
