"""What MkDocs has no means for: hubs, lists of articles and a feed, from its hooks.

MkDocs knows pages and a navigation, no taxonomies. The hubs are therefore no pages to it: they are rendered with its
own Jinja environment once every page is read, and written beside its pages.
"""

from pathlib import Path

import yaml
from markdown import Markdown

_markdown = Markdown(extensions=["smarty"])
_outputs: dict[str, str] = {}
FEED_LENGTH = 50


def inline(text):
    """Markdown of one line, without its paragraph."""
    return _markdown.reset().convert(text).removeprefix("<p>").removesuffix("</p>")


def on_env(env, config, files):
    """Gather the articles, which have been read by now, and render everything that lists them."""
    known = {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for path in (Path(config.config_file_path).parent / "subjects").glob("*.yaml")
    }
    articles = sorted(
        (file.page for file in files.documentation_pages() if file.page and file.page.meta.get("subjects")),
        key=lambda page: page.meta["updated"],
        reverse=True,
    )
    kinds = {
        "categories": _hubs(articles, lambda meta: [meta["category"]]),
        "tags": _hubs(articles, lambda meta: meta["tags"]),
        "subjects": _hubs(articles, lambda meta: meta["subjects"]),
    }
    env.filters["inline"] = inline
    env.filters["slug"] = lambda name: name.lower().replace(" ", "-")
    env.globals |= {"config": config, "known": known, "shelves": kinds["categories"], "hubs": kinds}
    _outputs.clear()
    for kind, hubs in kinds.items():
        for name, listed in hubs.items():
            path = f"{kind}/{env.filters['slug'](name)}/index.html"
            _outputs[path] = env.get_template("hub.html").render(kind=kind, name=name, articles=listed)
    _outputs["compare/index.html"] = env.get_template("compare.html").render()
    _outputs["feed.xml"] = env.get_template("feed.xml").render(articles=articles[:FEED_LENGTH])
    return env


def on_post_build(config):
    """Write what MkDocs does not count among its pages."""
    for name, text in _outputs.items():
        path = Path(config.site_dir) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _hubs(articles, names):
    found = {}
    for article in articles:
        for name in names(article.meta):
            found.setdefault(name, []).append(article)
    return dict(sorted(found.items()))
