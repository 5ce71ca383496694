"""The README's pictures, taken anew by `make screenshots`; look at them before you commit them."""

import os
import tempfile
from pathlib import Path
from typing import Literal

from hosted import FLAGSHIP, PHONE, serve
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from published import ROOT

PICTURES = ROOT / ".github" / "screenshots"
DESK: ViewportSize = {"width": 1280, "height": 800}
COLOURS = 128  # of the palette: flat pages need few, and the files stay small


def take(
    browser: Browser,
    url: str,
    name: str,
    *,
    viewport: ViewportSize,
    color_scheme: Literal["light", "dark"],
    device_scale_factor: float | None = None,
) -> None:
    """The first screen of a page, as a PNG with a palette."""
    context = browser.new_context(viewport=viewport, color_scheme=color_scheme, device_scale_factor=device_scale_factor)
    page = context.new_page()
    page.goto(url)
    page.evaluate("document.fonts.ready")
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target)
    context.close()
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = serve(ROOT, Path(folder))
        site = next(served)
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        take(browser, site.url(FLAGSHIP), "flagship-light", viewport=DESK, color_scheme="light")
        take(browser, site.url(), "front-dark", viewport=DESK, color_scheme="dark")
        take(browser, site.url(FLAGSHIP), "phone-dark", viewport=PHONE, color_scheme="dark", device_scale_factor=2)
        browser.close()
        next(served, None)


if __name__ == "__main__":
    main()
