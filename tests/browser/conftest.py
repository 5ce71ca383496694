"""What the browser tests share: the Chromium that is here, two served sites, and visits to them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hosted import ARGUMENTS, Open, Served, Visit, serve
from playwright.sync_api import Browser
from published import DRINKS, ROOT

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    return {**browser_type_launch_args, "args": ARGUMENTS} | ({"executable_path": found} if found else {})


@pytest.fixture(scope="session")
def drinks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample of every feature, built for https://example.org/deep/prefix/ and served under that prefix."""
    yield from serve(DRINKS, tmp_path_factory.mktemp("drinks"))


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """This repository's content, built and served in the same way."""
    yield from serve(ROOT, tmp_path_factory.mktemp("own"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """`visit(url, **options of a browser context)`: the page, opened; 1280 x 800 unless said otherwise."""
    contexts = []

    def open_page(url: str, *, width: int = 1280, height: int = 800, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return Visit(context.new_page(), url)

    yield open_page
    for context in contexts:
        context.close()
