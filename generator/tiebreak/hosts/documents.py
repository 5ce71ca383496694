"""Settings that are JSON: `vercel.json`, and the website configuration of a bucket."""

import json
from collections.abc import Iterable
from typing import Any

from tiebreak.hosts import headers
from tiebreak.hosts.deployed_site import DeployedSite, Redirect


def vercel(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """Sources are patterns; what they read as one stands percent-encoded in an address."""

    def rule(source: str, fields: dict[str, str]) -> dict[str, Any]:
        return {
            "source": site.prefix + source,
            "headers": [{"key": key, "value": value} for key, value in fields.items()],
        }

    return _json(
        {
            "trailingSlash": True,
            "redirects": [
                {"source": site.full(one.old), "destination": site.full(one.new), "statusCode": 301} for one in taken
            ],
            "headers": [
                rule("(.*)", headers.of_all(search=site.search)),
                rule(f"({site.hashed}.*)", {"Cache-Control": headers.IMMUTABLE}),
                *(rule(f"(.*){end}", {"Content-Type": kind}) for end, kind in headers.TYPES.items()),
            ],
        }
    )


def bucket(site: DeployedSite, taken: Iterable[Redirect]) -> bytes:
    """For `aws s3api put-bucket-website`. Keys of a bucket have no slash in front."""
    rules = [
        {
            "Condition": {"KeyPrefixEquals": site.file(one.old).lstrip("/")},
            "Redirect": {"ReplaceKeyWith": site.file(one.new).lstrip("/"), "HttpRedirectCode": "301"},
        }
        for one in taken
    ]
    return _json(
        {
            "IndexDocument": {"Suffix": "index.html"},
            "ErrorDocument": {"Key": f"{site.root}404.html".lstrip("/")},
            **({"RoutingRules": rules} if rules else {}),
        }
    )


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
