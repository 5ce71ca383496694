"""The search index: Pagefind's, made of the pages as they will be published, and published with them."""

import base64
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from tiebreak.content import Document, Project
from tiebreak.model import digest
from tiebreak.problems import Problem, Severity

FOLDER = "pagefind/"
ENTRY = f"{FOLDER}pagefind-entry.json"
BODY = b"data-pagefind-body"  # the mark of a page that can be found
_EXTENDED = "pagefind_bin_extended"
_BINARIES = ("pagefind_bin", _EXTENDED)  # Pagefind takes the second where both are there
_UNSPACED = ("zh", "ja", "ko", "yue", "wuu", "nan", "hak")  # Chinese in its kinds, Japanese, Korean
_CONFIG = {
    # What stands on pages and is not what they say.
    "exclude_selectors": [
        *(".scripted", ".yours", ".factor-note", ".byline", ".legend", ".balance", ".factors .sr", ".ref", ".hand-on"),
        *(".related", ".facts", ".feedback", ".tags", ".anchor", ".alternatives", ".numbers", ".lines", ".rests"),
        *(".sources .n", ".sources cite", ".sources .meta"),
    ],
    "include_characters": "+#",  # C is neither C++ nor C#
}
_PARTS = ("pagefind.js", "pagefind-entry.json")  # its other scripts are ready-made dialogs, and a worker


def check(project: Project) -> list[Problem]:
    """A problem when the site wants search and Pagefind is not installed for this machine, or not for the language."""
    if project.settings is None or not project.settings.entry.search:
        return []
    document, language = project.settings.document, project.settings.entry.language
    found = {name for name in _BINARIES if find_spec(name)}
    is_unspaced = language.split("-")[0] in _UNSPACED
    install = f'pip install "{"pagefind[extended]" if is_unspaced else "tiebreak[search]"}"'
    if find_spec("pagefind") is None or not found:
        message, help = "Pagefind is not installed", f"{install}, or take this out"
        return [document.problem("missing-search", message, ("search",), key=True, help=help)]
    if is_unspaced and _EXTENDED not in found:
        return [_unsegmented(document, language, install)]
    return []


def _unsegmented(document: Document, language: str, install: str) -> Problem:
    message = f'Pagefind cannot tell words apart in "{language}" without its extended part'
    return document.problem(
        "unsegmented-search", message, ("search",), key=True, help=install, severity=Severity.WARNING
    )


def is_part(output_path: str) -> bool:
    """Whether a file of the site belongs to the search index."""
    return output_path.startswith(FOLDER)


def due(keys: Mapping[str, bytes], lost: Iterable[str]) -> bytes | None:
    """The key of the index that is to be made; None when the one that is there is of the same pages, and whole.

    `keys` are those of the files of the site; `lost` those that are not as a build left them.
    """
    key = digest(sorted((output_path, key) for output_path, key in keys.items() if output_path.endswith(".html")))
    return None if keys.get(ENTRY) == key and not any(map(is_part, lost)) else key


def index(output_paths: Iterable[str], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The files of an index of the pages among `output_paths`, by their paths in the site; the same of the same pages.

    Raises OSError when Pagefind fails.
    """
    import subprocess  # only builds that make an index need these
    import tempfile
    from threading import Thread

    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [sys.executable, "-m", "pagefind", "--service"]
    with tempfile.TemporaryDirectory() as nowhere:  # where no settings of Pagefind's lie
        service = subprocess.Popen(  # noqa: S603 -- our own arguments
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=nowhere, env=surroundings
        )
        with suppress(BrokenPipeError), service:  # the answers say what happened
            # Pages are sent in one order, whatever the order of a folder, and answers are read while they are sent.
            sender = Thread(target=_send, args=(service.stdin, _requests(sorted(output_paths), read)))
            sender.start()
            answers = list(_answers(service.stdout))
            sender.join()
    failures = [answer["message"] for answer in answers if answer["type"] == "Error"]
    if failures or not answers or answers[-1]["type"] != "GetFiles":
        raise OSError(f"Pagefind could not index the site: {'; '.join(failures) or 'it ended without an answer'}")
    files = {file["path"]: base64.b64decode(file["content"]) for file in answers[-1]["files"]}
    return {f"{FOLDER}{output_path}": files[output_path] for output_path in sorted(files) if _is_needed(output_path)}


def _requests(output_paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[Mapping[str, Any]]:
    yield {"type": "NewIndex", "config": _CONFIG}
    for output_path in output_paths:
        if output_path.endswith(".html") and BODY in (page := read(output_path)):
            yield {
                "type": "AddFile",
                "index_id": 0,
                "file_path": output_path,
                "url": None,
                "file_contents": page.decode(),
            }
    yield {"type": "GetFiles", "index_id": 0}


def _send(pipe: Any, requests: Iterable[Mapping[str, Any]]) -> None:
    """Pagefind's protocol: JSON in Base64, a comma after each message. The pipe stays open: its end ends Pagefind."""
    with suppress(BrokenPipeError):
        for number, request in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": request})
            pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()


def _answers(pipe: Any) -> Iterator[dict[str, Any]]:
    """Every answer until the files come, or nothing more does."""
    rest = b""
    while chunk := pipe.read1(1 << 20):
        *whole, rest = (rest + chunk).split(b",")
        for message in whole:
            answer: dict[str, Any] = json.loads(base64.b64decode(message))["payload"]
            yield answer
            if answer["type"] == "GetFiles":
                return


def _is_needed(output_path: str) -> bool:
    return output_path in _PARTS or not output_path.endswith((".js", ".css", ".json"))
