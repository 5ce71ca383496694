"""Settings of servers that people run themselves: snippets for nginx and Caddy, and `.htaccess` for Apache.

Paths in them are plain, see `is_plain`, and decoded, as these servers compare them.
"""

import re
from collections.abc import Iterable, Iterator

from tiebreak.hosts import headers
from tiebreak.hosts.deployed_site import DeployedSite, Redirect

NGINX, CADDY, APACHE = "_nginx.conf", "_Caddyfile", ".htaccess"


def nginx(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """What a `server` includes. A location has the headers of the one around it only where it adds none."""
    common = headers.of_all(search=site.search) | {"Cache-Control": headers.REVALIDATED}
    root = site.root
    hashed = _nginx_headers(common | {"Cache-Control": headers.IMMUTABLE}, "        ")
    lines = [
        f"# Include this in a `server` whose `root` has the site's files under {root}",
        f'location "{root}" {{',
        "    index index.html;",
        f'    error_page 404 "{root}404.html";',
        "    absolute_redirect off;",
        "    charset utf-8;",
        f"    charset_types {' '.join(dict.fromkeys(headers.TEXTS))};",
        "    gzip on;",
        "    gzip_vary on;",
        "    gzip_proxied any;",
        "    gzip_min_length 512;",
        f"    gzip_types {' '.join(headers.TEXTS)};",
        *(["    gzip_static on;"] if site.compressed else []),
        *_nginx_headers(common, "    "),
        f'    location ~ "^{re.escape(root)}{site.hashed}" {{',
        *hashed,
        "    }",
        *(
            f'    location ~ "{re.escape(end)}$" {{ types {{ }} default_type "{kind.partition(";")[0]}"; }}'
            for end, kind in headers.TYPES.items()
        ),
        f'    location = "{root}{NGINX}" {{ return 404; }}',
        "}",
        *(
            f'location = "{site.file(one.old)}" {{ absolute_redirect off; '
            f'return 301 "{site.full(one.new)}$is_args$args"; }}'
            for one in taken
        ),
    ]
    return _text(lines)


def _nginx_headers(fields: dict[str, str], indent: str) -> Iterator[str]:
    yield from (f'{indent}add_header {name} "{value}" always;' for name, value in fields.items())


def caddy(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """What a site imports. One map finds where an old address leads, however many there are."""
    root = site.root
    common = headers.of_all(search=site.search) | {"Cache-Control": headers.REVALIDATED}
    rows = [f'            "{site.file(one.old)}" "{site.full(one.new)}"' for one in taken]
    return _text(
        [
            f"# Import this in a site whose `root` has the site's files under {root}",
            f'handle "{root}*" {{',
            "    route {",  # in which one directive follows the other, and the last header of a name counts
            *(f'        header {name} "{value}"' for name, value in common.items()),
            f"        @hashed path_regexp `^{re.escape(root)}{site.hashed}`",
            f'        header @hashed Cache-Control "{headers.IMMUTABLE}"',
            *(
                f'        @type{number} path "*{end}"\n        header @type{number} Content-Type "{kind}"'
                for number, (end, kind) in enumerate(headers.TYPES.items())
            ),
            *(_caddy_redirects(rows) if rows else ()),
            "        encode zstd gzip",
            "        file_server {",
            f"            hide {CADDY}",
            *(["            precompressed br gzip"] if site.compressed else []),
            "        }",
            "    }",
            "}",
            "handle_errors {",
            f'    @missing expression `{{http.error.status_code}} == 404 && {{path}}.startsWith("{root}")`',
            "    handle @missing {",
            f'        rewrite * "{site.prefix}404.html"',
            "        file_server",
            "    }",
            "}",
        ]
    )


def _caddy_redirects(rows: Iterable[str]) -> Iterator[str]:
    yield "        map {path} {moved} {"
    yield from rows
    yield '            default ""'
    yield "        }"
    yield '        @moved expression `{moved} != "" && {query} == ""`'
    yield "        redir @moved {moved} 301"
    yield '        @asked expression `{moved} != "" && {query} != ""`'
    yield "        redir @asked {moved}?{query} 301"


def apache(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """`.htaccess`, of which each part is left out where a server has not its module."""
    fields = headers.of_all(search=site.search) | {"Cache-Control": headers.REVALIDATED}
    root = site.root
    hashed = f"^{re.escape(root)}{site.hashed}"
    lines = [
        "# Needs AllowOverride FileInfo, or All",
        f'ErrorDocument 404 "{site.prefix}404.html"',
        "AddDefaultCharset utf-8",
        "AddCharset utf-8 .css .csv .js .json .md .svg .txt .webmanifest .xml",
        *(f'AddType "{kind.partition(";")[0]}" {end}' for end, kind in headers.TYPES.items() if end.startswith(".")),
        *(
            f'<Files "{end}">\n    ForceType "{kind}"\n</Files>'
            for end, kind in headers.TYPES.items()
            if not end.startswith(".")
        ),
        "<IfModule mod_headers.c>",
        *(f'    Header always set {name} "{value}"' for name, value in fields.items()),
        f'    <If "%{{REQUEST_URI}} =~ m#{hashed}#">',
        f'        Header always set Cache-Control "{headers.IMMUTABLE}"',
        "    </If>",
        "</IfModule>",
        "<IfModule mod_filter.c>",
        *(
            f"    <IfModule {module}>\n        AddOutputFilterByType {filters} text/html {' '.join(headers.TEXTS)}\n"
            "    </IfModule>"
            for module, filters in (("mod_brotli.c", "BROTLI_COMPRESS;DEFLATE"), ("!mod_brotli.c", "DEFLATE"))
        ),
        "</IfModule>",
        "<IfModule mod_alias.c>",
        *(f'    RedirectMatch 301 "^{re.escape(site.file(one.old))}$" "{site.full(one.new)}"' for one in taken),
        "</IfModule>",
    ]
    return _text(lines)


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
