"""What a plain `pip install` of PyTorch, TensorFlow, JAX and Keras downloads on 64-bit Linux; nothing is installed.

pip resolves each requirement against an empty environment and reports the files it would fetch; their sizes are asked
of the server, one header each. Run it with a Python that all four support (3.12 or 3.13) and no other index configured.
"""

import json
import os
import subprocess
import sys
import urllib.request

import harness

VERSIONS = {"pytorch": "2.15.0", "tensorflow": "2.21.0", "jax": "0.12.0.1", "keras": "3.15.1"}
REQUIREMENTS = {
    "pytorch": [f"torch=={VERSIONS['pytorch']}"],
    "tensorflow": [f"tensorflow=={VERSIONS['tensorflow']}"],
    "tensorflow-with-cuda": [f"tensorflow[and-cuda]=={VERSIONS['tensorflow']}"],
    "jax": [f"jax=={VERSIONS['jax']}"],
    "jax-with-cuda": [f"jax[cuda13]=={VERSIONS['jax']}"],
    "keras-alone": [f"keras=={VERSIONS['keras']}"],
}


def files(requirements: list[str]) -> list[str]:
    """The addresses of everything that pip would download."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    isolated = os.environ | {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    report = subprocess.run([*command, *requirements], env=isolated, check=True, capture_output=True, text=True).stdout
    return [item["download_info"]["url"] for item in json.loads(report)["install"]]


def size(url: str) -> int:
    """Bytes, as the server states them."""
    with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=60) as answer:
        return int(answer.headers["Content-Length"])


def main() -> None:
    """Add up the files of each requirement, save."""
    results: dict[str, object] = {}
    for name, requirements in REQUIREMENTS.items():
        sizes = {url.rsplit("/", 1)[1]: size(url) for url in files(requirements)}
        largest, most = max(sizes.items(), key=lambda item: item[1])
        results[name] = {
            "download_mb": round(sum(sizes.values()) / 1e6, 1),
            "files": len(sizes),
            "largest_file": largest,
            "largest_file_mb": round(most / 1e6, 1),
        }
    harness.save(
        "deep-learning-download",
        question="What does a plain pip install of four deep-learning frameworks download on 64-bit Linux?",
        versions=VERSIONS,
        results=results,
    )


if __name__ == "__main__":
    main()
