"""A drawing that was written anew looks as its author saw it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser
from published import ROOT

from tiebreak.media.svg import Drawing, drawing

DRAWINGS = sorted((ROOT / "tests/media/drawings").glob("*.svg"))


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_looks_the_same(browser: Browser, tmp_path: Path, file: Path) -> None:
    """To the pixel: of programs that draw, and by hand."""
    found = drawing(file.name, file.read_bytes())
    assert isinstance(found, Drawing)
    page = browser.new_page(viewport={"width": 700, "height": 600})
    shown = []
    for name, data in (("before.svg", file.read_bytes()), ("after.svg", found.data)):
        (tmp_path / name).write_bytes(data)
        page.goto((tmp_path / name).as_uri())
        shown.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
    page.close()
    before, after = shown
    assert len(before.getcolors(1_000_000) or ()) > 100  # it is not an empty page
    assert ImageChops.difference(before, after).getbbox() is None
