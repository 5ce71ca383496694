"""Jinja2 and Mako: rendering and compiling one page, escaping on in both and the output equal; import time, size."""

import gc
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

import harness

VERSIONS = {"jinja2": "3.1.6", "mako": "1.4.3"}
PACKAGES = {"jinja2": "Jinja2", "mako": "Mako"}
REQUIREMENTS = {name: f"{PACKAGES[name]}=={version}" for name, version in VERSIONS.items()}
IMPORTS = {"jinja2": "import jinja2", "mako": "import mako.template, mako.lookup"}
RUNS = 21
ROWS = [{"id": n, "name": f"<Row> & {n}", "tags": ["a", "b<c", "d"][: n % 4], "price": n * 1.25} for n in range(1000)]

JINJA_BASE = """<!doctype html>
<title>{% block title %}{% endblock %}</title>
<body>{% block body %}{% endblock %}</body>
"""
JINJA_PAGE = """{% extends "base" %}
{% block title %}{{ title }}{% endblock %}
{% block body %}<table>{% for row in rows %}
<tr class="{% if loop.index0 % 2 %}odd{% else %}even{% endif %}"><td>{{ row["id"] }}</td><td>{{ row["name"] }}</td>
<td>{% for tag in row["tags"] %}<b>{{ tag }}</b>{% endfor %}</td><td>{{ "%.2f" % row["price"] }}</td></tr>{% endfor %}
</table>{% endblock %}
"""
MAKO_BASE = """<!doctype html>
<title><%block name="page_title"/></title>
<body><%block name="content"/></body>
"""
MAKO_PAGE = """<%inherit file="base"/>
<%block name="page_title">${title}</%block>
<%block name="content"><table>
% for row in rows:
<tr class="${"odd" if loop.index % 2 else "even"}"><td>${row["id"]}</td><td>${row["name"]}</td>
<td>
% for tag in row["tags"]:
<b>${tag}</b>
% endfor
</td><td>${"%.2f" % row["price"]}</td></tr>
% endfor
</table></%block>
"""


def timed(work: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, dict[str, float]]:
    """CPU milliseconds of each piece of work, taken in turn: the median, the least and the most of the turns."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(RUNS):
        for name, function in work.items():
            gc.collect()
            start = time.process_time()
            for _ in range(repeat):
                function()
            times[name].append((time.process_time() - start) * 1000 / repeat)
    return {name: vars(harness.spread(values, digits=2)) for name, values in times.items()}


def worker() -> None:
    """Runs in the environment that has both; prints what it measured as JSON."""
    jinja2, lookup = importlib.import_module("jinja2"), importlib.import_module("mako.lookup")

    def load_jinja() -> Callable[..., str]:
        loader = jinja2.DictLoader({"base": JINJA_BASE, "page": JINJA_PAGE})
        environment = jinja2.Environment(loader=loader, autoescape=True)
        environment.get_template("base")
        render: Callable[..., str] = environment.get_template("page").render
        return render

    def load_mako() -> Callable[..., str]:
        templates = lookup.TemplateLookup(default_filters=["h"])
        templates.put_string("base", MAKO_BASE)
        templates.put_string("page", MAKO_PAGE)
        render: Callable[..., str] = templates.get_template("page").render
        return render

    jinja, mako = load_jinja(), load_mako()
    pages = [render(title="A & B", rows=ROWS) for render in (jinja, mako)]
    assert "".join(pages[0].split()) == "".join(pages[1].split()), "the two pages differ"
    assert "&lt;Row&gt; &amp; 999" in pages[0]
    renders = {"jinja2": lambda: jinja(title="A & B", rows=ROWS), "mako": lambda: mako(title="A & B", rows=ROWS)}
    render_ms = timed(renders, 10)
    compile_ms = timed({"jinja2": load_jinja, "mako": load_mako}, 5)
    print(json.dumps({"page_bytes": len(pages[0]), "render_ms": render_ms, "compile_ms": compile_ms}))


def main() -> None:
    sizes = {name: harness.footprint(name, [wanted]) for name, wanted in REQUIREMENTS.items()}
    together = harness.environment("template-engines", list(REQUIREMENTS.values()))
    output = subprocess.run([together, __file__, "worker"], check=True, capture_output=True, text=True).stdout
    results = {
        "install_mb": {name: size for name, (size, _) in sizes.items()},
        "dependencies": {name: count for name, (_, count) in sizes.items()},
        "import_ms": harness.import_times({name: (together, statement) for name, statement in IMPORTS.items()}),
        **json.loads(output),
    }
    question = "How fast do Jinja2 and Mako render and compile the same escaped page, and what do they cost to import?"
    harness.save("template-engines", question=question, versions=VERSIONS | {"markupsafe": "3.0.4"}, results=results)


if __name__ == "__main__":
    worker() if sys.argv[1:] == ["worker"] else main()
