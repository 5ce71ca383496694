"""Six JSON libraries: writing and reading one generated document, what each accepts, import time, size, wheels."""

import dataclasses
import datetime
import functools
import gc
import importlib
import json
import math
import subprocess
import sys
import time
import types
from collections.abc import Callable
from typing import Any

import harness

VERSIONS = {"orjson": "3.13.0", "msgspec": "0.23.0", "ujson": "6.1.0", "simplejson": "4.3.0", "rapidjson": "1.25"}
PACKAGES = {name: "python-rapidjson" if name == "rapidjson" else name for name in VERSIONS}
REQUIREMENTS = {name: f"{PACKAGES[name]}=={version}" for name, version in VERSIONS.items()}
IMPORTS = {name: "import msgspec.json" if name == "msgspec" else f"import {name}" for name in ("json", *VERSIONS)}
RUNS = 21
NAMES = ["Ada Lovelace", "Grace Hopper", "Édith Piaf", "Žižek", 'O\'Brien "Bo"', "渡辺 真知子"]


def document() -> list[dict[str, object]]:
    """2,000 records with strings (some not ASCII), integers, floats, booleans, nulls, lists and nested objects."""
    return [
        {
            "id": n,
            "name": NAMES[n % len(NAMES)],
            "email": f"user{n}@example.org",
            "active": n % 3 == 0,
            "score": round(math.sin(n) * 1000, 6),
            "manager": None if n % 5 == 0 else n // 5,
            "tags": [f"tag{n % 7}", f"tag{n % 11}"],
            "address": {"street": f"{n} High Street", "city": "Łódź", "position": [51.5 + n / 1e4, -0.1 - n / 1e4]},
            "note": "A sentence long enough to be worth copying; it says nothing else.",
        }
        for n in range(2000)
    ]


def functions(name: str) -> tuple[Callable[..., str | bytes], Callable[..., Any]]:
    """The library's function that writes and the one that reads."""
    module = importlib.import_module(IMPORTS[name].removeprefix("import "))
    return (module.encode, module.decode) if name == "msgspec" else (module.dumps, module.loads)


def cpu_ms(work: dict[str, Callable[[], object]]) -> dict[str, harness.Spread]:
    """The CPU milliseconds of each piece of work, the quickest of five, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(RUNS):
        for name, function in work.items():
            gc.collect()
            taken = []
            for _ in range(5):
                start = time.process_time()
                function()
                taken.append((time.process_time() - start) * 1000)
            times[name].append(min(taken))
    return {name: harness.spread(values, digits=2) for name, values in times.items()}


@dataclasses.dataclass
class Point:
    x: int
    y: float


def behaviour(name: str) -> dict[str, str]:
    """What the library does, by its defaults, with things that the JSON standard or Python makes hard."""
    dumps, loads = functions(name)
    asked: dict[str, Callable[[], object]] = {
        "write NaN": lambda: dumps([math.nan]),
        "read NaN": lambda: loads("[NaN]"),
        "write dataclass": lambda: dumps(Point(1, 2.0)),
        "write datetime": lambda: dumps(datetime.datetime(2026, 11, 23, 12, 30, tzinfo=datetime.UTC)),
        "write 2**70": lambda: dumps(2**70),
        "read 2**70": lambda: loads(str(2**70)),
        "write int key": lambda: dumps({1: 2}),
        "read 01": lambda: loads("01"),
        "read control character": lambda: loads('"\x01"'),
        "write non-ASCII": lambda: dumps("é"),
    }
    answers = {}
    for label, ask in asked.items():
        try:
            answers[label] = repr(ask())
        except (ValueError, TypeError, OverflowError) as error:
            answers[label] = type(error).__name__
    return answers


def worker() -> None:
    """Runs in the environment that has all of them; prints what it measured as JSON."""
    data = document()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    msgspec = importlib.import_module("msgspec")
    address = msgspec.defstruct("Address", [("street", str), ("city", str), ("position", tuple[float, float])])
    kinds: dict[str, object] = {"id": int, "name": str, "email": str, "active": bool, "score": float, "note": str}
    kinds |= {"manager": int | None, "tags": list[str], "address": address}
    decoder = msgspec.json.Decoder(types.GenericAlias(list, (msgspec.defstruct("Record", list(kinds.items())),)))
    both = {name: functions(name) for name in IMPORTS}
    assert all(loads(dumps(data)) == data and loads(text) == data for dumps, loads in both.values())
    reads: dict[str, Callable[[], object]] = {name: functools.partial(loads, text) for name, (_, loads) in both.items()}
    reads["msgspec-checked"] = functools.partial(decoder.decode, text)
    print(json.dumps(harness.plain({
        "document_bytes": len(text),
        "dumps_ms": cpu_ms({name: functools.partial(dumps, data) for name, (dumps, _) in both.items()}),
        "loads_ms": cpu_ms(reads),
        "behaviour": {name: behaviour(name) for name in IMPORTS},
    })))  # fmt: skip


def has_wheel(requirement: str, python: str, abi: str) -> bool:
    """Whether there is a wheel for that CPython, such as "3.14" with "cp314t", on Linux (x86-64)."""
    target = ["--only-binary", ":all:", "--python-version", python, "--implementation", "cp", "--abi", abi]
    target += [word for tag in ("2_17", "2_28") for word in ("--platform", f"manylinux_{tag}_x86_64")]
    command = [str(harness.bare()), "-m", "pip", "download", "-q", "--no-deps", *target, requirement]
    return subprocess.run([*command, "-d", harness.WORK / "wheels"], check=False, capture_output=True).returncode == 0


def main() -> None:
    sizes = {name: harness.footprint(name, [wanted]) for name, wanted in REQUIREMENTS.items()}
    pythons = {name: harness.environment(name, [wanted]) for name, wanted in REQUIREMENTS.items()}
    pythons["json"] = harness.bare()
    together = harness.environment("json-libraries", list(REQUIREMENTS.values()))
    output = subprocess.run([together, __file__, "worker"], check=True, capture_output=True, text=True).stdout
    results = {
        "install_mb": {"json": 0.0} | {name: size for name, (size, _) in sizes.items()},
        "dependencies": {"json": 0} | {name: count for name, (_, count) in sizes.items()},
        "import_ms": harness.import_times({name: (pythons[name], statement) for name, statement in IMPORTS.items()}),
        "wheels": {
            abi: {name: has_wheel(wanted, python, abi) for name, wanted in REQUIREMENTS.items()}
            for python, abi in (("3.14", "cp314t"), ("3.15", "cp315"))
        },
        **json.loads(output),
    }
    question = "How fast do six JSON libraries write and read the same document, and what do they accept?"
    harness.save("json-libraries", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["worker"] else main()
