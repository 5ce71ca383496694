"""Pelican's settings: one page an article, a hub for each category, tag and subject, one feed, one sitemap.

Subjects are Pelican's authors, which have hubs of their own. Its published plugin reads YAML front matter.
"""

from pathlib import Path

import yaml
from markdown import Markdown

yaml.SafeLoader = yaml.CSafeLoader  # what the plugin reads with: the quick one of the two

SITENAME = "Picks of a thousand hands"
SITEURL = FEED_DOMAIN = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH, OUTPUT_PATH, THEME = "content", "site", "theme"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["compare"], [], []
USE_FOLDER_AS_CATEGORY = False
PLUGINS = ["yaml_metadata"]
CACHE_CONTENT = LOAD_CONTENT_CACHE = True  # an edit costs it a quarter of what it would without
CONTENT_CACHING_LAYER = "reader"
MARKDOWN = {
    "extensions": ["fenced_code", "codehilite", "toc", "sane_lists", "smarty"],
    "extension_configs": {"codehilite": {"guess_lang": False, "css_class": "highlight"}},
    "output_format": "html5",
}
DIRECT_TEMPLATES = ["index", "compare", "sitemap"]
ARTICLE_URL, ARTICLE_SAVE_AS = "compare/{slug}/", "compare/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "categories/{slug}/", "categories/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "subjects/{slug}/", "subjects/{slug}/index.html"
COMPARE_SAVE_AS, SITEMAP_SAVE_AS = "compare/index.html", "sitemap.xml"
DEFAULT_PAGINATION = False
FEED_ALL_ATOM, FEED_ALL_RSS = None, "feed.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

SUBJECTS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "subjects").glob("*.yaml")
}
_markdown = Markdown(extensions=["smarty"])


def inline(text):
    """Markdown of one line, without its paragraph."""
    return _markdown.reset().convert(text).removeprefix("<p>").removesuffix("</p>")


JINJA_FILTERS = {"inline": inline}
