"""argparse, Click and Typer: what one small program costs to start, to answer --help and to install."""

from pathlib import Path

import harness

VERSIONS = {"click": "8.5.1", "typer": "0.29.2", "typer-0.28": "0.28.0"}  # 0.28.0: the last Typer without Pydantic
PROGRAMS = {
    "click": '''
import click

@click.command()
@click.argument("name")
@click.option("--count", default=1, help="How many greetings.")
@click.option("--loud", is_flag=True, help="Shout.")
def greet(name: str, count: int, loud: bool) -> None:
    """Greet NAME."""
    for _ in range(count):
        print(f"Hello {name.upper() if loud else name}")

greet()
''',
    "typer": '''
from typing import Annotated
import typer

def greet(
    name: str,
    count: Annotated[int, typer.Option(help="How many greetings.")] = 1,
    loud: Annotated[bool, typer.Option("--loud", help="Shout.")] = False,
) -> None:
    """Greet NAME."""
    for _ in range(count):
        print(f"Hello {name.upper() if loud else name}")

typer.run(greet)
''',
    "argparse": """
import argparse

parser = argparse.ArgumentParser(description="Greet NAME.")
parser.add_argument("name")
parser.add_argument("--count", type=int, default=1, help="How many greetings.")
parser.add_argument("--loud", action="store_true", help="Shout.")
args = parser.parse_args()
for _ in range(args.count):
    print(f"Hello {args.name.upper() if args.loud else args.name}")
""",
}
ARGUMENTS = {"run": ["Ada", "--count", "2"], "help": ["--help"]}
RUNS = 21


def main() -> None:
    requirements: dict[str, list[str]] = {"argparse": []}
    requirements |= {name: [f"{name.removesuffix('-0.28')}=={version}"] for name, version in VERSIONS.items()}
    pythons = {name: harness.environment(name, wanted) for name, wanted in requirements.items()}
    scripts: dict[str, Path] = {}
    for name in requirements:
        scripts[name] = harness.WORK / "cli-start-up" / f"greet_{name}.py"
        scripts[name].parent.mkdir(parents=True, exist_ok=True)
        scripts[name].write_text(PROGRAMS[name.removesuffix("-0.28")])
    sizes = {name: harness.footprint(name, wanted) for name, wanted in requirements.items() if wanted}
    results: dict[str, object] = {
        "install_mb": {"argparse": 0.0} | {name: size for name, (size, _) in sizes.items()},
        "dependencies": {"argparse": 0} | {name: count for name, (_, count) in sizes.items()},
        "import_ms": harness.import_times(
            {name: (python, f"import {name.removesuffix('-0.28')}") for name, python in pythons.items()}
        ),
    }
    for what, arguments in ARGUMENTS.items():
        commands: dict[str, list[str | Path]] = {"bare": [harness.bare(), "-c", ""]}
        commands.update({name: [pythons[name], script, *arguments] for name, script in scripts.items()})
        samples = harness.alternate(commands, runs=RUNS)
        results[f"{what}_ms"] = {name: harness.cpu(sample) for name, sample in samples.items()}
        results[f"{what}_wall_ms"] = {name: round(sample.wall_ms, 1) for name, sample in samples.items()}
    question = "What do argparse, Click and Typer add to the start of a small command-line program?"
    harness.save("cli-start-up", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
