"""The README's pictures, taken anew by `make screenshots`; with a folder as argument, every kind of page to look at."""

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from engines import firefox, webkit
from hosted import FLAGSHIP, PHONE, Served, serve
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from published import DRINKS, ROOT, copied

PICTURES = ROOT / ".github" / "screenshots"
DESK: ViewportSize = {"width": 1280, "height": 800}
COLOURS = 128  # of the palette: flat pages need few, and the files stay small
WIDTHS = 320, 390, 768, 1280, 1920
THREE = "compare/pandas-vs-polars-vs-duckdb/"
SIX = "compare/json-vs-orjson-vs-msgspec-vs-ujson-vs-simplejson-vs-rapidjson/"
PAGES = {
    "front": "",
    "list": "compare/",
    "two": FLAGSHIP,
    "three": THREE,
    "four": "compare/mypy-vs-pyright-vs-pyrefly-vs-ty/",
    "six": SIX,
    "subject": "subjects/pytorch/",
    "category": "categories/python-libraries/",
    "tag": "tags/speed/",
    "page": "about/",
    "guide": "guide/charts/",
    "measurement": "measurements/json-libraries/",
    "asked-two": "compare/?with=jax,tensorflow",
    "asked-four": "compare/?with=orjson,msgspec,ujson,rapidjson",
    "changes": "changes/",
    "missing": "no/such/page/",
}
ARABIC = {
    "list": "compare/",
    "two": "compare/tea-vs-coffee/",
    "six": "compare/tea-vs-coffee-vs-mate-vs-cocoa-vs-milk-vs-water/",
    "subject": "subjects/tea/",
    "category": "categories/hot-drinks/",
    "guide": "guide/start/",
}


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
    for _ in range(2):  # the typeface is optional: a page that it comes too late for is drawn without
        page.goto(url)
        page.evaluate("document.fonts.ready")
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target)
    context.close()
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def search(page: Page) -> None:
    page.locator("[data-tool=search]").click()
    page.locator("dialog input").fill("python")
    page.locator("dialog a").first.wait_for()


def note(page: Page) -> None:
    page.locator(".factor-label button").nth(2).click()


def cite(page: Page) -> None:
    page.locator(".cite > button").click()


def source(page: Page) -> None:
    page.locator("td .ref a").nth(3).focus()


def priorities(page: Page) -> None:
    page.locator("[data-tool=priorities] > summary").click()
    page.locator(".weigh input").nth(1).press("End")


def columns(page: Page) -> None:
    """On a phone all of them; elsewhere those that are left when one has been put away."""
    whole = page.locator(".versus [value=all]")
    if whole.is_visible():
        whole.check()
    else:
        page.locator(".tools details:has(fieldset) > summary").click()
        page.locator(".tools fieldset input").last.uncheck()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "search": ("", search),
    "note": (FLAGSHIP, note),
    "cite": (FLAGSHIP, cite),
    "source": (FLAGSHIP, source),
    "priorities": (FLAGSHIP, priorities),
    "priorities-six": (SIX, priorities),
    "columns": (SIX, columns),
}


def look(browser: Browser, site: Served, folder: Path) -> None:
    """Every kind of page at every width, in light and dark; what opens, and print."""
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        for name, path in PAGES.items():
            page.goto(site.url(path))
            both(page, folder / f"{name}-{width}", whole=True)
        for name, (path, act) in STATES.items():
            page.goto(site.url(path))
            act(page)
            both(page, folder / f"{name}-{width}", whole=False)
        context.close()
    page = browser.new_page()
    for name, path in PAGES.items():
        page.goto(site.url(path))
        page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
    page.close()


def both(page: Page, target: Path, *, whole: bool) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(250)  # for what scripts fetch, and for fonts
        page.screenshot(path=f"{target}-{scheme}.png", full_page=whole)


def look_mirrored(browser: Browser, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as there:
        project = copied(DRINKS, Path(there) / "project")
        settings = project / "content/site.yaml"
        settings.write_text(settings.read_text("utf-8").replace("language: en", "language: ar"), "utf-8")
        served = serve(project, Path(there) / "published")
        site = next(served)
        for width in (390, 1280):
            page = browser.new_page(viewport={"width": width, "height": 900})
            for name, path in ARABIC.items():
                page.goto(site.url(path))
                both(page, folder / f"arabic-{name}-{width}", whole=True)
            page.close()
        next(served, None)


def look_elsewhere(site: Served, folder: Path) -> None:
    """Every kind of page in the engines that are installed, in a narrow window and a wide one."""
    for engine, start in (("firefox", firefox), ("webkit", webkit)):
        with start() as window:
            if not window:
                continue
            for width in (500, 1280):
                window.resize(width, 1600)
                for name, path in PAGES.items():
                    window.open(site.url(path))
                    window.run("await document.fonts.ready; await new Promise((done) => setTimeout(done, 500))")
                    (folder / f"{engine}-{name}-{width}.png").write_bytes(window.picture())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, ExitStack() as stack:
        served = serve(ROOT, Path(folder))
        site = next(served)
        stack.callback(next, served, None)
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        stack.callback(browser.close)
        if len(sys.argv) > 1:
            target = Path(sys.argv[1])
            target.mkdir(parents=True, exist_ok=True)
            look(browser, site, target)
            look_mirrored(browser, target)
            look_elsewhere(site, target)
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        take(browser, site.url(FLAGSHIP), "flagship-light", viewport=DESK, color_scheme="light")
        take(browser, site.url(), "front-dark", viewport=DESK, color_scheme="dark")
        take(browser, site.url(FLAGSHIP), "phone-dark", viewport=PHONE, color_scheme="dark", device_scale_factor=2)


if __name__ == "__main__":
    main()
