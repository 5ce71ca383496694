"""The headers that a host sends with a site: one policy, types that are known, and how long an answer may be kept."""

IMMUTABLE = "public, max-age=31536000, immutable"  # of files whose names change with their content
REVALIDATED = "no-cache"  # of all others: kept, and asked for again before it is shown
# By the ends of names, types that hosts do not know or not in full.
TYPES = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
}
# What is worth compressing, beside HTML, which every host compresses.
TEXTS = (
    *("text/css", "text/javascript", "application/javascript", "text/plain", "text/csv", "text/markdown", "text/xml"),
    *("application/json", "application/feed+json", "application/manifest+json"),
    *("application/xml", "application/atom+xml", "image/svg+xml"),
)


def policy(*, search: bool) -> str:
    """The strictest Content-Security-Policy that the theme works under; the guide prints it as it is with search."""
    scripts = "'self' 'wasm-unsafe-eval'" if search else "'self'"  # the search is WebAssembly
    own = dict.fromkeys(("style", "img", "font", "connect", "manifest"), "'self'")
    parts = [
        "default-src 'none'",
        f"script-src {scripts}",
        *(f"{name}-src {source}" for name, source in own.items()),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return "; ".join(parts)


def of_all(*, search: bool) -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Content-Security-Policy": policy(search=search),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
