"""Every page as a reader meets it: complete without JavaScript, at any width, under its prefix, asking nobody else."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from conftest import Open, Served
from playwright.sync_api import Page, expect

FLAGSHIP = "compare/pytorch-vs-tensorflow/"
TWO = "compare/tea-vs-coffee/"
SIX = "compare/tea-vs-coffee-vs-mate-vs-cocoa-vs-milk-vs-water/"


def links(page: Page) -> set[str]:
    """Every address that a page links to, without its fragment."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)")
    return {urldefrag(url).url for url in found}
