"""The icons of the theme for home screens, drawn anew from `static/favicon.svg` by `make icons`."""

import os
import shutil

from PIL import Image
from playwright.sync_api import sync_playwright
from published import ROOT

from tiebreak.theme.colors import PAPER_HEX

STATIC = ROOT / "static"
# By file, its width, and how much of that the drawing takes. Phones cut a maskable icon to a circle of 80 %.
ICONS = {"apple-touch-icon.png": (180, 0.68), "icon-maskable.png": (512, 0.52)}
COLOURS = 16  # of the palette: ink on paper, and what lies between


def main() -> None:
    drawing = (STATIC / "favicon.svg").read_text("utf-8")
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=browser) as chromium:
        for name, (width, share) in ICONS.items():
            page = chromium.new_page(viewport={"width": width, "height": width}, color_scheme="light")
            style = f"svg{{display:block;width:{share:.0%};margin:{(1 - share) / 2:.0%}}}"
            page.set_content(f"<style>body{{margin:0;background:{PAPER_HEX.light}}}{style}</style>{drawing}")
            page.screenshot(path=STATIC / name)
            with Image.open(STATIC / name) as picture:
                picture.convert("RGB").quantize(COLOURS).save(STATIC / name, optimize=True)


if __name__ == "__main__":
    main()
